"""The IPP printer on a queue of cups-pdf: for a counter without a printer; others convert what it is given."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.places import RESOURCES
from kiosk.devices.api import Found, PagePrinter, Printed, RefusedError
from kiosk.devices.drivers.printer_cups import find_queues
from kiosk.documents.typeface import load_typeface
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT
from tests.devices.contract_paper import PagePrinterContract
from tests.devices.lacking import needs_program
from tests.devices.real_printers import pdf_queue, taken_pdf
from tests.documents.made_papers import made, person, photo_of

pytestmark = pytest.mark.timeout(90)

DRIVER = "page_printer.cups"
QUEUE = "berkas"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with pdf_queue(QUEUE) as address:
        yield address


class TestPdfQueue(PagePrinterContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, server: str) -> dict[str, str]:
        return {"printer": QUEUE, "server": server}


def opened(opener: Opener, server: str) -> PagePrinter:
    device = opener(DRIVER, {"printer": QUEUE, "server": server})
    assert isinstance(device, PagePrinter)
    return device


def test_the_queue_is_found_by_its_name(server: str) -> None:
    assert find_queues(server) == (Found(QUEUE, {"printer": QUEUE}),)


def test_a_certificate_comes_out_with_its_words_and_its_letters_embedded(
    opener: Opener, server: str, tmp_path: Path
) -> None:
    load_typeface(RESOURCES)
    paper, title = made(person(), photo=photo_of(1)), f"surat{os.getpid()}"

    result = opened(opener, server).print(paper.pdf, title=title, copies=1, timeout=30)

    assert result is Printed.PRINTED
    path = tmp_path / "out.pdf"
    path.write_bytes(taken_pdf(title))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    for part in (paper.seal.nik, paper.seal.name, paper.seal.number, paper.paper.seal.code):
        assert part in text
    fonts = subprocess.run(
        ["pdffonts", path], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_a_queue_that_was_stopped_takes_nothing_and_says_so(opener: Opener, server: str) -> None:
    device = opened(opener, server)
    subprocess.run([needs_program("cupsdisable", "cups-client"), "-h", server, QUEUE], check=True)
    try:
        assert device.status(timeout=LIMIT).stops
        with pytest.raises(RefusedError):
            device.print(made(person()).pdf, title="tertahan", copies=1, timeout=5)
    finally:
        subprocess.run([needs_program("cupsenable", "cups-client"), "-h", server, QUEUE], check=True)

    assert not device.status(timeout=LIMIT).stops
