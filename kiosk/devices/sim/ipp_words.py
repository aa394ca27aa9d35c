"""IPP as a printer hears and says it: a request's parts, an answer's bytes.

Of a collection in a request no more is read than where it ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

OPERATION_PART, JOB_PART, END_PART, PRINTER_PART = 1, 2, 3, 4
INTEGER, BOOLEAN, ENUM, OCTETS = 0x21, 0x22, 0x23, 0x30
TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE = 0x41, 0x42, 0x44, 0x45, 0x47, 0x48


class NoRequestError(ValueError):
    """The bytes are no request."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request: what is asked, its number, the first value of each attribute, and the document behind it."""

    operation: int
    number: int
    values: dict[str, bytes]
    document: bytes = field(repr=False)

    def integer(self, name: str, default: int) -> int:
        """Return a number of the request."""
        value = self.values.get(name)
        return default if value is None else int.from_bytes(value, signed=True)


def read_request(content: bytes) -> Request:
    """Return the request of a body; raises `NoRequestError`."""
    values: dict[str, bytes] = {}
    place = 8
    while place < len(content) and content[place] != END_PART:
        if content[place] < 0x10:
            place += 1
            continue
        name, place = _counted(content, place + 1)
        value, place = _counted(content, place)
        values.setdefault(name.decode("ascii", "replace"), value)
    if place >= len(content):
        raise NoRequestError
    return Request(int.from_bytes(content[2:4]), int.from_bytes(content[4:8]), values, content[place + 1 :])


def answer(status: int, number: int, *parts: tuple[int, Iterable[bytes]]) -> bytes:
    """Return an answer's bytes: a status and the attributes of each part."""
    said = [b"\x02\x00", status.to_bytes(2), number.to_bytes(4), bytes([OPERATION_PART])]
    said += [
        texts(CHARSET, "attributes-charset", "utf-8"),
        texts(LANGUAGE, "attributes-natural-language", "en"),
    ]
    for part, attributes in parts:
        said += [bytes([part]), *attributes]
    return b"".join((*said, bytes([END_PART])))


def texts(tag: int, name: str, *values: str) -> bytes:
    """Return an attribute of texts or keywords."""
    return _attribute(tag, name, *(value.encode() for value in values))


def integers(tag: int, name: str, *values: int) -> bytes:
    """Return an attribute of numbers, enumerations or truths."""
    return _attribute(
        tag, name, *(value.to_bytes(1 if tag == BOOLEAN else 4, signed=True) for value in values)
    )


def _attribute(tag: int, name: str, *values: bytes) -> bytes:
    said = bytearray()
    for place, value in enumerate(values):
        named = b"" if place else name.encode()
        said += bytes([tag]) + len(named).to_bytes(2) + named + len(value).to_bytes(2) + value
    return bytes(said)


def _counted(content: bytes, place: int) -> tuple[bytes, int]:
    end = place + 2 + int.from_bytes(content[place : place + 2])
    if end > len(content):
        raise NoRequestError
    return content[place + 2 : end], end
