"""The IPP printer on peers that misbehave: what was handed over is never asked for again, and every call ends."""

import contextlib
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    PagePrinter,
    Printed,
    RefusedError,
    Scene,
    Settings,
    TooLateError,
    Trouble,
    WrongAnswerError,
)
from kiosk.devices.drivers.printer_cups import CANCEL_LIMIT, DRIVER, find_queues
from kiosk.devices.registry import open_device
from kiosk.devices.sim.ipp_peer import IppPeer, peer_of
from kiosk.devices.sim.ipp_words import Request
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SHORT
from tests.devices.contract_paper import PagePrinterContract, small_pdf
from tests.devices.replay import kept, recorded, replaying
from tests.devices.scripted_printer import (
    ABORTED,
    CANCEL_JOB,
    CANCELED,
    COMPLETED,
    GET_PRINTER,
    PRINT_JOB,
    PROCESSING,
    Script,
    ScriptedPrinter,
    hangs_up,
    in_turn,
    is_silent,
    job_says,
    printer_says,
    refuses,
    says,
)

pytestmark = pytest.mark.timeout(30)

NAME = "page_printer.cups"
LATER = 1.0  # seconds a job that does not end is waited for
TITLE = "Surat uji untuk seseorang"


@pytest.fixture
def peer() -> Iterator[IppPeer]:
    printer = peer_of(Scene(person=PERSON))
    printer.start()
    yield printer
    printer.close()


class TestIppPrinter(PagePrinterContract):
    DRIVER = NAME

    @pytest.fixture
    def settings(self, peer: IppPeer) -> Settings:
        return {"printer": f"ipp://127.0.0.1:{peer.port}/ipp/print"}


def opened(opener: Opener, address: str, **more: str) -> PagePrinter:
    device = opener(NAME, {"printer": address, **more})
    assert isinstance(device, PagePrinter)
    return device


def printed(device: PagePrinter, *, copies: int = 1, timeout: float = LIMIT) -> Printed:
    return device.print(small_pdf(), title=TITLE, copies=copies, timeout=timeout)


def jams_after_one_look() -> Script:
    return in_turn(printer_says(), printer_says(5, "media-jam-error"))


# --- what is handed over ---------------------------------------------------------------------------------


def test_a_job_bears_its_title_its_copies_its_paper_and_the_whole_document(opener: Opener) -> None:
    with ScriptedPrinter() as printer:
        printed(opened(opener, printer.address, tray="tray-2"), copies=2)

    (job,) = (request for request in printer.asked if request.operation == PRINT_JOB)
    assert job.values["job-name"].decode() == TITLE
    assert job.values["document-format"] == b"application/pdf"
    assert job.integer("copies", 1) == 2
    assert "media-col" in job.values
    assert job.document == small_pdf()


def test_the_paper_is_a4_unless_it_is_set_otherwise(opener: Opener) -> None:
    with ScriptedPrinter() as printer:
        for media in ("", "om_folio_215x330mm"):
            printed(opened(opener, printer.address, **({"media": media} if media else {})))

    jobs = [request for request in printer.asked if request.operation == PRINT_JOB]
    assert [job.values["media"] for job in jobs] == [b"iso_a4_210x297mm", b"om_folio_215x330mm"]


def test_no_copy_at_all_is_not_printed(opener: Opener) -> None:
    with ScriptedPrinter() as printer, pytest.raises(NotSupportedError, match="copy"):
        printed(opened(opener, printer.address), copies=0)

    assert printer.asked == []


# --- what became of it -----------------------------------------------------------------------------------


def test_a_job_is_looked_at_until_it_is_completed(opener: Opener) -> None:
    look = in_turn(job_says(PROCESSING), job_says(PROCESSING), job_says(COMPLETED))
    with ScriptedPrinter(look=look) as printer:
        assert printed(opened(opener, printer.address)) is Printed.PRINTED


@pytest.mark.parametrize("reason", ["queued-in-device", "job-completed-with-errors"])
def test_a_job_that_was_passed_on_is_not_known_to_be_printed(opener: Opener, reason: str) -> None:
    with ScriptedPrinter(look=job_says(COMPLETED, reason)) as printer:
        assert printed(opened(opener, printer.address)) is Printed.UNKNOWN


def test_a_job_completed_by_a_printer_that_stands_still_is_not_known_to_be_printed(opener: Opener) -> None:
    with ScriptedPrinter(status=jams_after_one_look()) as printer:
        assert printed(opened(opener, printer.address)) is Printed.UNKNOWN


