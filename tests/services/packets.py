"""Packets without files in the outbox of a counter, and a centre it belongs to."""

import hashlib
from dataclasses import replace
from datetime import datetime

from kiosk.services.counter import Counter, created
from kiosk.storage.records import OutboxEntry
from kiosk.sync.pump import LAST_ROUND, OUTAGE, OUTAGE_SINCE
from kiosk.wire.messages import PacketKind
from tests.services.conftest import NOW


def identifier(number: int) -> str:
    return f"019b8be1-f500-7000-8000-{number:012x}"


def put_packet(
    counter: Counter, number: int, *, at: datetime = NOW.wall, size: int = 1000, priority: int = 2
) -> str:
    """Put the row of a packet made at that moment into the outbox."""
    entry = OutboxEntry(
        packet_id=identifier(number),
        kind=PacketKind.ENROLLMENT,
        visit_id=identifier(900_000 + number),
        priority=priority,
        device_seq=number,
        size=size,
        sha256=hashlib.sha256(b"%d" % number).hexdigest(),
        created=created(replace(NOW, wall=at)),
    )
    with counter.store.writing() as ledger:
        ledger.outbox.add(entry)
    return entry.packet_id


def join(counter: Counter, **facts: str) -> None:
    """Let the counter belong to a centre, with what its sender left among the facts."""
    with counter.store.writing() as ledger:
        membership = ledger.facts.membership()
        assert membership is not None
        ledger.facts.set_membership(replace(membership, centre_url="https://centre.test"))
        for name, value in facts.items():
            ledger.facts.put({"tried": LAST_ROUND, "outage": OUTAGE, "since": OUTAGE_SINCE}[name], value)
