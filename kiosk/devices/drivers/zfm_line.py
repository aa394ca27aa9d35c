"""The conversation with a ZFM-20, R30x or AS608 fingerprint module: one command, its answer, each in its time."""

import contextlib
import time
from collections.abc import Iterator

from kiosk.devices.api import (
    Image,
    RefusedError,
    TooLateError,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.zfm_packets import (
    HEAD,
    Code,
    Command,
    Packet,
    PacketKind,
    Parameters,
    blanked_rest,
    decode,
    encode,
    picture_of,
    read_parameters,
    rest_length,
)
from kiosk.devices.serial_line import LineSettings, SerialLine
from kiosk.devices.traces import blanked

ANSWER = 1.5  # seconds a module may take to answer
PACKET = 1.0  # seconds between two packets of a picture
HUSH = 2.0  # seconds a module may go on sending what nobody waits for any more
QUIET = 0.03  # seconds of silence after which it is heard
BITS = 10  # of a byte on the line
MOST_FRAMING = 1.35  # a picture on the line over its bytes, in the smallest packets
SPARE = 1.5  # how much longer than the line needs a picture may take


class ZfmLine:
    """One module; a line that was lost or fell out of step is opened again by the next call.

    Each method raises `NotConnectedError`, `BusyError`, `TooLateError` or `WrongAnswerError`.
    """

    def __init__(self, settings: LineSettings) -> None:
        self._line = SerialLine(settings)
        self._baud = settings.baud

    def connect(self) -> None:
        """Open the line; nothing is said on it yet."""
        self._line.connect()

    def trace(self, to: Trace | None) -> None:
        """Note there what goes over the line, pictures and password blanked."""
        self._line.trace(to)

    def close(self) -> None:
        """Let go of the line for good."""
        self._line.close()

    def verify(self, password: bytes) -> None:
        """Begin a conversation; raises `RefusedError` (`password`) when the module wants another one."""
        with self._in_step():
            self._hush()
            try:
                code = self._ask(Command.VERIFY_PASSWORD, password)[0]
            except TooLateError as error:
                raise TooLateError(
                    "The fingerprint module does not answer; check its power, its cable and its speed (baud)."
                ) from error
        if code == Code.WRONG_PASSWORD:
            raise RefusedError(
                "The fingerprint module wants another password; enter it in the settings.", reason="password"
            )
        self._expect(code, Code.DONE)

    def parameters(self) -> Parameters:
        """Return what the module says of itself."""
        with self._in_step():
            code, told = self._ask(Command.READ_PARAMETERS)
            self._expect(code, Code.DONE)
            return read_parameters(told)

    def touch(self) -> Code:
        """Let the module look at its sensor; returns `DONE`, `NO_FINGER` or `NOT_MADE_OUT`."""
        with self._in_step():
            code = self._ask(Command.TAKE_PICTURE)[0]
            self._expect(code, Code.DONE, Code.NO_FINGER, Code.NOT_MADE_OUT)
        return Code(code)

    def picture(self, width: int, height: int) -> Image:
        """Return what the module saw last."""
        with self._in_step():
            self._expect(self._ask(Command.SEND_PICTURE)[0], Code.DONE)
            until = time.monotonic() + self.picture_seconds(width, height)
            return picture_of(self._data(width * height // 2, until), width, height)

    def picture_seconds(self, width: int, height: int) -> float:
        """Return how long a picture may take on the line."""
        return PACKET + SPARE * MOST_FRAMING * (width * height // 2) * BITS / self._baud

    def _data(self, size: int, until: float) -> bytes:
        found = bytearray()
        while True:
            packet = self._packet(min(until, time.monotonic() + PACKET), picture=True)
            if packet.kind not in (PacketKind.DATA, PacketKind.LAST_DATA):
                raise WrongAnswerError("The fingerprint module broke off its picture; take it again.")
            found += packet.content
            if len(found) > size:
                raise WrongAnswerError(
                    "The fingerprint module sends more than a picture; check the setting size."
                )
            if packet.kind is PacketKind.LAST_DATA:
                return bytes(found)

    def _ask(self, command: Command, content: bytes = b"") -> tuple[int, bytes]:
        """Return the answer's code and what follows it."""
        told = encode(PacketKind.COMMAND, bytes([command]) + bytes(len(content))) if content else None
        self._line.write(encode(PacketKind.COMMAND, bytes([command]) + content), told=told)
        packet = self._packet(time.monotonic() + ANSWER)
        if packet.kind is not PacketKind.ANSWER or not packet.content:
            raise WrongAnswerError(
                "The fingerprint module answers something else than it was asked; try again."
            )
        return packet.content[0], packet.content[1:]

    def _packet(self, deadline: float, *, picture: bool = False) -> Packet:
        head = self._line.exactly(HEAD.size, deadline)
        try:
            length = rest_length(head)
        except WrongAnswerError:
            self._line.note(blanked(head) if picture else head, masked=picture)
            raise
        self._line.note(head)
        rest = self._line.exactly(length, deadline)
        self._line.note(blanked_rest(head, rest) if picture else rest, masked=picture)
        return decode(head, rest)

    def _hush(self) -> None:
        """Wait until nothing comes any more, such as the rest of a picture that was given up."""
        until = time.monotonic() + HUSH
        while came := self._line.some(QUIET):
            self._line.note(blanked(came), masked=True)
            if time.monotonic() > until:
                raise WrongAnswerError(
                    "The fingerprint module sends without being asked; unplug it and plug it in again."
                )

    def _expect(self, code: int, *allowed: Code) -> None:
        if code == Code.NOT_UNDERSTOOD:
            raise WrongAnswerError(
                "The fingerprint module did not understand; check its cable and try again."
            )
        if code not in allowed:
            raise WrongAnswerError(f"The fingerprint module reports the fault {code:#04x}; try again.")

    @contextlib.contextmanager
    def _in_step(self) -> Iterator[None]:
        """Drop the line when question and answer no longer fit together."""
        try:
            yield
        except (TooLateError, WrongAnswerError):
            self._line.drop()
            raise
