"""A serial line as every driver of a serial device has it: bounded reads, named errors, found again after a loss."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

import serial
from serial.tools import list_ports

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Found,
    NotConnectedError,
    NotSupportedError,
    Setting,
    Settings,
    TooLateError,
)
from kiosk.devices.traces import Trace, Way, blanked

PORT = Setting(
    "port", "", "serial port, such as /dev/ttyUSB0 or COM3, or an address such as socket://host:port"
)
STEP = 0.1  # seconds of one read, so that `close` is noticed
MOST_AT_ONCE = 1 << 16  # bytes of one read
MOST_BAUD = 4_000_000
MOST_STALE = 1 << 20  # bytes thrown away before a request; a line that gives more sends without end
_PORT_ERRORS: tuple[type[Exception], ...] = (serial.SerialException, OSError)
with contextlib.suppress(ImportError):  # on Windows
    import termios

    _PORT_ERRORS = (*_PORT_ERRORS, termios.error)
# The last three: closed by another thread, pyserial goes on with fields that are empty by then.
_GONE: tuple[type[Exception], ...] = (*_PORT_ERRORS, TypeError, ValueError, AttributeError)
_NOT_THERE: tuple[type[Exception], ...] = (*_PORT_ERRORS, ValueError)  # ValueError: no such kind of port
_PARITIES: Mapping[str, str] = {
    "none": serial.PARITY_NONE,
    "odd": serial.PARITY_ODD,
    "even": serial.PARITY_EVEN,
}


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Where a serial device is and how it speaks; `name` is what sentences call it, such as `signature pad`."""

    name: str
    port: str
    baud: int
    parity: str = "none"
    data_bits: int = 8


