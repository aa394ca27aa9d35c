"""A paper laid out on one page of A4 or folio: letterhead, what it says, signatures, seal, status.

What stands at the foot has its place; what a person's data fill grows downwards, and is set closer where a long name
or address would not leave room for the signatures.
"""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kiosk.documents.paper import Paper, PaperSize, Section, Signature
from kiosk.documents.seal_code import SIDE, draw_seal_code
from kiosk.documents.sheet import Sheet, Type
from kiosk.documents.typeface import REGULAR

SIZES = {PaperSize.A4: (210.0, 297.0), PaperSize.FOLIO: (215.0, 330.0)}
_EDGE = 22.0
_FOOT = 15.0  # from the lower edge to the rule of the foot
_SEAL_GAP = 2.0  # the quiet zone of the code
_PHOTO = (30.0, 40.0)
_LABELS, _COLON = 42.0, 46.0  # from the edge to where a value's colon and text stand
_SIGNING = 39.1  # the room signatures take, with a name of one line and a number below it
_DENSITIES = (
    1.0,
    0.94,
    0.88,
    0.82,
    0.76,
    0.7,
    0.64,
    0.58,
    0.52,
)  # a sheet full of names of 200 letters takes 0.58
_STATUS = (30.0, 18.0)
_NAME, _BELOW = 33.7, 5.4  # from the top of that room to the name, and from its last line to what is below it
# Points, and how many lines text may then take, before it is set smaller.
_NAME_SIZES = ((10.8, 1), (9.2, 2), (8.2, 2), (7.4, 2), (6.6, 2), (6.0, 99))
_ABOVE_SIZES = ((10.6, 3), (9.4, 4), (8.4, 4), (7.4, 5), (6.6, 6), (6.0, 99))
_HOLDERS, _OFFICES = 56.0, 74.0  # millimetres that names may be wide


class PaperOverflowError(Exception):
    """More text than one page holds, even set closest; the rules of the form do not let it come to this."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is printed beside the words: JPEG or PNG; empty where there is none."""

    portrait: bytes = b""
    emblem: bytes = b""


def paper_pdf(paper: Paper, pictures: Pictures) -> bytes:
    """Return the PDF, the same each time; `load_typeface` was called before.

    Raises `PaperOverflowError`.
    """
    for density in _DENSITIES:
        layout = _Layout(paper, pictures, density)
        if layout.draw():
            return layout.finished()
    raise PaperOverflowError(paper.number)


