"""A line for a reason in one's own words, judged where it is typed, so that no refusal takes the words away."""

from PySide6.QtWidgets import QWidget

from kiosk.domain.remarks import read_reason
from kiosk.domain.words import Words
from kiosk.ui.kit.fields import LineField
from kiosk.ui.kit.texts import Text


class ReasonLine(LineField):
    """What is wrong with the reason is said in `told`, which whoever holds the line places under it."""

    def __init__(self, words: Words, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.told = Text("", "note", mood="danger", wrap=True)
        self.told.hide()
        self.setAccessibleName(label)
        self.textChanged.connect(lambda: self._tell(""))

    def read(self) -> str | None:
        """Return the reason, empty where there is none; None where it cannot stand, and then that is said."""
        reading = read_reason(self.text())
        if reading.text is None:
            self._tell(self._words.finding(reading.findings[0]))
        return reading.text

    def _tell(self, told: str) -> None:
        if told != self.told.text():
            self.told.setText(told)
            self.told.setVisible(bool(told))
            self.show_state("danger" if told else "")
            self.setAccessibleDescription(told)
