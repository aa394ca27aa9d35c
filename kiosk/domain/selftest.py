"""Self-tests: what is tested at a counter, how far a test came, and what a person can try next.

A test goes through stages in order; the first that fails ends it, and those after it were not reached.  What only a
person can do (lay a finger, write, hold a code) is a stage of its own that stays due while nobody is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.words import msg


class Part(StrEnum):
    """What is tested: nine kinds of devices, then the counter itself; the values of the kinds are those of drivers."""

    CAMERA = "camera"
    SIGNATURE = "signature"
    FINGERPRINT = "fingerprint"
    IRIS = "iris"
    CARD_READER = "card_reader"
    CODE_SCANNER = "code_scanner"
    DOCUMENT_SCANNER = "document_scanner"
    TICKET_PRINTER = "ticket_printer"
    PAGE_PRINTER = "page_printer"
    CLOCK = "clock"
    DISK = "disk"
    DATABASE = "database"
    KEYS = "keys"
    LINK = "link"


DEVICES = tuple(Part)[:9]
HISTORY_DAYS = 30


class Outcome(StrEnum):
    """How one stage ended."""

    REACHED = "reached"
    FAILED = "failed"
    NOT_REACHED = "not_reached"
    DUE = "due"  # a person has to be there


class Verdict(StrEnum):
    """What a test says of its part."""

    GOOD = "good"
    CARE = "care"  # it works, and soon will not, or not well
    BROKEN = "broken"
    DUE = "due"  # all that needs no person is good
    ABSENT = "absent"  # no such device is set up at this counter


class Problem(StrEnum):
    """Why a part is not good, by what a person can do about it."""

    NONE = ""
    NOT_SET_UP = "not_set_up"
    NO_DRIVER = "no_driver"
    NOT_CONNECTED = "not_connected"
    BUSY = "busy"
    TOO_LATE = "too_late"
    WRONG_ANSWER = "wrong_answer"
    REFUSED = "refused"
    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    PAPER_JAM = "paper_jam"
    SUPPLY_OUT = "supply_out"
    SUPPLY_LOW = "supply_low"
    SLOW = "slow"
    BLURRED = "blurred"
    CLOCK_SUSPECT = "clock_suspect"
    CLOCK_UNCHECKED = "clock_unchecked"
    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    DATABASE_DAMAGED = "database_damaged"
    PACKET_DAMAGED = "packet_damaged"
    KEY_IN_FILE = "key_in_file"
    LINK_DOWN = "link_down"
    LINK_REFUSED = "link_refused"
    NOT_JOINED = "not_joined"


CAREFUL = frozenset(
    {
        Problem.PAPER_LOW,
        Problem.SUPPLY_LOW,
        Problem.SLOW,
        Problem.BLURRED,
        Problem.CLOCK_UNCHECKED,
        Problem.DISK_LOW,
        Problem.KEY_IN_FILE,
        Problem.NOT_JOINED,
    }
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name (an English source text), how it ended, how long it took in seconds, and what came of it."""

    name: str
    outcome: Outcome
    seconds: float = 0.0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """The one figure of a part that is compared over time, with its unit; `better`: 1 where more is, -1 where less."""

    name: str
    value: float
    unit: str
    better: int


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One test of one part.

    said: what the driver or the system said of the problem, in English.  device: None for the counter's own parts and
    where it could not be asked.
    """

    part: Part
    at: datetime
    verdict: Verdict
    stages: tuple[Stage, ...]
    problem: Problem = Problem.NONE
    said: str = ""
    measure: Measure | None = None
    device: DeviceIdentity | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """One part as the technician sees it.

    last: None where it was never tested.  working: its last test that was not broken.  first: the first of the same
    device that worked.  history: the tests of the last 30 days, the oldest first.
    """

    part: Part
    last: SelfTest | None
    working: SelfTest | None
    first: SelfTest | None
    history: tuple[SelfTest, ...]

    @property
    def failures(self) -> int:
        """How often in a row it was broken, counted back from the last test."""
        return len(self._broken_in_a_row())

    @property
    def broken_since(self) -> SelfTest | None:
        """The first test of those in a row that found it broken; None where the last one did not."""
        return next(reversed(self._broken_in_a_row()), None)

    def _broken_in_a_row(self) -> tuple[SelfTest, ...]:
        return tuple(takewhile(lambda test: test.verdict is Verdict.BROKEN, reversed(self.history)))


def verdict_of(problem: Problem, stages: tuple[Stage, ...]) -> Verdict:
    """Return what a test says: a problem first, then whether something still needs a person."""
    if problem is Problem.NOT_SET_UP:
        return Verdict.ABSENT
    if problem in CAREFUL:
        return Verdict.CARE
    if problem is not Problem.NONE:
        return Verdict.BROKEN
    is_due = any(stage.outcome is Outcome.DUE for stage in stages)
    return Verdict.DUE if is_due else Verdict.GOOD


_CABLE = msg("Pull the cable out, wait five seconds, and put it into another socket at the back.")
_POWER = msg("Look whether its lamp is on; if not, look at its power supply.")
_OTHER_CABLE = msg("Still not? Change the cable and test again.")
_PROGRAMS = msg("Close other programs that may use it, and test again.")
_RESTART = msg("Switch it off and on again, then test again.")
_CALL = msg("Still not? Send the trace and tell the Dinas.")

ADVICE: Mapping[Problem, tuple[str, ...]] = {
    Problem.NONE: (),
    Problem.NOT_SET_UP: (msg("Choose its driver on the set-up page."),),
    Problem.NO_DRIVER: (
        msg("Choose another driver on the set-up page."),
        msg("Install the package that brings this driver."),
    ),
    Problem.NOT_CONNECTED: (_CABLE, _POWER, _OTHER_CABLE),
    Problem.BUSY: (_PROGRAMS, _RESTART, _CALL),
    Problem.TOO_LATE: (msg("Do what is asked for within the time and test again."), _CABLE, _RESTART),
    Problem.WRONG_ANSWER: (
        msg("Look whether its speed and model are right on the set-up page."),
        _CABLE,
        _CALL,
    ),
    Problem.REFUSED: (msg("Clean its glass with a dry cloth."), msg("Try again with another person."), _CALL),
    Problem.PAPER_OUT: (msg("Put paper in and close the cover."), msg("Test again.")),
    Problem.PAPER_LOW: (msg("Keep a new roll ready; this one ends soon."),),
    Problem.COVER_OPEN: (msg("Close the cover until it clicks."), msg("Test again.")),
    Problem.PAPER_JAM: (msg("Open the cover and pull the paper out slowly."), msg("Test again."), _CALL),
    Problem.SUPPLY_OUT: (msg("Change the toner or the ink."), msg("Test again.")),
    Problem.SUPPLY_LOW: (msg("Order toner or ink now; it still prints."),),
    Problem.SLOW: (_CABLE, msg("Plug it into the computer itself, not into a hub."), _CALL),
    Problem.BLURRED: (
        msg("Clean the lens with a dry cloth."),
        msg("Look whether the distance is right."),
        _CALL,
    ),
    Problem.CLOCK_SUSPECT: (
        msg("Set date and time of this machine."),
        msg("If it happens again, change the battery on the main board."),
    ),
    Problem.CLOCK_UNCHECKED: (
        msg("Compare the time by hand; the centre has not confirmed it since the start."),
    ),
    Problem.DISK_LOW: (msg("Deliver or export packets before the disk is full."),),
    Problem.DISK_FULL: (
        msg("Export packets to a stick now; nothing new can be recorded."),
        msg("Call the Dinas before anything is deleted."),
    ),
    Problem.DATABASE_DAMAGED: (
        msg("Record nothing more on this machine."),
        msg("Call the Dinas before anything else is done with it."),
    ),
    Problem.PACKET_DAMAGED: (msg("Call the Dinas; nothing was deleted."),),
    Problem.KEY_IN_FILE: (msg("Known: this machine has no TPM this user may use."),),
    Problem.LINK_DOWN: (
        msg("Look whether other pages of the office network open."),
        msg("Restart the modem and wait two minutes."),
        msg("Work goes on without it; packets are sent once it is back."),
    ),
    Problem.LINK_REFUSED: (msg("Tell the Dinas the sentence above; the centre does not accept this kiosk."),),
    Problem.NOT_JOINED: (msg("Join a centre with the code of the Dinas."),),
}
"""What to try for each problem, in this order; the first is what helps most often."""
