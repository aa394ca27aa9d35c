"""What a machine lacks is told at the end of a run, once a thing, with one process and with two."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.devices.lacking import MARK, told_lacking

ROOT = Path(__file__).parents[2]

LACKING = """
import pytest
from tests.devices.lacking import needs, needs_library, needs_program

@pytest.fixture
def tool():
    return needs_program("no-such-program-anywhere", "nowhere")

def test_one(tool): ...
def test_two(tool): ...
def test_three(): needs_library("no_such_module", "no-such-library")
def test_four(): needs("a thing that is there", met=True)
def test_five(): pytest.skip("for another reason")
"""
NEVER_READ = 'from tests.devices.lacking import needs\nneeds("a whole machine (no package)")\n'


class Skipped:
    def __init__(self, longrepr: object) -> None:
        self.longrepr = longrepr


def test_each_thing_is_told_once_with_the_number_of_its_tests() -> None:
    reports = [Skipped(("a.py", 3, f"Skipped: {MARK}{what}")) for what in ("pcscd", "scanner", "pcscd")]

    assert told_lacking(reports) == ("pcscd: 2 tests did not run", "scanner: 1 test did not run")


def test_a_test_skipped_for_another_reason_is_not_told() -> None:
    assert told_lacking([Skipped(("a.py", 3, "Skipped: only on Windows")), Skipped(None)]) == ()


@pytest.mark.parametrize("processes", ["0", "2"])
def test_the_last_lines_of_a_run_name_what_was_lacking(tmp_path: Path, processes: str) -> None:
    (tmp_path / "test_lacking_one.py").write_text(LACKING, encoding="utf-8")
    (tmp_path / "test_lacking_two.py").write_text(NEVER_READ, encoding="utf-8")

    options = ["-q", "-p", "tests.conftest", "-p", "xdist", "-p", "no:cacheprovider", "-c", "/dev/null"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-n", processes, "--rootdir", tmp_path, tmp_path],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    *_, title, machine, program, library, closing = ran.stdout.splitlines()
    assert "not to be had on this machine" in title
    assert machine == "a whole machine (no package): 1 test did not run"
    assert program == "no-such-program-anywhere (package nowhere): 2 tests did not run"
    assert library == "Python's no-such-library (requirements/devices-linux.txt): 1 test did not run"
    assert closing.startswith("1 passed, 5 skipped")
