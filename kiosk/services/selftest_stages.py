"""One self-test while it runs: its stages with their times, each told as soon as it ended."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.selftest import Measure, Outcome, Problem, Stage
from kiosk.services.errors import ServiceError

Told = Callable[[tuple[Stage, ...]], None]


class StoppedError(ServiceError):
    """A stage failed; what it said and which problem that is stand in the run."""


class PutOffError(ServiceError):
    """Somebody needs the counter: the test was left before its next stage, and nothing is kept of it."""


def never() -> bool:
    """Answer for a test that nobody puts off."""
    return False


@dataclass(slots=True)
class Note:
    """What a stage has to say of itself."""

    told: str = ""


class Run:
    """Collects the stages of one test; `told` hears of them one by one, `put_off` is asked before each."""

    def __init__(self, told: Told | None = None, put_off: Callable[[], bool] = never) -> None:
        self.stages: list[Stage] = []
        self.problem = Problem.NONE
        self.said = ""
        self.measure: Measure | None = None
        self.device: DeviceIdentity | None = None
        self._told = told
        self._put_off = put_off

    def look_up(self) -> None:
        """Raise `PutOffError` where somebody needs the counter."""
        if self._put_off():
            raise PutOffError("Somebody needs the counter; the test is put off.")

    @contextmanager
    def stage(self, name: str) -> Iterator[Note]:
        """Go through one stage; what it raises is its failure and passes on.

        Raises `PutOffError` instead of beginning.
        """
        self.look_up()
        note = Note()
        begun = time.monotonic()
        try:
            yield note
        except BaseException:
            self.add(Stage(name, Outcome.FAILED, time.monotonic() - begun, note.told))
            raise
        self.add(Stage(name, Outcome.REACHED, time.monotonic() - begun, note.told))

    def add(self, stage: Stage) -> None:
        """Add a stage and tell of it."""
        self.stages.append(stage)
        if self._told is not None:
            self._told(tuple(self.stages))

    def stop(self, problem: Problem, said: str) -> None:
        """End the test at this stage; raises `StoppedError`."""
        self.problem, self.said = problem, said
        raise StoppedError(said)
