"""Page printers by the system's own dialogless way to print (Windows, or any queue Qt sees): pages drawn as pictures.

The system takes the pages and does not say what becomes of them: a job is `Printed.UNKNOWN` at best.  Never run on
Windows.
"""

import threading
import time

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from kiosk.devices.api import (
    Driver,
    Found,
    Identity,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Printed,
    PrinterStatus,
    RefusedError,
    Setting,
    Settings,
    TooLateError,
    Trouble,
)
from kiosk.ui.devices.pdf_pages import Pages, PdfPages, require_pdf

PPI = 300  # at which pages are drawn; QPrinter's own 1200 would make half a gigabyte of a page
MILLIMETRES = 25.4


class QtPagePrinter:
    """One printer of the system; `print` is called beside the window's thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._closed = threading.Event()

    def identity(self) -> Identity:
        """Return make and model as the system tells them."""
        if QApplication.instance() is None:
            return Identity("", self._name or "printer of the system")
        info = self._info()
        return Identity("", info.makeAndModel() or info.description() or info.printerName())

    def status(self, *, timeout: float) -> PrinterStatus:
        """Return how the printer stands as far as the system knows: paper and toner are not told."""
        stops = self._info().state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
        return PrinterStatus(frozenset({Trouble.OTHER}) if stops else frozenset())

    def print(self, document: bytes, *, title: str, copies: int, timeout: float) -> Printed:
        """Draw a PDF for the system's printer; raises `NotSupportedError` where nothing draws PDF pages."""
        deadline = time.monotonic() + timeout
        if self.status(timeout=timeout).stops:
            raise RefusedError(
                "The printer has stopped; look at its display and mend it.", reason=Trouble.OTHER
            )
        with PdfPages(document) as pages:
            printer = QPrinter(self._info(), QPrinter.PrinterMode.HighResolution)
            printer.setDocName(title)
            printer.setCopyCount(copies)
            self.draw(pages, printer, deadline)
        return Printed.UNKNOWN

    def draw(self, pages: Pages, printer: QPrinter, deadline: float) -> None:
        """Draw every page where the printer prints; what is late or closed meanwhile is called off whole."""
        printer.setResolution(PPI)
        printer.setFullPage(True)
        self._fit(printer, pages, 0)
        painter = QPainter()
        if not painter.begin(printer):
            raise NotConnectedError("The printer takes nothing; switch it on, and check that it is set up.")
        try:
            for page in range(pages.count):
                self._require_time(printer, deadline)
                if page:
                    self._fit(printer, pages, page)
                    printer.newPage()
                size = pages.size(page)
                pixels = QSize(round(size.width() * PPI), round(size.height() * PPI))
                painter.drawImage(QRect(QPoint(0, 0), pixels), pages.drawn(page, pixels))
        finally:
            painter.end()

    def close(self) -> None:
        """Print no more; a second call does nothing."""
        self._closed.set()

    def _require_time(self, printer: QPrinter, deadline: float) -> None:
        if self._closed.is_set() or time.monotonic() >= deadline:
            printer.abort()
            if self._closed.is_set():
                raise NotConnectedError("The printer was closed; open it again.")
            raise TooLateError("The pages were not drawn in time and are called off; try again.")

    def _fit(self, printer: QPrinter, pages: Pages, page: int) -> None:
        """Let the paper be as large as the page."""
        inches = pages.size(page)
        size = QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        printer.setPageSize(size)
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)

    def _info(self) -> QPrinterInfo:
        if self._closed.is_set():
            raise NotConnectedError("The printer was closed; open it again.")
        if QApplication.instance() is None:
            raise NotSupportedError("This way of printing needs the program's window; open the window.")
        info = QPrinterInfo.printerInfo(self._name) if self._name else QPrinterInfo.defaultPrinter()
        if info.isNull():
            raise NotConnectedError(
                "The system knows no such printer; set it up, or change the setting printer."
            )
        return info


def _open(settings: Settings, person: Person) -> QtPagePrinter:
    require_pdf()
    return QtPagePrinter(settings.get("printer", ""))


def _find() -> tuple[Found, ...]:
    if QApplication.instance() is None:
        return ()
    return tuple(Found(name, {"printer": name}) for name in QPrinterInfo.availablePrinterNames())


DRIVER = Driver(
    name="page_printer.qt",
    kind=Kind.PAGE_PRINTER,
    title="Page printer of the system (Windows)",
    open=_open,
    settings=(Setting("printer", "", "name of the system's printer; empty: the system's default"),),
    find=_find,
)
