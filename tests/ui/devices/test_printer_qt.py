"""The system's own way to print: pages on paper of their size, and a plain no where PDF cannot be drawn."""

import re
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kiosk.devices.api import NotConnectedError, NotSupportedError, TooLateError
from kiosk.devices.registry import Drivers
from kiosk.services.kit import NobodyAsked
from kiosk.ui.devices.pdf_pages import MODULE, PdfPages
from kiosk.ui.devices.printer_qt import DRIVER, PPI, QtPagePrinter
from tests.devices.contract import LIMIT
from tests.devices.contract_paper import small_pdf
from tests.devices.lacking import needs

A4, FOLIO = QSizeF(210 / 25.4, 297 / 25.4), QSizeF(215 / 25.4, 330 / 25.4)
HAS_PDF = find_spec(MODULE) is not None


@dataclass
class Sheets:
    """Pages of one colour."""

    sizes: tuple[QSizeF, ...]
    drawn_at: list[QSize]

    @property
    def count(self) -> int:
        return len(self.sizes)

    def size(self, page: int) -> QSizeF:
        return self.sizes[page]

    def drawn(self, page: int, pixels: QSize) -> QImage:
        self.drawn_at.append(pixels)
        image = QImage(pixels, QImage.Format.Format_RGB32)
        image.fill(QColor("navy"))
        return image


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_is_on_paper_of_its_size(tmp_path: Path) -> None:
    sheets = Sheets((A4, FOLIO), [])

    QtPagePrinter("").draw(sheets, printer_into(tmp_path / "out.pdf"), time.monotonic() + LIMIT)

    written = (tmp_path / "out.pdf").read_bytes()
    boxes = [
        (round(float(wide)), round(float(high)))
        for wide, high in re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", written)
    ]
    assert boxes == [(595, 842), (612, 936)]  # folio as Qt knows it, a millimetre wider
    assert sheets.drawn_at[0] == QSize(round(A4.width() * PPI), round(A4.height() * PPI))


def test_what_is_late_is_called_off(tmp_path: Path) -> None:
    with pytest.raises(TooLateError, match="called off"):
        QtPagePrinter("").draw(Sheets((A4,), []), printer_into(tmp_path / "out.pdf"), time.monotonic())


def test_a_close_meanwhile_calls_it_off(tmp_path: Path) -> None:
    printer = QtPagePrinter("")
    printer.close()
    printer.close()

    with pytest.raises(NotConnectedError):
        printer.draw(Sheets((A4,), []), printer_into(tmp_path / "out.pdf"), time.monotonic() + LIMIT)


def test_a_printer_the_system_does_not_know_is_not_connected() -> None:
    with pytest.raises(NotConnectedError, match="knows no such printer"):
        QtPagePrinter("no-such-printer").status(timeout=LIMIT)


def test_the_systems_printers_are_found() -> None:
    found = [device.settings["printer"] for device in DRIVER.find()]

    assert found == list(QPrinterInfo.availablePrinterNames())


@pytest.mark.skipif(HAS_PDF, reason="QtPdf is installed")
def test_where_nothing_draws_pdf_the_driver_says_so_and_what_to_choose() -> None:
    with pytest.raises(NotSupportedError, match=r"choose page_printer\.cups"):
        Drivers((DRIVER,)).open("page_printer.qt", {}, NobodyAsked())


def test_a_pdf_is_drawn_and_what_is_none_refused() -> None:
    needs("QtPdf (Python's PySide6-Pdf, which the program does not ask for)", met=HAS_PDF)

    with PdfPages(small_pdf()) as pages:
        image = pages.drawn(0, QSize(595, 842))
        size = pages.size(0)
    with pytest.raises(NotSupportedError, match="no PDF"), PdfPages(b"no PDF at all"):
        pass

    assert (round(size.width() * 72), round(size.height() * 72)) == (595, 842)
    assert not image.isNull()
