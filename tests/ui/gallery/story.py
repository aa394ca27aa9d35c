"""The story the gallery tells: Gringsing, Thursday 29 January 2026, the centre unreachable since Monday."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.clock import ClockState
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.standing import LinkState, Standing
from kiosk.ui.frame.rail import QUEUE, Rail
from kiosk.ui.frame.strip import LampState, Strip, StripState
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.shell import VisitShell
from kiosk.ui.visit.step_page import StepPage

WIB = timezone(timedelta(hours=7), "WIB")
NOW = datetime(2026, 1, 29, 9, 42, 27, tzinfo=WIB)
CUT_OFF = datetime(2026, 1, 26, 8, 12, tzinfo=WIB)

STANDING = Standing(
    link=LinkState.OFFLINE,
    link_since=CUT_OFF,
    cause="refused",
    waiting=214,
    waiting_bytes=628_000_000,
    oldest_waiting=CUT_OFF + timedelta(minutes=30),
    acknowledged=1845,
    quarantined=1,
    disk_free_bytes=81_000_000_000,
    disk_days=46,
    disk_gate=False,
    clock=ClockState.TRUSTED,
    practice=False,
    office_code="33.25.07",
    office_name="Gringsing",
    kiosk_id="practice-gringsing-1",
)
ONLINE = replace(STANDING, link=LinkState.ONLINE, link_since=None, cause=None, waiting=0, oldest_waiting=None)

LAMPS = (
    LampState("camera", State.GOOD, "Kamera siap"),
    LampState("pen-nib", State.GOOD, "Papan tanda tangan siap"),
    LampState("fingerprint", State.GOOD, "Pemindai sidik jari siap"),
    LampState("eye", State.GOOD, "Kamera iris siap"),
    LampState("files", State.BROKEN, "Pemindai dokumen rusak"),
    LampState("ticket", State.CARE, "Kertas tiket tinggal sedikit"),
    LampState("printer", State.GOOD, "Pencetak siap"),
)


_PEOPLE = {Role.TECHNICIAN: ("Agus Prasetyo", "Teknisi"), Role.SUPERVISOR: ("Budi Santoso", "Supervisor")}


def strip_state(standing: Standing = STANDING, now: datetime = NOW, role: Role = Role.OFFICER) -> StripState:
    """Return what the strip shows through the whole story."""
    return StripState(standing, now, *_PEOPLE.get(role, ("Rina Wulandari", "Petugas")), LAMPS)


def framed(
    words: Words,
    content: QWidget,
    *,
    place: str,
    role: Role = Role.OFFICER,
    standing: Standing = STANDING,
    now: datetime = NOW,
) -> QWidget:
    """Return a window's content: rail, page and strip."""
    window = QWidget()
    window.setObjectName("root")
    rail, strip = Rail(words, role), Strip(words)
    rail.show_place(place)
    strip.show_state(strip_state(standing, now, role))
    across = QHBoxLayout()
    across.setSpacing(0)
    across.addWidget(rail)
    across.addWidget(content, 1)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(across, 1)
    layout.addWidget(strip)
    return window


def in_visit(words: Words, page: StepPage, view: VisitView, *, standing: Standing = STANDING) -> QWidget:
    """Return a step's page in the frame of a visit."""
    shell = VisitShell(words, [page])
    shell.show_stage(page.stage, view)
    return framed(words, shell, place=QUEUE, standing=standing)
