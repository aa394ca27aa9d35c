"""The officer's first page, the queue and the page of arrival."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from kiosk.domain.requests import Priority, Service
from kiosk.domain.words import Words
from kiosk.services.queue import DayCounts, QueueLine
from kiosk.services.standing import LinkState, Standing
from kiosk.ui.frame.rail import HOME
from kiosk.ui.frame.rail import QUEUE as QUEUE_PLACE
from kiosk.ui.pages.arrival import ArrivalPage, ArrivalState
from kiosk.ui.pages.home import HomePage, HomeState
from kiosk.ui.pages.home_services import (
    BIODATA,
    CARD_PRINTING,
    CERTIFICATE,
    RECORDING,
    WAITS_FOR_CENTRE,
    ServiceLine,
    ServiceState,
)
from kiosk.ui.pages.queue import QueuePage, QueueState
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, ONLINE, STANDING, framed

_WAITING = (
    (17, Service.FIRST_ENROLLMENT, Priority.WITH_INFANT, 26, False),
    (18, Service.FIRST_ENROLLMENT, Priority.ELDERLY, 25, False),
    (19, Service.REPLACEMENT_LOST, Priority.NONE, 24, False),
    (20, Service.TEMPORARY_CERTIFICATE, Priority.NONE, 22, False),
    (21, Service.FIRST_ENROLLMENT, Priority.NONE, 19, False),
    (22, Service.FIRST_ENROLLMENT, Priority.NONE, 15, True),
    (23, Service.CHANGED_DATA, Priority.NONE, 12, False),
    (24, Service.BIODATA_SHEET, Priority.NONE, 9, False),
    (25, Service.COLLECTION, Priority.NONE, 5, False),
    (26, Service.REPLACEMENT_DAMAGED, Priority.PREGNANT, 0, True),
)


def queue_line(number: int, service: Service, priority: Priority, minutes: int, has_draft: bool) -> QueueLine:
    """Return one who waits."""
    return QueueLine(
        visit_id=f"visit-{number}",
        ticket=f"A-{number:03}",
        service=service,
        priority=priority,
        arrived_at=NOW - timedelta(minutes=minutes),
        waits=minutes * 60.0 + 20,
        has_draft=has_draft,
    )


QUEUE = tuple(queue_line(*waiting) for waiting in _WAITING)
SERVICES = (
    ServiceLine(RECORDING, ServiceState.OPEN),
    ServiceLine(CERTIFICATE, ServiceState.OPEN),
    ServiceLine(BIODATA, ServiceState.OPEN),
    ServiceLine(CARD_PRINTING, ServiceState.NOT_POSSIBLE, WAITS_FOR_CENTRE),
)
STATE = HomeState(
    user_name="Rina Wulandari",
    part_of_day="morning",
    office="Gringsing",
    counter="Loket 2",
    hours="15.00",
    standing=STANDING,
    queue=QUEUE,
    counts=DayCounts(served=31, recorded=24, papers=6, parked=1, unserved=0),
    services=SERVICES,
    foot="Pemindai dokumen rusak, KK difoto",
    now=NOW,
    since="08.00",
    notice=True,
    may_check=True,
)
_LONGEST = "Raden Ajeng Siti Nurhaliza Kusumaningtyas Adiwinata Hadiwidjoyo"
_FULL = replace(STANDING, disk_gate=True, disk_days=0, disk_free_bytes=400_000_000)
_ALONE = replace(STANDING, link=LinkState.NOT_JOINED, cause=None, link_since=None)
STATES = {
    "home-officer": STATE,
    "home-online": replace(STATE, standing=ONLINE, foot=""),
    "home-morning": replace(
        STATE,
        morning="Uji mandiri pagi ini, 06.02: rusak: Pemindai dokumen; perlu dirawat: Printer karcis.",
    ),
    "home-empty": replace(STATE, queue=(), standing=ONLINE),
    "home-empty-offline": replace(STATE, queue=()),
    "home-one": replace(STATE, queue=QUEUE[:1], standing=ONLINE),
    "home-disk-full": replace(STATE, standing=_FULL, notice=False),
    "home-not-joined": replace(STATE, standing=_ALONE, notice=False),
    "home-long": replace(
        STATE,
        user_name=_LONGEST,
        office="Kepulauan Pongok dan Kepulauan Lepar Pongok",
        counter="Loket perekaman keliling 12",
        services=(*SERVICES[:1], ServiceLine(CERTIFICATE, ServiceState.RECEIVED), *SERVICES[2:]),
        foot="Pemindai sidik jari rusak. Rekam sidik jari bisa di Kecamatan Banyuputih, 9 km.",
        foot_icon="fingerprint",
    ),
}


def _home(state: HomeState) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = HomePage(words)
        page.show_state(state)
        return framed(words, page, place=HOME, standing=state.standing)

    return build


def _asking(words: Words) -> QWidget:
    page = HomePage(words)
    page.show_state(STATE)
    page.rows.opened.emit(QUEUE[2])
    page.question.yes.setObjectName("yes")
    return framed(words, page, place=HOME)


def _arrival(standing: Standing, *, chosen: bool, known: bool) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = ArrivalPage(words)
        page.show_state(ArrivalState(waiting=10))
        if chosen:
            page.services.choose_number(1)
            page.priorities.show_key(Priority.WITH_INFANT.value)
        if known:
            page.nik.setText("332507 570890 0002")
            page.show_known("Sudah pernah direkam di sini, 3 Des 2025")
        return framed(words, page, place=HOME, standing=standing)

    return build


def _queue(
    lines: tuple[QueueLine, ...], *, asked: int = -1, ending: bool = False
) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = QueuePage(words)
        page.show_state(QueueState(lines))
        if asked >= 0:
            page.rows.focus_key(lines[asked].visit_id)
            page.rows.opened.emit(lines[asked])
            page.question.yes.setObjectName("yes")
        if ending:
            page.question.close_question()
            page.end.click()
            page.panel.reasons.show_key("other")
            page.panel.reasons.chosen.emit("other")
            page.panel.own.setObjectName("own")
        return framed(words, page, place=QUEUE_PLACE)

    return build


MANY = tuple(
    replace(QUEUE[number % len(QUEUE)], visit_id=f"many-{number}", ticket=f"A-{number + 17:03}")
    for number in range(60)
)
SHOTS = (
    *(Shot(name, _home(state)) for name, state in STATES.items()),
    Shot("home-asking", _asking, focus="yes"),
    Shot("arrival", _arrival(STANDING, chosen=False, known=False)),
    Shot("arrival-chosen", _arrival(ONLINE, chosen=True, known=False)),
    Shot("arrival-known", _arrival(STANDING, chosen=True, known=True)),
    Shot("queue", _queue(QUEUE)),
    Shot("queue-many", _queue(MANY)),
    Shot("queue-asking", _queue(QUEUE, asked=2), focus="yes"),
    Shot("queue-ending", _queue(QUEUE, asked=2, ending=True), focus="own"),
    Shot("queue-empty", _queue(())),
)
