"""Our tickets before a printer that others wrote: its paper, its codes, its answers and its faults."""

import sys
from collections.abc import Iterator

import pytest
import zxingcpp

from kiosk.devices.api import Printed, RefusedError, Settings, Ticket, TicketPrinter, TicketText, Trouble
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT
from tests.devices.contract_paper import TICKET, TicketPrinterContract
from tests.devices.emupos import NARROW, PROGRAM, Emupos, running, running_out
from tests.devices.lacking import needs

DRIVER = "ticket_printer.escpos"
CODE = "KIOSK:0199A1"

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(sys.platform == "win32", reason="emupos is prepared by a script of the shell"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emupos]:
    needs("emupos (sh scripts/emupos.sh; it wants Python 3.13)", met=PROGRAM.exists())
    with running(tmp_path_factory.mktemp("emupos")) as started:
        yield started


@pytest.fixture
def emupos(program: Emupos) -> Emupos:
    program.clear()
    return program


class TestEmuposOnTcp(TicketPrinterContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, emupos: Emupos) -> Settings:
        return {"port": f"socket://127.0.0.1:{emupos.wide}"}


class TestEmuposOnATerminal(TicketPrinterContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, emupos: Emupos) -> Settings:
        return {"port": str(emupos.terminal)}


@pytest.fixture(params=["tcp", "terminal"])
def printer(request: pytest.FixtureRequest, opener: Opener, emupos: Emupos) -> TicketPrinter:
    port = f"socket://127.0.0.1:{emupos.wide}" if request.param == "tcp" else str(emupos.terminal)
    device = opener(DRIVER, {"port": port})
    assert isinstance(device, TicketPrinter)
    return device


def test_a_ticket_is_printed_with_its_text_and_its_code_is_read(
    printer: TicketPrinter, emupos: Emupos
) -> None:
    result = printer.print(TICKET, timeout=LIMIT)

    (found,) = zxingcpp.read_barcodes(emupos.picture())
    assert result is Printed.PRINTED
    assert emupos.tickets() == [
        "KECAMATAN GRINGSING\nA-017\nSimpan karcis ini sampai dipanggil; bawa KK dan\nsurat pengantar.\n\n"
        f"[qr {CODE}]\n"
    ]
    assert found.text == CODE


def test_letters_of_the_page_come_out_as_they_are(printer: TicketPrinter, emupos: Emupos) -> None:
    ticket: Ticket = (TicketText("Désy Ñanda", bold=True), TicketText("Nur’aini – Đức"))

    printer.print(ticket, timeout=LIMIT)

    assert emupos.tickets() == ["Désy Ñanda\nNur'aini - Duc\n"]


def test_it_names_itself(printer: TicketPrinter) -> None:
    identity = printer.identity()

    assert (identity.make, identity.model) == ("EPSON", "TM-T20III")


def test_a_code_sent_as_a_picture_is_read_from_narrow_paper(opener: Opener, emupos: Emupos) -> None:
    device = opener(
        DRIVER,
        {"port": f"socket://127.0.0.1:{emupos.narrow}", "paper": "58", "codes": "picture", "cut": "full"},
    )
    assert isinstance(device, TicketPrinter)

    result = device.print(TICKET, timeout=LIMIT)

    (found,) = zxingcpp.read_barcodes(emupos.picture(NARROW))
    assert result is Printed.PRINTED
    assert found.text == CODE
    assert emupos.tickets(NARROW)[0].splitlines()[2] == "Simpan karcis ini sampai"


def test_paper_that_nears_its_end_is_told_and_prints(printer: TicketPrinter, emupos: Emupos) -> None:
    emupos.fault("paper-near-end")

    status = printer.status(timeout=LIMIT)
    result = printer.print(TICKET, timeout=LIMIT)

    assert status.troubles == {Trouble.PAPER_LOW}
    assert result is Printed.PRINTED


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("paper-out", Trouble.PAPER_OUT),
        ("cover-open", Trouble.COVER_OPEN),
        ("offline", Trouble.OFFLINE),
    ],
)
def test_a_printer_that_stands_still_is_sent_nothing_and_prints_when_it_is_mended(
    printer: TicketPrinter, emupos: Emupos, name: str, trouble: Trouble
) -> None:
    emupos.fault(name)

    stops = printer.status(timeout=LIMIT).stops
    with pytest.raises(RefusedError) as refused:
        printer.print(TICKET, timeout=LIMIT)
    emupos.fault(name, set_to=False)
    result = printer.print(TICKET, timeout=LIMIT)

    assert stops == {trouble}
    assert refused.value.reason == trouble
    assert result is Printed.PRINTED
    assert len(emupos.tickets()) == 1


def test_paper_that_ends_half_way_is_told_and_the_ticket_is_not_sent_again(
    opener: Opener, emupos: Emupos
) -> None:
    with running_out(emupos, after=60) as port:
        device = opener(DRIVER, {"port": f"socket://127.0.0.1:{port}"})
        assert isinstance(device, TicketPrinter)

        with pytest.raises(RefusedError, match="may not be whole") as refused:
            device.print(TICKET, timeout=LIMIT)
        device.close()

    unfinished = emupos.tickets()
    emupos.fault("paper-out", set_to=False)
    assert refused.value.reason == Trouble.PAPER_OUT
    assert unfinished == []
    assert len(emupos.tickets()) == 1


def test_a_printer_that_knows_no_process_ids_prints_nothing_strange_and_is_not_believed(
    opener: Opener, emupos: Emupos
) -> None:
    device = opener(DRIVER, {"port": f"socket://127.0.0.1:{emupos.wide}", "answers": "process"})
    assert isinstance(device, TicketPrinter)

    result = device.print(TICKET[:1], timeout=1.0)

    assert result is Printed.UNKNOWN
    assert emupos.tickets() == ["KECAMATAN GRINGSING\n"]
