"""How long to wait before trying again: full jitter, unless the centre itself named a time."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.clock import Moment
from kiosk.sync.causes import Cause

BASE = 5.0  # seconds
CAP = 900.0  # seconds
QUIET = 30.0  # seconds between rounds when nothing stands in the way: verdicts may have come
_LONGEST_ASKED = 3600.0
_MOST_DOUBLINGS = 16
_FIELDS = 4


def delay(failures: int, *, random: float, retry_after: float | None = None) -> float:
    """Return the seconds to wait after `failures` failed rounds in a row; random: in [0, 1).

    What the centre asked for wins, unless it is no time at all, which would be a loop without a pause; otherwise
    full jitter: anything up to base x 2^failures, at most 15 minutes.
    """
    if retry_after is not None and retry_after > 0:
        return min(retry_after, _LONGEST_ASKED)
    return random * min(CAP, BASE * 2.0 ** min(max(failures, 0), _MOST_DOUBLINGS))


class Pauses:
    """The wait between a sender's rounds: short while all is well, longer with every round that failed."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    def after(self, cause: Cause | None, retry_after: float | None) -> float:
        """Return the seconds to wait after a round; cause: what stood in its way, None when nothing did."""
        if cause is None:
            self._failures = 0
            return QUIET
        self._failures += 1
        return max(BASE, delay(self._failures, random=self._random(), retry_after=retry_after))


@dataclass(frozen=True, slots=True)
class Pause:
    """The centre asked not to be called for so many seconds; counted by boot time, kept over a restart."""

    boot_id: str
    since: float
    seconds: float
    cause: Cause

    @classmethod
    def begin(cls, now: Moment, seconds: float, cause: Cause) -> "Pause":
        """Return the pause that begins now."""
        return cls(now.boot_id, now.boottime, delay(0, random=0.0, retry_after=seconds), cause)

    @classmethod
    def parse(cls, text: str) -> "Pause | None":
        """Read what `text` wrote; None where nothing readable stands, which means no pause."""
        parts = text.split("\n")
        if len(parts) != _FIELDS:
            return None
        try:
            return cls(parts[0], float(parts[1]), float(parts[2]), Cause(parts[3]))
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The pause as kept among the facts."""
        return "\n".join((self.boot_id, repr(self.since), repr(self.seconds), self.cause.value))

    def left(self, now: Moment) -> float:
        """Return the seconds left; after a reboot only the time since that boot is known to have passed."""
        passed = now.boottime - self.since if now.boot_id == self.boot_id else now.boottime
        return max(0.0, self.seconds - max(0.0, passed))
