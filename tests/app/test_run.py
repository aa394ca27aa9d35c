"""`kiosk run` as a process: what it begins with, how it ends, and who starts it again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.app.keeping import PAUSE
from kiosk.app.window_settings import WindowSettings, write_window_settings
from kiosk.app.wiring import make_practice
from kiosk.storage.file_lock import TakenError, file_lock

KIOSK = Path(sys.executable).with_name("kiosk")
ROOT = Path(__file__).parent.parent.parent
LIMIT = 60.0  # seconds until something that does not come is given up
Shown = dict[str, object]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office whose window speaks English."""
    folder = tmp_path_factory.mktemp("made") / "kiosk"
    make_practice(folder)
    write_window_settings(folder, WindowSettings(language="en"))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """An office of its own."""
    return Path(shutil.copytree(made, tmp_path / "kiosk"))


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that was never joined, without a screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KIOSK_MACHINE_NOTE": str(tmp_path / "joined")}


class Pages:
    """A window that tells its pages."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.first = self._read()

    def press(self, key: str) -> Shown:
        """Press a key; returns what is shown then."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{key}\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> int:
        """Close the window as a person does; returns the exit code."""
        assert self._process.stdin is not None
        self._process.stdin.write("close\n")
        self._process.stdin.flush()
        return self._process.wait(LIMIT)

    def _read(self) -> Shown:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the window ended with {self._process.wait(LIMIT)} and said nothing"
        return dict(json.loads(line))


