"""The demo's day, small: the centre killed in the middle, everything delivered and judged in the end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.rehearsing import kiosk

RESIDENTS = 3


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "out"
    command = [sys.executable, "-m", "kiosk.app.main", "demo", "--headless", "--outage"]
    result = subprocess.run(
        [*command, "--residents", str(RESIDENTS), "--out", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder, result.stdout


def central(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "central.main", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
def test_everything_is_delivered_once_and_the_last_line_says_so(day: tuple[Path, str]) -> None:
    counts = json.loads(day[1].splitlines()[-1])

    seconds = counts.pop("seconds")
    assert counts == {
        "registered": RESIDENTS,
        "acknowledged": RESIDENTS,
        "waiting": 0,
        "lost": 0,
        "duplicated": 0,
    }
    assert seconds > 0


@pytest.mark.slow
def test_the_counter_went_on_while_the_centre_was_down(day: tuple[Path, str]) -> None:
    lines = day[1].splitlines()

    assert any("fails" in line for line in lines)
    assert any("is back" in line for line in lines)


@pytest.mark.slow
def test_the_doctor_is_content_with_the_counter_after_the_day(day: tuple[Path, str]) -> None:
    doctor = kiosk("doctor", data=day[0] / "kiosk")

    assert doctor.returncode == 0, doctor.stdout


@pytest.mark.slow
def test_every_packet_has_its_verdict_at_the_counter(day: tuple[Path, str]) -> None:
    rows = json.loads(kiosk("outbox", "--json", data=day[0] / "kiosk").stdout)

    assert {row["state"] for row in rows} == {"acknowledged"}
    assert {row["verdict"] for row in rows} == {"accepted"}


@pytest.mark.slow
def test_a_packet_opens_with_public_tools_only(day: tuple[Path, str], tmp_path: Path) -> None:
    packets = sorted((day[0] / "centre").rglob("*.pkt"), key=lambda path: path.stat().st_size)
    key = day[0] / "centre" / "keys" / "opening.agekey"

    line = f"set -o pipefail; tail -n +2 '{packets[-1]}' | age -d -i '{key}' | tar x -C '{tmp_path}'"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {"manifest.json", "resident.json", "consent.json", "operations.json", "enrollment.an2"} <= names


@pytest.mark.slow
def test_the_centre_judges_an_altered_packet_as_damaged_and_keeps_it(
    day: tuple[Path, str], tmp_path: Path
) -> None:
    source = next((day[0] / "centre").rglob("*.pkt"))
    data = bytearray(source.read_bytes())
    data[-100] ^= 1
    altered = tmp_path / source.name
    altered.write_bytes(bytes(data))

    result = central("judge", str(altered), data=day[0] / "centre")

    assert result.returncode != 0
    assert "altered" in result.stdout + result.stderr
    assert altered.read_bytes() == bytes(data)


@pytest.mark.slow
def test_no_log_of_the_day_holds_a_nik(day: tuple[Path, str], tmp_path: Path) -> None:
    niks = {resident_nik(day[0], path, tmp_path) for path in (day[0] / "centre").rglob("*.pkt")} - {""}
    logs = [path for path in day[0].rglob("*.log*") if path.is_file()]

    text = b"".join(path.read_bytes() for path in logs)

    assert len(niks) == RESIDENTS
    assert logs
    assert [nik for nik in niks if nik.encode() in text or nik.encode() in day[1].encode()] == []


def resident_nik(folder: Path, packet: Path, scratch: Path) -> str:
    """Return the NIK inside a packet, opened with public tools."""
    target = scratch / packet.stem
    target.mkdir()
    key = folder / "centre" / "keys" / "opening.agekey"
    line = f"tail -n +2 '{packet}' | age -d -i '{key}' | tar x -C '{target}'"
    subprocess.run(["bash", "-c", line], check=True)
    nik = str(json.loads((target / "resident.json").read_text())["biodata"]["nik"])
    shutil.rmtree(target)
    return nik
