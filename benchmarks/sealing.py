"""Sealing and opening a 3 MB packet beside the age command, which starts a process and reads and writes files."""

import io
import os
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, high, middle, timed
from kiosk.domain.clock import ClockState
from kiosk.wire.messages import Created, PacketKind
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import Label, check_whole, open_packet, seal
from kiosk.wire.signing import SigningKey

RUNS = 40
SIZE = 3 << 20


def measure() -> list[Figure]:
    """Return the figures of sealing, checking and opening."""
    identity, key, members = (
        OpeningIdentity.generate(),
        SigningKey.generate(),
        {"enrollment.an2": os.urandom(SIZE)},
    )
    packet = seal(members, _label(), key, (identity.recipient,))
    with tempfile.TemporaryDirectory() as folder:
        age = _Age(Path(folder), identity, members["enrollment.an2"])
        pairs = {
            "seal a 3 MB packet": (lambda: seal(members, _label(), key, (identity.recipient,)), age.seal),
            "open a 3 MB packet": (lambda: open_packet(packet.data, key.public, identity.secret), age.open),
            "check a 3 MB packet unopened": (
                lambda: check_whole(io.BytesIO(packet.data), key.public),
                age.open,
            ),
        }
        return [_beside(name, ours, theirs) for name, (ours, theirs) in pairs.items()]


def _beside(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> Figure:
    """Measure both in turn, so that whatever else the machine does falls on both."""
    both = [(timed(ours), timed(theirs)) for _ in range(RUNS)]
    mine = [pair[0] for pair in both]
    return Figure(name, "ms", middle(mine), high(mine), "age command", middle([pair[1] for pair in both]))


class _Age:
    def __init__(self, folder: Path, identity: OpeningIdentity, content: bytes) -> None:
        self._plain, self._sealed, self._key = folder / "plain", folder / "sealed", folder / "key"
        self._recipient = identity.recipient
        self._plain.write_bytes(content)
        self._key.write_text(identity.secret + "\n")

    def seal(self) -> None:
        subprocess.run(["age", "-r", self._recipient, "-o", self._sealed, self._plain], check=True)

    def open(self) -> None:
        subprocess.run(["age", "-d", "-i", self._key, "-o", os.devnull, self._sealed], check=True)


def _label() -> Label:
    return Label(
        packet_id="01890000-0000-7000-8000-000000000001",
        kind=PacketKind.ENROLLMENT,
        visit_id="01890000-0000-7000-8000-000000000002",
        kiosk_id="bench-1",
        office="33.25.07",
        practice=True,
        device_seq=1,
        created=Created(
            wall=datetime(2026, 1, 5, 8, tzinfo=UTC),
            boottime=1.0,
            boot_id="bench",
            clock=ClockState.UNCHECKED,
        ),
        audit_head="0" * 64,
    )
