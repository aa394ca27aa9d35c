"""A kiosk with its outbox, and the scripted centre it delivers to."""

import hashlib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.clock import ClockState, Moment
from kiosk.storage.records import Membership, OutboxEntry, PacketState
from kiosk.storage.store import Store
from kiosk.sync.client import Centre
from kiosk.sync.line import Line, TimeLimits
from kiosk.sync.pump import Pump, RoundResult, make_pump
from kiosk.wire.messages import Created, PacketKind
from kiosk.wire.signing import SigningKey
from tests.sync.scripted_centre import KIOSK, NOW, ScriptedCentre, served

PATIENT = TimeLimits(connect=20.0, read=20.0, write=20.0)
IMPATIENT = TimeLimits(connect=20.0, read=0.3, write=20.0)
NOBODY_TRUSTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # spares reading the system's authorities each time


def identifier(number: int) -> str:
    return f"019b8be1-f500-7000-8000-{number:012x}"


def content_of(number: int, size: int) -> bytes:
    """Return bytes that no other packet and no other offset has."""
    return hashlib.shake_256(b"%d" % number).digest(size)


def membership_of(centre: ScriptedCentre, **changes: object) -> Membership:
    values: dict[str, object] = {
        "kiosk_id": KIOSK,
        "office": "33.25.07",
        "practice": True,
        "centre_url": centre.url,
        "recipients": ("age1test",),
        "signing_keys": (centre.key.public.text,),
        "generation": 1,
    }
    return Membership(**(values | changes))  # type: ignore[arg-type]


@dataclass
class Machine:
    """Both clocks of a machine, set by the test."""

    wall: datetime = NOW
    boottime: float = 1000.0
    boot_id: str = "boot-1"
    readings: int = 0
    at_reading: dict[int, Callable[[], None]] = field(default_factory=dict)

    def __call__(self) -> Moment:
        """Tell both clocks; what is to happen at a certain reading happens now, on whoever's thread reads."""
        self.readings += 1
        self.at_reading.pop(self.readings, lambda: None)()
        return Moment(self.wall, self.boottime, self.boot_id)

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.boottime += seconds

    def reboot(self) -> None:
        self.boottime, self.boot_id = 1.0, f"{self.boot_id}x"


@dataclass
class Kiosk:
    """A store with packets in its outbox, and the sender that delivers them."""

    folder: Path
    centre: ScriptedCentre
    store: Store
    key: SigningKey = field(default_factory=SigningKey.generate)
    machine: Machine = field(default_factory=Machine)
    limits: TimeLimits = PATIENT
    changes: list[tuple[str, PacketState, int]] = field(default_factory=list)

    def join(self, url: str = "") -> None:
        membership = membership_of(self.centre, centre_url=url or self.centre.url)
        with self.store.writing() as ledger:
            ledger.facts.set_membership(membership)
            ledger.facts.set_signing_key(self.key)

    def save(self, number: int, *, size: int = 2000, priority: int = 2) -> str:
        """Put one packet in the outbox as saving does: the file first, then its row."""
        entry = self.placed(number, size, priority)
        with self.store.writing() as ledger:
            ledger.outbox.add(entry)
        return entry.packet_id

    def save_many(self, count: int, *, size: int = 2000) -> list[str]:
        entries = [self.placed(number, size, 2) for number in range(1, count + 1)]
        with self.store.writing() as ledger:
            for entry in entries:
                ledger.outbox.add(entry)
        return [entry.packet_id for entry in entries]

    def placed(self, number: int, size: int, priority: int) -> OutboxEntry:
        """Return the row of a packet whose file is there."""
        packet_id, data = identifier(number), content_of(number, size)
        self.store.packets.place(packet_id, data)
        return OutboxEntry(
            packet_id=packet_id,
            kind=PacketKind.ENROLLMENT,
            visit_id=identifier(900_000 + number),
            priority=priority,
            device_seq=number,
            size=size,
            sha256=hashlib.sha256(data).hexdigest(),
            created=Created(wall=NOW, boottime=12.5, boot_id="boot-1", clock=ClockState.TRUSTED),
        )

    def connect(self, membership: Membership, key: SigningKey, state: ClockState) -> Centre:
        line = Line.to(membership.centre_url, limits=self.limits, trust=NOBODY_TRUSTED)
        return Centre(line, membership, key)

    def pump(self) -> Pump:
        return make_pump(self.store, self.machine, connect=self.connect, on_change=self.noticed)

    def noticed(self, packet_id: str) -> None:
        entry = self.entry(packet_id)
        self.changes.append((packet_id, entry.state, entry.offset))

    def round(self) -> RoundResult:
        return self.pump().round()

    def rounds(self, count: int) -> RoundResult:
        """Run rounds without pauses between them until nothing waits, or so many."""
        return self.pump().run_until_empty(random=lambda: 0.0, rounds=count)

    def entry(self, packet_id: str) -> OutboxEntry:
        with self.store.reading() as ledger:
            found = ledger.outbox.get(packet_id)
        assert found is not None
        return found

    def states(self) -> list[PacketState]:
        with self.store.reading() as ledger:
            return [entry.state for entry in ledger.outbox.all()]

    def fact(self, name: str) -> str | None:
        with self.store.reading() as ledger:
            return ledger.facts.get(name)

    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder)


@pytest.fixture
def centre() -> Iterator[ScriptedCentre]:
    with served(ScriptedCentre()) as state:
        yield state


@pytest.fixture
def kiosk(tmp_path: Path, centre: ScriptedCentre) -> Iterator[Kiosk]:
    folder = tmp_path / "kiosk"
    made = Kiosk(folder, centre, Store.create(folder, recovery_recipients=()))
    made.join()
    yield made
    made.store.close()


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.generate()
