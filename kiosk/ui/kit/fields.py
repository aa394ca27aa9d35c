"""Fields of a form: label above, control, and a row for the hint that never pushes the form."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel, icon
from kiosk.ui.kit.at_keyboard import AtKeyboard
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.one_line import OneLine
from kiosk.ui.kit.texts import ElidedText, Text, restyle
from kiosk.ui.tokens import MOODS

HINT_HEIGHT = 20
LONGEST = 512  # characters a line takes where nothing shorter is asked for; what is more of a paste is cut
_SIDES_OF_LIST = 40
_GOING_ON = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_ICONS = {"success": "check-circle", "warning": "warning", "danger": "x-circle"}
_MARKS = {"success": "check-circle-fill", "warning": "warning-fill", "danger": "x-circle-fill"}


class LineField(QLineEdit):
    """A line to type into; `show_state` marks it as success, warning, danger or nothing.

    `left` tells that the person went on to something else.  longest: characters it takes; what is more of a paste is
    cut.  marked: with room for the mark; a line for three digits has none.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, longest: int = LONGEST, marked: bool = True) -> None:
        super().__init__(parent)
        self._marked = marked
        self.setFixedHeight(tokens.CONTROL)
        self.setMinimumWidth(1)
        self.setMaxLength(longest)
        self.setValidator(OneLine(self))
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.TrailingPosition)
        self._mark.setVisible(False)

    def show_state(self, state: str) -> None:
        """Mark the field."""
        restyle(self, state=state)
        self._mark.setVisible(self._marked and state in _MARKS)
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
        self.line.editingFinished.connect(self.take_typed)
        self.line.setMaxLength(LONGEST)
        self.line.setValidator(OneLine(self))
        self.line.setTextMargins(9, 0, 0, 0)

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
        typed = self.line.text()
        found = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(found)) if found >= 0 else typed

    def show_key(self, key: str) -> None:
        """Show the entry of a key, or the text itself where there is none."""
        place = self.findData(key)
        words = self.itemText(place) if place >= 0 else key
        if words == self.line.text() and place == self.currentIndex():
            return
        self.setCurrentIndex(place)
        self.line.setText(words)
        self.line.setCursorPosition(0)

    def show_state(self, state: str) -> None:
        """Mark the field."""
        restyle(self, state=state)

    @property
    def line(self) -> QLineEdit:
        """The line of the list, to type into."""
        line = self.lineEdit()
        assert line is not None  # made editable in the constructor
        return line

    def _completing(self) -> None:
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        popup = completer.popup()
        assert popup is not None  # made by the completer
        popup.setProperty("popup", "true")
        popup.installEventFilter(self)

    def _tell(self, place: int) -> None:
        self.chosen.emit(str(self.itemData(place)))

    def take_typed(self) -> None:
        """Take what stands in the line, as when the keyboard leaves."""
        self._take_begun()
        self.chosen.emit(self.key)

    def _take_begun(self) -> None:
        """Take the entry of the code that was typed, or the only one whose code or words fit."""
        typed = self.line.text().strip().casefold()
        if not typed or self.findText(typed, Qt.MatchFlag.MatchFixedString) >= 0:
            return
        entries = [self.itemText(place).casefold() for place in range(self.count())]
        for fits in (
            [place for place, entry in enumerate(entries) if entry.startswith(f"{typed}  ")],
            [place for place, entry in enumerate(entries) if entry.startswith(typed)],
            [place for place, entry in enumerate(entries) if f" {typed}" in entry],
            [place for place, entry in enumerate(entries) if typed in entry],
        ):
            if fits:
                break
        if len(fits) == 1:
            self.setCurrentIndex(fits[0])

    def _go_on_from(self, popup: QAbstractItemView, event: QKeyEvent) -> None:
        """Take the entry that is marked in the popup, if any, and let the key do what it does without a popup."""
        marked = popup.currentIndex().data()
        popup.hide()
        if marked is not None:
            self.setCurrentIndex(self.findText(str(marked), Qt.MatchFlag.MatchFixedString))
            self._tell(self.currentIndex())
        else:
            self.take_typed()
        QApplication.sendEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Tab close the popup of what fits and go on at once, as in any other field."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QAbstractItemView)
            and event.key() in _GOING_ON
        ):
            self._go_on_from(watched, event)
            return True
        return super().eventFilter(watched, event)

    def showPopup(self) -> None:
        """Open the list as wide as its words."""
        view = self.view()
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + _SIDES_OF_LIST))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the page: it never changes what was chosen."""
        event.ignore()

    def setAccessibleName(self, name: str) -> None:
        """Name the line inside too: it is what has the keyboard."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)


class HintLine(QFrame):
    """The row under a control: a quiet hint, or a finding with its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info", tokens.MUTED, 16)
        self._words = ElidedText("", "small")
        self._words.setFixedHeight(HINT_HEIGHT - 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)

    @property
    def text(self) -> str:
        """What the row says."""
        return self._words.whole

    def show_hint(self, text: str, state: str) -> None:
        """Say something: quiet, or as success, warning or danger."""
        self._words.show_text(text)
        self._words.show_mood(state)
        self._icon.setVisible(state in _ICONS and bool(text))
        if state in _ICONS:
            self._icon.show_icon(_ICONS[state], MOODS[state].colour)


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
        self.control = control
        self._label = Text(label, "label")
        self._label.setBuddy(control)
        self._hint = HintLine() if hint else None
        self._quiet_hint = ""
        control.setAccessibleName(label)
        self._arrange(note)
        self.show_hint("")

    @property
    def label(self) -> str:
        """What the field asks for."""
        return self._label.text()

    @property
    def hint(self) -> str:
        """What stands under the control."""
        return self._hint.text if self._hint is not None else ""

    def show_hint(self, text: str, state: str = "") -> None:
        """Say something under the control: quiet, or as success, warning or danger; the control is marked with it."""
        if self._hint is not None:
            self._hint.show_hint(text, state)
        if isinstance(self.control, LineField | ChoiceField | Segments):
            self.control.show_state(state)
        self.control.setAccessibleDescription(text)

    def _arrange(self, note: str) -> None:
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
        if self._hint is not None:
            layout.addWidget(self._hint)


class EnterMoves(AtKeyboard):
    """Lets Enter in a field of a form go on to the next one; in the last it is left to the page."""

    def __init__(self, fields: list[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = fields
        self.attend(*fields)

    def put_last(self, fields: Iterable[QWidget]) -> None:
        """Let Enter go on to these after those before."""
        for field in fields:
            self._fields.append(field)
            self.attend(field)

    def put_behind(self, before: QWidget, field: QWidget) -> None:
        """Let Enter go from `before` to a field that came later, such as that of a reason."""
        self._fields.insert(self._fields.index(before) + 1, field)
        self.attend(field)

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
