"""ESC/POS bytes as a printer reads them: orders cut off one by one, text in the letters of the chosen page.

It knows what a ticket is made of; any other command is an `Unknown` of two bytes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}

# Commands of a fixed length by how they begin: their length, and what an `Order` calls them.
_FIXED: Mapping[bytes, tuple[int, str]] = {
    b"\n": (1, "line"),
    b"\x10\x04": (3, "status"),
    b"\x1b@": (2, "reset"),
    b"\x1ba": (3, "place"),
    b"\x1bE": (3, "bold"),
    b"\x1d!": (3, "size"),
    b"\x1bt": (3, "page"),
    b"\x1c.": (2, "one_byte"),
    b"\x1bd": (3, "feed"),
    b"\x1dr": (3, "sensor"),
    b"\x1dI": (3, "name"),
}
_STARTS = b"\x10\x1b\x1c\x1d"
_MOST_DATA = 1 << 20  # bytes of one command; a printer has less


@dataclass(frozen=True, slots=True)
class Order:
    """One command; content: what follows its name and lengths.  `text` is letters, `unknown` what was skipped."""

    name: str
    content: bytes = b""


@dataclass(slots=True)
class Look:
    """How letters are printed now."""

    page: str = "cp437"
    centred: bool = False
    bold: bool = False
    large: bool = False


@dataclass(slots=True)
class Roll:
    """What stands on the paper since the last cut: a line of text, a code or a picture each."""

    look: Look = field(default_factory=Look)
    lines: list[dict[str, object]] = field(default_factory=list)
    begun: str = ""
    code: str = ""
    unknown: bytes = b""

    def follow(self, order: Order) -> None:
        """Do what an order says, as far as it is seen on paper."""
        if order.name == "text":
            self.begun += order.content.decode(self.look.page, "replace")
        elif order.name in ("line", "feed"):
            self._end_line()
        elif order.name == "reset":
            self.look = Look()
        elif order.name in ("code", "picture"):
            self._figure(order)
        elif order.name == "unknown":
            self.unknown += order.content
        else:
            self._change(order)

    def _end_line(self) -> None:
        look = self.look
        self.lines.append(
            {"text": self.begun, "large": look.large, "bold": look.bold, "centred": look.centred}
        )
        self.begun = ""

    def _figure(self, order: Order) -> None:
        content = order.content
        if order.name == "picture":
            wide, high = (int.from_bytes(content[place : place + 2], "little") for place in (1, 3))
            self.lines.append({"picture": content[5:].hex(), "bytes_wide": wide, "dots_high": high})
        elif content[:3] == b"1P0":
            self.code = content[3:].decode(errors="replace")
        elif content[:3] == b"1Q0":
            self.lines.append({"code": self.code, "centred": self.look.centred})

    def _change(self, order: Order) -> None:
        value = order.content[0] if order.content else 0
        if order.name == "place":
            self.look.centred = value % 48 == 1
        elif order.name == "bold":
            self.look.bold = value % 2 == 1
        elif order.name == "size":
            self.look.large = value == 0x11
        elif order.name == "page":
            self.look.page = PAGES.get(value, "cp437")


def cut_orders(heard: bytes) -> tuple[tuple[Order, ...], bytes]:
    """Return the whole orders in what was heard, and the beginning of one whose rest is still to come."""
    orders = []
    while heard and (found := _first(heard)) is not None:
        order, length = found
        orders.append(order)
        heard = heard[length:]
    return tuple(orders), heard


def _first(heard: bytes) -> tuple[Order, int] | None:
    """Return the order that stands first and its length, None while its end is missing."""
    if heard[0] >= ord(" "):
        length = next((place for place, byte in enumerate(heard) if byte < ord(" ")), len(heard))
        return Order("text", heard[:length]), length
    for start, (length, name) in _FIXED.items():
        if heard.startswith(start):
            return _whole(heard, Order(name, heard[len(start) : length]), length)
    for start, cut_off in _LONG.items():
        if heard.startswith(start):
            return cut_off(heard)
    if heard[0] in _STARTS:
        return None if len(heard) < 3 else (Order("unknown", heard[:2]), 2)
    return Order("unknown", heard[:1]), 1


def _whole(heard: bytes, order: Order, length: int) -> tuple[Order, int] | None:
    return (order, length) if len(heard) >= length else None


def _cut(heard: bytes) -> tuple[Order, int] | None:
    length = 4 if heard[2:3] in (b"A", b"B") else 3  # with a number of dots to feed before
    return _whole(heard, Order("cut", heard[2:length]), length)


def _sized(heard: bytes) -> tuple[Order, int] | None:
    if len(heard) < 5:
        return None
    length = 5 + int.from_bytes(heard[3:5], "little")
    name = {b"k": "code", b"H": "process"}.get(heard[2:3], "unknown")
    return _whole(heard, Order(name, heard[5:length]), length)


def _picture(heard: bytes) -> tuple[Order, int] | None:
    if len(heard) < 8:
        return None
    size = int.from_bytes(heard[4:6], "little") * int.from_bytes(heard[6:8], "little")
    if size > _MOST_DATA:
        return Order("unknown", heard[:8]), 8
    return _whole(heard, Order("picture", heard[3 : 8 + size]), 8 + size)


_LONG: Mapping[bytes, Callable[[bytes], tuple[Order, int] | None]] = {
    b"\x1dV": _cut,
    b"\x1d(": _sized,
    b"\x1dv0": _picture,
}
