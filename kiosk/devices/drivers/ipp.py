"""The Internet Printing Protocol (RFC 8010, 8011) as bytes: requests encoded, answers decoded; pure functions.

Requests are of version 1.1, which every printer of 2.0 understands too; answers of 1.x and 2.x are read.  Collections
are written and, in answers, passed over: nothing we ask for stands in one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from kiosk.devices.api import WrongAnswerError

VERSION = b"\x01\x01"
MOST_BYTES = 1 << 20  # of an answer; one with every attribute of a big printer has 30 KB
LONGEST_TEXT = 1023  # bytes of a text or a name, by RFC 8011
Value = int | str | bytes


class Operation(IntEnum):
    """What a printer or a print server is asked to do."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class Part(IntEnum):
    """The groups of a message."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """The kinds of values that we write or read; others are passed over."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    BEGIN = 0x34  # of a collection
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    COLLECTION_END = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


_NUMBERS = frozenset({Tag.INTEGER, Tag.BOOLEAN, Tag.ENUM})
_TEXTS = frozenset(range(Tag.TEXT, Tag.MEMBER))
_WITH_LANGUAGE = frozenset({Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE})
_FIRST_VALUE = 0x10  # below stand the tags of groups
_LAST_OK = 0x00FF
_MAJOR_VERSIONS = (1, 2)
_HEAD = 8  # bytes: version, status, number of the request


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request with its values, all of one kind; a collection has attributes as its values."""

    name: str
    tag: Tag
    values: tuple["int | str | Attribute", ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, and the values of each group by the name of their attribute."""

    status: int
    request_id: int
    groups: tuple[tuple[int, Mapping[str, tuple[Value, ...]]], ...]

    @property
    def ok(self) -> bool:
        """True when it was done, perhaps with something left out."""
        return self.status <= _LAST_OK

    def group(self, part: Part) -> "Values":
        """Return the first group of this kind; an empty one where there is none."""
        return next(iter(self.all(part)), Values({}))

    def all(self, part: Part) -> tuple["Values", ...]:
        """Return every group of this kind: one a printer or a job."""
        return tuple(Values(values) for tag, values in self.groups if tag == part)


@dataclass(frozen=True, slots=True)
class Values:
    """One group of an answer; what is missing or of another kind than asked for is not there."""

    by_name: Mapping[str, tuple[Value, ...]]

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return the numbers of an attribute; true is 1."""
        return tuple(value for value in self.by_name.get(name, ()) if isinstance(value, int))

    def number(self, name: str) -> int | None:
        """Return the first number."""
        return next(iter(self.numbers(name)), None)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts, names and keywords of an attribute; octet strings as the texts they mostly are."""
        return tuple(
            value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for value in self.by_name.get(name, ())
            if not isinstance(value, int)
        )

    def text(self, name: str) -> str:
        """Return the first text, or an empty one."""
        return next(iter(self.texts(name)), "")


def attribute(name: str, tag: Tag, *values: "int | str | Attribute") -> Attribute:
    """Return an attribute of a request."""
    return Attribute(name, tag, values)


def encode_request(
    operation: Operation, request_id: int, groups: Sequence[tuple[Part, Sequence[Attribute]]]
) -> bytes:
    """Return a request's bytes, charset and language at their place; a document follows them as it is."""
    first = (
        attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
    )
    parts = [VERSION, operation.to_bytes(2), request_id.to_bytes(4)]
    for part, attributes in groups:
        parts.append(bytes([part]))
        parts += [
            _encoded(found) for found in ((*first, *attributes) if part is Part.OPERATION else attributes)
        ]
    return b"".join((*parts, bytes([Part.END])))


def decode_answer(content: bytes) -> Answer:
    """Return what an answer says; raises `WrongAnswerError` where it is none."""
    if len(content) <= _HEAD or content[0] not in _MAJOR_VERSIONS or len(content) > MOST_BYTES:
        raise _unreadable()
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    name = ""
    for tag, new_name, value in _items(content):
        if tag < _FIRST_VALUE:
            groups.append((tag, {}))
            continue
        if not groups:
            raise _unreadable()
        name = new_name or name
        known = groups[-1][1]
        read = _decoded(tag, value)
        known[name] = (*(() if new_name else known.get(name, ())), *(() if read is None else (read,)))
    return Answer(int.from_bytes(content[2:4]), int.from_bytes(content[4:8]), tuple(groups))


def _encoded(found: Attribute) -> bytes:
    names = (found.name, *[""] * (len(found.values) - 1))
    return b"".join(_item(found.tag, name, value) for name, value in zip(names, found.values, strict=True))


def _item(tag: Tag, name: str, value: int | str | Attribute) -> bytes:
    if isinstance(value, Attribute):
        members = b"".join(
            _plain(Tag.MEMBER, "", inner.name.encode()) + _encoded(Attribute("", inner.tag, inner.values))
            for inner in value.values
            if isinstance(inner, Attribute)
        )
        return _plain(Tag.BEGIN, name, b"") + members + _plain(Tag.COLLECTION_END, "", b"")
    if isinstance(value, str):
        return _plain(tag, name, shortened(value))
    return _plain(tag, name, value.to_bytes(1 if tag is Tag.BOOLEAN else 4, signed=tag is not Tag.BOOLEAN))


def shortened(text: str) -> bytes:
    """Return a text's bytes, cut between two letters where they are more than a printer takes."""
    return text.encode()[:LONGEST_TEXT].decode("utf-8", "ignore").encode()


def _plain(tag: Tag, name: str, value: bytes) -> bytes:
    named = name.encode("ascii")
    return bytes([tag]) + len(named).to_bytes(2) + named + len(value).to_bytes(2) + value


def _items(content: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Yield tag, name and value of each value outside collections, and the tag of each group."""
    place, depth = _HEAD, 0
    while True:
        if place >= len(content):
            raise _unreadable()
        tag = content[place]
        if tag == Part.END:
            return
        if tag < _FIRST_VALUE:
            place, depth = place + 1, 0
            yield tag, "", b""
            continue
        name, place = _counted(content, place + 1)
        value, place = _counted(content, place)
        depth += (tag == Tag.BEGIN) - (tag == Tag.COLLECTION_END and depth > 0)
        if not depth and tag != Tag.COLLECTION_END:
            yield tag, name.decode("ascii", "replace"), value


def _counted(content: bytes, place: int) -> tuple[bytes, int]:
    """Return what stands behind its own length, and the place after it."""
    end = place + 2 + int.from_bytes(content[place : place + 2])
    if place + 2 > len(content) or end > len(content):
        raise _unreadable()
    return content[place + 2 : end], end


def _decoded(tag: int, value: bytes) -> Value | None:
    if tag in _NUMBERS:
        return int.from_bytes(value, signed=tag != Tag.BOOLEAN) if len(value) in (1, 4) else None
    if tag in _WITH_LANGUAGE:
        _, place = _counted(value, 0)
        value, _ = _counted(value, place)
    elif tag == Tag.OCTETS:
        return value
    elif tag not in _TEXTS:
        return None  # a moment, a range, a resolution, or nothing
    return value.decode("utf-8", "replace")


def _unreadable() -> WrongAnswerError:
    return WrongAnswerError(
        "The printer's answer cannot be read; check its address, then switch it off and on."
    )
