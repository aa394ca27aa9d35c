"""What every reader of papers and cards and every printer keeps, beside `contract.py`."""

import pytest

from kiosk.devices.api import (
    Card,
    CardReader,
    Device,
    DocumentScanner,
    Kind,
    NotConnectedError,
    PagePrinter,
    Printed,
    Ticket,
    TicketCode,
    TicketPrinter,
    TicketText,
)
from tests.devices.contract import LIMIT, SHORT, DeviceContract, is_rgb

TICKET: Ticket = (
    TicketText("KECAMATAN GRINGSING", bold=True, centred=True),
    TicketText("A-017", large=True, centred=True),
    TicketText("Simpan karcis ini sampai dipanggil; bawa KK dan surat pengantar."),
    TicketCode("KIOSK:0199A1"),
)


def small_pdf(text: str = "halaman uji") -> bytes:
    """Return a PDF of one page with a line of text, as small as one can be."""
    drawn = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    whole, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(whole) + end % (len(parts) + 1, table, len(parts) + 1, len(whole))


class CardReaderContract(DeviceContract):
    """A card reader: ATR and UID of the card in its field, or None where none is held there."""

    KIND = Kind.CARD_READER

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, CardReader)
        return device.card(timeout=timeout)

    def test_a_card_has_an_answer_to_reset_and_hides_its_number_from_logs(self, device: Device) -> None:
        card = self.use(device)

        assert isinstance(card, Card)
        assert 2 <= len(card.atr) <= 33
        assert card.atr.hex() not in repr(card)


class DocumentScannerContract(DeviceContract):
    """A document scanner: one page, RGB, under the part `page`, with its resolution."""

    KIND = Kind.DOCUMENT_SCANNER

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, DocumentScanner)
        return device.scan(ppi=75, timeout=timeout).images

    def test_a_page_is_rgb_and_says_its_resolution(self, device: Device) -> None:
        assert isinstance(device, DocumentScanner)

        pictures = device.scan(ppi=75, timeout=LIMIT)

        assert [part for part, _ in pictures.images] == ["page"]
        assert is_rgb(pictures.images[0][1])
        assert pictures.ppi == 75


class TicketPrinterContract(DeviceContract):
    """A ticket printer: says how it stands, and of a ticket whether it came out or that nobody can tell."""

    KIND = Kind.TICKET_PRINTER

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, TicketPrinter)
        return device.print(TICKET, timeout=timeout)

    def is_good(self, result: object) -> bool:
        return isinstance(result, Printed)

    def test_it_tells_how_it_stands(self, device: Device) -> None:
        assert isinstance(device, TicketPrinter)

        status = device.status(timeout=LIMIT)

        assert not status.stops

    def test_a_closed_printer_tells_nothing(self, device: Device) -> None:
        assert isinstance(device, TicketPrinter)
        device.close()

        with pytest.raises(NotConnectedError):
            device.status(timeout=SHORT)


class PagePrinterContract(DeviceContract):
    """A page printer: says how it stands, and takes a PDF."""

    KIND = Kind.PAGE_PRINTER

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, PagePrinter)
        return device.print(small_pdf(), title="halaman uji", copies=1, timeout=timeout)

    def is_good(self, result: object) -> bool:
        return isinstance(result, Printed)

    def test_it_tells_how_it_stands(self, device: Device) -> None:
        assert isinstance(device, PagePrinter)

        status = device.status(timeout=LIMIT)

        assert not status.stops

    def test_a_closed_printer_tells_nothing(self, device: Device) -> None:
        assert isinstance(device, PagePrinter)
        device.close()

        with pytest.raises(NotConnectedError):
            device.status(timeout=SHORT)
