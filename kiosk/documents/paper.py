"""One paper for a resident as it is printed, every word of it, so that a reprint from the register says the same."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from kiosk.domain.papers import PaperKind


class PaperSize(StrEnum):
    """What lies in the tray; folio is the 215 x 330 mm of Indonesian offices."""

    A4 = "a4"
    FOLIO = "folio"


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands behind its colon; strong for what is looked for first."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title; empty where there is none."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign by hand: lines above it, the name below it and a line below that.

    stamped: whether the office's stamp belongs there.
    """

    above: tuple[str, ...]
    name: str
    below: str = ""
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class SealText:
    """The seal and what stands beside it; letters: the text of the QR code.  code: the local code, in groups."""

    letters: str
    heading: str
    code: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Every word of a paper.

    language: of the texts, as PDF names it.  head: lines of the letterhead, the second one strong.  title: one or two
    lines.  caption: under the portrait, empty where the paper has none.  small: basis and the like, set small.
    date_line: place and day above the signatures.  status: heading, code and moment in the box at the foot, or nothing.
    mark: set across the page, `LATIHAN` at a practice office.  stamp_hint: inside the ring where the stamp belongs.
    no_portrait: inside the frame where no portrait is at hand; without these words its place stays free.
    emblem: SHA-256 of the picture in the letterhead, empty for none.
    """

    kind: PaperKind
    language: str
    size: PaperSize
    head: tuple[str, ...]
    address: str
    title: tuple[str, ...]
    number: str
    opening: str
    sections: tuple[Section, ...]
    caption: str
    paragraphs: tuple[str, ...]
    small: tuple[str, ...]
    date_line: str
    signatures: tuple[Signature, ...]
    seal: SealText
    status: tuple[str, str, str] | None
    foot: str
    subject: str
    mark: str = ""
    stamp_hint: str = ""
    no_portrait: str = ""  # papers that were issued before these words came print as they were
    emblem: str = ""


_TEXT = TypeAdapter(Paper)


def text_of(paper: Paper) -> str:
    """Return a paper as the register keeps it."""
    return _TEXT.dump_json(paper).decode("utf-8")


def paper_from(text: str) -> Paper:
    """Return a paper of the register; raises `ValueError` for what is none."""
    return _TEXT.validate_json(text)
