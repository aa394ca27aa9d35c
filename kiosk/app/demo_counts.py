"""What became of a demo's day, counted from the stores of kiosk and centre and from the packets' own bytes."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.demo_day import Day
from kiosk.app.wiring import opened
from kiosk.storage.records import OutboxEntry, PacketState, VisitState
from kiosk.storage.store import Store
from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import SUFFIX

_DELIVERED = (PacketState.ACKNOWLEDGED, PacketState.PURGED)


@dataclass(frozen=True, slots=True)
class Counts:
    """registered, acknowledged: visits.  waiting, lost, duplicated: packets, and visits recorded twice."""

    registered: int
    acknowledged: int
    waiting: int
    lost: int
    duplicated: int


def count_day(day: Day) -> Counts:
    """Count; every packet of both sides is read and hashed."""
    told = day.centre.stats()
    held = _objects(day.folder / "centre" / "objects")
    with opened(day.folder / "kiosk") as installation:
        store = installation.counter.store
        with store.reading() as ledger:
            saved = ledger.visits.in_state(VisitState.SAVED)
            entries = ledger.outbox.all()
        lost = sum(not _is_somewhere(store, entry, held) for entry in entries)
    received = {entry.packet_id for entry in entries if entry.sha256 in held.get(entry.packet_id, ())}
    open_visits = {entry.visit_id for entry in entries if not _delivered(entry, received)}
    recorded = {entry.visit_id for entry in entries} - open_visits
    return Counts(
        registered=len(saved),
        acknowledged=sum(visit.visit_id in recorded for visit in saved),
        waiting=sum(entry.state not in _DELIVERED for entry in entries),
        lost=lost + _number(told["lost"]),
        duplicated=_twice(entries)
        + sum(len(found) - 1 for found in held.values())
        + _number(told["duplicates"]),
    )


def _objects(folder: Path) -> dict[str, list[str]]:
    """Return the hashes of the centre's objects by packet id; a packet held twice has two."""
    held: dict[str, list[str]] = {}
    for path in folder.rglob(f"*{SUFFIX}"):
        held.setdefault(path.stem, []).append(_sha256(path))
    return held


def _is_somewhere(store: Store, entry: OutboxEntry, held: dict[str, list[str]]) -> bool:
    """Tell whether the packet's very bytes are at the centre or on this machine."""
    if entry.sha256 in held.get(entry.packet_id, ()):
        return True
    path = store.packets.path(entry.packet_id)
    return path.is_file() and _sha256(path) == entry.sha256


def _delivered(entry: OutboxEntry, received: set[str]) -> bool:
    return entry.state in _DELIVERED and entry.packet_id in received


def _twice(entries: Iterable[OutboxEntry]) -> int:
    """Return how many enrollments there are beyond one a visit."""
    enrollments = Counter(entry.visit_id for entry in entries if entry.kind is PacketKind.ENROLLMENT)
    return sum(number - 1 for number in enrollments.values())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _number(value: object) -> int:
    return int(str(value))
