"""Fields of a form: label above, control, and a row for the hint that never pushes the form."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel, icon
from kiosk.ui.kit.texts import ElidedText, Text, restyle
from kiosk.ui.sheet import MOODS

HINT_HEIGHT = 20
_ICONS = {"success": "check-circle", "warning": "warning", "danger": "x-circle"}
_MARKS = {"success": "check-circle-fill", "warning": "warning-fill", "danger": "x-circle-fill"}


class LineField(QLineEdit):
    """A line to type into; `show_state` marks it as success, warning, danger or nothing.

    `left` tells that the person went on to something else.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, longest: int = 512) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.CONTROL)
        self.setMinimumWidth(1)
        self.setMaxLength(longest)
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.TrailingPosition)
        self._mark.setVisible(False)

    def show_state(self, state: str) -> None:
        """Mark the field."""
        restyle(self, state=state)
        self._mark.setVisible(state in _MARKS)
        if state in _MARKS:
            self._mark.setIcon(icon(_MARKS[state], MOODS[state].colour, 16))

    def show_typed(self, text: str) -> None:
        """Show a text unless it stands there already, so that the cursor of who types stays."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left."""
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceField(QComboBox):
    """A list to choose from, by arrow keys or by typing its code or any part of its words.

    `chosen` carries the key of the entry, or what was typed where that is no entry.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.CONTROL)
        self.setMinimumWidth(1)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(10)
        self._completing()
        self.activated.connect(self._tell)
        self._line().editingFinished.connect(self._tell_typed)
        self._line().setMaxLength(512)
        self._line().setTextMargins(9, 0, 0, 0)

    def fill(self, entries: Iterable[tuple[str, str]]) -> None:
        """Offer (key, words) entries; what was chosen stays chosen where it is still offered."""
        kept = self.key
        self.blockSignals(True)
        self.clear()
        for key, words in entries:
            self.addItem(words, key)
        self.blockSignals(False)
        self.show_key(kept)

    @property
    def key(self) -> str:
        """The key of what is chosen; what was typed where that is no entry."""
        typed = self._line().text()
        found = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(found)) if found >= 0 else typed

    def show_key(self, key: str) -> None:
        """Show the entry of a key, or the text itself where there is none."""
        if key == self.key:
            return
        place = self.findData(key)
        self.setCurrentIndex(place)
        self._line().setText(self.itemText(place) if place >= 0 else key)
        self._line().setCursorPosition(0)

    def show_state(self, state: str) -> None:
        """Mark the field."""
        restyle(self, state=state)

    def _line(self) -> QLineEdit:
        line = self.lineEdit()
        assert line is not None  # made editable in the constructor
        return line

    def _completing(self) -> None:
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = completer.popup()
        if popup is not None:
            popup.setProperty("popup", "true")
        self.setCompleter(completer)

    def _tell(self, place: int) -> None:
        self.chosen.emit(str(self.itemData(place)))

    def _tell_typed(self) -> None:
        self._take_begun()
        self.chosen.emit(self.key)

    def _take_begun(self) -> None:
        """Take the one entry that begins with what was typed: its code, or its words."""
        typed = self._line().text().strip().casefold()
        if not typed or self.findText(typed, Qt.MatchFlag.MatchFixedString) >= 0:
            return
        fits = [place for place in range(self.count()) if self.itemText(place).casefold().startswith(typed)]
        if len(fits) == 1:
            self.setCurrentIndex(fits[0])


class FormField(QFrame):
    """A control with its label above and its hint below."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        parent: QWidget | None = None,
        *,
        note: str = "",
        hint: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "plain")
        self.control = control
        self._label = Text(label, "label")
        self._label.setBuddy(control)
        self._hint_icon = IconLabel("info", tokens.MUTED, 16)
        self._hint = ElidedText("", "small")
        self._quiet_hint = ""
        control.setAccessibleName(label)
        self._arrange(note, with_hint=hint)
        self.show_hint("")

    @property
    def label(self) -> str:
        """What the field asks for."""
        return self._label.text()

    @property
    def hint(self) -> str:
        """What stands under the control."""
        return self._hint.whole

    def show_hint(self, text: str, state: str = "") -> None:
        """Say something under the control: quiet, or as success, warning or danger; the control is marked with it."""
        self._hint.show_text(text)
        self._hint.show_mood(state)
        self._hint_icon.setVisible(state in _ICONS and bool(text))
        if state in _ICONS:
            self._hint_icon.show_icon(_ICONS[state], MOODS[state].colour)
        if isinstance(self.control, LineField | ChoiceField):
            self.control.show_state(state)
        self.control.setAccessibleDescription(text)

    def _arrange(self, note: str, *, with_hint: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._label)
        if note:
            head.addWidget(Text(note, "tiny"))
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.control)
        below = QHBoxLayout()
        below.setSpacing(5)
        below.addWidget(self._hint_icon)
        below.addWidget(self._hint, 1)
        self._hint.setFixedHeight(HINT_HEIGHT - 4)
        if with_hint:
            layout.addLayout(below)
        else:
            self._hint.setParent(None)
            self._hint_icon.setParent(None)


class EnterMoves(QObject):
    """Lets Enter in a field of a form go on to the next one; in the last it is left to the page."""

    def __init__(self, fields: list[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the focus on Enter, unless a list is open."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return False
        return self._step_from(watched)

    def _step_from(self, watched: QObject) -> bool:
        shown = [field for field in self._fields if field.isVisible() and field.isEnabled()]
        if watched not in shown or watched is shown[-1]:
            return False
        shown[shown.index(watched) + 1].setFocus(Qt.FocusReason.TabFocusReason)
        return True