@pytest.mark.parametrize(
    ("look", "reason"), [(job_says(ABORTED), "aborted"), (job_says(CANCELED), "cancelled")]
)
def test_a_job_that_was_given_up_is_refused(opener: Opener, look: Script, reason: str) -> None:
    with ScriptedPrinter(look=look) as printer, pytest.raises(RefusedError) as refused:
        printed(opened(opener, printer.address))

    assert refused.value.reason == reason


def test_a_job_that_takes_longer_than_the_limit_is_left_to_come_out(opener: Opener) -> None:
    with ScriptedPrinter(look=job_says(PROCESSING)) as printer:
        result = printed(opened(opener, printer.address), timeout=LATER)

    assert result is Printed.UNKNOWN
    assert CANCEL_JOB not in [request.operation for request in printer.asked]


def test_a_job_that_a_trouble_holds_up_is_cancelled_at_the_limit(opener: Opener) -> None:
    with (
        ScriptedPrinter(look=job_says(PROCESSING), status=jams_after_one_look()) as printer,
        pytest.raises(RefusedError) as refused,
    ):
        printed(opened(opener, printer.address), timeout=LATER)

    assert refused.value.reason == Trouble.PAPER_JAM


def test_a_job_that_cannot_be_cancelled_is_unknown_within_the_limit_of_cancelling(opener: Opener) -> None:
    began = time.monotonic()
    with ScriptedPrinter(
        look=job_says(PROCESSING), status=jams_after_one_look(), cancel=refuses(0x0404)
    ) as printer:
        result = printed(opened(opener, printer.address), timeout=LATER)

    assert result is Printed.UNKNOWN
    assert time.monotonic() - began < LATER + CANCEL_LIMIT + 1


# --- what is not known is not asked for again ------------------------------------------------------------