class SerialLine:
    """One line.  It is opened by the first use and again by the first use after it was lost.

    Every read and write raises `NotConnectedError` when the device went away, and `BusyError` when another program
    holds the port.  One thread uses it; `close` may come from any and ends a read that waits.
    """

    def __init__(self, settings: LineSettings) -> None:
        self._settings = settings
        self._line: serial.Serial | None = None
        self._trace: Trace | None = None
        self._closed = False

    @property
    def port(self) -> str:
        """The port or address of the line."""
        return self._settings.port

    @property
    def baud(self) -> int:
        """Bits a second."""
        return self._settings.baud

    def trace(self, to: Trace | None) -> None:
        """Note there what goes over the line from now on."""
        self._trace = to

    def connect(self) -> None:
        """Open the line unless it is open."""
        self._connected()

    def some(self, seconds: float) -> bytes:
        """Return what has come, at least one byte, or nothing when none came within `seconds`; at most 64 KiB.

        The trace is told by whoever knows what is a capture in it (`note`).
        """
        line = self._connected()
        try:
            line.timeout = max(0.0, seconds)
            first = line.read(1)
            line.timeout = 0.0  # of an address nobody knows how much waits there
            return first + line.read(MOST_AT_ONCE - 1) if first else b""
        except _GONE as error:
            raise self._lost() from error

    def exactly(self, count: int, deadline: float) -> bytes:
        """Return so many bytes; raises `TooLateError` when they are not there at that moment of the monotonic clock."""
        found = bytearray()
        while len(found) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                self.note(blanked(bytes(found)), masked=True)
                raise TooLateError(f"The {self._settings.name} did not answer in time; try again.")
            found += self._at_most(count - len(found), min(STEP, left))
        return bytes(found)

    def write(self, content: bytes, *, told: bytes | None = None) -> None:
        """Send bytes; they are with the system then, not yet with the device.

        told: as many bytes that a trace may hold in their place, where they say something of a person.
        """
        line = self._connected()
        try:
            line.write(content)
        except _GONE as error:
            raise self._lost() from error
        if self._trace is not None:
            self._trace.sent(content if told is None else told, masked=told is not None)

    def note(self, content: bytes, *, masked: bool = False) -> None:
        """Tell the trace, if there is one, what came."""
        if self._trace is not None and content:
            self._trace.came(content, masked=masked)

    def forget(self) -> None:
        """Throw away what came unasked, such as the rest of an answer nobody waited for; bounded in size and time."""
        thrown = 0
        while thrown < MOST_STALE and (stale := self.some(0)):
            self.note(blanked(stale), masked=True)
            thrown += len(stale)

    def drop(self) -> None:
        """Close the line until its next use."""
        line, self._line = self._line, None
        if line is None:
            return
        behind = getattr(line, "_socket", None)  # pyserial leaves it open when its peer has reset it
        with contextlib.suppress(serial.SerialException, OSError):
            line.close()
        if behind is not None:
            behind.close()
        if self._trace is not None:
            self._trace.line(Way.CLOSED)

    def close(self) -> None:
        """Close the line for good; a second call does nothing."""
        self._closed = True
        self.drop()

    def _at_most(self, count: int, seconds: float) -> bytes:
        line = self._connected()
        try:
            line.timeout = seconds
            return bytes(line.read(min(count, MOST_AT_ONCE)))
        except _GONE as error:
            raise self._lost() from error

    def _connected(self) -> serial.Serial:
        known = self._settings
        if self._closed:
            raise NotConnectedError(f"The {known.name} was closed; open it again.")
        if self._line is None:
            try:
                opened = serial.serial_for_url(
                    known.port,
                    known.baud,
                    bytesize=known.data_bits,
                    parity=_PARITIES[known.parity],
                    timeout=STEP,
                    write_timeout=1.0,
                    exclusive=True,
                )
            except _NOT_THERE as error:
                raise self._named(error) from error
            self._line = self._set_up(opened)
            if self._trace is not None:
                self._trace.line(Way.OPENED)
        return self._line

    def _set_up(self, opened: serial.Serial) -> serial.Serial:
        """Return the line once it is sure that it can be set as it was asked: a port may not know a parity."""
        try:
            opened.timeout = 0.0
        except _PORT_ERRORS as error:
            opened.close()
            name, parity = self._settings.name, self._settings.parity
            raise NotSupportedError(
                f"The port of the {name} cannot do parity {parity}; change the setting parity, or the port."
            ) from error
        return opened

    def _lost(self) -> NotConnectedError:
        if self._trace is not None:
            self._trace.line(Way.LOST)
        self.drop()
        return NotConnectedError(f"The {self._settings.name} went away; plug it in again.")

    def _named(self, error: Exception) -> DeviceError:
        name = self._settings.name
        if "lock" in str(error) or "PermissionError" in str(error):
            return BusyError(f"Another program holds the {name}; close it.")
        return NotConnectedError(f"The {name} is not there; plug it in, or change its port in the settings.")


def line_settings(name: str, settings: Settings, *, baud: str, parity: str = "none") -> LineSettings:
    """Return the line's settings; raises `NotSupportedError` for an empty port, a baud or a parity that is none."""
    port = settings.get("port", "")
    given, odd = settings.get("baud", baud), settings.get("parity", parity)
    if not port:
        raise NotSupportedError(
            f"The setting port is empty; name the port of the {name}, such as /dev/ttyUSB0 or COM3."
        )
    if not given.isdecimal() or not 0 < int(given) <= MOST_BAUD or odd not in _PARITIES:
        raise NotSupportedError(
            f"The setting baud is a number, the setting parity one of {', '.join(_PARITIES)}."
        )
    return LineSettings(name, port, int(given), odd)


def at_port(port: int) -> Settings:
    """Return the setting of a line that a trace is played back at."""
    return {"port": f"socket://127.0.0.1:{port}"}


def find_ports() -> tuple[Found, ...]:
    """Return the serial ports of this machine that a device hangs on, each with the setting that opens it."""
    ports = sorted(list_ports.comports(), key=lambda port: port.device)
    return tuple(
        Found(port.description or port.device, {"port": port.device}) for port in ports if port.hwid != "n/a"
    )
