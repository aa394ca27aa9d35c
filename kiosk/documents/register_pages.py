"""The register of papers as a book to be kept: a table over as many pages as it takes, and the account of numbers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from kiosk.documents.typeface import REGULAR, STRONG, printable
from kiosk.domain.paper_check_words import KINDS
from kiosk.domain.register import RegisterEntry
from kiosk.domain.register_book import RegisterBook
from kiosk.domain.register_words import account_words, remark_words, state_words
from kiosk.domain.words import Words, msg

_PAGE = landscape(A4)
_MARGIN, _FOOT = 14 * mm, 16 * mm
_PADDING = 6  # points reportlab keeps free inside the margins
_INK, _MUTED, _LINE, _HEAD = (HexColor(colour) for colour in ("#000000", "#444444", "#999999", "#EEEEEE"))
_COLUMNS = (9, 47, 24, 55, 32, 21, 21, 24, 30)  # millimetres
_HEADS = (
    msg("No."), msg("Number"), msg("Kind"), msg("Name"), msg("NIK"), msg("Issued on"), msg("Until"), msg("State"),
    msg("Remark"),
)  # fmt: skip
_GRID = [
    ("FONT", (0, 0), (-1, -1), REGULAR, 7.5),  # what a table sets before each cell would name Helvetica
    ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
    ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What stands around the table: head of the office, counter as `33.25.07/2`, when it was made (office's zone)."""

    head: tuple[str, ...]
    counter: str
    at: datetime
    practice: bool = False


def register_pdf(book: RegisterBook, facts: BookFacts, words: Words) -> bytes:
    """Return the book in the language of the words, the same each time; `load_typeface` was called before."""
    pages = _made(book, facts, words, BytesIO(), pages=0)
    content = BytesIO()
    _made(book, facts, words, content, pages=pages)
    return content.getvalue()


def _made(book: RegisterBook, facts: BookFacts, words: Words, file: BytesIO, *, pages: int) -> int:
    """Write the book and return how many pages it has; `pages` is what its foot says of that."""
    made = SimpleDocTemplate(
        file,
        pagesize=_PAGE,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_FOOT,
        title=f"{words.say('Register of papers')}, {_days(book, words)}",
        author=facts.counter,
        lang=words.language,
        invariant=1,
        initialFontName=REGULAR,
    )
    foot = partial(_draw_foot, words=words, facts=facts, pages=pages)
    made.build(_story(book, facts, words), onFirstPage=foot, onLaterPages=foot)
    return int(made.page)


def _story(book: RegisterBook, facts: BookFacts, words: Words) -> list[Flowable]:
    small, title = _style(9), _style(15, STRONG)
    mark = words.say("PRACTICE") if facts.practice else ""
    head = [_told(line, small) for line in facts.head]
    head += [Spacer(1, 6), _told(words.say("Register of papers"), title)]
    days = f"{_days(book, words)}, {words.say('counter {counter}', counter=facts.counter)}"
    head += [_told(" · ".join(part for part in (days, mark) if part), small), Spacer(1, 8)]
    if not book.entries:
        return [*head, _told(words.say("No paper was issued on these days."), small), *_accounts(book, words)]
    return [*head, _table(book.entries, words), *_accounts(book, words)]


def _table(entries: tuple[RegisterEntry, ...], words: Words) -> Table:
    cell, bold = _style(7.5), _style(7.5, STRONG)
    rows = [[_told(words.say(head), bold) for head in _HEADS]]
    rows += [
        [_told(text, cell) for text in _texts(place, entry, words)]
        for place, entry in enumerate(entries, start=1)
    ]
    return Table(rows, [width * mm for width in _COLUMNS], repeatRows=1, style=_GRID)


def _texts(place: int, entry: RegisterEntry, words: Words) -> tuple[str, ...]:
    return (
        str(place),
        entry.number,
        words.say(KINDS[entry.kind]),
        entry.full_name,
        entry.nik,
        words.date(entry.day),
        words.date(entry.valid_until) if entry.valid_until else "-",
        state_words(words, entry),
        remark_words(words, entry),
    )


def _accounts(book: RegisterBook, words: Words) -> list[Flowable]:
    """Return the account of numbers, and the place where whoever answers for the book signs it."""
    small, bold = _style(9), _style(9, STRONG)
    told = [_told(account_words(words, account), small) for account in book.accounts]
    gap = words.say("Numbers between two blocks were lent to other counters.")
    signed = [Spacer(1, 10), _told(words.say("Seen by:"), small), Spacer(1, 42), _told("." * 48, small)]
    heads = [Spacer(1, 10), _told(words.say("Account of numbers"), bold)] if told else []
    return [KeepTogether([*heads, *told, *([_told(gap, small)] if told else []), *signed])]


def _draw_foot(
    canvas: Canvas, made: SimpleDocTemplate, *, words: Words, facts: BookFacts, pages: int
) -> None:
    canvas.saveState()
    canvas.setFont(REGULAR, 7.5)
    canvas.setFillColor(_MUTED)
    base, left = _FOOT - 7 * mm, _MARGIN + _PADDING
    printed = f"{words.date(facts.at.date())} {words.time(facts.at)}"
    canvas.drawString(
        left, base, printable(words.say("Counter {counter}, printed {at}", counter=facts.counter, at=printed))
    )
    page = words.say("Page {page} of {pages}", page=made.page, pages=pages or made.page)
    canvas.drawRightString(_PAGE[0] - left, base, printable(page))
    canvas.restoreState()


def _days(book: RegisterBook, words: Words) -> str:
    return f"{words.long_date(book.first)} - {words.long_date(book.last)}"


def _style(size: float, font: str = REGULAR) -> ParagraphStyle:
    return ParagraphStyle(
        font, fontName=font, bulletFontName=font, fontSize=size, leading=size * 1.3, textColor=_INK
    )


def _told(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(printable(text)), style)
