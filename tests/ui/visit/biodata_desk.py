"""A counter that judges what is typed into the form at once, as the room of a visit does, with real rules and keys."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.visit.biodata_fields import Cell
from tests.ui.gallery.biodata import begun, biodata_page
from tests.ui.visit.stand import in_shell


def keyboard() -> QWidget:
    """Return what a key goes to: the list that is open, else what has the focus."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    return target


class BiodataDesk:
    """The page in its frame; `typed`, `reasons` and `onward` hold what the page told."""

    def __init__(
        self, qtbot: QtBot, words: Words, form: Mapping[Field, str] | None = None, **changes: Any
    ) -> None:
        self.form = dict(form or {})
        self.changes = changes
        self.typed: list[tuple[Field, str]] = []
        self.reasons: dict[str, str] = {}
        self.onward = 0
        self.page = biodata_page(words)
        self.page.typed.connect(self._type)
        self.page.reason_given.connect(self._give)
        self.page.onward.connect(self._go_on)
        self.shell = in_shell(qtbot, words, self.page, self.view())

    def view(self) -> VisitView:
        """Return the visit as it is kept now."""
        return begun(dict(self.form), reasons=dict(self.reasons), **self.changes)

    def show(self) -> None:
        """Show the visit as it is kept now."""
        self.shell.show_visit(self.view())

    def cell(self, field: Field) -> Cell:
        return self.page.cells[field]

    def enter(self, field: Field) -> QWidget:
        """Put the keyboard into a field, whichever page it is on."""
        cell = self.cell(field)
        self.page.turn_to(0 if cell in self.page.forms[0].cells else 1)
        cell.way_in.setFocus(Qt.FocusReason.TabFocusReason)
        return cell.way_in

    def keys(self, text: str) -> None:
        """Type a text."""
        for sign in text:
            QTest.keyClicks(keyboard(), sign)

    def press(self, key: Qt.Key) -> None:
        """Press a key."""
        QTest.keyClick(keyboard(), key)

    def enter_key(self) -> None:
        self.press(Qt.Key.Key_Return)

    def press_tab(self) -> None:
        self.press(Qt.Key.Key_Tab)

    def press_space(self) -> None:
        self.press(Qt.Key.Key_Space)

    def box(self, code: str) -> QWidget | None:
        """Return the reason's field of a warning while it is seen."""
        found = self.page.findChild(QWidget, f"reason.{code}")
        return found if found is not None and found.isVisibleTo(self.page) else None

    def told(self, field: Field) -> str:
        """Return what is said at a field, wherever it stands."""
        return self.cell(field).control.accessibleDescription()

    def state(self, field: Field) -> str:
        """Return how a field is marked."""
        return str(self.cell(field).control.property("state") or "")

    def _type(self, field: Field, text: str) -> None:
        self.typed.append((field, text))
        self.form[field] = text
        self.show()

    def _give(self, code: str, reason: str) -> None:
        self.reasons[code] = reason
        self.show()

    def _go_on(self) -> None:
        self.onward += 1
