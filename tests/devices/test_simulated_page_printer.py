"""The simulated page printer: the contract through the real driver, and each fault with its reason."""

import hashlib
from collections.abc import Iterator
from typing import ClassVar

import pytest

from kiosk.devices.api import (
    BusyError,
    Device,
    DeviceError,
    NotConnectedError,
    PagePrinter,
    Printed,
    RefusedError,
    Scene,
    Supply,
    TooLateError,
    Trouble,
    WrongAnswerError,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.page_printer import SimulatedPagePrinter
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SimulatorContract
from tests.devices.contract_paper import PagePrinterContract, small_pdf

pytestmark = pytest.mark.timeout(60)

HELD_UP = 1.5  # seconds a job is waited for that a jam holds up
REASONS = {
    "paper_out": Trouble.PAPER_OUT,
    "paper_jam": Trouble.PAPER_JAM,
    "cover_open": Trouble.COVER_OPEN,
    "supply_out": Trouble.SUPPLY_OUT,
    "offline": Trouble.OFFLINE,
    "paused": Trouble.PAUSED,
}


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs."""
    keeper = open_device("page_printer.simulated", {}, NobodyAsked())
    yield
    keeper.close()


class TestSimulatedPagePrinter(SimulatorContract, PagePrinterContract):
    DRIVER = "page_printer.simulated"
    FAULTS: ClassVar[dict[str, type[DeviceError] | None]] = {
        "vanish": NotConnectedError,
        "silence": TooLateError,
        "slow": TooLateError,
        "garbage": WrongAnswerError,
        "cut": WrongAnswerError,
        "busy": BusyError,
        "aborted": RefusedError,
        "supply_low": None,
        **dict.fromkeys(REASONS, RefusedError),
    }

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        jammed = self.played is not None and self.played.fault == "paper_jam"
        return super().use(device, timeout=HELD_UP if jammed else timeout)


def printer(opener: Opener, fault: str | None = None, *, times: int = 0) -> SimulatedPagePrinter:
    device = opener("page_printer.simulated", {})
    assert isinstance(device, SimulatedPagePrinter)
    device.stage(Scene(person=PERSON, fault=fault, times=times))
    return device


def printed(device: PagePrinter, *, copies: int = 1, timeout: float = LIMIT) -> Printed:
    return device.print(small_pdf(), title="Surat uji", copies=copies, timeout=timeout)


@pytest.mark.parametrize(("staged", "reason"), REASONS.items())
def test_what_stops_it_is_the_reason_of_the_refusal(opener: Opener, staged: str, reason: Trouble) -> None:
    device = printer(opener, staged)

    with pytest.raises(RefusedError) as refused:
        printed(device, timeout=HELD_UP)

    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("staged", ["paper_out", "cover_open", "supply_out", "offline", "paused"])
def test_it_tells_what_stops_it_and_was_handed_nothing(opener: Opener, staged: str) -> None:
    device = printer(opener, staged)

    status = device.status(timeout=LIMIT)
    with pytest.raises(RefusedError):
        printed(device)

    assert status.stops == {REASONS[staged]}
    assert device.kept() == []


def test_a_job_the_printer_gives_up_is_refused_and_the_next_one_printed(opener: Opener) -> None:
    device = printer(opener, "aborted", times=1)

    with pytest.raises(RefusedError) as refused:
        printed(device)

    assert refused.value.reason == "aborted"
    assert printed(device) is Printed.PRINTED


def test_a_jam_is_over_with_the_job_that_met_it(opener: Opener) -> None:
    device = printer(opener, "paper_jam", times=1)

    with pytest.raises(RefusedError, match="stuck"):
        printed(device, timeout=HELD_UP)

    assert device.status(timeout=LIMIT).stops == frozenset()
    assert printed(device) is Printed.PRINTED


def test_low_toner_is_told_with_its_level_and_stops_nothing(opener: Opener) -> None:
    device = printer(opener, "supply_low")

    status = device.status(timeout=LIMIT)

    assert status.troubles == {Trouble.SUPPLY_LOW}
    assert status.supplies == (Supply("Black toner", 4), Supply("Tray 1", 72))
    assert printed(device) is Printed.PRINTED


def test_of_a_document_its_hash_and_its_copies_are_kept(opener: Opener) -> None:
    device = printer(opener)

    printed(device, copies=3)

    assert device.kept() == [{"sha256": hashlib.sha256(small_pdf()).hexdigest(), "copies": 3}]
