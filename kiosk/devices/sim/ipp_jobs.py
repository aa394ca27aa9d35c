"""The jobs of a simulated page printer: what became of each, and of its document no more than a fingerprint."""

import hashlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

PROCESSING, PROCESSING_STOPPED, CANCELED, ABORTED, COMPLETED = 5, 6, 7, 8, 9
PRINTS_FOR = 0.05  # seconds
MOST_KEPT = 20


@dataclass(slots=True)
class Job:
    """One job; `fault`: what happens to it while it is printed."""

    number: int
    began: float
    fault: str | None
    cancelled: bool = False

    def state(self, now: float) -> int:
        """Return where it stands, as IPP counts."""
        if self.cancelled:
            return CANCELED
        if self.fault == "paper_jam":
            return PROCESSING_STOPPED
        if now - self.began < PRINTS_FOR:
            return PROCESSING
        return ABORTED if self.fault == "aborted" else COMPLETED


class Jobs:
    """What a printer took, the newest last; the documents themselves are not kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: deque[Job] = deque(maxlen=MOST_KEPT)
        self._documents: deque[dict[str, object]] = deque(maxlen=MOST_KEPT)
        self._count = 0

    @property
    def waiting(self) -> int:
        """How many are not at their end."""
        return sum(self.state(job) in (PROCESSING, PROCESSING_STOPPED) for job in self._jobs)

    @property
    def is_jammed(self) -> bool:
        """Whether paper is stuck; it is pulled out with the job that met it."""
        return any(self.state(job) == PROCESSING_STOPPED for job in self._jobs)

    def take(self, document: bytes, copies: int, fault: str | None) -> Job:
        """Take a document; it is printed at once."""
        self._count += 1
        job = Job(self._count, self._clock(), fault)
        self._jobs.append(job)
        self._documents.append({"sha256": hashlib.sha256(document).hexdigest(), "copies": copies})
        return job

    def find(self, number: int) -> Job | None:
        """Return the job of that number."""
        return next((job for job in self._jobs if job.number == number), None)

    def state(self, job: Job) -> int:
        """Return where a job stands now."""
        return job.state(self._clock())

    def kept(self) -> list[dict[str, object]]:
        """Return the `sha256` of the last documents and how many `copies` were asked for, oldest first."""
        return list(self._documents)
