"""Barcode and QR scanners on a serial line: text that ends with a mark."""

import contextlib
import time

import serial

from kiosk.devices.api import (
    BusyError,
    Driver,
    Identity,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Setting,
    Settings,
    WrongAnswerError,
)

ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t"}
LONGEST_CODE = 8192  # bytes; the largest QR code holds 7089 digits
REST_OF_CODE = 0.3  # seconds a code that has begun may take beyond the time limit
FIRST_PRINTABLE = " "
STEP = 0.1  # seconds of one read, so that `close` is noticed


class SerialCodeScanner:
    """One scanner; a line that was lost is opened again by the next call."""

    def __init__(self, port: str, baud: int, end: bytes) -> None:
        self._port = port
        self._baud = baud
        self._end = end
        self._line: serial.Serial | None = None
        self._buffer = bytearray()
        self._closed = False

    def connect(self) -> serial.Serial:
        """Return the open line; raises `NotConnectedError` or `BusyError`."""
        if self._closed:
            raise NotConnectedError("The scanner was closed; open it again.")
        if self._line is None:
            try:
                self._line = serial.serial_for_url(self._port, self._baud, timeout=STEP, exclusive=True)
            except (serial.SerialException, OSError, ValueError) as error:  # ValueError: no such kind of port
                raise _named(error) from error
        return self._line

    def identity(self) -> Identity:
        return Identity("", f"serial code scanner at {self._port}, {self._baud} baud")

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
        self._closed = True
        self._drop()

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
        line = self.connect()
        try:
            line.timeout = seconds
            self._buffer += line.read(1)
            self._buffer += line.read(min(line.in_waiting, LONGEST_CODE))
        except (serial.SerialException, OSError, TypeError) as error:  # TypeError: closed while it reads
            self._drop()
            raise NotConnectedError("The scanner went away; plug it in again.") from error
        if len(self._buffer) > LONGEST_CODE:
            self._drop()
            raise WrongAnswerError(
                "The scanner sends without end; check its speed (baud) and the setting `end`."
            )

    def _drop(self) -> None:
        self._buffer.clear()
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(serial.SerialException, OSError):
                line.close()


def _named(error: Exception) -> BusyError | NotConnectedError:
    if "lock" in str(error) or "PermissionError" in str(error):
        return BusyError("Another program holds the scanner; close it.")
    return NotConnectedError("The scanner is not there; plug it in, or change its port in the settings.")


def _open(settings: Settings, person: Person) -> SerialCodeScanner:
    port, baud, end = settings.get("port", ""), settings.get("baud", "9600"), settings.get("end", "cr")
    if not port:
        raise NotSupportedError(
            "The setting port is empty; name the scanner's port, such as /dev/ttyUSB0 or COM3."
        )
    if not baud.isdecimal() or end not in ENDS:
        raise NotSupportedError(f"The setting baud is a number, the setting end one of {', '.join(ENDS)}.")
    scanner = SerialCodeScanner(port, int(baud), ENDS[end])
    scanner.connect()
    return scanner


DRIVER = Driver(
    name="code_scanner.serial",
    kind=Kind.CODE_SCANNER,
    title="Barcode and QR scanner on a serial port",
    open=_open,
    settings=(
        Setting("port", "", "serial port, such as /dev/ttyUSB0 or COM3"),
        Setting("baud", "9600", "speed in bits a second, as in the scanner's manual"),
        Setting("end", "cr", "what ends a code: cr, lf, crlf or tab"),
    ),
)
