"""The ticket printer on a pseudo terminal and over TCP: refused before, stopped half-way, proven, unknown, lost."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    Printed,
    RefusedError,
    Scene,
    Settings,
    TicketCode,
    TicketPrinter,
    TooLateError,
    Trouble,
    WrongAnswerError,
)
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SHORT
from tests.devices.contract_paper import TICKET, TicketPrinterContract
from tests.devices.ticket_cable import PRINTERS_BAUD, TicketCable, cabled

DRIVER = "ticket_printer.escpos"
ENOUGH = 0.6  # seconds for the questions, none for an answer that never comes

pytestmark = [
    pytest.mark.timeout(30),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals"),
]


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[TicketCable]:
    with cabled(tmp_path / "printer") as cable:
        yield cable


class TestEscPosPrinter(TicketPrinterContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, cable: TicketCable) -> Settings:
        return {"port": str(cable.name), "baud": PRINTERS_BAUD}


class TestEscPosPrinterWithoutAWayBack(TestEscPosPrinter):
    @pytest.fixture
    def settings(self, cable: TicketCable) -> Settings:
        return {"port": str(cable.name), "answers": "none"}


def printer(opener: Opener, port: object, **settings: str) -> TicketPrinter:
    device = opener(DRIVER, {"port": str(port), **settings})
    assert isinstance(device, TicketPrinter)
    return device


def staged(cable: TicketCable, fault: str | None) -> None:
    cable.printer.stage.set(Scene(person=PERSON, fault=fault))


def came_out(cable: TicketCable) -> list[bool]:
    """Return of each ticket whether it came out whole; what was never ended counts once the cable is pulled."""
    return [bool(ticket["cut"]) for ticket in cable.printer.kept()]


@pytest.mark.parametrize("answers", ["status", "process"])
def test_a_ticket_that_was_worked_off_is_printed(opener: Opener, cable: TicketCable, answers: str) -> None:
    device = printer(opener, cable.name, answers=answers)

    results = [device.print(TICKET, timeout=LIMIT) for _ in range(2)]

    assert results == [Printed.PRINTED, Printed.PRINTED]
    assert came_out(cable) == [True, True]
    assert {"code": "KIOSK:0199A1", "centred": True} in cable.printer.kept()[0]["lines"]  # type: ignore[operator]


def test_over_tcp_it_is_the_same(opener: Opener, cable: TicketCable) -> None:
    cable.unplug()

    result = printer(opener, f"socket://127.0.0.1:{cable.printer.port}").print(TICKET, timeout=LIMIT)

    assert result is Printed.PRINTED
    assert came_out(cable) == [True]


@pytest.mark.parametrize(
    ("happened", "trouble", "told"),
    [
        ("paper_out", Trouble.PAPER_OUT, "put in a roll and print again"),
        ("cover_open", Trouble.COVER_OPEN, "close it and print again"),
        ("offline", Trouble.OFFLINE, "press its button and print again"),
        ("overheated", Trouble.PAUSED, "wait a minute and print again"),
        ("broken", Trouble.OTHER, "switch it off and on and print again"),
    ],
)
def test_a_printer_that_stands_still_is_sent_nothing(
    opener: Opener, cable: TicketCable, happened: str, trouble: Trouble, told: str
) -> None:
    device = printer(opener, cable.name)
    staged(cable, happened)

    status = device.status(timeout=LIMIT)
    with pytest.raises(RefusedError, match=told) as refused:
        device.print(TICKET, timeout=LIMIT)

    assert status.stops == {trouble}
    assert refused.value.reason == trouble
    cable.unplug()
    assert came_out(cable) == []


def test_a_roll_that_nears_its_end_is_told_and_prints(opener: Opener, cable: TicketCable) -> None:
    device = printer(opener, cable.name)
    staged(cable, "paper_low")

    result = device.print(TICKET, timeout=LIMIT)
    status = device.status(timeout=LIMIT)

    assert (result, status.troubles, status.stops) == (Printed.PRINTED, {Trouble.PAPER_LOW}, frozenset())


@pytest.mark.parametrize(
    ("happened", "reason", "cause"),
    [("paper_ends", "paper_out", "has no paper"), ("cutter_jam", "paper_jam", "cutter")],
)
def test_a_ticket_that_stopped_half_way_is_told_and_never_repeated(
    opener: Opener, cable: TicketCable, happened: str, reason: str, cause: str
) -> None:
    device = printer(opener, cable.name)
    staged(cable, happened)

    with pytest.raises(RefusedError, match=f"{cause}.*may not be whole.*throw away") as refused:
        device.print(TICKET, timeout=LIMIT)
    staged(cable, None)
    result = device.print(TICKET, timeout=LIMIT)

    assert refused.value.reason == reason
    assert result is Printed.PRINTED
    assert came_out(cable) == [False, True]


@pytest.mark.parametrize("answers", ["status", "process"])
def test_what_cannot_be_proven_is_unknown(opener: Opener, cable: TicketCable, answers: str) -> None:
    device = printer(opener, cable.name, answers=answers)
    staged(cable, "mute")

    assert device.print(TICKET, timeout=ENOUGH) is Printed.UNKNOWN
    assert came_out(cable) == [True]


def test_a_printer_without_a_way_back_tells_nothing_and_is_believed_nothing(
    opener: Opener, cable: TicketCable
) -> None:
    device = printer(opener, cable.name, answers="none")

    status = device.status(timeout=SHORT)
    result = device.print(TICKET, timeout=LIMIT)

    assert (status.told, status.troubles) == (False, frozenset())
    assert result is Printed.UNKNOWN


@pytest.mark.parametrize(
    ("misheard", "error", "told"),
    [("noise", WrongAnswerError, "answers with noise; check its speed"),
     ("nothing", TooLateError, "does not answer; check that it is switched on, its cable and its speed")],
)  # fmt: skip
def test_a_wrong_speed_is_told_as_such(
    opener: Opener, cable: TicketCable, misheard: str, error: type[DeviceError], told: str
) -> None:
    cable.misheard = misheard
    wrong = printer(opener, cable.name, baud="19200")

    for call in (wrong.print, lambda _, timeout: wrong.status(timeout=timeout)):
        with pytest.raises(error, match=told):
            call(TICKET, timeout=ENOUGH)
    wrong.close()

    assert printer(opener, cable.name).print(TICKET, timeout=LIMIT) is Printed.PRINTED
    assert came_out(cable) == [True]


@pytest.mark.parametrize(
    "unasked", [b"\x00", b"\x12", b"\x10\x00\x00\x00", b"\x11\x13", b"_EPS", b"\x80\xff"]
)
def test_what_came_unasked_is_no_answer(opener: Opener, cable: TicketCable, unasked: bytes) -> None:
    device = printer(opener, cable.name)
    cable.send(unasked)
    time.sleep(0.05)

    assert device.print(TICKET, timeout=LIMIT) is Printed.PRINTED


def test_an_endless_stream_of_answers_ends_with_the_time(opener: Opener, cable: TicketCable) -> None:
    device = printer(opener, cable.name)
    staged(cable, "silence")
    begun, stop = time.monotonic(), threading.Event()

    def babble() -> None:
        while not stop.wait(0.01):
            cable.send(b"\x00" * 64)

    babbling = threading.Thread(target=babble)
    babbling.start()

    with pytest.raises(TooLateError):
        device.status(timeout=ENOUGH)
    stop.set()
    babbling.join()

    assert time.monotonic() - begun < 2 * ENOUGH


def test_a_printer_that_was_unplugged_is_found_again_without_opening_anew(
    opener: Opener, cable: TicketCable
) -> None:
    device = printer(opener, cable.name)
    cable.unplug()

    for _ in range(2):
        with pytest.raises(NotConnectedError):
            device.print(TICKET, timeout=LIMIT)
    cable.plug()

    assert device.print(TICKET, timeout=LIMIT) is Printed.PRINTED


def test_a_printer_that_is_pulled_out_while_it_prints_is_told_with_the_ticket(
    opener: Opener, cable: TicketCable
) -> None:
    device = printer(opener, cable.name)
    staged(cable, "mute")
    pulling = threading.Timer(0.3, cable.unplug)
    pulling.start()

    with pytest.raises(NotConnectedError, match=r"while it printed.*look whether the ticket came out"):
        device.print(TICKET, timeout=LIMIT)
    pulling.join()


def test_close_from_another_thread_ends_a_print_that_waits(opener: Opener, cable: TicketCable) -> None:
    device = printer(opener, cable.name)
    staged(cable, "mute")
    threading.Timer(0.3, device.close).start()
    begun = time.monotonic()

    with pytest.raises(NotConnectedError):
        device.print(TICKET, timeout=LIMIT)

    assert time.monotonic() - begun < LIMIT / 2


def test_it_says_what_the_printer_says_of_itself(opener: Opener, cable: TicketCable) -> None:
    identity = printer(opener, cable.name).identity()

    assert (identity.make, identity.model, identity.serial, identity.firmware) == (
        "Kiosk simulators", "ticket printer", "SIM-0001", "1",
    )  # fmt: skip


def test_one_that_says_nothing_of_itself_is_called_by_its_place(opener: Opener, cable: TicketCable) -> None:
    identity = printer(opener, cable.name, answers="none").identity()

    assert identity.model == f"ESC/POS ticket printer at {cable.name}, 9600 baud"


def test_a_code_that_is_too_long_is_refused_before_anything_is_sent(
    opener: Opener, cable: TicketCable
) -> None:
    device = printer(opener, cable.name)

    with pytest.raises(NotSupportedError, match="shorten it"):
        device.print((*TICKET, TicketCode("x" * 300)), timeout=LIMIT)
    cable.unplug()

    assert came_out(cable) == []


def test_a_port_that_another_holds_is_busy(opener: Opener, cable: TicketCable) -> None:
    printer(opener, cable.name)

    with pytest.raises(BusyError):
        printer(opener, cable.name)


@pytest.mark.parametrize(
    "wrong",
    [{"port": ""}, {"baud": "fast"}, {"paper": "A4"}, {"columns": "9"}, {"columns": "many"}, {"letters": "utf-8"},
     {"cut": "twice"}, {"codes": "no"}, {"answers": "yes"}],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(
    opener: Opener, cable: TicketCable, wrong: dict[str, str]
) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        opener(DRIVER, {"port": str(cable.name), **wrong})
