"""A save killed at its writes, syncs, renames and unlinks: strace injects the signal at the n-th call.

A save makes some seven hundred writes; `make test` kills at some of them, the first and the last among them, and
at every call of the other kinds.  `make faults` kills at every one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "tests.faults.killed_saves"]
ROOT = Path(__file__).parent.parent.parent
# SQLCipher writes by pwrite64 and syncs by fsync; packets are written, renamed and their folder synced.
CALLS = ("pwrite64", "write", "fsync", "ftruncate", "rename", "unlink", "mkdir")
ALWAYS_MADE = ("pwrite64", "write", "fsync", "rename")
MOST = 1_000_000 if os.environ.get("KIOSK_EVERY_PLACE") else 8


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office with a visit of which only the save is left."""
    data = tmp_path_factory.mktemp("prepared") / "kiosk"
    run("prepare", str(data))
    return data


def run(*arguments: str) -> str:
    """Run the program and return what it told."""
    result = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("call", CALLS)
def test_a_save_killed_at_any_of_its_writes_is_saved_once_in_the_end(
    prepared: Path, tmp_path: Path, call: str
) -> None:
    kills = [json.loads(line) for line in run(call, str(prepared), str(tmp_path), str(MOST)).splitlines()]

    assert kills or call not in ALWAYS_MADE
    for kill in kills:
        assert [row[1:] for row in kill["rows"]] == [["registration", 1], ["enrollment", 2]], kill
        assert set(kill["saved"]) <= {row[0] for row in kill["rows"]}, kill
        assert kill["bad"] == [], kill
