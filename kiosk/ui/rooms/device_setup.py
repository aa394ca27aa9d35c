"""The room of set-up: looks for devices beside the window, and changes a kind's driver in the lane that uses it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from kiosk.devices.api import Kind
from kiosk.domain.selftest import DEVICES as PARTS
from kiosk.domain.selftest import Part
from kiosk.services.kit import DeviceChoice
from kiosk.services.setting_up import KindView, Look, SetUp
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.page import Page
from kiosk.ui.pages.device_setup import DeviceSetUpPage
from kiosk.ui.pages.device_setup_state import SetUpState
from kiosk.ui.site import Room, Site

_FINDING = "find"  # the lane of what only looks


class DeviceSetUpRoom(Room):
    """Shows one kind after the other, and saves what is chosen for it."""

    _found = Signal(int, object)  # which search, and what one driver found, from the lane

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = DeviceSetUpPage(site.words)
        self._state = SetUpState(self._drivers(), Kind.CAMERA)
        self._search = 0  # the newest one: what an earlier one finds came too late
        self._found.connect(self._take_look, Qt.ConnectionType.QueuedConnection)
        self._page.kind_chosen.connect(self._choose)
        self._page.look_wanted.connect(self._look_for)
        self._page.saved.connect(self._save)
        self._page.back_wanted.connect(lambda: self.go.emit(DEVICES, None))

    @property
    def page(self) -> Page:
        """The page of set-up."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show a kind: that of the part one comes from, else the one shown last."""
        kind = Kind(argument.value) if isinstance(argument, Part) and argument in PARTS else self._state.kind
        self._state = SetUpState(self._drivers(), kind)
        self._show()
        self._read()

    def whereabouts(self) -> object:
        """Return the part whose kind is shown."""
        return Part(self._state.kind.value)

    def _choose(self, kind: Kind) -> None:
        if kind is not self._state.kind:
            self._search += 1
            self._state = SetUpState(self._drivers(), kind)
            self._show()
            self._read()

    def _read(self) -> None:
        """Read what could serve the kind, in the lane that may import its drivers meanwhile."""
        set_up, kind = self._set_up(), self._state.kind
        if set_up is not None:
            self.ask(partial(set_up.look, kind), self._take_view, lane=_FINDING)

    def _take_view(self, view: KindView) -> None:
        if view.kind is not self._state.kind:
            return
        self._state = replace(self._state, view=view, drivers=self._drivers())
        self._show()
        self.settle()
        self._look_for()

    def _look_for(self) -> None:
        set_up, kind = self._set_up(), self._state.kind
        if set_up is None:
            return
        self._search += 1
        search = self._search
        self._state = replace(self._state, looks=(), is_looking=True)
        self._show()

        def look() -> int:
            if search == self._search:
                for found in set_up.find(kind):
                    self._found.emit(search, found)
            return search

        self.ask(look, self._looked, lane=_FINDING)

    def _take_look(self, search: int, look: Look) -> None:
        if search == self._search:
            self._state = replace(self._state, looks=(*self._state.looks, look))
            self._show()

    def _looked(self, search: int) -> None:
        if search == self._search:
            self._state = replace(self._state, is_looking=False)
            self._show()

    def _save(self, kind: Kind, choice: DeviceChoice | None) -> None:
        set_up = self._set_up()
        if set_up is None:
            return
        findings = set_up.judge(kind, choice)
        self._state = replace(self._state, findings=findings, trouble=("", ""))
        if findings:
            self._show()
            return
        self.ask(
            partial(set_up.choose, kind, choice),
            lambda _: self._saved(kind),
            lane=kind.value,
            failed=lambda trouble: self._not_saved((trouble.head, trouble.rest)),
        )

    def _saved(self, kind: Kind) -> None:
        self._page.take_saved(kind)
        self.changed.emit()
        self.go.emit(DEVICES, Part(kind.value))

    def _not_saved(self, trouble: tuple[str, str]) -> None:
        self._state = replace(self._state, trouble=trouble)
        self._show()

    def _set_up(self) -> SetUp | None:
        set_up = self.site.desk.set_up
        return None if set_up is None else replace(set_up, officer=self.site.officer)

    def _drivers(self) -> dict[Kind, str]:
        choices = self.site.desk.tools.kit.choices()
        return {kind: choices[kind].driver if kind in choices else "" for kind in Kind}

    def _show(self) -> None:
        self._page.show_state(self._state)