@contextmanager
def pages(folder: Path, surroundings: dict[str, str], *options: str) -> Iterator[Pages]:
    """Lend a window that tells its pages; it is closed at the end."""
    command = [sys.executable, "-m", "tests.app.window_pages", str(folder), *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings
    ) as process:
        yield Pages(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(LIMIT) == 0


@contextmanager
def running(folder: Path, surroundings: dict[str, str], *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command in a group of processes of its own; nobody of it is left at the end."""
    command = [str(KIOSK), "run", *options, "--data", str(folder)]
    errors = folder.parent / "stderr"
    with (
        errors.open("wb") as stderr,
        subprocess.Popen(
            command, stderr=stderr, env=surroundings, start_new_session=True, cwd=ROOT
        ) as process,
    ):
        try:
            yield process
        finally:
            for pid in members(process.pid):
                os.kill(pid, signal.SIGKILL)


def members(session: int) -> list[int]:
    """Return the running processes of a session."""
    return [pid for pid, _, of in _processes() if of == session]


def window_of(keeper: int) -> int | None:
    """Return the window a keeper has started, once it is a program of its own."""
    for pid, parent, _ in _processes():
        if parent == keeper and b"--kept" in _command(pid):
            return pid
    return None


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yield every running process with its parent and its session."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue  # it ended meanwhile
            if state != "Z":
                yield int(entry.name), int(parent), int(session)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds in another process."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


def is_held(folder: Path) -> bool:
    """Tell whether a counter is open in the folder."""
    try:
        with file_lock(folder / "counter.lock"):
            return False
    except TakenError:
        return True


def is_open(folder: Path) -> bool:
    """Tell whether the window has opened the counter: its sender has been round."""
    log = folder / "logs" / "kiosk.log"
    return is_held(folder) and log.exists() and "round ended" in log.read_text()


def complaints(folder: Path) -> list[str]:
    """Return what the log tells of errors."""
    log = folder / "logs" / "kiosk.log"
    lines = log.read_text().splitlines() if log.exists() else []
    return [line for line in lines if " ERROR " in line or " CRITICAL " in line or "Traceback" in line]


# --- what it begins with ------------------------------------------------------------------------------------


def test_an_empty_folder_begins_with_the_choice_and_stays_empty(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    folder = tmp_path / "kiosk"

    with pages(folder, surroundings) as window:
        first = window.first

    assert first["page"] == "FirstStartPage"
    assert not folder.exists()


def test_a_practice_office_begins_with_the_log_in(folder: Path, surroundings: dict[str, str]) -> None:
    with pages(folder, surroundings) as window:
        first = window.first

    assert (first["page"], first["ready"]) == ("LoginPage", True)
    assert complaints(folder) == []


def test_a_second_window_says_that_another_program_holds_the_data_and_opens_them_later(
    folder: Path, surroundings: dict[str, str]
) -> None:
    with running(folder, surroundings) as first:
        until(lambda: is_open(folder))
        with pages(folder, surroundings) as second:
            refused = second.first
            again = second.press("Return")
            first.terminate()
            code = first.wait(LIMIT)
            opened = second.press("Return")

    assert (refused["page"], again["page"]) == ("CalmPage", "CalmPage")
    assert "Another program holds the data" in str(refused["says"])
    assert code == 0
    assert (opened["page"], opened["ready"]) == ("LoginPage", True)


def test_a_damaged_database_is_said_calmly(folder: Path, surroundings: dict[str, str]) -> None:
    whole = (folder / "kiosk.db").read_bytes()
    (folder / "kiosk.db").write_bytes(whole[:64] + bytes(byte ^ 0xFF for byte in whole[64:]))

    with pages(folder, surroundings) as window:
        first = window.first
        again = window.press("Return")

    assert (first["page"], again["page"]) == ("CalmPage", "CalmPage")
    assert "The database is damaged" in str(first["says"])
    assert not is_held(folder)


def test_a_real_kiosk_whose_folder_is_gone_does_not_practise_in_its_place(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    note, folder = Path(surroundings["KIOSK_MACHINE_NOTE"]), tmp_path / "kiosk"
    note.write_text(f"{tmp_path / 'gone'}\n")

    with pages(folder, surroundings) as window:
        refused = window.press("Return")
        note.unlink()
        made = window.press("Return")

    assert refused["page"] == "FirstStartPage"
    assert str(tmp_path / "gone") in str(refused["says"])
    assert (made["page"], made["ready"]) == ("LoginPage", True)
    assert (folder / "kiosk.db").exists()


# --- how it ends --------------------------------------------------------------------------------------------


def test_told_to_end_it_closes_in_order(folder: Path, surroundings: dict[str, str]) -> None:
    with running(folder, surroundings) as process:
        until(lambda: is_open(folder))
        process.terminate()
        code = process.wait(LIMIT)
        left = members(process.pid)

    assert code == 0
    assert left == []
    assert not is_held(folder)
    assert complaints(folder) == []


@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9])
def test_told_to_end_while_it_opens_it_leaves_nothing_behind(
    folder: Path, surroundings: dict[str, str], seconds: float
) -> None:
    with running(folder, surroundings) as process:
        time.sleep(seconds)  # any moment will do
        process.terminate()
        code = process.wait(LIMIT)
        left = members(process.pid)

    assert code in (0, -signal.SIGTERM)
    assert left == []
    assert not is_held(folder)
    assert complaints(folder) == []


def test_in_the_kiosk_mode_nobody_at_the_counter_closes_the_window(
    folder: Path, surroundings: dict[str, str]
) -> None:
    with pages(folder, surroundings, "full") as window:
        after = window.press("close")
        still = window.press("Shift")

    assert after["visible"] is True
    assert (still["page"], still["visible"]) == ("LoginPage", True)


def test_otherwise_closing_the_window_ends_the_program(folder: Path, surroundings: dict[str, str]) -> None:
    with pages(folder, surroundings) as window:
        code = window.close()

    assert code == 0
    assert not is_held(folder)


# --- who starts it again ------------------------------------------------------------------------------------


def test_a_killed_window_is_started_again_and_then_closes_for_good(
    folder: Path, surroundings: dict[str, str]
) -> None:
    with running(folder, surroundings, "--kiosk") as keeper:
        until(lambda: is_open(folder))
        first = window_of(keeper.pid)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        until(lambda: (found := window_of(keeper.pid)) not in (None, first) and has_screen(found))
        second = window_of(keeper.pid)
        assert second is not None
        kept = _command(second).split(b"\0")
        os.kill(second, signal.SIGTERM)
        code = keeper.wait(LIMIT)
        left = members(keeper.pid)

    assert kept[kept.index(b"--kept") + 1] == b"1"
    assert code == 0
    assert left == []
    assert complaints(folder) == []


def has_screen(pid: int | None) -> bool:
    """Tell whether a process has come as far as Qt's platform."""
    try:
        return "libqoffscreen" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False


def test_a_window_started_again_says_so_and_enter_leads_to_the_log_in(
    folder: Path, surroundings: dict[str, str]
) -> None:
    with pages(folder, surroundings, "full", "again") as window:
        first = window.first
        held = is_held(folder)
        then = window.press("Return")

    assert first["page"] == "CalmPage"
    assert "started again" in str(first["says"])
    assert held is False
    assert (then["page"], then["ready"]) == ("LoginPage", True)


def test_a_window_started_again_where_there_is_no_kiosk_yet_leads_to_the_choice(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    with pages(tmp_path / "kiosk", surroundings, "again") as window:
        then = window.press("Return")

    assert then["page"] == "FirstStartPage"


def test_the_keeper_told_to_end_closes_its_window_in_order(
    folder: Path, surroundings: dict[str, str]
) -> None:
    with running(folder, surroundings, "--kiosk") as keeper:
        until(lambda: is_open(folder))
        keeper.terminate()
        code = keeper.wait(LIMIT)
        left = members(keeper.pid)

    assert code == 0
    assert left == []
    assert not is_held(folder)
    assert complaints(folder) == []


def test_a_window_that_dies_at_once_is_started_again_only_after_a_pause(
    folder: Path, surroundings: dict[str, str]
) -> None:
    broken = {**surroundings, "QT_QPA_PLATFORM": "nothing-of-that-name"}
    began = time.monotonic()

    with running(folder, broken, "--kiosk") as keeper:
        until(lambda: (folder.parent / "stderr").read_bytes().count(b"no Qt platform plugin could be") >= 2)
        seconds = time.monotonic() - began
        keeper.send_signal(signal.SIGINT)
        code = keeper.wait(LIMIT)
        left = members(keeper.pid)

    assert seconds > PAUSE
    assert code == 0
    assert left == []
