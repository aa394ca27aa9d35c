"""The page after saving: offline, online, delivered, refused; with and without a slip; a parked visit."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.record import PacketLine, RecordView
from kiosk.services.stages import Stage
from kiosk.services.standing import LinkState
from kiosk.ui.frame.rail import QUEUE
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.resident_card import Check, ResidentState
from kiosk.ui.visit.saved_page import SavedPage
from kiosk.ui.visit.saved_state import Parked, SavedState, Slip
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, ONLINE, STANDING, framed
from tests.ui.gallery.visits import LONG_NAME, LONG_VILLAGE

SAVED_AT = NOW.replace(hour=9, minute=58, second=12)
RESIDENT = ResidentState(
    name="SITI AMINAH",
    about="Perempuan, 35 tahun",
    village="Lebo, Gringsing",
    ticket="Tiket A-017",
    nik="332507 570890 0002",
    service="Rekam KTP-el pertama",
    heading="Rekaman",
    checks=(
        Check("Biodata, 1 alasan dicatat", State.GOOD),
        Check("Dokumen: KK difoto", State.GOOD),
        Check("Persetujuan warga", State.GOOD),
        Check("Foto dan tanda tangan", State.GOOD),
        Check("9 jari, 1 dikecualikan", State.GOOD),
        Check("Dua iris", State.GOOD),
        Check("Disetujui supervisor", State.GOOD),
    ),
    advice="Waktu layanan 16 menit",
)


def packet(kind: str = "enrollment", **changes: object) -> PacketLine:
    """Return a packet of the record that still waits."""
    line = PacketLine(
        packet_id="01k7aaaa-0000-7000-8000-00000000f2c0",
        short_name="01K7-9F2C",
        kind=kind,
        state="waiting",
        size=2_940_000,
        device_seq=1284,
        created_at=SAVED_AT,
        acknowledged_at=None,
        verdict="",
        verdict_reason="",
        attempts=0,
        cause="",
    )
    return replace(line, **changes)


def record(*packets: PacketLine) -> RecordView:
    """Return Siti Aminah's record with these packets."""
    return RecordView(
        visit_id="visit-1",
        ticket="A-017",
        service=Service.FIRST_ENROLLMENT,
        nik="3325075708900002",
        full_name="SITI AMINAH",
        birth_date=date(1990, 8, 17),
        village="Lebo, Gringsing",
        saved_at=SAVED_AT,
        withdrawn=False,
        packets=packets or (packet("registration", size=24_000, device_seq=1283), packet()),
    )


SAVED = SavedState(
    resident=RESIDENT,
    standing=STANDING,
    record=record(),
    is_woman=True,
    age=35,
    phone="081255501234",
    next_ticket="A-018",
    slip=Slip.PRINTED,
    paper_low=True,
    offers_certificate=True,
)
ARRIVED = packet(state="acknowledged", acknowledged_at=SAVED_AT + timedelta(seconds=9))
PARKED = SavedState(
    resident=replace(RESIDENT, checks=RESIDENT.checks[:4]),
    standing=STANDING,
    parked=Parked(Stage.FINGERS, SAVED_AT, "Kecamatan Limpung"),
    is_woman=True,
    age=35,
    next_ticket="A-018",
)


def _saved(words: Words, state: SavedState) -> QWidget:
    page = SavedPage(words)
    page.show_state(state)
    return framed(words, page, place=QUEUE, standing=state.standing, now=SAVED_AT)


_SENDING = replace(STANDING, link=LinkState.SENDING, link_since=None, cause=None)
_LONG = replace(
    SAVED,
    resident=replace(RESIDENT, name=LONG_NAME, village=LONG_VILLAGE, service="Cetak ulang, kartu rusak"),
    record=replace(record(), full_name=LONG_NAME, service=Service.REPLACEMENT_DAMAGED),
    slip=Slip.NO_PRINTER,
)
_REJECTED = packet(
    state="purged",
    acknowledged_at=SAVED_AT,
    verdict="rejected",
    verdict_reason="sidik jari telunjuk kanan buram",
)

SHOTS = (
    Shot("saved-offline", partial(_saved, state=SAVED)),
    Shot("saved-sending", partial(_saved, state=replace(SAVED, standing=_SENDING))),
    Shot("saved-received", partial(_saved, state=replace(SAVED, standing=ONLINE, record=record(ARRIVED)))),
    Shot("saved-rejected", partial(_saved, state=replace(SAVED, standing=ONLINE, record=record(_REJECTED)))),
    Shot("saved-refused", partial(_saved, state=replace(SAVED, record=record(packet(state="quarantined"))))),
    Shot("saved-asked", partial(_saved, state=replace(SAVED, slip=Slip.ASKED))),
    Shot("saved-slip-failed", partial(_saved, state=replace(SAVED, slip=Slip.FAILED))),
    Shot("saved-no-printer-long", partial(_saved, state=_LONG)),
    Shot(
        "saved-nobody-waits", partial(_saved, state=replace(SAVED, next_ticket="", offers_certificate=False))
    ),
    Shot("saved-parked", partial(_saved, state=PARKED)),
)
