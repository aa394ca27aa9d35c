"""A packet altered on the counter's disk, in whatever way: the doctor names it, and nothing is thrown away."""

import base64
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.storage.store import Store
from kiosk.wire.errors import WireError
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import check_file
from kiosk.wire.signing import Purpose, SigningKey, VerifyKey, sign
from tests.faults.rehearsing import kiosk, outbox_of, rehearse_command

PLACES = 24  # bytes spread over the file, its first and its last among them
Row = dict[str, object]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office with one saved visit."""
    data = tmp_path_factory.mktemp("altered") / "kiosk"
    result = kiosk(*rehearse_command(data, sample=1)[3:6], data=data)
    assert result.returncode == 0, result.stderr
    return data


@pytest.fixture(scope="module")
def row(counter: Path) -> Row:
    """What the outbox tells of the enrollment."""
    return next(row for row in outbox_of(counter) if row["kind"] == "enrollment")


@pytest.fixture
def packet(counter: Path, row: Row) -> Iterator[Path]:
    """The enrollment's file; as it was again afterwards."""
    (path,) = counter.rglob(f"{row['packet_id']}.pkt")
    whole = path.read_bytes()
    yield path
    path.write_bytes(whole)


def complaint(data: Path, packet: Path) -> str:
    """Return what the doctor says of a packet; it must call it bad, and leave the file alone."""
    before = packet.read_bytes() if packet.exists() else None
    result = kiosk("doctor", data=data)

    assert result.returncode == 1, result.stdout
    assert (packet.read_bytes() if packet.exists() else None) == before
    bad = [line for line in result.stdout.splitlines() if line.startswith("BAD") and packet.stem in line]
    assert len(bad) == 1, result.stdout
    return bad[0]


def resigned(data: bytes) -> bytes:
    """Return the packet with its first line signed anew by another kiosk's key."""
    line, _, sealed = data.partition(b"\n")
    payload = json.loads(_payload(line))
    return sign(payload, SigningKey.generate(), Purpose.PACKET).encode() + b"\n" + sealed


def _payload(line: bytes) -> bytes:
    body = line.split(b".")[1]
    return base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))


def cut_in_the_middle(data: bytes) -> bytes:
    return data[: len(data) // 2]


def cut_by_one_byte(data: bytes) -> bytes:
    return data[:-1]


def longer_by_one_byte(data: bytes) -> bytes:
    return data + b"\x00"


def emptied(data: bytes) -> bytes:
    return b""


def without_its_line(data: bytes) -> bytes:
    return data.partition(b"\n")[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    "alter",
    [resigned, cut_in_the_middle, cut_by_one_byte, longer_by_one_byte, emptied, without_its_line],
    ids=lambda alter: alter.__name__,
)
def test_an_altered_packet_is_named_by_the_doctor(
    counter: Path, packet: Path, alter: Callable[[bytes], bytes]
) -> None:
    packet.write_bytes(alter(packet.read_bytes()))

    said = complaint(counter, packet)

    assert "nothing was deleted" in said


@pytest.mark.slow
def test_a_missing_packet_is_named_by_the_doctor(counter: Path, packet: Path) -> None:
    away = packet.with_name("away")
    packet.rename(away)

    said = complaint(counter, packet)

    away.rename(packet)
    assert "missing" in said


@pytest.mark.slow
def test_another_packet_under_this_name_is_named_by_the_doctor(counter: Path, packet: Path) -> None:
    other = next(path for path in counter.rglob("*.pkt") if path != packet)
    packet.write_bytes(other.read_bytes())

    assert "not the file that was saved" in complaint(counter, packet)


@pytest.mark.slow
def test_a_flipped_bit_anywhere_is_refused(counter: Path, packet: Path, row: Row) -> None:
    whole = packet.read_bytes()
    key = _own_key(counter)
    places = {round(place * (len(whole) - 1) / (PLACES - 1)) for place in range(PLACES)}
    taken = [place for place in sorted(places) if _is_taken(packet, whole, place, key, row)]

    packet.write_bytes(whole)

    assert taken == []
    assert _is_taken(packet, whole, None, key, row)


def _is_taken(packet: Path, whole: bytes, place: int | None, key: VerifyKey, row: Row) -> bool:
    """Tell whether the file is believed with one bit flipped; `None` flips none."""
    altered = bytearray(whole)
    if place is not None:
        altered[place] ^= 1
    packet.write_bytes(bytes(altered))
    try:
        found = check_file(packet, key)
    except WireError:
        return False
    return found.sha256 == row["sha256"]


def _own_key(data: Path) -> VerifyKey:
    store = Store.open(data)
    with store.reading() as ledger:
        key = ledger.facts.signing_key()
    store.close()
    assert key is not None
    return key.public


@pytest.mark.slow
def test_a_strangers_identity_does_not_open_a_packet_and_the_practice_one_does(
    counter: Path, packet: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_text(OpeningIdentity.generate().secret + "\n")
    opened = {}
    for name, identity in (("stranger", stranger), ("own", counter / "practice" / "opening.agekey")):
        line = f"set -o pipefail; tail -n +2 '{packet}' | age -d -i '{identity}' | tar t"
        opened[name] = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)

    assert opened["stranger"].returncode != 0
    assert opened["own"].returncode == 0
    assert "manifest.json" in opened["own"].stdout
