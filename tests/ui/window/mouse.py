"""An officer who works by mouse only.

Buttons, rows, segments and entries of lists are clicked where a pointer would hit them; only what is text (names,
numbers, the codes that narrow a list) still has to be typed, as with a keyboard on the screen.
"""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kiosk.domain.biodata import Field
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import HOME
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import ChoiceField
from kiosk.ui.pages.arrival import ArrivalPage
from kiosk.ui.pages.home import HomePage
from kiosk.ui.places import ARRIVAL, SAVED, VISIT
from kiosk.ui.player import Script, always, typing
from kiosk.ui.rooms.visit import VisitRoom
from kiosk.ui.typist import Hand
from kiosk.ui.visit.biodata_fields import held_of
from kiosk.ui.visit.parts_page import PartsPage
from kiosk.ui.visit.portrait_page import PortraitPage
from tests.ui.window.shown_window import ShownWindow

MOST_CLICKS = 40  # at one stage before the script gives up
_SHORT = 4  # letters that narrow a list


class Mouse:
    """One officer at one window."""

    def __init__(self, window: ShownWindow, hand: Hand) -> None:
        self.window = window
        self.hand = hand

    def log_in(self) -> Script:
        """Click into name and password, type them, click the button."""
        login = self.window.program.entry.login
        yield lambda: login.isVisible() and self.window.is_settled
        click(login.name)
        yield from typing(self.hand.name)
        yield from self._pick(login.name)
        click(login.password.line)
        yield from typing(self.hand.password)
        click(login.enter)
        yield lambda: self.window.program.desk_office is not None and self.window.is_settled

    def enroll(self, form: Mapping[Field, str]) -> Script:
        """Receive one resident, from the first page to the next resident."""
        home = self.window.room.page
        assert isinstance(home, HomePage)
        click(home.arrival)
        yield lambda: self.window.place == ARRIVAL and self.window.is_settled
        arrival = self.window.room.page
        assert isinstance(arrival, ArrivalPage)
        click(arrival.services.rows[0])
        yield always
        click(arrival.serve)
        yield lambda: self.window.place == VISIT and self.window.is_settled
        room = self.window.visit
        for stage in room.stages()[1:]:
            yield lambda stage=stage: room.shell.page.stage is stage and self._settled(room)
            yield from self._do(room, stage, form)
        yield lambda: self.window.place == SAVED and self.window.is_settled
        click(self.window.room.page.next)
        yield lambda: self.window.place in (HOME, VISIT) and self.window.is_settled

    def _do(self, room: VisitRoom, stage: Stage, form: Mapping[Field, str]) -> Script:
        if stage is Stage.BIODATA:
            yield from self._fill(room, form)
            return
        if stage is Stage.DOCUMENTS:
            click(room.documents.all_shown)
            yield lambda: self._settled(room)
        for _ in range(MOST_CLICKS):
            if self._left(room, stage):
                return
            yield from self._next(room, stage)
            yield lambda: self._left(room, stage) or self._settled(room)
        raise AssertionError(f"{stage.value} does not come to its end")

    def _left(self, room: VisitRoom, stage: Stage) -> bool:
        return self.window.place != VISIT or room.shell.page.stage is not stage

    def _settled(self, room: VisitRoom) -> bool:
        return self.window.program.tasks.is_idle_but("camera", "standing") and not room.captures.working

    def _fill(self, room: VisitRoom, form: Mapping[Field, str]) -> Script:
        page = room.biodata
        assert page.primary is not None
        for number, inner in enumerate(page.forms):
            yield lambda number=number: page.inner == number and self._settled(room)
            for cell in inner.cells:
                if form.get(cell.field):
                    yield from self._fill_one(cell.controls[-1], form[cell.field])
            yield lambda: self._settled(room)
            click(page.primary)
        yield lambda: self._left(room, Stage.BIODATA)

    def _fill_one(self, control: QWidget, text: str) -> Script:
        if isinstance(control, Segments):
            keys = [key for key, _ in control._options]
            click(control, control._segment(keys.index(held_of(text) or text)).center().toPoint())
            return
        click(control)
        if not isinstance(control, ChoiceField):
            yield from typing(text)
            return
        yield from typing(control.itemText(control.findData(text))[:_SHORT])
        yield from self._pick(control, text)

    def _pick(self, control: ChoiceField, key: str = "") -> Script:
        """Click an entry of the list that opened under a field; the first one where no key is given."""
        popup = control.completer().popup()
        yield popup.isVisible
        words = control.itemText(control.findData(key)) if key else popup.model().index(0, 0).data()
        rows = [popup.model().index(row, 0) for row in range(popup.model().rowCount())]
        entry = next(row for row in rows if row.data() == words)
        popup.scrollTo(entry)
        click(popup.viewport(), popup.visualRect(entry).center())
        yield lambda: not popup.isVisible()

    def _next(self, room: VisitRoom, stage: Stage) -> Script:
        page = room.shell.page
        if stage is Stage.REVIEW:
            yield from self._review(room)
        elif isinstance(page, PortraitPage | PartsPage) and page.buttons.retake.isVisible():
            click(page.buttons.retake)
        elif page.primary is not None and page.primary.isVisible() and page.primary.isEnabled():
            click(page.primary)
        elif isinstance(page, PortraitPage) and room.view is not None and not room.view.portrait_approved:
            click(page.approval)
        elif isinstance(page, PortraitPage | PartsPage):
            yield from self._give_reason(page)

    def _give_reason(self, page: PortraitPage | PartsPage) -> Script:
        click(page.told.reason)
        yield lambda: isinstance(QApplication.activePopupWidget(), QMenu)
        menu = page.told.menu
        action = next(action for action in menu.actions() if action.isEnabled() and action.text())
        click(menu, menu.actionGeometry(action).center())

    def _review(self, room: VisitRoom) -> Script:
        page = room.review
        if page.check.start.isVisible() and page.check.start.isEnabled():
            click(page.check.start)
        elif page.statement.go.isVisible() and page.statement.go.isEnabled():
            click(page.statement.go)
        else:
            click(page.pin.line)
            yield from typing(self.hand.pin)
            assert page.primary is not None
            click(page.primary)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click a place of a widget, its middle first of all; fails where a pointer would hit something else."""
    at = widget.rect().center() if place is None else place
    top = widget.window()
    hit = top.childAt(widget.mapTo(top, at)) or top
    assert hit is widget or widget.isAncestorOf(hit), f"a pointer would not hit {widget!r} but {hit!r}"
    assert widget.isEnabled(), f"{widget!r} cannot be clicked now"
    QTest.mouseMove(widget, at)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
