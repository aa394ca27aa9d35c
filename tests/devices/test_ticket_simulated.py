"""The simulated ticket printer keeps the contract, plays its menu, and what it played is met again from its trace."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from kiosk.devices.api import (
    Device,
    DeviceError,
    NotConnectedError,
    RefusedError,
    Scene,
    TicketPrinter,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.ticket import SimulatedTicketPrinter
from kiosk.devices.sim.ticket_peer import peer_of
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SimulatorContract
from tests.devices.contract_paper import TICKET, TicketPrinterContract
from tests.devices.replay import kept, recorded, replaying

DRIVER = "ticket_printer.escpos"
ENOUGH = 0.6  # seconds for the questions, none for an answer that never comes

pytestmark = pytest.mark.timeout(30)


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs: its beginning and its end have tests of their own."""
    keeper = open_device("ticket_printer.simulated", {}, NobodyAsked())
    yield
    keeper.close()


class TestSimulatedTicketPrinter(SimulatorContract, TicketPrinterContract):
    DRIVER = "ticket_printer.simulated"
    WAITED_OUT = frozenset({"silence", "slow", "cut"})
    FAULTS: ClassVar = {
        "vanish": NotConnectedError,
        "vanish_printing": NotConnectedError,
        "silence": TooLateError,
        "slow": TooLateError,
        "cut": TooLateError,
        "garbage": WrongAnswerError,
        **dict.fromkeys(("paper_out", "cover_open", "offline", "overheated", "broken"), RefusedError),
        **dict.fromkeys(("paper_ends", "cutter_jam"), RefusedError),
        **dict.fromkeys(("paper_low", "mute")),
    }

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        mute = self.played is not None and self.played.fault == "mute"
        return super().use(device, timeout=ENOUGH if mute else timeout)


def print_error(device: Device, seconds: float) -> type[DeviceError] | None:
    """Return the error of printing a ticket."""
    assert isinstance(device, TicketPrinter)
    try:
        device.print(TICKET, timeout=seconds)
    except DeviceError as error:
        return type(error)
    return None


@pytest.mark.parametrize(
    "happened", ["paper_out", "garbage", "silence", "paper_ends", "vanish", "vanish_printing"]
)
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(opener: Opener, happened: str) -> None:
    peer = peer_of(Scene(person=PERSON, fault=happened))
    peer.start()
    device = opener(DRIVER, {"port": f"socket://127.0.0.1:{peer.port}"})
    trace = recorded(device)
    first = print_error(device, ENOUGH)
    peer.close()

    with replaying(kept(trace)) as replay:
        again = print_error(opener(DRIVER, {"port": replay.address}), ENOUGH)

    assert first is again
    assert first is not None
    assert b"GRINGSING" not in b"".join(step.content for step in trace.steps)


def test_a_simulator_keeps_what_came_out(opener: Opener) -> None:
    device = opener("ticket_printer.simulated", {"paper": "58", "codes": "picture"})
    assert isinstance(device, SimulatedTicketPrinter)

    device.print(TICKET, timeout=LIMIT)

    (ticket,) = device.tickets()
    assert ticket["lines"][1] == {"text": "A-017", "large": True, "bold": False, "centred": True}  # type: ignore[index]
    assert (ticket["cut"], ticket["unknown"]) == (True, "")
