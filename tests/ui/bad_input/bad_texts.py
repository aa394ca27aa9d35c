"""What people paste and type by mistake, or to see what happens, and the ways it comes into a field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from tests.ui.visit.biodata_desk import keyboard

BAD = {
    "long": "A" * 5000,
    "bidirectional": "SITI \u202eHANIMA\u202c",
    "control": "SITI\x07\x1b[31m\x00AMINAH\x7f",
    "emoji": "SITI 😀 AMINAH 👩‍👩‍👧‍👦",
    "combining": "S" + "\u0301" * 300,
    "table": "NIK\tNama\r\n3325\tSITI\r\n3326\tBUDI\r\n",
    "one cell of a table": "SITI\r\n",
    "invisible": "SITI\u200bAMINAH\ufeff",
    "arabic digits": "٣٣٢٥٠٧٥٧٠٨٩٠٠٠٠٢",
    "too many digits": "9" * 40,
    "markup": "<b>SITI</b><img src=x onerror=1>",
    "percent": "%s %n {given} {0} {{}} %(x)s",
    "sql": "'; DROP TABLE visits; --",
    "half an emoji": "SITI \ud83d AMINAH \ude00",
    "an emoji at the cut": "A" * 511 + "😀",
    "separators": "SITI\u2028AMINAH\u2029\x85\x1d",
    "javanese": "ꦱꦶꦠꦶ",
    "blanks": " \u00a0\u2003 ",
    "a megabyte": "x7" * 500_000,
}


def line_of(field: QWidget) -> QLineEdit:
    """Return the line of a field, of a list the one to type into."""
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    return line


def enter(field: QWidget) -> QLineEdit:
    """Put the keyboard into a field and take away what stands there."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    line = line_of(field)
    line.clear()
    return line


def paste(field: QWidget, text: str) -> None:
    """Put a text in as the clipboard does."""
    line = enter(field)
    QGuiApplication.clipboard().setText(text)
    line.paste()


def commit(field: QWidget, text: str) -> None:
    """Put a text in as an input method or an emoji picker does."""
    line = enter(field)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def press(key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(keyboard(), key)


def cut(text: str, units: int) -> str:
    """Return what Qt keeps of a text: it counts in units of UTF-16."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass")
