"""A save killed at every single write, sync, rename and unlink it makes: strace injects the signal at the n-th call."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "tests.faults.save_prepared"]
ROOT = Path(__file__).parent.parent.parent
# SQLCipher writes by pwrite64 and syncs by fsync; packets are written, renamed and their folder synced.
CALLS = ("pwrite64", "write", "fsync", "ftruncate", "rename", "unlink", "mkdir")
ALWAYS_MADE = ("pwrite64", "write", "fsync", "rename")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office with a visit of which only the save is left."""
    data = tmp_path_factory.mktemp("prepared") / "kiosk"
    result = subprocess.run(
        [*PROGRAM, "prepare", str(data)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert result.returncode == 0, result.stderr
    return data


def traced(data: Path, trace: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Save the visit of a folder under strace."""
    command = ["strace", "-f", "-qq", "-y", "-o", str(trace), *options, *PROGRAM, "save", str(data)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)


def places_of(call: str, prepared: Path, folder: Path) -> list[int]:
    """Return at which of its calls the main thread touches the data folder while the visit is saved, counted from 1."""
    data, trace = folder / "counted", folder / "trace"
    shutil.copytree(prepared, data)
    result = traced(data, trace, f"--trace={call}")
    assert result.returncode == 0, result.stderr
    lines = [line.split(maxsplit=1) for line in trace.read_text(errors="replace").splitlines()]
    main = lines[0][0]
    made = [line for thread, line in lines if thread == main and line.startswith(f"{call}(")]
    return [number for number, line in enumerate(made, start=1) if str(data) in line]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("call", CALLS)
def test_a_save_killed_at_any_of_its_writes_is_saved_once_in_the_end(
    prepared: Path, tmp_path: Path, call: str
) -> None:
    places = places_of(call, prepared, tmp_path)

    for place in places:
        data = tmp_path / "killed"
        shutil.copytree(prepared, data)
        killed = traced(data, tmp_path / "trace", f"--inject={call}:signal=KILL:when={place}")
        finished = subprocess.run(
            [*PROGRAM, "finish", str(data)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        shutil.rmtree(data)

        assert finished.returncode == 0, finished.stderr
        told = json.loads(finished.stdout.splitlines()[-1])
        assert [row[1:] for row in told["rows"]] == [["registration", 1], ["enrollment", 2]]
        assert set(killed.stdout.split()) <= {row[0] for row in told["rows"]}
        assert told["bad"] == []
    assert places or call not in ALWAYS_MADE
