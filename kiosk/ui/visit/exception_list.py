"""The exceptions of a step, one line each, with whether a supervisor agreed to them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import CheckLine, State
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.part_words import exception_told

_MOST = 4


class ExceptionList(QWidget):
    """At most four lines and how many more there are; nothing where nothing is left out."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._lines = [CheckLine("", State.ABSENT) for _ in range(_MOST)]
        self._more = Text("", "small")
        self._signed = Text("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (*self._lines, self._more, self._signed):
            layout.addWidget(widget)

    def show_exceptions(self, view: VisitView, parts: frozenset[str]) -> None:
        """Show the exceptions among the parts of a page."""
        mine = [exception for exception in view.exceptions if exception.part in parts]
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(mine))
            if place < len(mine):
                line.show_state(
                    exception_told(self.words, mine[place].part, mine[place].reason), State.ABSENT
                )
        more = len(mine) - _MOST
        self._more.setVisible(more > 0)
        self._more.setText(self.words.count("and {count} more", "and {count} more", max(more, 0)))
        signed = self.words.say("The supervisor agreed.")
        waiting = self.words.say("The supervisor agrees here or at the review.")
        self._signed.setText(signed if view.supervisor_sign_off else waiting)
        self.setVisible(bool(mine))
