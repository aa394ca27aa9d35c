"""How a ticket is laid out in ESC/POS bytes, and what a trace may hold of them.

The bytes are our own: the few commands a ticket needs are the same on every such printer, and the library for them
brings eight packages and half a second when it is imported.
"""

from dataclasses import dataclass

from kiosk.devices.api import Ticket, TicketCode, TicketText
from kiosk.devices.drivers.escpos_code import drawn_code, pictured_code
from kiosk.devices.drivers.escpos_text import PAGES, printed_lines

CUTS = {
    "partial": b"\x1dVB\x00",
    "full": b"\x1dVA\x00",
    "none": b"\x1bd\x05",
}  # the last: up to the edge to tear at
_START = b"\x1b@"
_LEFT, _CENTRED = b"\x1ba\x00", b"\x1ba\x01"
_LIGHT, _BOLD = b"\x1bE\x00", b"\x1bE\x01"
_NORMAL, _LARGE = b"\x1d!\x00", b"\x1d!\x11"  # large: twice as wide and twice as high
_ONE_BYTE_LETTERS = b"\x1c."  # a printer made for China takes two bytes above 127 for one of its signs
_PAGE = b"\x1bt"
_ASCII = 0x7F
_BLANK = bytes(
    ord("0") if chr(byte).isdigit() and byte <= _ASCII
    else ord("x") if byte > _ASCII or chr(byte).isalpha()
    else byte
    for byte in range(256)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """What the printer prints on, and how it likes it; columns: letters of normal size on a line."""

    columns: int
    page: str = "cp437"
    cut: str = "partial"
    draws_codes: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The bytes of a ticket; `told` has as many, without the letters and digits of what stands on it."""

    content: bytes = b""
    told: bytes = b""

    def order(self, command: bytes) -> "Sheet":
        """Return the sheet with a command more."""
        return Sheet(self.content + command, self.told + command)

    def text(self, letters: bytes) -> "Sheet":
        """Return the sheet with what a person reads on it."""
        return Sheet(self.content + letters, self.told + letters.translate(_BLANK))

    def dots(self, picture: bytes) -> "Sheet":
        """Return the sheet with a picture's dots."""
        return Sheet(self.content + picture, self.told + bytes(len(picture)))


def laid_out(ticket: Ticket, paper: Paper) -> Sheet:
    """Return the ticket's bytes, from the printer's reset to the cut.

    Raises `NotSupportedError` for a code that is empty or too long for a ticket.
    """
    sheet = Sheet().order(_START)
    if not all(_is_ascii(part, paper) for part in ticket):
        sheet = sheet.order(_ONE_BYTE_LETTERS + _PAGE + bytes([PAGES[paper.page]]))
    for part in ticket:
        sheet = (
            _with_code(sheet, part, paper) if isinstance(part, TicketCode) else _with_text(sheet, part, paper)
        )
    return sheet.order(CUTS[paper.cut])


def _with_text(sheet: Sheet, part: TicketText, paper: Paper) -> Sheet:
    sheet = sheet.order(
        (_CENTRED if part.centred else _LEFT)
        + (_BOLD if part.bold else _LIGHT)
        + (_LARGE if part.large else _NORMAL)
    )
    for line in _lines(part, paper):
        sheet = sheet.text(line).order(b"\n")
    return sheet


def _with_code(sheet: Sheet, part: TicketCode, paper: Paper) -> Sheet:
    sheet = sheet.order(
        _CENTRED + _LIGHT + _NORMAL + b"\n"
    )  # the empty lines are the white a code needs around it
    if paper.draws_codes:
        before, content, after = drawn_code(part.text)
        sheet = sheet.order(before).text(content).order(after)
    else:
        head, picture = pictured_code(part.text)
        sheet = sheet.order(head).dots(picture)
    return sheet.order(b"\n")


def _lines(part: TicketText, paper: Paper) -> tuple[bytes, ...]:
    columns = paper.columns // 2 if part.large else paper.columns
    return printed_lines(part.text, columns=columns, page=paper.page)


def _is_ascii(part: TicketText | TicketCode, paper: Paper) -> bool:
    return isinstance(part, TicketCode) or all(line.isascii() for line in _lines(part, paper))
