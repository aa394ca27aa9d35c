"""`central judge`: files one by one, what waits, and on and on."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from central.figures import Figures, count
from central.tables import VerdictRow
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import SealedPacket
from kiosk.wire.signing import Purpose, SigningKey, sign
from tests.central.conftest import (
    Centre,
    Kiosk,
    an2,
    central,
    joined,
    resident,
    signed_over_others_seal,
    until,
)


def relined(packet: SealedPacket, key: SigningKey, **changes: object) -> bytes:
    """The packet under another first line, signed by the key given."""
    line = sign(packet.header.plain() | changes, key, Purpose.PACKET)
    return line.encode() + b"\n" + packet.data.partition(b"\n")[2]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]


def files(kiosk: Kiosk, other: Kiosk) -> dict[str, bytes]:
    packet, stranger = kiosk.packet(), SigningKey.generate()
    own, kiosk.grant = (
        kiosk.grant,
        kiosk.grant.model_copy(update={"recipients": (OpeningIdentity.generate().recipient,)}),
    )
    foreign_seal = kiosk.packet()
    kiosk.grant = own
    line_end = packet.data.index(b"\n")
    return {
        "good": packet.data,
        "damaged": flipped(packet.data, packet.size - 1),
        "truncated": packet.data[:-100],
        "line-altered": flipped(packet.data, line_end // 2),
        "signature-altered": flipped(packet.data, line_end - 10),
        "foreign-key": relined(packet, stranger),
        "unknown-kiosk": relined(packet, stranger, kiosk_id="k-332507-nobody"),
        "renamed": relined(packet, kiosk.key, kiosk_id="k-332507-nobody"),
        "resigned": signed_over_others_seal(other, kiosk).data,
        "other-centre": foreign_seal.data,
        "real": kiosk.packet(practice=False).data,
        "no-packet": b"not a packet\n",
        "empty": b"",
        "a-line-of-text": b"x" * 20_000,
    }


@dataclass
class Told:
    """What the command said of each file, and what it left behind."""

    centre: Centre
    given: dict[str, bytes]
    folder: Path
    result: "subprocess.CompletedProcess[str]"
    before: Figures

    def sentence(self, name: str) -> str:
        lines = [line for line in self.result.stdout.splitlines() if line.startswith(f"{name}.pkt: ")]
        assert len(lines) == 1
        return lines[0].removeprefix(f"{name}.pkt: ")


@pytest.fixture(scope="module")
def told(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("files")
    given = files(joined(centre), joined(centre))
    for name, data in given.items():
        (folder / f"{name}.pkt").write_bytes(data)
    with centre.store() as store:
        before = count(store)
    paths = [str(folder / f"{name}.pkt") for name in (*given, "missing")]
    return Told(centre, given, folder, central("judge", *paths, data=centre.folder), before)


def test_a_good_file_is_named_with_its_kind_visit_and_kiosk(told: Told) -> None:
    sentence = told.sentence("good")

    assert sentence.startswith("good. enrollment 0")
    assert "of visit 0" in sentence
    assert sentence.endswith("2 members.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("damaged", "its sealed part is not the one that was signed"),
        ("truncated", "cut off or altered"),
        ("line-altered", "first line"),
        ("signature-altered", "The first line was altered, or another key"),
        ("foreign-key", "another key than the kiosk's registered one signed it"),
        ("unknown-kiosk", "The kiosk k-332507-nobody is not registered at this centre."),
        ("renamed", "signed by a registered kiosk, but names another one"),
        ("resigned", "somebody signed what another kiosk sealed"),
        ("other-centre", "not sealed for this centre: its key does not open it"),
        ("real", "It is a real record, and this is a practice centre."),
        ("no-packet", "first line"),
        ("empty", "no signed first line"),
        ("a-line-of-text", "no signed first line"),
        ("missing", "The file cannot be read: No such file or directory."),
    ],
)
def test_a_file_that_is_not_good_is_refused_in_one_clear_sentence(told: Told, name: str, words: str) -> None:
    sentence = told.sentence(name)

    assert sentence.startswith("REFUSED. ")
    assert words in sentence


def test_judging_files_fails_the_command_and_changes_neither_files_nor_centre(told: Told) -> None:
    left = {path.stem: path.read_bytes() for path in told.folder.iterdir()}
    with told.centre.store() as store:
        after = count(store)

    assert told.result.returncode == 1
    assert "Traceback" not in told.result.stderr
    assert left == told.given
    assert after == told.before


def test_judging_a_good_file_alone_succeeds(told: Told) -> None:
    result = central("judge", str(told.folder / "good.pkt"), data=told.centre.folder)

    assert result.returncode == 0, result.stdout


@pytest.fixture
def other_key(centre: Centre, tmp_path: Path) -> Iterator[Path]:
    """The centre's opening key swapped for another one while the test runs."""
    place = centre.folder / "keys" / "opening.agekey"
    shutil.copy2(place, tmp_path / "kept")
    yield place
    shutil.copy2(tmp_path / "kept", place)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OpeningIdentity.generate().secret, "is not the key that kiosks seal to; nothing was judged"),
        ("AGE-SECRET-KEY-1NONE", "does not hold an age identity"),
        ("# nothing", "must hold exactly one age identity"),
    ],
    ids=["another key", "no key", "empty"],
)
def test_with_the_wrong_opening_key_nothing_is_judged_and_the_packet_waits(
    centre: Centre, kiosk: Kiosk, other_key: Path, content: str, words: str
) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)
    other_key.write_text(content + "\n", encoding="ascii")

    result = central("judge", data=centre.folder)

    assert result.returncode == 1
    assert words in result.stderr
    assert "AGE-SECRET-KEY" not in result.stderr
    assert verdicts(centre, packet) == []


def verdicts(centre: Centre, packet: SealedPacket) -> list[str]:
    query = select(VerdictRow.decision).where(VerdictRow.packet_id == packet.header.packet_id)
    with centre.store() as store, store.read() as session:
        return list(session.scalars(query))


def test_judge_tells_how_many_were_judged_and_how_many_wait(lone: Centre) -> None:
    kiosk = joined(lone)
    kiosk.deliver(kiosk.packet())
    kiosk.deliver(kiosk.packet(members={"enrollment.an2": b""}))
    missing = kiosk.packet()
    kiosk.deliver(missing)
    lone.object_of(missing).unlink()

    lines = lone.run("judge").splitlines()

    assert lines == [
        "2 packets judged.",
        "1 packets wait for their registration or for their file: see central stats --verify.",
    ]


def test_watch_judges_what_arrives_until_it_is_told_to_end(centre: Centre, kiosk: Kiosk) -> None:
    command = [sys.executable, "-m", "central.main", "judge", "--watch", "--data", str(centre.folder)]
    members = {"resident.json": resident("3325075708908888"), "enrollment.an2": an2()}
    first, second = kiosk.packet(members=members), kiosk.packet(members=members)
    kiosk.deliver(first)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        until(lambda: verdicts(centre, first) or worker.poll() is not None)
        kiosk.deliver(second)
        until(lambda: verdicts(centre, second) or worker.poll() is not None)
        worker.send_signal(signal.SIGTERM)
        _, said = worker.communicate(timeout=20)

    assert (worker.returncode, said) == (0, "")
    assert (verdicts(centre, first), verdicts(centre, second)) == (["accepted"], ["duplicate"])
