"""The rooms of settings and of help."""

from dataclasses import replace

from PySide6.QtCore import QObject

from kiosk.domain.words import Words, msg
from kiosk.services.standing import Standing, standing
from kiosk.ui.frame.rail import PLACES
from kiosk.ui.look import Look
from kiosk.ui.page import KeyHelp, Page
from kiosk.ui.pages.help_page import HelpPage, HelpState
from kiosk.ui.pages.settings_page import DeviceLine, SettingsPage, SettingsState
from kiosk.ui.place_words import place_word
from kiosk.ui.site import Room, Site

_EVERYWHERE = (
    ("F1", msg("Help")),
    ("F2", msg("Resident arrived")),
    ("F3", msg("Drafts")),
    ("F6", msg("Check a paper, where F6 does nothing nearer")),
    ("F12", msg("Lock")),
    ("Ctrl+F", msg("Find NIK or name")),
    ("Esc", msg("Leave")),
)


class SettingsRoom(Room):
    """What may be set at this counter, and what it is."""

    def __init__(self, site: Site, parent: QObject | None = None, *, look: Look) -> None:
        super().__init__(site, parent)
        self._look = look
        self._page = SettingsPage(site.words)
        self._page.language_wanted.connect(
            lambda language: self._want(replace(self._look, language=language))
        )
        self._page.text_size_wanted.connect(
            lambda percent: self._want(replace(self._look, text_scale=percent / 100))
        )
        self._page.idle_minutes_wanted.connect(
            lambda minutes: self._want(replace(self._look, idle_minutes=minutes))
        )

    @property
    def page(self) -> Page:
        """The page of settings."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show what is set."""
        counter = self.site.counter
        self.ask(lambda: standing(counter), self._show)

    def _want(self, look: Look) -> None:
        self._look = look
        self.look_wanted.emit(look)

    def _show(self, known: Standing) -> None:
        desk = self.site.desk
        devices = desk.tools.kit.choices()
        self._page.show_state(
            SettingsState(
                language=self._look.language,
                text_percent=round(self._look.text_scale * 100),
                idle_minutes=round(self._look.idle_minutes),
                office=f"{known.office_code} {known.office_name}",
                zone=desk.counter.zone.tzname(None) or "",
                kiosk_id=known.kiosk_id,
                version=desk.version,
                key_slot=desk.key_slot,
                practice=known.practice,
                devices=tuple(DeviceLine(kind, choice.driver) for kind, choice in devices.items()),
            )
        )
        self.settle()


class HelpRoom(Room):
    """The keys of the page one came from, and those everywhere."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = HelpPage(site.words)
        self._from = PLACES[site.officer.role][0].name
        self._page.back_wanted.connect(lambda: self.go.emit(self._from, None))

    @property
    def page(self) -> Page:
        """The page of help."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the keys of a place: `argument` is its name and its keys."""
        keys: tuple[KeyHelp, ...] = ()
        if isinstance(argument, tuple):
            self._from, keys = argument
        self._page.show_state(
            HelpState(
                page_title=place_word(self._from, self.words),
                keys=keys,
                everywhere=_everywhere(self.words),
            )
        )
        self.settle()


def _everywhere(words: Words) -> tuple[KeyHelp, ...]:
    return tuple(KeyHelp(key, words.say(told)) for key, told in _EVERYWHERE)
