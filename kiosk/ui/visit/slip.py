"""The resident's slip as it will look on paper: drawn, with the code by which the status is asked for."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.labels import SERVICE_SHORT
from kiosk.domain.nik import bare_digits
from kiosk.domain.words import Words
from kiosk.services.record import RecordView
from kiosk.ui import tokens
from kiosk.ui.fonts import font

_WIDTH = 264
_SIDE = 18
_TEETH, _TOOTH = 44, 6  # of the torn edge: how many, how deep
_SHOWN_AT_ENDS = (6, 4)  # digits of the NIK that stay readable


@dataclass(frozen=True, slots=True)
class SlipText:
    """What stands on the slip."""

    office: str
    title: str
    lines: tuple[tuple[str, str], ...]
    code_label: str
    code: str
    foot: str


def slip_text(words: Words, record: RecordView, *, office: str, code: str) -> SlipText:
    """Return the slip of a record; the NIK is masked, since slips are lost."""
    saved = record.saved_at
    return SlipText(
        office=words.say("District office {name}", name=office).upper(),
        title=words.say("Proof of KTP-el recording"),
        lines=(
            (words.say("Name"), record.full_name),
            (words.say("NIK"), masked(record.nik)),
            (words.say("Recorded"), f"{words.date(saved.date())} {words.time(saved)}"),
            (words.say("Service"), words.say(SERVICE_SHORT[record.service])),
            (words.say("Ticket"), record.ticket),
        ),
        code_label=words.say("Status code"),
        code=code,
        foot=words.say("Does not replace the KTP. Free of charge."),
    )


def masked(nik: str) -> str:
    """Return a NIK without its birth date: `332507 •••••• 0002`."""
    digits = bare_digits(nik) or ""
    front, back = _SHOWN_AT_ENDS
    if len(digits) <= front + back:
        return digits
    return f"{digits[:front]} {'•' * (len(digits) - front - back)} {digits[-back:]}"


class SlipPicture(QWidget):
    """The slip, as wide as the paper looks; nothing is drawn before there is a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: SlipText | None = None
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: SlipText | None) -> None:
        """Show another slip."""
        self._text = text
        if text is not None:
            self.setAccessibleName(
                " ".join(
                    [
                        text.office,
                        text.title,
                        *(f"{label} {value}." for label, value in text.lines),
                        text.code,
                    ]
                )
            )
        self.updateGeometry()
        self.update()

    def _line_height(self, value: str) -> float:
        return max(22.0, self._value_box(value).height() + 4)

    def _value_box(self, value: str) -> QRectF:
        room = QRectF(0, 0, _WIDTH - 2 * _SIDE - 76, 400)
        wrap = int(Qt.TextFlag.TextWordWrap)
        return QFontMetricsF(font(13, 600)).boundingRect(room, wrap, value)

    def _paint_paper(self, painter: QPainter) -> None:
        right, bottom = self.width() - 1.0, self.height() - 1.0
        step = right / _TEETH
        teeth = [
            QPointF(right - number * step, bottom - _TOOTH * (number % 2 == 0))
            for number in range(_TEETH + 1)
        ]
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(tokens.SURFACE))
        painter.drawPolygon(QPolygonF([QPointF(0.5, 0.5), QPointF(right, 0.5), *teeth]))

    def _paint_centred(self, painter: QPainter, top: float, text: str, *, size: int, weight: int) -> float:
        painter.setFont(font(size, weight))
        room = QRectF(_SIDE, top, self.width() - 2 * _SIDE, 60)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        taken = painter.boundingRect(room, int(flags), text)
        painter.drawText(room, int(flags), text)
        return top + taken.height()

    def _paint_rule(self, painter: QPainter, top: float) -> float:
        painter.setPen(QPen(QColor(tokens.EDGE), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(_SIDE, top), QPointF(self.width() - _SIDE, top))
        painter.setPen(QColor(tokens.INK))
        return top + 8

    def _paint_lines(self, painter: QPainter, top: float, text: SlipText) -> float:
        for label, value in text.lines:
            painter.setFont(font(13))
            painter.setPen(QColor(tokens.MUTED))
            painter.drawText(QRectF(_SIDE, top, 76, 22), int(Qt.AlignmentFlag.AlignTop), label)
            painter.setFont(font(13, 600))
            painter.setPen(QColor(tokens.INK))
            room = QRectF(_SIDE + 76, top, self.width() - 2 * _SIDE - 76, self._line_height(value))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap), value)
            top += self._line_height(value)
        return top

    def sizeHint(self) -> QSize:
        """Return the length the text needs."""
        lines = self._text.lines if self._text else ()
        return QSize(_WIDTH, round(190 + sum(self._line_height(value) for _, value in lines)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper and what is printed on it."""
        text = self._text
        if text is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_paper(painter)
        painter.setPen(QColor(tokens.INK))
        top = self._paint_centred(painter, 14, text.office, size=14, weight=600)
        top = self._paint_centred(painter, top + 2, text.title, size=13, weight=400)
        top = self._paint_lines(painter, self._paint_rule(painter, top + 10), text)
        top = self._paint_rule(painter, top + 4)
        top = self._paint_centred(painter, top + 2, text.code_label, size=13, weight=400)
        top = self._paint_centred(painter, top + 1, text.code, size=22, weight=600)
        painter.setPen(QColor(tokens.MUTED))
        self._paint_centred(painter, top + 6, text.foot, size=12, weight=400)
