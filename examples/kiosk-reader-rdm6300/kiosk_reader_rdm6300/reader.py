"""Card readers for 125 kHz that send the number of a card as long as it lies there (RDM6300 and its kin).

A frame has 14 bytes: STX, ten hexadecimal letters of the card, two of their checksum (exclusive or of the five bytes),
ETX; 9600 bits a second.  Such a card has no chip that answers: its number is all there is.
"""

import time

from kiosk.devices.api import Card, Driver, Identity, Kind, Person, Setting, Settings, Trace, WrongAnswerError
from kiosk.devices.serial_line import PORT, STEP, LineSettings, SerialLine, find_ports, line_settings

STX, ETX = b"\x02", b"\x03"
FRAME, LETTERS = 14, 12
BAUD = "9600"
LONGEST = 4096  # bytes without a frame: this is no such reader


class Rdm6300:
    """One reader; a line that was lost is opened again by the next call."""

    def __init__(self, line: LineSettings) -> None:
        self._line = SerialLine(line)

    def connect(self) -> None:
        """Open the line; raises `NotConnectedError` or `BusyError`."""
        self._line.connect()

    def identity(self) -> Identity:
        """Return what is known: the reader tells nothing of itself."""
        return Identity("", f"125 kHz card reader at {self._line.port}")

    def trace(self, to: Trace | None) -> None:
        """Note there what goes over the line from now on."""
        self._line.trace(to)

    def card(self, *, timeout: float) -> Card | None:
        """Return the card that lies there, or None when none came in time; raises `WrongAnswerError` for noise."""
        deadline, came = time.monotonic() + timeout, bytearray()
        while (frame := _frame(came)) is None:
            left = deadline - time.monotonic()
            if left <= 0 and not came:
                return None
            if left <= 0 or len(came) > LONGEST:
                self._line.drop()
                raise WrongAnswerError("The card reader sends noise; check its speed (baud) and try again.")
            some = self._line.some(min(STEP, max(0.01, left)))
            self._line.note(bytes(len(some)), masked=True)  # whose card it is belongs in no trace
            came += some
        return Card(b"", _number(frame))

    def close(self) -> None:
        """Close the line; a second call does nothing."""
        self._line.close()


def _frame(came: bytearray) -> bytes | None:
    """Return the letters of the first whole frame; what stands before its beginning was cut and is left out."""
    begin = came.find(STX)
    whole = bytes(came[begin : begin + FRAME]) if begin >= 0 else b""
    return whole[1:-1] if len(whole) == FRAME else None


def _number(letters: bytes) -> bytes:
    try:
        told = bytes.fromhex(letters.decode("ascii"))
    except ValueError as error:
        raise WrongAnswerError("The card reader sent no number; lay the card down again.") from error
    number, checksum = told[:-1], told[-1]
    for byte in number:
        checksum ^= byte
    if checksum:
        raise WrongAnswerError("The number of the card came damaged; lay the card down again.")
    return number


def _open(settings: Settings, person: Person) -> Rdm6300:
    reader = Rdm6300(line_settings("card reader", settings, baud=BAUD))
    reader.connect()
    return reader


DRIVER = Driver(
    name="card_reader.rdm6300",
    kind=Kind.CARD_READER,
    title="125 kHz card reader on a serial port (RDM6300)",
    open=_open,
    settings=(PORT, Setting("baud", BAUD, "speed in bits a second, as in the reader's manual")),
    find=find_ports,
)
