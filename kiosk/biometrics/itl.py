"""Writing records of ANSI/NIST-ITL 1-2011 (NIST SP 500-290e3): tagged fields with separators, and binary Type-8."""

from collections.abc import Sequence
from dataclasses import dataclass

FILE_END, FIELD_END, ITEM_ROW, ITEM = b"\x1c", b"\x1d", b"\x1e", b"\x1f"
SEPARATORS = str.maketrans(dict.fromkeys("\x02\x03\x1c\x1d\x1e\x1f", " "))

Rows = Sequence[Sequence[str]]  # subfields of information items


@dataclass(frozen=True, slots=True)
class Record:
    """One record ready to be written: its type, its IDC and its bytes."""

    kind: int
    idc: int
    content: bytes


def field(number: str, rows: Rows) -> bytes:
    """Return one tagged field such as `14.011:WSQ20`, without the separator after it; ASCII, `?` for anything else."""
    told = (ITEM.join(item.translate(SEPARATORS).encode("ascii", "replace") for item in row) for row in rows)
    return f"{number}:".encode("ascii") + ITEM_ROW.join(told)


def tagged(kind: int, idc: int | None, fields: dict[int, str | Rows], image: bytes | None = None) -> Record:
    """Return a tagged record; its length (field 1) counts itself, and `image` stands last as field 999."""
    texts = {number: [[value]] if isinstance(value, str) else value for number, value in fields.items()}
    if idc is not None:
        texts[2] = [[f"{idc:02d}"]]
    written = [field(f"{kind}.{number:03d}", texts[number]) for number in sorted(texts)]
    if image is not None:
        written.append(f"{kind}.999:".encode("ascii") + image)
    body = FIELD_END.join(written) + FILE_END
    return Record(kind, idc or 0, _with_length(kind, body))


def _with_length(kind: int, body: bytes) -> bytes:
    """Put the length in front; it grows with its own digits."""
    length = 0
    while True:
        head = f"{kind}.001:{length}".encode("ascii") + FIELD_END
        if len(head) + len(body) == length:
            return head + body
        length = len(head) + len(body)


def binary_signature(idc: int, vectors: bytes) -> Record:
    """Return a Type-8 record of the subject's signature in vectors: length, IDC, SIG 0, SRT 2, ISR 0, sizes 0."""
    head = bytes([idc, 0, 2, 0]) + bytes(4)
    return Record(8, idc, (4 + len(head) + len(vectors)).to_bytes(4, "big") + head + vectors)