class _Layout:
    def __init__(self, paper: Paper, pictures: Pictures, density: float) -> None:
        self._paper, self._pictures, self._density = paper, pictures, density
        width, height = SIZES[paper.size]
        self._content = BytesIO()
        canvas = Canvas(
            self._content,
            pagesize=(width * mm, height * mm),
            invariant=1,
            pageCompression=1,
            lang=paper.language,
            initialFontName=REGULAR,
        )
        canvas.setTitle(" ".join(paper.title))
        canvas.setSubject(paper.subject)
        canvas.setAuthor(paper.head[1] if len(paper.head) > 1 else paper.head[0])
        self._sheet = Sheet(canvas, width, height)
        self._right = width - _EDGE
        self._middle = width / 2
        self._seal_top = height - _FOOT - 3 - SIDE - 2 * _SEAL_GAP

    def draw(self) -> bool:
        """Draw all and tell whether the body left the foot its room."""
        if self._paper.mark:
            self._sheet.across(self._paper.mark)
        end = self._body(self._title(self._letterhead()))
        signing = max(map(_height, self._paper.signatures), default=0.0)
        if end + signing > self._seal_top - 1:
            return False
        self._signatures(self._seal_top - 1 - signing)
        self._seal()
        self._status()
        self._foot()
        return True

    def finished(self) -> bytes:
        """Return the file."""
        self._sheet.canvas.showPage()
        self._sheet.canvas.save()
        return self._content.getvalue()

    def _type(self, size: float, *, strong: bool = False, grey: float = 0.0) -> Type:
        return Type(size * self._density, strong, grey)

    def _letterhead(self) -> float:
        sheet, y = self._sheet, 18.0
        left = _EDGE
        if self._pictures.emblem:
            sheet.picture(ImageReader(BytesIO(self._pictures.emblem)), (_EDGE, 14.5, 20, 23))
            left = _EDGE + 24
        middle, room = (left + self._right) / 2, self._right - left
        for number, line in enumerate(self._paper.head):
            kind = Type(15.5, strong=True) if number == 1 else Type(13)
            sheet.centred(middle, y, line, kind, room=room)
            y += 6.4
        sheet.centred(middle, y - 0.6, self._paper.address, Type(9.3, grey=0.2), room=room)
        y = max(y + 4.0, 41.0)
        sheet.rule(_EDGE, self._right, y, 2.4)
        sheet.rule(_EDGE, self._right, y + 1.1, 0.7)
        return y + 10.5 * self._density

    def _title(self, y: float) -> float:
        room = self._right - _EDGE
        for number, line in enumerate(self._paper.title):
            kind = self._type(13.4 if number else 15.0, strong=True)
            self._sheet.centred(self._middle, y, line, kind, room=room)
            y += 6.1 * self._density
        self._sheet.centred(self._middle, y + 0.4, self._paper.number, self._type(11.4), room=room)
        return y + 10 * self._density

    def _body(self, y: float) -> float:
        paper, width = self._paper, self._right - _EDGE
        if paper.opening:
            y = self._sheet.paragraph(_EDGE, y, width, paper.opening, self._type(11.2)) + 2.6 * self._density
        has_frame = self._pictures.portrait or paper.no_portrait
        photo_end = self._portrait(y - 3.6) if has_frame else y
        for number, section in enumerate(paper.sections):
            y = self._section(section, y + bool(number) * 1.4 * self._density, photo_end)
        y = max(y, photo_end) + 2.4 * self._density
        for text in paper.paragraphs:
            y = self._sheet.paragraph(_EDGE, y, width, text, self._type(11.2)) + 1.0 * self._density
        for text in paper.small:
            y = self._sheet.paragraph(_EDGE, y, width, text, self._type(9.2, grey=0.2))
        return y

    def _portrait(self, top: float) -> float:
        width, height = _PHOTO
        left = self._right - width
        frame = left, top, width, height
        if self._pictures.portrait:
            self._sheet.picture(ImageReader(BytesIO(self._pictures.portrait)), frame)
        else:
            self._sheet.struck(frame, self._paper.no_portrait)
        self._sheet.box(frame, 0.5, grey=0.4)
        self._sheet.centred(
            left + width / 2, top + height + 4.2, self._paper.caption, Type(8.4, grey=0.2), room=width
        )
        return top + height + 8

    def _section(self, section: Section, y: float, photo_end: float) -> float:
        if section.title:
            self._sheet.text(_EDGE, y, section.title, self._type(10.8, strong=True))
            y += 5.8 * self._density
        for row in section.rows:
            label = self._type(10.8)
            value = self._type(10.8, strong=row.strong)
            left = _EDGE + 2 + _COLON
            right = self._right - _PHOTO[0] - 4 if y < photo_end else self._right
            self._sheet.text(_EDGE + 2, y, row.label, label)
            self._sheet.text(_EDGE + 1 + _LABELS, y, ":", label)
            after = self._sheet.paragraph(left, y, right - left, row.value, value)
            y = after - label.line + 5.75 * self._density
        return y

    def _signatures(self, y: float) -> None:
        """Set the holder's at the left, the office's at the right; one alone stands at the right."""
        if not self._paper.signatures:
            return
        places = (_EDGE + 28.0, self._right - 38.0)[-len(self._paper.signatures) :]
        self._sheet.centred(places[-1], y + 4, self._paper.date_line, Type(10.8), room=76)
        for place, signature in zip(places, self._paper.signatures, strict=True):
            self._sign_at(place, y + 9.2, signature)

    def _sign_at(self, x: float, y: float, signature: Signature) -> None:
        kind, lines = _fitted(signature.above, _ABOVE_SIZES, _room(signature))
        step = 4.7 * kind.size / _ABOVE_SIZES[0][0]
        for number, line in enumerate(lines):
            self._sheet.centred(x, y + step * number, line, kind)
        if signature.stamped:
            self._sheet.dashed_ring(x - 24, y + 13.6, 8.0, self._paper.stamp_hint)
        else:
            self._sheet.rule(x - 25, x + 25, y + 19.9, 0.5)
        self._name_at(x, y + _NAME - 9.2, signature)

    def _name_at(self, x: float, y: float, signature: Signature) -> None:
        """Set the name, underlined for who signs for the office; a long one takes two lines, set smaller."""
        kind, lines = _fitted((signature.name,), _NAME_SIZES, _room(signature), strong=True)
        for number, line in enumerate(lines):
            if number:
                y += kind.line
            self._sheet.centred(x, y, line, kind)
        if signature.stamped:
            half = kind.width(lines[-1]) / 2
            self._sheet.rule(x - half, x + half, y + 0.9, 0.6)
        if signature.below:
            self._sheet.centred(x, y + _BELOW, signature.below, Type(10), room=_room(signature))

    def _seal(self) -> None:
        seal, top = self._paper.seal, self._seal_top
        side = SIDE + 2 * _SEAL_GAP
        self._sheet.box((_EDGE, top, side, side), 0.5, grey=0.6)
        draw_seal_code(self._sheet, seal.letters, _EDGE + _SEAL_GAP, top + _SEAL_GAP)
        left = _EDGE + side + 4
        width = self._right - left - (_STATUS[0] + 4 if self._paper.status else 0)
        self._sheet.text(left, top + 4.4, seal.heading, Type(10.8, strong=True))
        self._sheet.text(left, top + 11.4, seal.code, Type(14.5, strong=True))
        y = top + 18.0
        for note in seal.notes:
            y = self._sheet.paragraph(left, y, width, note, Type(8.4, grey=0.1)) + 1.4

    def _status(self) -> None:
        if self._paper.status is None:
            return
        heading, code, moment = self._paper.status
        width, height = _STATUS
        left, top = self._right - width, self._seal_top + SIDE + 2 * _SEAL_GAP - height
        self._sheet.box((left, top, width, height), 0.9)
        middle = left + width / 2
        self._sheet.centred(middle, top + 4.6, heading, Type(8.4), room=width - 2)
        self._sheet.centred(middle, top + 11.6, code, Type(16.5, strong=True), room=width - 2)
        self._sheet.centred(middle, top + 16.4, moment, Type(8.2), room=width - 2)

    def _foot(self) -> None:
        y = self._sheet.height - _FOOT
        self._sheet.rule(_EDGE, self._right, y, 0.5, grey=0.4)
        self._sheet.centred(
            self._middle, y + 4.2, self._paper.foot, Type(8, grey=0.2), room=self._right - _EDGE
        )


def _room(signature: Signature) -> float:
    return _OFFICES if signature.stamped else _HOLDERS


def _height(signature: Signature) -> float:
    """Return the room a signature takes: more than usual where a name needs more lines."""
    kind, lines = _fitted((signature.name,), _NAME_SIZES, _room(signature), strong=True)
    name = _NAME + (len(lines) - 1) * kind.line
    return max(_SIGNING, name + (_BELOW if signature.below else 0.0))


def _fitted(
    texts: tuple[str, ...], sizes: tuple[tuple[float, int], ...], width: float, *, strong: bool = False
) -> tuple[Type, list[str]]:
    """Return the largest type in which texts take no more lines than the sizes allow, and these lines."""
    for size, most in sizes:
        kind = Type(size, strong)
        lines = [line for text in texts for line in kind.wrapped(text, width)]
        if len(lines) <= most:
            break
    return kind, lines
