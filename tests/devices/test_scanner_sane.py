"""The SANE scanner on SANE's own test backend, which fails on demand."""

import os
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    DocumentScanner,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Settings,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.library_messages import Message
from kiosk.devices.drivers.scanner_sane import error_of, page_in
from kiosk.devices.registry import load
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, SHORT
from tests.devices.contract_paper import DocumentScannerContract
from tests.devices.lacking import needs, needs_library
from tests.devices.library_children import child_of_this_process

pytestmark = pytest.mark.timeout(60)

DRIVER = "document_scanner.sane"
GOOD: Mapping[str, str] = {
    "number_of_devices": "2",
    "mode": "Gray",
    "depth": "8",
    "resolution_min": "1.0",
    "resolution_max": "600.0",
    "resolution_quant": "1.0",
    "test-picture": '"Color pattern"',
    "geometry_min": "0.0",
    "geometry_max": "300.0",
    "br_x": "80.0",
    "br_y": "100.0",
}


class Backend:
    """SANE's settings of a test's own: which scanners there are, and what they do wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plug()
        self.behave()

    def behave(self, **wrong: str) -> None:
        """Let the scanner do this from the next time on that it is looked for; nothing: it is good."""
        lines = {**GOOD, **{key if key in GOOD else key.replace("_", "-"): wrong[key] for key in wrong}}
        text = "".join(f"{key} {value}\n" for key, value in lines.items())
        (self.folder / "test.conf").write_text(text, encoding="ascii")

    def plug(self) -> None:
        (self.folder / "dll.conf").write_text("test\n", encoding="ascii")

    def unplug(self) -> None:
        (self.folder / "dll.conf").write_text("# nothing\n", encoding="ascii")


@pytest.fixture
def backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Backend:
    needs_library("sane", "python-sane")
    needs(
        "SANE's test backend (package libsane1)", met=any(Path("/usr/lib").glob("*/sane/libsane-test.so.1"))
    )
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    return Backend(tmp_path)


class TestSaneScanner(DocumentScannerContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, backend: Backend) -> Settings:
        return {}


def opened(opener: Opener, **settings: str) -> DocumentScanner:
    device = opener(DRIVER, settings)
    assert isinstance(device, DocumentScanner)
    return device


def test_a_page_is_a_whole_a4_sheet_in_colour(opener: Opener, backend: Backend) -> None:
    pictures = opened(opener).scan(ppi=100, timeout=LIMIT)

    page = dict(pictures.images)["page"]
    assert pictures.ppi == 100
    assert page.shape == (1169, 826, 3)
    assert page.dtype == np.uint8
    assert len(np.unique(page[::16, ::16].reshape(-1, 3), axis=0)) > 6


def test_the_best_resolution_that_the_scanner_has_is_taken_and_told(opener: Opener, backend: Backend) -> None:
    backend.behave(resolution_max="50.0")

    pictures = opened(opener).scan(ppi=75, timeout=LIMIT)

    assert pictures.ppi == 50
    assert pictures.images[0][1].shape == (584, 413, 3)


def test_a_scanner_is_chosen_by_its_name_and_says_who_it_is(opener: Opener, backend: Backend) -> None:
    identity = opened(opener, device="test:1").identity()

    assert (identity.make, identity.model) == ("Noname", "frontend-tester")


STATUSES: dict[str, tuple[type[DeviceError], str]] = {
    "NO_DOCS": (RefusedError, "feeder is empty"),
    "JAMMED": (RefusedError, "jammed"),
    "COVER_OPEN": (RefusedError, "cover is open"),
    "ACCESS_DENIED": (RefusedError, "ask a technician"),
    "DEVICE_BUSY": (BusyError, "Another program"),
    "IO_ERROR": (NotConnectedError, "went away"),
    "UNSUPPORTED": (NotSupportedError, "change its settings"),
    "CANCELLED": (WrongAnswerError, "scan again"),
    "EOF": (WrongAnswerError, "only a part"),
    "INVAL": (WrongAnswerError, "switch it off and on"),
    "NO_MEM": (BusyError, "memory"),
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_of_the_scanner_is_an_error_and_the_next_scan_is_good(
    opener: Opener, backend: Backend, status: str
) -> None:
    error, says = STATUSES[status]
    backend.behave(read_status_code=f'"SANE_STATUS_{status}"')
    scanner = opened(opener)

    met = failed(scanner)
    backend.behave()

    assert type(met) is error
    assert says in str(met)
    assert scanner.scan(ppi=75, timeout=LIMIT).images


def failed(scanner: DocumentScanner) -> DeviceError | None:
    """Return the error a scan ends with.

    The test backend itself hangs in one failure of twenty: a thread of its own is ended while it holds the heap's lock.
    Then the driver ends it, and the scan is tried again.
    """
    for _ in range(6):
        try:
            scanner.scan(ppi=75, timeout=1.0)
        except TooLateError:
            continue
        except DeviceError as error:
            return error
    return None


@pytest.mark.parametrize(
    ("status", "reason"), [("NO_DOCS", "feeder_empty"), ("JAMMED", "jam"), ("COVER_OPEN", "cover_open")]
)
def test_what_a_person_must_do_at_the_scanner_has_a_reason(
    opener: Opener, backend: Backend, status: str, reason: str
) -> None:
    backend.behave(read_status_code=f'"SANE_STATUS_{status}"')

    refused = failed(opened(opener))

    assert isinstance(refused, RefusedError)
    assert refused.reason == reason


def test_a_scanner_that_dawdles_is_stopped_in_time_and_the_next_scan_is_good(
    opener: Opener, backend: Backend
) -> None:
    backend.behave(read_delay="true", read_delay_duration="200000")
    scanner = opened(opener)
    backend.behave()
    begun = time.monotonic()

    with pytest.raises(TooLateError, match="in time"):
        scanner.scan(ppi=300, timeout=0.5)

    assert 0.5 <= time.monotonic() - begun < 2.5
    assert scanner.scan(ppi=75, timeout=LIMIT).images


def test_a_library_that_hangs_is_ended_in_time_and_the_next_scan_is_good(
    opener: Opener, backend: Backend
) -> None:
    scanner = opened(opener)
    os.kill(child_of_this_process("sane_process"), signal.SIGSTOP)
    begun = time.monotonic()

    with pytest.raises(TooLateError):
        scanner.scan(ppi=75, timeout=SHORT)

    assert time.monotonic() - begun < 3
    assert scanner.scan(ppi=75, timeout=LIMIT).images


def test_a_scanner_that_is_unplugged_is_found_again_without_opening_anew(
    opener: Opener, backend: Backend
) -> None:
    backend.behave(read_status_code='"SANE_STATUS_IO_ERROR"')  # what a scanner ends with that is pulled out
    scanner = opened(opener)
    backend.unplug()
    errors = [type(failed(scanner)) for _ in range(2)]
    backend.plug()
    backend.behave()

    assert errors == [NotConnectedError, NotConnectedError]
    assert scanner.scan(ppi=75, timeout=LIMIT).images


@pytest.mark.parametrize("device", ["", "test:7", "nobody:libusb:001:002"])
def test_a_scanner_that_is_not_there_is_not_connected(opener: Opener, backend: Backend, device: str) -> None:
    if not device:
        backend.unplug()

    with pytest.raises(NotConnectedError, match="not there"):
        opened(opener, device=device).scan(ppi=75, timeout=LIMIT)


def test_the_paper_lies_where_the_setting_says_or_the_places_are_named(
    opener: Opener, backend: Backend
) -> None:
    assert opened(opener, source="Automatic Document Feeder").scan(ppi=75, timeout=LIMIT).images

    with pytest.raises(NotSupportedError, match="Flatbed, Automatic Document Feeder"):
        opened(opener, source="Tray 7").scan(ppi=75, timeout=LIMIT)


@pytest.mark.parametrize("ppi", [0, -300, 100_000])
def test_a_resolution_that_cannot_be_is_refused_before_the_scanner_is_asked(
    opener: Opener, backend: Backend, ppi: int
) -> None:
    with pytest.raises(NotSupportedError, match="pixels an inch"):
        opened(opener).scan(ppi=ppi, timeout=LIMIT)


def test_a_close_from_another_thread_ends_a_scan(opener: Opener, backend: Backend) -> None:
    backend.behave(read_delay="true", read_delay_duration="200000")
    scanner = opened(opener)
    closing = threading.Timer(0.5, scanner.close)
    closing.start()

    with pytest.raises(NotConnectedError, match="closed"):
        scanner.scan(ppi=300, timeout=600)
    closing.join()


def test_the_scanners_of_the_machine_are_found(backend: Backend) -> None:
    found = load(DRIVER).find()

    assert [device.settings for device in found] == [{"device": "test:0"}, {"device": "test:1"}]
    backend.unplug()
    assert load(DRIVER).find() == ()


sizes = st.integers(-1, 9)


@given(sizes, sizes, st.integers(0, 4), st.binary(max_size=300))
def test_any_answer_is_a_page_or_a_wrong_one(width: int, height: int, samples: int, body: bytes) -> None:
    try:
        page = page_in(Message({"width": width, "height": height, "samples": samples}, body))
    except WrongAnswerError:
        return

    assert page.shape == (height, width, 3)


@given(st.text())
def test_any_sentence_of_the_library_is_an_error_that_says_what_to_do(sentence: str) -> None:
    assert str(error_of(sentence)).endswith((".", ")"))
