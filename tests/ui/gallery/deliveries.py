"""The page of deliveries in every state: cut off, sending, online, empty, and each cause that wants a person."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from kiosk.domain.clock import ClockState
from kiosk.domain.words import Words
from kiosk.services.deliveries import URGENCIES, DayOfDeliveries, Deliveries, PacketCounts
from kiosk.services.standing import LinkState
from kiosk.ui.frame.rail import DELIVERIES
from kiosk.ui.pages.deliveries import DeliveriesPage
from kiosk.ui.pages.deliveries_tasks import TaskLine, TasksPage
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import CUT_OFF, NOW, ONLINE, STANDING, WIB, framed

_LONGEST_NAME = "RADEN AYU SITI NURHALIZAH KUSUMANINGTYAS WIDYAWATI PURNAMASARI"[:60]
_COUNTS = PacketCounts(
    waiting=214,
    sent=0,
    undecided=29,
    accepted=1798,
    duplicate=5,
    adjudicate=0,
    rejected=2,
    printed=10,
    quarantined=1,
    purged=1600,
    total=2059,
)
_DAYS = tuple(
    DayOfDeliveries(date(2026, 1, day), recorded, acknowledged, recorded - acknowledged, backlog)
    for day, recorded, acknowledged, backlog in (
        (21, 59, 59, 0),
        (22, 74, 74, 0),
        (23, 68, 68, 0),
        (26, 63, 0, 63),
        (27, 71, 0, 134),
        (28, 56, 0, 190),
        (29, 24, 0, 214),
    )
)
_LABELS = tuple(URGENCIES.values())
CUT = Deliveries(
    standing=STANDING,
    attempts=41,
    last_attempt=NOW.replace(minute=43),
    next_attempt=NOW.replace(minute=58),
    days=_DAYS,
    by_urgency=tuple(zip(_LABELS, (6, 22, 186), strict=True)),
    states=_COUNTS,
    tasks=7,
    since=datetime(2026, 1, 5, 8, 0, tzinfo=WIB),
    acknowledged_last=CUT_OFF - timedelta(minutes=4),
    seconds_needed=5 * 3600 + 40 * 60,
)
_CLEAN = replace(_COUNTS, waiting=0, undecided=243, duplicate=0, rejected=0, quarantined=0, total=2059)
EMPTY = replace(
    CUT,
    standing=ONLINE,
    attempts=0,
    days=tuple(replace(day, acknowledged=day.recorded, waiting=0, backlog_at_end=0) for day in _DAYS),
    by_urgency=tuple((label, 0) for label in _LABELS),
    states=_CLEAN,
    acknowledged_last=NOW - timedelta(minutes=3),
    seconds_needed=None,
)
NEW = replace(
    EMPTY,
    days=tuple(replace(day, recorded=0, acknowledged=0, waiting=0, backlog_at_end=0) for day in _DAYS),
    states=PacketCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    since=None,
    acknowledged_last=None,
)
SENDING = replace(
    CUT,
    standing=replace(
        STANDING, link=LinkState.SENDING, link_since=None, cause=None, waiting=202, waiting_bytes=590_000_000
    ),
    attempts=0,
    days=(*_DAYS[:3], replace(_DAYS[3], acknowledged=12, waiting=51), *_DAYS[4:]),
    by_urgency=tuple(zip(_LABELS, (0, 16, 186), strict=True)),
    states=replace(_COUNTS, waiting=201, sent=1, undecided=41, adjudicate=3),
    seconds_needed=4800,
)


def _caused(cause: str) -> Deliveries:
    return replace(CUT, standing=replace(STANDING, cause=cause, clock=ClockState.TRUSTED))


def deliveries_page(
    words: Words, state: Deliveries, progress: tuple[int, int, float] | None = None
) -> QWidget:
    page = DeliveriesPage(words)
    page.show_state(state, NOW.replace(minute=44))
    if progress is not None:
        page.show_progress(*progress)
    return framed(words, page, place=DELIVERIES, standing=state.standing, now=NOW.replace(minute=44))


def _tasks(words: Words, tasks: tuple[TaskLine, ...]) -> QWidget:
    page = TasksPage(words)
    page.show_state(tasks, NOW)
    return framed(words, page, place=DELIVERIES)


TASKS = (
    TaskLine(
        "v1", "BUDI SANTOSO", "A-011", "duplicate", "fingers match 3374010101900001", NOW - timedelta(days=6)
    ),
    TaskLine("v2", _LONGEST_NAME, "A-023", "rejected", "portrait is blurred", NOW - timedelta(days=2)),
    TaskLine("v3", "SITI AMINAH", "A-017", "adjudicate", "", NOW - timedelta(hours=2)),
)
NOT_JOINED = replace(
    NEW, standing=replace(ONLINE, link=LinkState.NOT_JOINED, cause="not_joined", office_code="", kiosk_id="")
)
NEVER_TRIED = replace(
    CUT,
    standing=replace(STANDING, cause=None, link_since=None),
    attempts=0,
    last_attempt=None,
    next_attempt=None,
)

SHOTS = (
    Shot("deliveries-cut-off", lambda words: deliveries_page(words, CUT)),
    Shot("deliveries-sending", lambda words: deliveries_page(words, SENDING, (12, 214, 118_000))),
    Shot("deliveries-empty", lambda words: deliveries_page(words, EMPTY)),
    Shot("deliveries-new", lambda words: deliveries_page(words, NEW)),
    Shot("deliveries-clock", lambda words: deliveries_page(words, _caused("tls_clock"))),
    Shot("deliveries-stranger", lambda words: deliveries_page(words, _caused("tls_unknown_ca"))),
    Shot("deliveries-revoked", lambda words: deliveries_page(words, _caused("kiosk_revoked"))),
    Shot("deliveries-no-network", lambda words: deliveries_page(words, _caused("no_link"))),
    Shot("deliveries-not-joined", lambda words: deliveries_page(words, NOT_JOINED)),
    Shot("deliveries-never-tried", lambda words: deliveries_page(words, NEVER_TRIED)),
    Shot("deliveries-tasks", lambda words: _tasks(words, TASKS)),
    Shot("deliveries-tasks-none", lambda words: _tasks(words, ())),
)
