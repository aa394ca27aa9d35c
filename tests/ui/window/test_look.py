"""Another language and a larger text hold at once, on every page, and nothing that was typed is lost by them."""

from PySide6.QtCore import Qt

from kiosk.app.window_settings import read_window_settings
from kiosk.domain.biodata import Field
from kiosk.domain.words import Words
from kiosk.ui.building import CounterOffice
from kiosk.ui.frame.rail import DELIVERIES, DRAFTS, HOME, PLACES, QUEUE, SETTINGS
from kiosk.ui.pages.login import LoginPage
from kiosk.ui.pages.settings_page import SettingsPage
from kiosk.ui.places import ARRIVAL, SEARCH, VISIT
from kiosk.ui.player import Script, press, typing
from kiosk.ui.typist import log_in
from tests.ui.window.residents import waiting
from tests.ui.window.shown_window import OFFICER, ShownWindow, hand_of, texts

HEADS = {
    QUEUE: "Queue",
    DRAFTS: "Drafts",
    DELIVERIES: "Deliveries",
    SETTINGS: "Settings",
    SEARCH: "Search",
    ARRIVAL: "Resident arrived",
}


def settings_of(window: ShownWindow) -> SettingsPage:
    page = window.room.page
    assert isinstance(page, SettingsPage)
    return page


def press_right(window: ShownWindow, widget_name: str) -> None:
    """Choose the next of a setting by the arrow key."""

    def script() -> Script:
        getattr(settings_of(window), widget_name).setFocus(Qt.FocusReason.TabFocusReason)
        yield lambda: True
        press("Right")
        yield lambda: window.is_settled

    window.go(SETTINGS)
    window.play(script())


def type_a_name(window: ShownWindow) -> Script:
    """Type a name into the open form."""
    window.visit.biodata.cells[Field.FULL_NAME].way_in.setFocus()
    yield lambda: True
    yield from typing("siti rahayu")


def test_every_page_speaks_english_once_it_is_chosen_and_what_was_typed_stays(
    window: ShownWindow, english: Words
) -> None:
    window.sign_in()
    window.go(VISIT, waiting(window.counter))
    window.play(type_a_name(window))
    press_right(window, "language")

    assert window.place == SETTINGS
    items = [item.text() for item in window.office.rail.items()]
    officer = window.office.site.officer
    assert items[: len(PLACES[officer.role])] == [place.word for place in PLACES[officer.role]]
    assert read_window_settings(window.folder).language == "en"
    for place, head in HEADS.items():
        window.go(place)
        assert english.say(head) in texts(window.room.page)
    window.go(HOME)
    holder = window.program.desk_office
    assert isinstance(holder, CounterOffice)
    holder.tidings.delivered.emit(None)  # the office of the other language does not listen any more
    holder.tidings.packet.emit("")
    window.settle()
    assert window.room.page.words.language == "en"

    window.go(DRAFTS)
    window.press("Return")
    window.until(lambda: window.place == VISIT and window.is_settled)

    assert window.visit.biodata.cells[Field.FULL_NAME].way_in.text() == "SITI RAHAYU"
    assert "Full name" in texts(window.visit.page)


def test_another_language_at_the_log_in_keeps_the_name_that_was_typed(window: ShownWindow) -> None:
    window.until(lambda: window.program._opened is not None)
    window.settle()
    before = window.program.entry.login

    def script() -> Script:
        before.focus_first()
        yield lambda: True
        yield from typing("petugas")
        press("Return")
        yield lambda: True
        before.language.setFocus(Qt.FocusReason.TabFocusReason)
        yield lambda: True
        press("Right")
        yield lambda: window.is_settled

    window.play(script())
    login = window.program.entry.login

    assert login is not before
    assert login.name.typed.casefold().startswith("petugas")
    assert "Password" in texts(login)

    window.play(type_the_password(window, login))
    assert window.room.page.words.language == "en"


def type_the_password(window: ShownWindow, login: LoginPage) -> Script:
    """Go on where the name stands already."""
    login.password.line.setFocus(Qt.FocusReason.TabFocusReason)
    yield lambda: True
    yield from typing("petugas-latihan")
    press("Return")
    yield lambda: window.program.desk_office is not None and window.is_settled


def test_text_of_120_percent_holds_at_once_on_the_same_page(window: ShownWindow) -> None:
    window.play(log_in(window.program, hand_of(OFFICER)))
    before = window.program.application.font().pixelSize()
    window.go(SETTINGS)
    height = settings_of(window).language.fontMetrics().height()

    press_right(window, "text_size")
    press_right(window, "text_size")

    assert window.place == SETTINGS
    assert settings_of(window).text_size.key == "120"
    assert settings_of(window).language.fontMetrics().height() > height
    assert window.program.application.font().pixelSize() == round(before * 1.2)
    assert read_window_settings(window.folder).text_scale == 1.2