@pytest.mark.parametrize(
    "job",
    [hangs_up, says(b"what is this\r\n\r\n"), says(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n\x01")],
    ids=["hangs_up", "garbage", "cut"],
)
def test_a_document_sent_whole_and_not_answered_for_is_unknown(opener: Opener, job: Script) -> None:
    with ScriptedPrinter(job=job) as printer:
        assert printed(opened(opener, printer.address)) is Printed.UNKNOWN

    assert [request.operation for request in printer.asked] == [GET_PRINTER, PRINT_JOB]


def test_silence_after_the_document_is_unknown_at_the_limit(opener: Opener) -> None:
    with ScriptedPrinter(job=is_silent) as printer:
        assert printed(opened(opener, printer.address), timeout=LATER) is Printed.UNKNOWN


@pytest.mark.parametrize("look", [hangs_up, is_silent, refuses(0x0500)], ids=["gone", "silent", "error"])
def test_a_job_nobody_tells_of_is_unknown_at_the_limit(opener: Opener, look: Script) -> None:
    with ScriptedPrinter(look=look) as printer:
        assert printed(opened(opener, printer.address), timeout=LATER) is Printed.UNKNOWN


def test_a_job_the_printer_knows_no_more_is_unknown(opener: Opener) -> None:
    with ScriptedPrinter(look=refuses(0x0406)) as printer:
        assert printed(opened(opener, printer.address)) is Printed.UNKNOWN


@pytest.mark.parametrize(
    ("job", "error"),
    [
        (refuses(0x0507), BusyError),
        (refuses(0x040A), NotSupportedError),
        (refuses(0x040B), NotSupportedError),
        (refuses(0x0506), RefusedError),
        (refuses(0x0403), RefusedError),
        (says(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"), RefusedError),
        (says(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), BusyError),
    ],
)
def test_a_document_that_was_not_taken_is_an_error(
    opener: Opener, job: Script, error: type[DeviceError]
) -> None:
    with ScriptedPrinter(job=job) as printer, pytest.raises(error):
        printed(opened(opener, printer.address))


# --- the line --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (hangs_up, NotConnectedError),
        (is_silent, TooLateError),
        (refuses(0x0406), NotConnectedError),
        (says(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), NotConnectedError),
        (says(b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"), NotSupportedError),
        (says(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"), WrongAnswerError),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"), WrongAnswerError),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nabc"), WrongAnswerError),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), WrongAnswerError),
        (says(b"\x00\xff" * 2000), WrongAnswerError),
        (says(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(2 << 20)), WrongAnswerError),
    ],
    ids=["gone", "silent", "no_queue", "404", "426", "500", "no_ipp", "cut", "chunks", "noise", "endless"],
)
def test_an_answer_that_is_none_is_named(opener: Opener, status: Script, error: type[DeviceError]) -> None:
    with ScriptedPrinter(status=status) as printer, pytest.raises(error) as raised:
        opened(opener, printer.address).status(timeout=SHORT if error is TooLateError else LIMIT)

    assert str(raised.value).endswith(".")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX"]))
def test_whatever_a_printer_sends_a_call_ends_with_a_device_error(content: bytes, begun: bytes) -> None:
    with ScriptedPrinter(status=says(begun + content)) as printer:
        device = open_device(NAME, {"printer": printer.address}, NobodyAsked())
        assert isinstance(device, PagePrinter)

        with contextlib.closing(device), pytest.raises(DeviceError):
            device.status(timeout=LIMIT)


def test_a_printer_that_was_away_is_found_again_without_opening_anew(opener: Opener, peer: IppPeer) -> None:
    device = opened(opener, f"ipp://127.0.0.1:{peer.port}/ipp/print")
    peer.stage.set(Scene(person=PERSON, fault="vanish", times=2))

    for _ in range(2):
        with pytest.raises(NotConnectedError):
            device.status(timeout=LIMIT)

    assert printed(device) is Printed.PRINTED


def test_nobody_at_the_address_is_not_connected(opener: Opener, peer: IppPeer) -> None:
    device = opened(opener, f"ipp://127.0.0.1:{peer.port}/ipp/print")
    peer.close()

    with pytest.raises(NotConnectedError, match="not there"):
        device.status(timeout=LIMIT)


def test_a_close_from_another_thread_ends_a_question_that_waits(opener: Opener) -> None:
    with ScriptedPrinter(status=is_silent) as printer:
        device = opened(opener, printer.address)
        closing = threading.Thread(target=lambda: (printer.heard.wait(LIMIT), device.close()))
        closing.start()
        with pytest.raises(NotConnectedError):
            device.status(timeout=LIMIT)
        closing.join()


def test_a_close_while_a_job_is_printed_leaves_it_unknown(opener: Opener) -> None:
    looked = threading.Event()

    def look(request: Request) -> bytes | None:
        looked.set()
        return job_says(PROCESSING)(request)

    with ScriptedPrinter(look=look) as printer:
        device = opened(opener, printer.address)
        closing = threading.Thread(target=lambda: (looked.wait(LIMIT), device.close()))
        closing.start()
        result = printed(device)
        closing.join()

    assert result is Printed.UNKNOWN


# --- traces and settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("staged", ["vanish", "garbage", "cut", "paper_out", "busy"])
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(
    opener: Opener, peer: IppPeer, staged: str
) -> None:
    peer.stage.set(Scene(person=PERSON, fault=staged))
    device = opened(opener, f"ipp://127.0.0.1:{peer.port}/ipp/print")
    trace = recorded(device)
    first = error_of(device)

    with replaying(kept(trace)) as replay:
        again = error_of(opened(opener, replay.address.replace("socket:", "ipp:") + "/ipp/print"))

    assert first is again
    assert first is not None


def error_of(device: PagePrinter) -> type[DeviceError] | None:
    try:
        printed(device)
    except DeviceError as error:
        return type(error)
    return None


def test_a_trace_holds_neither_title_nor_document(opener: Opener, peer: IppPeer) -> None:
    device = opened(opener, f"ipp://127.0.0.1:{peer.port}/ipp/print")
    trace = recorded(device)

    printed(device)

    went = b"".join(step.content for step in trace.steps)
    assert TITLE.encode() not in went
    assert b"x" * len(TITLE) in went
    assert b"%PDF" not in went
    assert bytes(len(small_pdf())) in went


@pytest.mark.parametrize(
    "wrong",
    [
        {"printer": ""},
        {"printer": "meja 1"},
        {"printer": "../admin"},
        {"printer": "ipps://host/ipp/print"},
        {"printer": "meja", "server": "no host"},
        {"printer": "meja", "tray": "main", "media": "a4"},
        {"printer": "meja", "media": "A4\u00b2"},
    ],
)
def test_a_setting_that_cannot_be_is_refused(opener: Opener, wrong: Settings) -> None:
    with pytest.raises(NotSupportedError):
        opener(NAME, wrong)


def test_where_no_server_answers_no_queue_is_found(peer: IppPeer) -> None:
    server = f"127.0.0.1:{peer.port}"
    peer.close()

    assert find_queues(server) == ()
    assert DRIVER.find is find_queues
