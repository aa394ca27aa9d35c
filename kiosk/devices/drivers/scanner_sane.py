"""Flatbed and feeder scanners that SANE knows."""

from collections.abc import Mapping

import numpy as np

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Driver,
    Found,
    Identity,
    Image,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Pictures,
    RefusedError,
    Setting,
    Settings,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.library_messages import Message
from kiosk.devices.drivers.library_process import Library, LibraryProcess, asked_once

LIBRARY = Library("scanner", "kiosk.devices.drivers.sane_process", "python-sane")
STOPPING = 1.5  # seconds a scanner may take beyond the time limit until it has stopped
OPEN_LIMIT = 15.0  # seconds for finding scanners, those on a slow bus included
FIND_LIMIT = 1.5
MOST_PPI = 1200
COLOURS = 3

ABSENT = "The scanner is not there; check its cable and its power, or change its name in the settings."
LATE = "The scanner did not finish the page in time; scan again."
ENDLESS = "The scanner sends a page without end; switch it off and on."
CUT = "The scanner sent only a part of the page; scan again."

# SANE tells its status codes as sentences.
_REFUSALS: Mapping[str, tuple[str, str]] = {
    "Document feeder out of documents": ("feeder_empty", "The feeder is empty; lay the paper in it."),
    "Document feeder jammed": ("jam", "The paper is jammed; open the feeder and take it out."),
    "Scanner cover is open": ("cover_open", "The scanner's cover is open; close it."),
    "Access to resource has been denied": (
        "not_allowed",
        "The system does not let this user use the scanner; ask a technician to allow it.",
    ),
}
_ERRORS: Mapping[str, tuple[type[DeviceError], str]] = {
    "Device busy": (BusyError, "Another program holds the scanner; close it, or wait."),
    "Error during device I/O": (
        NotConnectedError,
        "The scanner went away while it was used; check its cable and its power.",
    ),
    "Operation not supported": (NotSupportedError, "The scanner cannot scan this way; change its settings."),
    "Operation was canceled": (WrongAnswerError, "The scan was ended at the scanner; scan again."),
    "Operation was cancelled": (WrongAnswerError, "The scan was ended at the scanner; scan again."),
    "Out of memory": (BusyError, "There is not enough memory for a scan; close other programs."),
}
_OTHERS: Mapping[str, tuple[type[DeviceError], str]] = {
    "absent": (NotConnectedError, ABSENT),
    "late": (TooLateError, LATE),
    "endless": (WrongAnswerError, ENDLESS),
    "cut": (WrongAnswerError, CUT),
}


class SaneScanner:
    """One scanner, by its name or the first there is; found again by the next call after it was lost."""

    def __init__(self, device: str, source: str) -> None:
        self._device = device
        self._source = source
        self._process = LibraryProcess(LIBRARY)

    def connect(self) -> None:
        """See that the scanner is there; raises `NotConnectedError`."""
        self.identity()

    def identity(self) -> Identity:
        told = _answered(self._process.ask(OPEN_LIMIT, do="identity", device=self._device))
        found = told.fields["device"]
        assert isinstance(found, list)
        _, make, model = map(str, found)
        return Identity(make, model)

    def scan(self, *, ppi: int, timeout: float) -> Pictures:
        """Return one page, A4 or what the glass holds of it; `ppi` is the next one the scanner has, as it tells.

        A scan that lasts longer is stopped; that takes `STOPPING` seconds at most beyond `timeout`.
        """
        if not 1 <= ppi <= MOST_PPI:
            raise NotSupportedError(
                f"Scans have 1 to {MOST_PPI} pixels an inch, not {ppi}; ask for another resolution."
            )
        wanted = {"device": self._device, "source": self._source, "ppi": ppi, "seconds": timeout}
        told = _answered(self._process.ask(timeout + STOPPING, do="scan", **wanted))
        return Pictures((("page", page_in(told)),), ppi=int(told.number("ppi")))

    def close(self) -> None:
        self._process.close()


def page_in(told: Message) -> Image:
    """Return the page an answer holds, RGB; raises `WrongAnswerError` when it is none or a part of one."""
    width, height, samples = (int(told.number(key)) for key in ("width", "height", "samples"))
    whole = (
        width > 0 and height > 0 and samples in (1, COLOURS) and len(told.body) == width * height * samples
    )
    if not whole:
        raise WrongAnswerError(CUT)
    pixels = np.frombuffer(told.body, np.uint8).reshape(height, width, samples)
    return np.repeat(pixels, COLOURS, axis=2) if samples == 1 else pixels


def error_of(sentence: str) -> DeviceError:
    """Return what a status of SANE means to a person."""
    if sentence in _REFUSALS:
        reason, text = _REFUSALS[sentence]
        return RefusedError(text, reason=reason)
    kind, text = _ERRORS.get(
        sentence, (WrongAnswerError, f"The scanner failed ({sentence}); switch it off and on.")
    )
    return kind(text)


def _answered(told: Message) -> Message:
    if "error" in told.fields:
        raise error_of(told.text("error"))
    for key, (kind, sentence) in _OTHERS.items():
        if key in told.fields:
            raise kind(sentence)
    if "sources" in told.fields:
        known = told.fields["sources"]
        assert isinstance(known, list)
        raise NotSupportedError(f"The setting source is one of: {', '.join(map(str, known)) or 'none'}.")
    return told


def _find() -> tuple[Found, ...]:
    try:
        devices = _answered(asked_once(LIBRARY, FIND_LIMIT, do="devices")).fields["devices"]
    except DeviceError:
        return ()
    assert isinstance(devices, list)
    return tuple(Found(f"{make} {model}", {"device": str(name)}) for name, make, model in devices)


def _open(settings: Settings, person: Person) -> SaneScanner:
    scanner = SaneScanner(settings.get("device", ""), settings.get("source", ""))
    try:
        scanner.connect()
    except DeviceError:
        scanner.close()
        raise
    return scanner


DRIVER = Driver(
    name="document_scanner.sane",
    kind=Kind.DOCUMENT_SCANNER,
    title="Flatbed or feeder scanner (SANE)",
    open=_open,
    settings=(
        Setting("device", "", "the scanner's name in SANE; empty: the first there is"),
        Setting("source", "", "where the paper lies, in the scanner's own words, such as Flatbed or ADF"),
    ),
    find=_find,
    ends_on_close=True,
)
