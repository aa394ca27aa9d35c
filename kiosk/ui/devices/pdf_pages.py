"""The pages of a PDF as pictures, drawn by QtPdf where it is installed: it is in no wheel the program asks for."""

from importlib import import_module
from types import TracebackType
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF
from PySide6.QtGui import QImage

from kiosk.devices.api import NotSupportedError

MODULE = "PySide6.QtPdf"
POINTS = 72  # to the inch
MOST_PAGES = 200


class Pages(Protocol):
    """A document that can be drawn page by page."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def size(self, page: int) -> QSizeF:
        """Return width and height of a page in inches."""

    def drawn(self, page: int, pixels: QSize) -> QImage:
        """Return a page as a picture of this size."""


class PdfPages:
    """A PDF that is open; `with` closes it.  Raises `NotSupportedError` where QtPdf is missing or it is no PDF."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._buffer = QBuffer()
        self._document: Any = None

    @property
    def count(self) -> int:
        """How many pages there are."""
        return int(self._document.pageCount())

    def size(self, page: int) -> QSizeF:
        """Return width and height of a page in inches."""
        points = self._document.pagePointSize(page)
        return QSizeF(points.width() / POINTS, points.height() / POINTS)

    def drawn(self, page: int, pixels: QSize) -> QImage:
        """Return a page as a picture of this size."""
        drawn: QImage = self._document.render(page, pixels)
        return drawn

    def __enter__(self) -> "PdfPages":
        self._document = require_pdf().QPdfDocument()
        self._buffer.setData(QByteArray(self._content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if not 0 < self.count <= MOST_PAGES:
            self._document.close()
            raise NotSupportedError("The document is no PDF that can be printed; make it again.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()
        self._buffer.close()


def require_pdf() -> Any:
    """Return the module that draws PDF; raises `NotSupportedError` where it is not installed."""
    try:
        return import_module(MODULE)
    except ImportError as error:
        raise NotSupportedError(
            "What draws PDF pages (QtPdf) is not installed here; choose page_printer.cups, or install PySide6-Pdf."
        ) from error
