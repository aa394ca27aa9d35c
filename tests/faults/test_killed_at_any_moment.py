"""A rehearsal killed with SIGKILL at any moment, over and over: the promise holds."""

import os
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from kiosk.app.wiring import opened
from kiosk.services.arrivals import open_visits
from tests.faults.rehearsing import kiosk, outbox_of, outcomes, rehearse_command, saved_in

RESIDENTS, KILLS = (6, 12) if os.environ.get("KIOSK_EVERY_PLACE") else (4, 3)


def killed_rehearsal(data: Path, seconds: float) -> list[str]:
    """Return what a rehearsal told as saved until it was killed."""
    command = rehearse_command(data, sample=RESIDENTS)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(seconds)
        process.kill()
        output, _ = process.communicate()
    return saved_in(output)


@pytest.mark.slow
def test_what_was_told_as_saved_is_there_once_however_often_the_program_is_killed(tmp_path: Path) -> None:
    data, chance = tmp_path / "kiosk", random.Random(11)

    told = [packet_id for _ in range(KILLS) for packet_id in killed_rehearsal(data, chance.uniform(1.0, 6.0))]
    last = subprocess.run(
        rehearse_command(data, sample=RESIDENTS), capture_output=True, text=True, check=False, timeout=300
    )
    outbox = outbox_of(data)
    doctor = kiosk("doctor", data=data)
    with opened(data) as installation:
        left_open = open_visits(installation.counter)

    packets = Counter(row["packet_id"] for row in outbox)
    enrollments = Counter(row["visit_id"] for row in outbox if row["kind"] == "enrollment")
    assert last.returncode == 0, last.stderr
    assert len(outcomes(last.stdout)) == RESIDENTS
    assert all("saved" in outcome or "already" in outcome for outcome in outcomes(last.stdout))
    assert len(told) == len(set(told))
    assert {packets[packet_id] for packet_id in told} <= {1}
    assert set(enrollments.values()) == {1}
    assert len(enrollments) == RESIDENTS
    assert sorted(int(str(row["device_seq"])) for row in outbox) == list(range(1, len(outbox) + 1))
    assert left_open == ()
    assert doctor.returncode == 0, doctor.stdout
