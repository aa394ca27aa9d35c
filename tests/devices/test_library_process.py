"""A library in a process of its own: late, broken, missing and closed, it ends, and the next call begins anew."""

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import (
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.library_messages import (
    LENGTHS,
    MOST_BODY,
    MOST_FIELDS,
    DamagedMessageError,
    Message,
    encode,
    read_message,
)
from kiosk.devices.drivers.library_process import Library, LibraryProcess, asked_once
from tests.devices.contract import LIMIT, held_by_this_process

pytestmark = pytest.mark.timeout(30)

# A maker's library as bad as they come.
PROGRAM = """
import os, sys, time
from kiosk.devices.drivers.library_messages import Message, serve

def answer(request):
    match request.text("do"):
        case "sleep": time.sleep(600)
        case "die": os._exit(3)
        case "babble": print("scanning ...", flush=True)
        case "nonsense": os.write(int(request.number("to")), b"x" * 64)
        case "fail": return Message({"error": "jam", "pid": os.getpid(), "spent": True})
        case "large": return Message({}, bytes(int(request.number("size"))))
    return Message({"pid": os.getpid(), **request.fields})

serve(answer, missing=MISSING)
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    return written(tmp_path, monkeypatch, missing="")


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, *, missing: str) -> Library:
    (folder / "bad_library.py").write_text(f"MISSING = {missing!r}\n{PROGRAM}", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return Library("gadget", "bad_library", "gadget-tools")


@pytest.fixture
def process(library: Library) -> Iterator[LibraryProcess]:
    running = LibraryProcess(library)
    yield running
    running.close()


def test_answers_come_from_one_process_with_bytes_of_any_size(process: LibraryProcess) -> None:
    first, second = process.ask(LIMIT, do="echo", said="halo"), process.ask(LIMIT, do="echo")
    large = process.ask(LIMIT, do="large", size=5_000_000)

    assert first.text("said") == "halo"
    assert first.number("pid") == second.number("pid") != os.getpid()
    assert large.body == bytes(5_000_000)


def test_a_call_without_end_is_ended_in_time_and_the_next_one_is_answered(process: LibraryProcess) -> None:
    before = process.ask(LIMIT, do="echo")
    begun = time.monotonic()

    with pytest.raises(TooLateError, match="gadget did not answer in time"):
        process.ask(0.3, do="sleep")

    assert 0.3 <= time.monotonic() - begun < 2
    assert process.ask(LIMIT, do="echo").number("pid") != before.number("pid")
    assert is_gone(int(before.number("pid")))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")
def test_a_process_that_is_stopped_in_its_tracks_ends_in_time(process: LibraryProcess) -> None:
    os.kill(int(process.ask(LIMIT, do="echo").number("pid")), signal.SIGSTOP)

    with pytest.raises(TooLateError):
        process.ask(0.3, do="echo")

    assert process.ask(LIMIT, do="echo").fields


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_library_that_breaks_down_is_a_wrong_answer_and_is_started_again(process: LibraryProcess) -> None:
    with pytest.raises(WrongAnswerError, match="broke down"):
        process.ask(LIMIT, do="die")

    assert process.ask(LIMIT, do="echo").fields


def test_after_a_failure_the_next_call_has_a_process_of_its_own(process: LibraryProcess) -> None:
    failed = process.ask(LIMIT, do="fail")

    assert failed.text("error") == "jam"
    assert is_gone(int(failed.number("pid")))
    assert process.ask(LIMIT, do="echo").fields


def test_a_process_that_was_killed_between_two_calls_is_started_again(process: LibraryProcess) -> None:
    pid = int(process.ask(LIMIT, do="echo").number("pid"))
    os.kill(pid, signal.SIGTERM)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # whoever began it may still see that it ended

    assert process.ask(LIMIT, do="echo").number("pid") != pid


def test_what_a_library_prints_is_no_answer(process: LibraryProcess) -> None:
    assert process.ask(LIMIT, do="babble").text("do") == "babble"


def test_nonsense_is_a_wrong_answer_and_the_next_call_is_answered(process: LibraryProcess) -> None:
    ends = [process.ask(LIMIT, do="echo")]
    failed = []
    for descriptor in range(3, 6):  # one of them is the messages' own
        try:
            ends.append(process.ask(LIMIT, do="nonsense", to=descriptor))
        except WrongAnswerError as error:
            failed.append(error)

    assert len(failed) >= 1
    assert process.ask(LIMIT, do="echo").fields


def test_a_library_that_is_not_installed_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = LibraryProcess(written(tmp_path, monkeypatch, missing="No module named 'gadget'"))

    for _ in range(2):
        with pytest.raises(NotSupportedError, match=r"No module named 'gadget'\); install gadget-tools"):
            process.ask(LIMIT, do="echo")
    process.close()


def test_a_close_from_another_thread_ends_a_call_and_leaves_nothing_over(library: Library) -> None:
    before = held_by_this_process()
    process = LibraryProcess(library)
    closing = threading.Timer(0.5, process.close)
    closing.start()

    with pytest.raises(NotConnectedError, match="closed"):
        process.ask(600, do="sleep")
    closing.join()
    process.close()

    assert held_by_this_process() - before == set()
    with pytest.raises(NotConnectedError, match="closed"):
        process.ask(LIMIT, do="echo")


def test_one_question_ends_in_time_and_leaves_nothing_over(library: Library) -> None:
    before, begun = held_by_this_process(), time.monotonic()

    answer = asked_once(library, LIMIT, do="echo", said="halo")
    with pytest.raises(DeviceError):
        asked_once(library, 1.0, do="sleep")

    assert answer.text("said") == "halo"
    assert time.monotonic() - begun < 5
    assert held_by_this_process() - before == set()


@given(st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text()), st.binary(max_size=500))
def test_a_message_comes_back_as_it_was_sent(fields: dict[str, object], body: bytes) -> None:
    message = Message(fields, body)

    assert read_message(io.BytesIO(encode(message))) == message


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_its_end_or_damaged(content: bytes) -> None:
    try:
        message = read_message(io.BytesIO(content))
    except DamagedMessageError:
        return

    assert message is None or len(message.body) <= len(content)


@pytest.mark.parametrize("lengths", [(MOST_FIELDS + 1, 0), (2, MOST_BODY + 1)])
def test_a_message_that_announces_too_much_is_damaged_before_anything_is_kept(
    lengths: tuple[int, int],
) -> None:
    with pytest.raises(DamagedMessageError):
        read_message(io.BytesIO(LENGTHS.pack(*lengths) + b"{}"))
