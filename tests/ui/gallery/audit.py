"""Finding what is cut off, or too small to press, in a picture before anybody has to look."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk.ui.kit.texts import ElidedText, Keycap

SMALLEST_TARGET = 44
_SIDES_OF_LINE = 26


def faults(window: QWidget, wanted: tuple[int, int]) -> list[str]:
    """Return one line a fault: texts cut off, buttons under 44 pixels, a layout that does not fit the screen."""
    found = [fault for label in window.findChildren(QLabel) if label.isVisible() and (fault := _label(label))]
    found += [fault for line in window.findChildren(QLineEdit) if line.isVisible() and (fault := _line(line))]
    found += [
        f"small target: {button.accessibleName()} {button.width()}x{button.height()}"
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.accessibleName() and button.height() < SMALLEST_TARGET - 1
    ]
    if window.width() > wanted[0] or window.height() > wanted[1]:
        found.append(f"does not fit: needs {window.width()}x{window.height()}")
    return found


def _label(label: QLabel) -> str:
    text = label.text()
    if not text or isinstance(label, ElidedText | Keycap):
        return ""
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return f"cut below: {text[:60]} ({needed} > {label.height()})" if needed > label.height() + 1 else ""
    if label.sizeHint().width() > label.width() + 1:
        return f"cut off: {text[:60]} ({label.sizeHint().width()} > {label.width()})"
    return ""


def _line(line: QLineEdit) -> str:
    needed = QFontMetrics(line.font()).horizontalAdvance(line.placeholderText())
    if line.placeholderText() and needed > line.width() - _SIDES_OF_LINE:
        return f"placeholder cut off: {line.placeholderText()}"
    return ""
