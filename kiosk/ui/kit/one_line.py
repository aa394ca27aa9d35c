"""What every line to type into has in common: one line, and nothing in it that no keyboard types."""

from PySide6.QtGui import QValidator

from kiosk.domain.free_text import on_one_line


class OneLine(QValidator):
    """Takes tabs, line breaks, control characters and halves of characters out of what is typed or pasted.

    Everything else is let in; whether it is right is for the rules to say.
    """

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Return the text as one line, with the cursor behind it where something was taken out."""
        line = on_one_line(text)
        return QValidator.State.Acceptable, line, place if line == text else len(line)
