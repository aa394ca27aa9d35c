"""The exception of a finger or an eye: a button that names it, and the reasons under it."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kiosk.domain.captures import Eye, Finger
from kiosk.domain.exceptions import ExceptionReason, reasons_for
from kiosk.domain.labels import REASON
from kiosk.domain.words import Words
from kiosk.ui.icons import icon
from kiosk.ui.kit.buttons import Button
from kiosk.ui.visit.capture_bar import small
from kiosk.ui.visit.part_words import NAME, REASON_ICONS


class ExceptionButton(Button):
    """F6 opens its reasons.  `claimed` carries the parts and the reason, `dropped` the parts to be taken after all."""

    claimed = Signal(object, object)
    dropped = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Exception"), parent=parent, key="F6", icon="hand-palm")
        self.words = words
        self.part = ""
        self._is_exempt = False
        self._reasons = QMenu(self)
        self._offered = ("", False)  # what the menu was filled for
        self.clicked.connect(self.open)

    def show_part(self, part: str, *, exempt: bool) -> None:
        """Name the part that is spoken of; `exempt`: it is left out already."""
        if (part, exempt) == (self.part, self._is_exempt):
            return
        self.part, self._is_exempt = part, exempt
        name = small(self.words.say(NAME[part]))
        self.show_icon("eye-slash" if part in frozenset(Eye) else "hand-palm")
        self.show_text(self.words.say("Exception: {part}", part=name))

    @property
    def reasons(self) -> QMenu:
        """The menu of the part; it is filled when somebody asks for it, since the part changes more often."""
        if self.part and self._offered != (self.part, self._is_exempt):
            self._offered = (self.part, self._is_exempt)
            self._fill(self._reasons)
        return self._reasons

    def open(self) -> None:
        """Open the menu under the button."""
        if not self.part:
            return
        menu = self.reasons
        menu.setMinimumWidth(self.width())
        menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 6)))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        if self._is_exempt:
            again = menu.addAction(icon("arrow-u-up-left"), self.words.say("Take it after all"))
            again.triggered.connect(lambda: self.dropped.emit((self.part,)))
            return
        question = menu.addAction(self.words.say("Reason, agreed to by the supervisor:"))
        question.setEnabled(False)
        self._add_reasons(menu, (self.part,))
        hand = _hand_of(self.part)
        if hand:
            self._add_whole(menu, hand)

    def _add_reasons(self, menu: QMenu, parts: tuple[str, ...]) -> None:
        for reason in ExceptionReason:
            if reason in reasons_for(parts[0]):
                action = menu.addAction(icon(REASON_ICONS[reason]), self.words.say(REASON[reason]))
                action.triggered.connect(lambda _=False, why=reason: self.claimed.emit(parts, why))

    def _add_whole(self, menu: QMenu, hand: tuple[str, ...]) -> None:
        menu.addSeparator()
        whole = self.words.say("Whole left hand" if hand[0].startswith("left") else "Whole right hand")
        deeper = menu.addMenu(icon("hand"), whole)
        self._add_reasons(deeper, hand)


def _hand_of(part: str) -> tuple[str, ...]:
    """Return the five fingers of a finger's hand; nothing for an eye."""
    if part not in frozenset(Finger):
        return ()
    side = part.split("_", maxsplit=1)[0]
    return tuple(finger.value for finger in Finger if finger.value.startswith(side))
