"""Barcode and QR scanners on a serial line: text that ends with a mark."""

import time

from kiosk.devices.api import (
    Driver,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Setting,
    Settings,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.serial_line import PORT, STEP, LineSettings, SerialLine, at_port, find_ports, line_settings

ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t"}
LONGEST_CODE = 8192  # bytes; the largest QR code holds 7089 digits
REST_OF_CODE = 0.3  # seconds a code that has begun may take beyond the time limit
FIRST_PRINTABLE = " "
BAUD = "9600"
_BLANK = {
    **dict.fromkeys(b"123456789", ord("0")),
    **dict.fromkeys((*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)), ord("x")),
}


class SerialCodeScanner:
    """One scanner; a line that was lost is opened again by the next call."""

    def __init__(self, line: LineSettings, end: bytes) -> None:
        self._line = SerialLine(line)
        self._end = end
        self._buffer = bytearray()

    def connect(self) -> None:
        """Open the line; raises `NotConnectedError` or `BusyError`."""
        self._line.connect()

    def identity(self) -> Identity:
        return Identity("", f"serial code scanner at {self._line.port}, {self._line.baud} baud")

    def trace(self, to: Trace | None) -> None:
        self._line.trace(to)

    def read(self, *, timeout: float) -> str | None:
        deadline = time.monotonic() + timeout
        while (code := self._next_code()) is None:
            now = time.monotonic()
            if now >= deadline and not self._buffer:
                return None
            if now >= deadline + REST_OF_CODE:
                self._drop()
                raise WrongAnswerError(
                    "A code came without its end mark; check the setting `end` and scan again."
                )
            self._receive(min(STEP, max(0.01, deadline - now)))
        return code

    def close(self) -> None:
        self._buffer.clear()
        self._line.close()

    def _next_code(self) -> str | None:
        """Cut the first whole code off the buffer; lone end marks are skipped."""
        while (end := self._buffer.find(self._end)) >= 0:
            raw = bytes(self._buffer[:end]).strip(b"\r\n")
            del self._buffer[: end + len(self._end)]
            if raw:
                return self._text(raw)
        if bytes(self._buffer) in (
            b"\r",
            b"\n",
        ):  # the second half of a CR LF whose first half is the end mark
            self._buffer.clear()
        return None

    def _text(self, raw: bytes) -> str:
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = ""
        if not text or any(letter < FIRST_PRINTABLE and letter not in "\r\n\t\x1d" for letter in text):
            self._drop()  # whatever else was sent goes with the line
            raise WrongAnswerError("The scanner sent noise; check its speed (baud) and scan again.")
        return text

    def _receive(self, seconds: float) -> None:
        came = self._line.some(seconds)
        self._line.note(_masked(came), masked=True)
        self._buffer += came
        if len(self._buffer) > LONGEST_CODE:
            self._drop()
            raise WrongAnswerError(
                "The scanner sends without end; check its speed (baud) and the setting `end`."
            )

    def _drop(self) -> None:
        self._buffer.clear()
        self._line.drop()


def _masked(came: bytes) -> bytes:
    """Return the bytes with every digit of a code as 0 and every letter as x: what is damaged is still seen."""
    return bytes(_BLANK.get(byte, byte) for byte in came)


def _open(settings: Settings, person: Person) -> SerialCodeScanner:
    end = settings.get("end", "cr")
    if end not in ENDS:
        raise NotSupportedError(f"The setting end is one of {', '.join(ENDS)}.")
    scanner = SerialCodeScanner(line_settings("scanner", settings, baud=BAUD), ENDS[end])
    scanner.connect()
    return scanner


DRIVER = Driver(
    name="code_scanner.serial",
    kind=Kind.CODE_SCANNER,
    title="Barcode and QR scanner on a serial port",
    open=_open,
    settings=(
        PORT,
        Setting("baud", BAUD, "speed in bits a second, as in the scanner's manual"),
        Setting("end", "cr", "what ends a code: cr, lf, crlf or tab"),
    ),
    find=find_ports,
    at_port=at_port,
    ends_on_close=True,
)
