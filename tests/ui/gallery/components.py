"""The sheet of components: colours, buttons, fields, badges, messages, an empty page."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.frame.rail import SETTINGS
from kiosk.ui.frame.stepper import Standing, StepMark, Stepper
from kiosk.ui.kit.badges import Badge, Lamp, State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import ChoiceField, FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, row
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.tokens import DANGER, OFFLINE, SUCCESS, WARNING
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import framed

_COLOURS = (
    ("background", tokens.BACKGROUND),
    ("surface", tokens.SURFACE),
    ("sunken", tokens.SUNKEN),
    ("line", tokens.LINE),
    ("edge", tokens.EDGE),
    ("ink", tokens.INK),
    ("muted", tokens.MUTED),
    ("primary", tokens.PRIMARY),
    ("primary deep", tokens.PRIMARY_DEEP),
    ("primary tint", tokens.PRIMARY_TINT),
    ("success", SUCCESS.colour),
    ("warning", WARNING.colour),
    ("danger", DANGER.colour),
    ("offline", OFFLINE.colour),
)
_STEPS = (
    "Layanan",
    "Biodata",
    "Dokumen",
    "Persetujuan",
    "Foto",
    "Tanda tangan",
    "Sidik jari",
    "Iris",
    "Tinjau",
)


class _Swatch(QWidget):
    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedHeight(36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, 35), 6, 6)


def _field(label: str, text: str, hint: str, state: str = "", *, read_only: bool = False) -> FormField:
    line = LineField()
    line.setText(text)
    line.setReadOnly(read_only)
    field = FormField(label, line)
    field.show_hint(hint, state)
    return field


def _fields() -> QWidget:
    return row(
        _field("Biasa", "BATANG", "Petunjuk pendek"),
        _field("Benar", "332507 570890 0002", "Sah. Gringsing, perempuan", "success"),
        _field("Peringatan", "15-08-1990", "Beda dari NIK. Beri alasan.", "warning"),
        _field("Salah", "3325075708900", "Kurang 3 angka", "danger"),
        _field("Hanya baca", "29-07-2026", "Dihitung otomatis", read_only=True),
        gap=12,
    )


def _choices() -> QWidget:
    focused = _field("Fokus", "SITI AMINAH", "Cincin 2 px, jarak 2 px")
    focused.control.setObjectName("focused")
    choice = ChoiceField()
    choice.fill([("1", "Islam"), ("2", "Kristen")])
    choice.show_key("1")
    segments = Segments([("1", "Laki-laki"), ("2", "Perempuan")])
    segments.show_key("2")
    box = QCheckBox("Dipilih")
    box.setChecked(True)
    parts = (
        (focused, 1),
        (FormField("Pilihan", choice), 1),
        (FormField("Pilih satu", segments), 2),
        (box, 1),
    )
    return row(*parts, gap=12)


def _badges() -> QWidget:
    lamps = [Lamp("camera", State.GOOD), Lamp("ticket", State.CARE), Lamp("files", State.BROKEN)]
    return row(
        Badge("Netral"),
        Badge("Siap", "success", "check-circle"),
        Badge("Perlu dirawat", "warning", "warning"),
        Badge("Rusak", "danger", "x-circle"),
        Badge("Pusat terputus", "offline", "cloud-slash"),
        Badge("Didahulukan", "chosen", "star"),
        24,
        *lamps,
        24,
        Keycap("F1"),
        Keycap("Alt+2"),
        STRETCH,
    )


def _messages() -> QWidget:
    told = (
        ("warning", "Peringatan.", "Bisa lanjut dengan alasan."),
        ("danger", "Salah.", "Tidak bisa lanjut."),
        ("offline", "Pusat terputus.", "Kerja jalan terus."),
        ("success", "Aman.", "Sudah tersimpan."),
    )
    boxes = []
    for mood, head, rest in told:
        box = MessageBox(mood, one_line=True)
        box.show_message(head, rest)
        boxes.append(box)
    return row(*boxes, gap=12)


def _buttons() -> QWidget:
    disabled = Button("Tidak aktif", key="F8", icon="printer")
    disabled.setEnabled(False)
    return row(
        Button("Utama", "primary", key=ENTER, icon="check"),
        Button("Kedua", key="F5", icon="arrow-counter-clockwise"),
        Button("Tenang", "quiet", key="F6", icon="qr-code"),
        Button("Bahaya", "danger", icon="trash"),
        disabled,
        STRETCH,
        gap=12,
    )


def _sheet(words: Words) -> QWidget:
    stepper = Stepper()
    standings = [Standing.DONE] * 7 + [Standing.OPEN, Standing.CURRENT]
    stepper.show_steps([StepMark(word, word, how) for word, how in zip(_STEPS, standings, strict=True)])
    colours = row(
        *[column(_Swatch(value), Text(name, "tiny"), Text(value, "tiny"), gap=1) for name, value in _COLOURS],
        gap=8,
    )
    empty = card(
        EmptyPage("Belum ada antrean", "Tiket warga akan muncul di sini. Tekan F2 bila warga datang.")
    )
    sections = (
        (Text("Warna", "section"), colours),
        (Text("Tombol: satu utama per layar", "section"), _buttons()),
        (Text("Isian 44 px", "section"), _fields(), _choices()),
        (Text("Tanda dan lampu", "section"), _badges()),
        (Text("Kotak pesan", "section"), _messages()),
        (Text("Halaman kosong", "section"), empty),
    )
    body = column(*[widget for section in sections for widget in section], gap=7, margins=(24, 8, 24, 8))
    return framed(words, column(stepper, (body, 1), gap=0), place=SETTINGS, role=Role.OFFICER)


SHOTS = (Shot("components", _sheet, focus="focused"),)
