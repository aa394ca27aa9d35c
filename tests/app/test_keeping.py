"""Keeping the window up, with small programs in the window's place."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kiosk.app.keeping import window_command, window_was_told

LIMIT = 30.0
# What keeps: it runs the program it is given and tells how often it was started.
KEEPER = """
    import sys
    from kiosk.app.keeping import keep_up

    def command(count):
        print(f"start {count}", flush=True)
        return [sys.executable, "-c", sys.argv[2], str(count)]

    sys.exit(keep_up(command, pause=float(sys.argv[1])))
"""
# What is kept: it says that it listens, and waits to be ended.
WAITS = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *told: (print("closes", flush=True), sys.exit(0)))
print("listens", flush=True)
time.sleep(60)
"""


def keeper(window: str, *, pause: float = 0.0) -> "subprocess.Popen[str]":
    """Start a keeper of such a window."""
    command = [sys.executable, "-c", textwrap.dedent(KEEPER), str(pause), window]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def lines_of(process: "subprocess.Popen[str]") -> list[str]:
    """Return what it told until its end."""
    output, _ = process.communicate(timeout=LIMIT)
    return output.splitlines()


def test_a_window_that_ended_well_is_not_started_again() -> None:
    with keeper("pass") as process:
        told = lines_of(process)

    assert told == ["start 0"]
    assert process.returncode == 0


def test_a_window_that_crashed_is_started_until_it_ends_well() -> None:
    window = "import os, sys; number = int(sys.argv[1]); number == 3 or (os.abort() if number % 2 else sys.exit(7))"

    with keeper(window) as process:
        told = lines_of(process)

    assert told == ["start 0", "start 1", "start 2", "start 3"]
    assert process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_keeper_told_to_end_lets_its_window_close(number: signal.Signals) -> None:
    with keeper(WAITS) as process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["start 0", "listens"]
        process.send_signal(number)
        told = lines_of(process)

    assert told == ["closes"]
    assert process.returncode == 0


def test_a_keeper_told_to_end_while_it_waits_starts_nothing_more() -> None:
    with keeper("import sys; sys.exit(1)", pause=LIMIT * 2) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        told = lines_of(process)

    assert told == []
    assert process.returncode == 0


def test_only_a_signal_that_asks_to_end_counts_as_being_told() -> None:
    told = [number for number in signal.Signals if window_was_told(-number)]

    assert told == [signal.SIGINT, signal.SIGTERM]
    assert not any(window_was_told(code) for code in (0, 1, 2, 134, 143))


def test_the_window_is_started_as_this_program_with_its_folder_and_its_count(tmp_path: Path) -> None:
    command = window_command(tmp_path / "a folder", 4)

    assert command[0] == sys.executable
    assert command[-6:] == ["run", "--kiosk", "--kept", "4", "--data", str(tmp_path / "a folder")]
