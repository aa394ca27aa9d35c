"""Setting up devices: found, nothing found, still looking, a setting that cannot stand, the longest driver."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from kiosk.devices.api import Found, Kind
from kiosk.devices.registry import load
from kiosk.domain.findings import Finding
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.errors import SettingsUnkeptError
from kiosk.services.kit import DeviceChoice
from kiosk.services.setting_up import DriverView, KindView, Look
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.device_setup import DeviceSetUpPage
from kiosk.ui.pages.device_setup_state import SetUpState
from kiosk.ui.troubles import trouble_of
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import framed

_DRIVERS = {
    Kind.CAMERA: "camera.opencv", Kind.FINGERPRINT: "fingerprint.zfm", Kind.IRIS: "iris.sbi",
    Kind.SIGNATURE: "signature.topaz", Kind.CARD_READER: "card_reader.pcsc", Kind.CODE_SCANNER: "",
    Kind.DOCUMENT_SCANNER: "document_scanner.sane", Kind.TICKET_PRINTER: "ticket_printer.escpos",
    Kind.PAGE_PRINTER: "page_printer.cups",
}  # fmt: skip
_LONG = (
    "USB-Serial Controller D (Prolific Technology, Inc.) pada hub di belakang meja petugas loket kecamatan"
)


def _driver(name: str) -> DriverView:
    known = load(name)
    return DriverView(known.name, known.title, known.settings, known.simulated)


def _fingers() -> KindView:
    names = ("fingerprint.sbi", "fingerprint.simulated", "fingerprint.simulated_sbi", "fingerprint.zfm")
    broken = DriverView("fingerprint.bersama", "fingerprint.bersama", error="It cannot be loaded here.")
    choice = DeviceChoice("fingerprint.zfm", {"port": "/dev/ttyUSB0"})
    return KindView(Kind.FINGERPRINT, choice, (broken, *map(_driver, names)))


def _tickets() -> KindView:
    choice = DeviceChoice("ticket_printer.escpos", {"port": "socket://192.0.2.40:9100", "paper": "58"})
    names = ("ticket_printer.escpos", "ticket_printer.simulated")
    return KindView(Kind.TICKET_PRINTER, choice, tuple(map(_driver, names)))


_PORTS = (
    Look("fingerprint.sbi"),
    Look("fingerprint.zfm", (
        Found("CP2102N USB to UART Bridge", {"port": "/dev/ttyUSB0"}),
        Found(_LONG, {"port": "/dev/serial/by-id/usb-Prolific_Technology_Inc._USB-Serial_Controller_D-if00-port0"}),
    )),
)  # fmt: skip


def _state(view: KindView) -> SetUpState:
    return SetUpState(_DRIVERS, view.kind, view)


def _page(words: Words, state: SetUpState) -> QWidget:
    page = DeviceSetUpPage(words)
    page.show_state(state)
    return framed(words, page, place=DEVICES, role=Role.TECHNICIAN)


def _wrong(words: Words) -> SetUpState:
    finding = Finding.error("setup.setting_unreadable", "baud", setting="baud")
    trouble = trouble_of(SettingsUnkeptError("no space left"), words)
    return replace(
        _state(_fingers()), findings=(finding,), trouble=(trouble.head, trouble.rest), looks=_PORTS
    )


SHOTS = (
    Shot("setup-found", lambda words: _page(words, replace(_state(_fingers()), looks=_PORTS))),
    Shot("setup-looking", lambda words: _page(words, replace(_state(_tickets()), is_looking=True))),
    Shot("setup-nothing", lambda words: _page(words, _state(_tickets()))),
    Shot("setup-wrong", lambda words: _page(words, _wrong(words))),
    Shot("setup-none", lambda words: _page(words, _state(KindView(Kind.CODE_SCANNER, None, ())))),
)
