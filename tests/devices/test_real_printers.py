"""The IPP printer on printers of others: CUPS's own IPP Everywhere printer, and a CUPS queue in front of it."""

import time
from collections.abc import Iterator

import pytest

from kiosk.devices.api import (
    BusyError,
    Found,
    NotConnectedError,
    NotSupportedError,
    PagePrinter,
    Printed,
    RefusedError,
    Settings,
    Supply,
    Trouble,
)
from kiosk.devices.drivers.printer_cups import find_queues
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT
from tests.devices.contract_paper import PagePrinterContract, small_pdf
from tests.devices.real_printers import (
    EMPTY,
    FEW,
    FULL,
    EverywherePrinter,
    cups_server,
    everywhere_printer,
)

pytestmark = pytest.mark.timeout(90)

DRIVER = "page_printer.cups"
QUEUE = "meja"
QUICK = ("-c", "/bin/true")  # what it prints with; else it takes 5 to 15 seconds a job, by chance


@pytest.fixture(scope="module")
def _running() -> Iterator[EverywherePrinter]:
    with everywhere_printer(*QUICK) as printer:
        yield printer


@pytest.fixture
def everywhere(_running: EverywherePrinter) -> EverywherePrinter:
    _running.fill_tray(FULL)
    _running.fill_toner(75)
    return _running


class TestEverywherePrinter(PagePrinterContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, everywhere: EverywherePrinter) -> Settings:
        return {"printer": everywhere.address}


def opened(opener: Opener, printer: str, **more: str) -> PagePrinter:
    device = opener(DRIVER, {"printer": printer, **more})
    assert isinstance(device, PagePrinter)
    return device


def printed(device: PagePrinter, *, timeout: float = LIMIT) -> Printed:
    return device.print(small_pdf(), title="Surat uji", copies=1, timeout=timeout)


def test_the_document_that_was_printed_is_the_one_that_was_given(
    opener: Opener, everywhere: EverywherePrinter
) -> None:
    before = len(everywhere.documents())

    result = printed(opened(opener, everywhere.address, tray="main"))

    assert result is Printed.PRINTED
    assert everywhere.documents()[before:] == [small_pdf()]


def test_it_says_what_it_is_and_what_it_has(opener: Opener, everywhere: EverywherePrinter) -> None:
    device = opened(opener, everywhere.address)

    status = device.status(timeout=LIMIT)

    assert device.identity().model == "Printer"
    assert set(status.supplies) >= {
        Supply("Black Toner", 75),
        Supply("Toner Waste Tank", 75),
        Supply("main", 100),
    }


def test_an_empty_tray_is_told_and_refused_before_anything_is_sent(
    opener: Opener, everywhere: EverywherePrinter
) -> None:
    device, before = opened(opener, everywhere.address), len(everywhere.documents())
    everywhere.fill_tray(EMPTY)

    with pytest.raises(RefusedError) as refused:
        printed(device)
    everywhere.fill_tray(FULL)

    assert refused.value.reason == Trouble.PAPER_OUT
    assert len(everywhere.documents()) == before
    assert printed(device) is Printed.PRINTED


def test_little_paper_and_little_toner_stop_nothing(opener: Opener, everywhere: EverywherePrinter) -> None:
    device = opened(opener, everywhere.address)
    everywhere.fill_tray(FEW)
    everywhere.fill_toner(4)

    assert device.status(timeout=LIMIT).troubles == {Trouble.PAPER_LOW, Trouble.SUPPLY_LOW}
    assert printed(device) is Printed.PRINTED


def test_a_printer_at_work_is_busy_and_what_it_works_at_is_left_to_come_out(opener: Opener) -> None:
    with everywhere_printer() as slow:  # takes 5 seconds a job at least
        device = opened(opener, slow.address)

        first = printed(device, timeout=1.0)
        with pytest.raises(BusyError):
            printed(device)

    assert first is Printed.UNKNOWN


def test_a_printer_that_takes_no_pdf_says_so(opener: Opener) -> None:
    with everywhere_printer("-f", "image/urf") as raster, pytest.raises(NotSupportedError, match="PDF"):
        printed(opened(opener, raster.address))


def test_a_printer_that_was_switched_off_is_not_connected(opener: Opener) -> None:
    with everywhere_printer(*QUICK) as printer:
        device = opened(opener, printer.address)
        device.status(timeout=LIMIT)

    with pytest.raises(NotConnectedError):
        device.status(timeout=LIMIT)


# --- a queue of a CUPS server ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(_running: EverywherePrinter) -> Iterator[str]:
    _running.fill_tray(FULL)
    with cups_server(QUEUE, _running) as address:
        yield address


def test_a_queue_is_found_and_opened_by_its_name(opener: Opener, server: str) -> None:
    (found,) = find_queues(server)

    status = opened(opener, found.settings["printer"], server=server).status(timeout=LIMIT)

    assert found == Found(QUEUE, {"printer": QUEUE})
    assert not status.stops


def test_a_document_goes_through_the_queue_to_the_printer(
    opener: Opener, server: str, everywhere: EverywherePrinter
) -> None:
    before = len(everywhere.documents())

    result = printed(opened(opener, QUEUE, server=server), timeout=30)

    assert result is Printed.PRINTED
    assert len(everywhere.documents()) == before + 1


def test_a_job_whose_printer_runs_out_of_paper_is_taken_back_and_the_next_one_printed(
    opener: Opener, server: str, everywhere: EverywherePrinter
) -> None:
    device = opened(opener, QUEUE, server=server)
    everywhere.fill_tray(EMPTY)  # of which the server does not know until it prints

    with pytest.raises(RefusedError) as refused:
        printed(device, timeout=8)
    await_no_jobs(device)
    everywhere.fill_tray(FULL)

    assert refused.value.reason == Trouble.PAPER_OUT
    assert printed(device, timeout=30) is Printed.PRINTED


def await_no_jobs(device: PagePrinter) -> None:
    """Wait until the server is done with what it was told to cancel."""
    limit = time.monotonic() + LIMIT
    while device.status(timeout=LIMIT).jobs:
        assert time.monotonic() < limit, "it was not taken back"
        time.sleep(0.1)


def test_a_queue_that_is_not_there_is_not_connected(opener: Opener, server: str) -> None:
    with pytest.raises(NotConnectedError, match="no such printer"):
        opened(opener, "meja-lain", server=server).status(timeout=LIMIT)
