"""The report of self-tests a technician takes along: all parts on the first page, then each tested part in full.

It holds no picture: a self-test keeps none, so that nobody's face or finger outlives the seconds of a test, and a
report shall not be the reason to begin with it.  What a device or the system said is masked as logs are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from kiosk.documents.selftest_drawings import MARK, OF_OUTCOME, TREND_WIDTH, Mark, Trend, stand_of
from kiosk.documents.typeface import REGULAR, STRONG, printable
from kiosk.domain.masking import masked
from kiosk.domain.selftest import ADVICE, Part, PartView, SelfTest, Stage, Verdict
from kiosk.domain.selftest_words import (
    MEANWHILE,
    PART_WORDS,
    change_words,
    figure,
    moment,
    stage_told,
    standing_words,
)
from kiosk.domain.words import Words

_MARGIN, _FOOT = 16 * mm, 18 * mm
_PADDING = 6  # points reportlab keeps free inside the margins
_LEFT = _MARGIN + _PADDING
_WIDTH = A4[0] - 2 * _LEFT
_INK, _MUTED, _LINE, _HEAD = (HexColor(colour) for colour in ("#17212B", "#5B6775", "#D8DEE6", "#EEF1F5"))
_GAP = 4 * mm
_ROOM = 60 * mm  # what a part's section begins with must fit below: its name, device and first stages


def _style(size: float, font: str = REGULAR, colour: HexColor = _INK, **more: float) -> ParagraphStyle:
    return ParagraphStyle(
        font, fontName=font, bulletFontName=font, fontSize=size, leading=size * 1.35, textColor=colour, **more
    )


_TITLE, _PART = _style(18, STRONG), _style(13, STRONG)
_BODY, _CELL, _NAME = _style(9.5), _style(8.5), _style(8.5, STRONG)
_SMALL, _SUBHEAD = _style(8, colour=_MUTED), _style(9.5, STRONG, spaceBefore=5, spaceAfter=2)


@dataclass(frozen=True, slots=True)
class SelfTestReport:
    """What a report tells of; at: in the office's zone.  by: who made it; empty for the command at the machine.

    views: every part.  shown: the parts told in full; of them those never tested are left out.
    """

    office: str
    kiosk_id: str
    version: str
    at: datetime
    by: str
    views: tuple[PartView, ...]
    shown: frozenset[Part]
    practice: bool = False


def selftest_report(report: SelfTestReport, words: Words) -> bytes:
    """Return the PDF in the language of the words, the same each time; `load_typeface` was called before."""
    pages = _made(report, words, BytesIO(), pages=0)
    content = BytesIO()
    _made(report, words, content, pages=pages)
    return content.getvalue()


def _made(report: SelfTestReport, words: Words, file: BytesIO, *, pages: int) -> int:
    """Write the report and return how many pages it has; `pages` is what its foot says of that."""
    title = words.say("Self-test of the counter")
    made = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_FOOT,
        title=title,
        author=f"kiosk {report.version}",
        lang=words.language,
        invariant=1,
        initialFontName=REGULAR,
    )
    foot = partial(_draw_foot, words=words, report=report, pages=pages)
    made.build(_Story(report, words).all(), onFirstPage=foot, onLaterPages=foot)
    return int(made.page)


def _draw_foot(
    canvas: Canvas, made: SimpleDocTemplate, *, words: Words, report: SelfTestReport, pages: int
) -> None:
    canvas.saveState()
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(_MUTED)
    base = _FOOT - 8 * mm
    canvas.drawString(
        _LEFT, base, printable(f"{report.kiosk_id or report.office}  ·  {_when(words, report.at)}")
    )
    told = words.say("Page {page} of {pages}", page=made.page, pages=pages)
    canvas.drawRightString(A4[0] - _LEFT, base, told)
    canvas.restoreState()


def _when(words: Words, at: datetime) -> str:
    return f"{words.long_date(at.date())}, {words.time(at)} {at.tzname() or ''}".strip()


def _text(text: str, style: ParagraphStyle = _CELL) -> Paragraph:
    return Paragraph(escape(printable(text)), style)


def _table(rows: Sequence[Sequence[Flowable]], widths: Sequence[float], *, head: bool) -> Table:
    look = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("FONT", (0, 0), (-1, -1), REGULAR),
    ]
    if head:
        look.append(("BACKGROUND", (0, 0), (-1, 0), _HEAD))
    return Table(rows, colWidths=widths, repeatRows=int(head), style=look, hAlign="LEFT")


def _facts(pairs: Sequence[tuple[str, str]]) -> Table:
    """Return names at the left and what is told of them; what is empty is left out."""
    told = [(name, value) for name, value in pairs if value]
    return _table(
        [(_text(name, _SMALL), _text(value)) for name, value in told], (38 * mm, _WIDTH - 38 * mm), head=False
    )


class _Story:
    """Makes the pieces of one report."""

    def __init__(self, report: SelfTestReport, words: Words) -> None:
        self._report = report
        self._words = words

    def all(self) -> list[Flowable]:
        """Return all pieces in order."""
        told = [
            view for view in self._report.views if view.part in self._report.shown and view.last is not None
        ]
        story = [*self._head(), self._overview()]
        for number, view in enumerate(told):
            story += [PageBreak() if number == 0 else CondPageBreak(_ROOM), *self._part(view)]
        return story

    def _head(self) -> Iterator[Flowable]:
        say, report = self._words.say, self._report
        yield _text(say("Self-test of the counter"), _TITLE)
        yield Spacer(0, _GAP)
        yield _facts(
            (
                (say("Office"), report.office or say("Not joined")),
                (say("Kiosk"), report.kiosk_id),
                (say("Kind"), say("Practice office: nothing here is real") if report.practice else ""),
                (say("Program"), f"kiosk {report.version}"),
                (say("Made"), _when(self._words, report.at)),
                (say("By"), report.by or say("Command at the machine")),
            )
        )
        yield Spacer(0, _GAP * 1.5)

    def _overview(self) -> Table:
        say = self._words.say
        heads = (
            "", say("Part"), say("State"), say("Result"), say("Tested"), say("30 days"), say("Failed"),
        )  # fmt: skip
        rows = [tuple(_text(head, _NAME) for head in heads)]
        rows += [self._line(view) for view in self._report.views]
        widths = [MARK + 10, 34 * mm, 36 * mm, 26 * mm, 30 * mm, TREND_WIDTH + 8]
        return _table(rows, (*widths, _WIDTH - sum(widths)), head=True)

    def _line(self, view: PartView) -> tuple[Flowable, ...]:
        words, last = self._words, view.last
        measured = "" if last is None or last.measure is None else figure(words, last.measure)
        return (
            Mark(stand_of(last)),
            _text(words.say(PART_WORDS[view.part]), _NAME),
            _text(standing_words(words, view.part, last)),
            _text(measured),
            _text("" if last is None else self._short(last)),
            Trend(view, self._report.at),
            _text(words.count("once", "{count} times", view.failures) if view.failures else ""),
        )

    def _short(self, test: SelfTest) -> str:
        return moment(self._words, self._here(test))

    def _here(self, test: SelfTest) -> datetime:
        return test.at.astimezone(self._report.at.tzinfo)

    def _part(self, view: PartView) -> Iterator[Flowable]:
        test = view.last
        assert test is not None  # only tested parts are told in full
        say = self._words.say
        standing = standing_words(self._words, view.part, test)
        name = _text(f"{say(PART_WORDS[view.part])}: {standing}", _PART)
        yield Spacer(0, _GAP * 1.5)
        yield _table([(Mark(stand_of(test), 12), name)], (22, _WIDTH - 22), head=False)
        yield _facts((*self._device(view), (say("Tested"), _when(self._words, self._here(test)))))
        if test.stages:
            yield Spacer(0, _GAP / 2)
            yield self._stages(test.stages)
        yield from self._said(test)
        yield from self._advice(view, test)
        yield KeepTogether([_text(say("Compared with the first day"), _SUBHEAD), self._history(view)])

    def _device(self, view: PartView) -> tuple[tuple[str, str], ...]:
        """Return who the device is; of one that does not answer now, who it was when it last worked."""
        told = [
            test.device for test in (view.last, view.working) if test is not None and test.device is not None
        ]
        if not told:
            return ()
        say, device = self._words.say, told[0]
        return (
            (say("Device"), f"{device.make} {device.model}".strip()),
            (say("Serial number"), device.serial),
            (say("Firmware"), device.firmware),
            (say("Driver"), device.driver),
        )

    def _stages(self, stages: Sequence[Stage]) -> Flowable:
        say = self._words.say
        rows = [(_text(""), _text(say("Stage"), _NAME), _text(say("What came of it"), _NAME))]
        rows += [
            (
                Mark(OF_OUTCOME[stage.outcome]),
                _text(say(stage.name)),
                _text(masked(stage_told(self._words, stage))),
            )
            for stage in stages
        ]
        return _table(rows, (MARK + 10, 62 * mm, _WIDTH - 62 * mm - MARK - 10), head=True)

    def _said(self, test: SelfTest) -> Iterator[Flowable]:
        if test.said:
            yield _text(
                self._words.say("It says: {told}", told=masked(test.said)), _style(9.5, spaceBefore=6)
            )

    def _advice(self, view: PartView, test: SelfTest) -> Iterator[Flowable]:
        say = self._words.say
        acts = [_text(f"{number}.  {say(act)}", _BODY) for number, act in enumerate(ADVICE[test.problem], 1)]
        if acts:
            yield KeepTogether([_text(say("Try this first"), _SUBHEAD), *acts])
        if test.verdict in (Verdict.BROKEN, Verdict.ABSENT):
            yield _text(say(MEANWHILE[view.part]), _style(9.5, colour=_MUTED, spaceBefore=4))

    def _history(self, view: PartView) -> Table:
        words, say = self._words, self._words.say
        first, last = view.first, view.working
        pairs = [
            (say("First day"), words.date(self._here(first).date()) if first is not None else say("none yet"))
        ]
        if first is not None and first.measure is not None:
            pairs.append((say("Figure on the first day"), figure(words, first.measure)))
            if last is not None and last.measure is not None:
                pairs.append((say("When it last worked"), figure(words, last.measure)))
                pairs.append((say("Change"), change_words(words, first.measure, last.measure)))
        if last is not None:
            pairs.append((say("Last good"), _when(words, self._here(last))))
        since = view.broken_since
        if since is not None:
            failed = words.count("once", "{count} times", view.failures)
            pairs.append((say("Failed since {time}", time=self._short(since)), failed))
        pairs.append((say("In 30 days"), words.count("one test", "{count} tests", len(view.history))))
        return _facts(pairs)
