"""A store in a temporary folder, and what is put into it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.domain.captures import Capture, CaptureKind, CapturePart, DeviceIdentity, Measure
from kiosk.domain.clock import ClockState, Moment
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Service
from kiosk.storage.records import Draft, OutboxEntry, Resident, Visit
from kiosk.storage.store import Store
from kiosk.wire.messages import Created, PacketKind

NOW = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
DAY = date(2026, 1, 5)
CREATED = Created(wall=NOW, boottime=12.5, boot_id="boot-1", clock=ClockState.TRUSTED)


def moment(boottime: float = 100.0, *, boot_id: str = "boot-1") -> Moment:
    return Moment(NOW, boottime, boot_id)


def identifier(number: int) -> str:
    return f"019b8be1-f500-7000-8000-{number:012x}"


def opened_visit(store: Store, number: int = 1) -> Visit:
    """Return a new open visit with an empty draft."""
    with store.writing() as ledger:
        visit = ledger.visits.open(identifier(number), Service.FIRST_ENROLLMENT, "petugas", NOW, DAY)
        ledger.drafts.put(Draft(visit.visit_id), NOW)
    return visit


def entry(number: int, **changes: object) -> OutboxEntry:
    values: dict[str, object] = {
        "packet_id": identifier(number),
        "kind": PacketKind.ENROLLMENT,
        "visit_id": identifier(900 + number),
        "priority": 2,
        "device_seq": number,
        "size": 1000,
        "sha256": f"{number:064x}",
        "created": CREATED,
    }
    return OutboxEntry(**(values | changes))  # type: ignore[arg-type]


def capture(kind: CaptureKind = CaptureKind.IRISES, *, content: bytes = b"\x00picture\xff") -> Capture:
    return Capture(
        kind=kind,
        parts=(
            CapturePart("right_eye", "image/png", content, 640, 480),
            CapturePart("left_eye", "image/png", content[::-1], 640, 480),
        ),
        measures=(Measure("right_eye", "sharpness", 0.75),),
        findings=(Finding.warning("iris.blurred", "right_eye", given="0.75"),),
        attempts=2,
        device=DeviceIdentity("iris.test", "make", "model", "serial", "1.0"),
        taken_at=NOW,
        signed=b"evidence",
    )


def resident(number: int, full_name: str, **changes: object) -> Resident:
    values: dict[str, object] = {
        "nik": f"33250717089{number:05}",
        "full_name": full_name,
        "birth_date": "1990-08-17",
        "village": "33.25.07.2015",
        "visit_id": identifier(number),
        "packet_id": identifier(5000 + number),
        "saved_at": NOW,
        "portrait": b"small picture",
    }
    return Resident(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "kiosk", recovery_recipients=())
    yield made
    made.close()
