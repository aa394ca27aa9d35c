"""The talk with a ticket printer: one question at a time, and what came unasked kept out of the answers."""

import time
from enum import StrEnum

from kiosk.devices.api import PrinterStatus, TooLateError, Trace, WrongAnswerError
from kiosk.devices.drivers.escpos_status import QUESTIONS, Answer, Said, split_answers, troubles_of
from kiosk.devices.serial_line import STEP, LineSettings, SerialLine

SILENT = "The ticket printer does not answer; check that it is switched on, its cable and its speed (baud)"
_STATUS = b"\x10\x04"  # DLE EOT: answered at once, whatever it is doing
_SENSOR = b"\x1dr\x01"  # GS r: answered when what was sent before has been worked off
_PROCESS = b"\x1d(H\x06\x0000"  # GS ( H: the same, and on an Epson TM only once it is on the paper
_PROCESS_HEAD = b'7"'
_NAME, _NAME_HEAD = b"\x1dI", b"_"
_NAME_LIMIT = 0.5
_AT_ONCE = 256  # bytes of one write: at 2400 baud a write has a second for as many
_MOST_JOBS = 10_000


class WayBack(StrEnum):
    """What tells that a ticket has been printed, as the setting `answers` names it."""

    STATUS = "status"
    PROCESS = "process"
    NONE = "none"


class PrinterLine:
    """One printer's line; what it raises is named as by `SerialLine`, and `WrongAnswerError` for noise.

    proven: whether the answer that was asked for behind the ticket has come.
    """

    def __init__(self, line: LineSettings, way_back: WayBack) -> None:
        self.proven = False
        self.way_back = way_back
        self._line = SerialLine(line)
        self._rest = b""
        self._jobs = 0

    @property
    def place(self) -> str:
        """Where the printer is."""
        return f"{self._line.port}, {self._line.baud} baud"

    def trace(self, to: Trace | None) -> None:
        """Note there what goes over the line; tickets without their letters and digits."""
        self._line.trace(to)

    def begin(self) -> None:
        """Open the line unless it is open, and throw away what came unasked."""
        self._line.connect()
        self._line.forget()
        self._rest = b""

    def ask(self, deadline: float) -> PrinterStatus:
        """Return how the printer stands; raises `TooLateError` when it has not told all at that moment."""
        told = {}
        for question in QUESTIONS:
            self._line.write(_STATUS + bytes([question]))
            told[question] = self._answered(Said.STATUS, deadline).content[0]
        return PrinterStatus(troubles_of(told))

    def name(self, number: int) -> str:
        """Return one of the printer's names (GS I), empty where it tells none within half a second."""
        self._line.write(_NAME + bytes([number]))
        try:
            told = self._answered(Said.BLOCK, time.monotonic() + _NAME_LIMIT).content
        except (
            TooLateError,
            WrongAnswerError,
        ):  # a printer that names itself in a way of its own works all the same
            return ""
        return told[1:-1].decode("ascii", "replace").strip() if told.startswith(_NAME_HEAD) else ""

    def send(self, content: bytes, told: bytes, deadline: float) -> None:
        """Write a ticket and the question behind it; raises `TooLateError` when the line takes it too slowly."""
        self.proven = False
        for start in range(0, len(content), _AT_ONCE):
            if time.monotonic() > deadline:
                raise TooLateError(
                    "The ticket printer takes the ticket too slowly; check its speed (baud), "
                    "and look whether the ticket came out."
                )
            end = start + _AT_ONCE
            self._line.write(content[start:end], told=told[start:end])
        if self.way_back is WayBack.STATUS:
            self._line.write(_SENSOR)
        elif self.way_back is WayBack.PROCESS:
            self._jobs = (self._jobs + 1) % _MOST_JOBS
            self._line.write(_PROCESS + self._job)

    def wait_for_proof(self, until: float) -> bool:
        """Return whether the answer behind the ticket has come by that moment of the monotonic clock."""
        while not self.proven and (left := until - time.monotonic()) > 0:
            self._hear(left)
        return self.proven

    def drop(self) -> None:
        """Close the line until its next use, so that an answer that comes late is taken for no other."""
        self._rest = b""
        self._line.drop()

    def close(self) -> None:
        """Close the line for good; a second call does nothing."""
        self._line.close()

    @property
    def _job(self) -> bytes:
        return b"%04d" % self._jobs

    def _answered(self, said: Said, deadline: float) -> Answer:
        while (left := deadline - time.monotonic()) > 0:
            fitting = [answer for answer in self._hear(left) if answer.said is said]
            if fitting:
                return fitting[-1]  # an older one was late
        raise TooLateError(f"{SILENT}, and try again.")

    def _hear(self, seconds: float) -> tuple[Answer, ...]:
        came = self._line.some(min(STEP, seconds))
        self._line.note(came)
        answers, self._rest = split_answers(self._rest + came)
        self.proven |= any(map(self._is_proof, answers))
        return answers

    def _is_proof(self, answer: Answer) -> bool:
        if self.way_back is WayBack.PROCESS:
            return answer.content == _PROCESS_HEAD + self._job + b"\x00"
        return answer.said is Said.SENSOR
