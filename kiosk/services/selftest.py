"""The self-test: any part of the counter, by screen or by command; its result is kept beside the earlier ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.devices.api import (
    BusyError,
    Device,
    DeviceError,
    Kind,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Scene,
    Simulated,
    TooLateError,
    WrongAnswerError,
)
from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.roles import Permission
from kiosk.domain.selftest import (
    DEVICES,
    HISTORY_DAYS,
    Outcome,
    Part,
    PartView,
    Problem,
    SelfTest,
    Stage,
    verdict_of,
)
from kiosk.domain.words import msg
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.kit import RecordingKit
from kiosk.services.selftest_counter import COUNTER_TESTS
from kiosk.services.selftest_devices import EXERCISES, Exercise
from kiosk.services.selftest_stages import Run, StoppedError, Told, never

_CODE = "TEST 0123456789"
_PROBLEM_OF: tuple[tuple[type[DeviceError], Problem], ...] = (
    (NotConnectedError, Problem.NOT_CONNECTED),
    (BusyError, Problem.BUSY),
    (TooLateError, Problem.TOO_LATE),
    (WrongAnswerError, Problem.WRONG_ANSWER),
    (NotSupportedError, Problem.NO_DRIVER),
)
_REASONS = frozenset(problem.value for problem in Problem)

Asked = Callable[[str], bool]
"""Asks a person, by an English source text, to do something now; False where nobody will."""


def nobody(question: str) -> bool:
    """Answer for a morning or a command with nobody beside it."""
    return False


@dataclass(frozen=True, slots=True)
class SelfTester:
    """Tests the parts of one counter, for somebody or, with `officer` None, for the counter itself in the morning."""

    counter: Counter
    kit: RecordingKit
    officer: Officer | None = None

    def test(
        self,
        part: Part,
        *,
        asked: Asked = nobody,
        told: Told | None = None,
        put_off: Callable[[], bool] = never,
    ) -> SelfTest:
        """Test one part and keep the result; raises `NotAllowedError` for a role that may not.

        asked: is asked before what only a person can do.  told: hears of each stage as it ends, on the calling thread.
        put_off: is asked before each stage; where it says yes, `PutOffError` is raised and nothing is kept.
        """
        if self.officer is not None:
            require(self.officer, Permission.RUN_SELFTEST)
        at, run = self.counter.clock().wall, Run(told, put_off)
        run.look_up()
        if part in DEVICES:
            _test_device(self.kit, Kind(part.value), run, asked)
        else:
            _test_counter(self.counter, part, run)
        test = _result(part, at, run)
        with self.counter.store.writing() as ledger:
            ledger.selftests.add(test)
            user = self.officer.user_id if self.officer is not None else ""
            ledger.audit.append(at, user, "selftest", part.value, test.verdict.value)
        return test


def _result(part: Part, at: datetime, run: Run) -> SelfTest:
    stages = tuple(run.stages)
    return SelfTest(
        part=part,
        at=at,
        verdict=verdict_of(run.problem, stages),
        stages=stages,
        problem=run.problem,
        said=run.said,
        measure=run.measure,
        device=run.device,
    )


def look_at_parts(counter: Counter) -> tuple[PartView, ...]:
    """Return every part with its tests, in the order of the technician's table."""
    since = counter.clock().wall - timedelta(days=HISTORY_DAYS)
    views = []
    with counter.store.reading() as ledger:
        for part in Part:
            last = ledger.selftests.last(part)
            working = ledger.selftests.last_working(part)
            first = None if working is None else ledger.selftests.first_of(working)
            views.append(PartView(part, last, working, first, ledger.selftests.since(part, since)))
    return tuple(views)


def _test_counter(counter: Counter, part: Part, run: Run) -> None:
    try:
        COUNTER_TESTS[part](counter, run)
    except StoppedError:
        return


def _test_device(kit: RecordingKit, kind: Kind, run: Run, asked: Asked) -> None:
    names = (msg("Driver opened"), msg("Name and serial number"), *(one.name for one in EXERCISES[kind]))
    choice = kit.choices().get(kind)
    if choice is None:
        run.problem = Problem.NOT_SET_UP
        return
    if kind is Kind.CODE_SCANNER and not (kit.scene and kit.scene.code):
        kit.stage(
            replace(kit.scene or Scene(person=1), code=_CODE)
        )  # who stands before a simulator holds something
    try:
        with kit.lend(kind) as device:
            run.add(Stage(names[0], Outcome.REACHED))
            _identify(device, choice.driver, names[1], run)
            for exercise in EXERCISES[kind]:
                _exercise(device, exercise, run, asked)
    except DeviceError as error:
        _fail(run, names, error)


def _identify(device: Device, driver: str, name: str, run: Run) -> None:
    with run.stage(name) as note:
        told = device.identity()
        run.device = DeviceIdentity(driver, told.make, told.model, told.serial, told.firmware)
        note.told = " ".join(part for part in (told.make, told.model, told.serial) if part)


def _exercise(device: Device, exercise: Exercise, run: Run, asked: Asked) -> None:
    """Let the device do something; what needs a person stays due unless he is there, or a simulator plays him."""
    if exercise.asks and not isinstance(device, Simulated) and not asked(exercise.asks):
        run.add(Stage(exercise.name, Outcome.DUE))
        return
    with run.stage(exercise.name) as note:
        came = exercise.do(device)
        note.told = came.told
    run.measure = came.measure or run.measure
    if came.problem is not Problem.NONE:
        run.problem = came.problem


def _fail(run: Run, names: tuple[str, ...], error: DeviceError) -> None:
    """Say which stage failed, and which were not reached."""
    if not any(stage.outcome is Outcome.FAILED for stage in run.stages):
        run.add(Stage(names[len(run.stages)], Outcome.FAILED))
    for name in names[len(run.stages) :]:
        run.add(Stage(name, Outcome.NOT_REACHED))
    run.problem, run.said = problem_of(error), str(error)


def problem_of(error: DeviceError) -> Problem:
    """Return what a device's error means for the person who mends it."""
    if isinstance(error, RefusedError):
        return Problem(error.reason) if error.reason in _REASONS else Problem.REFUSED
    return next((problem for kind, problem in _PROBLEM_OF if isinstance(error, kind)), Problem.NOT_CONNECTED)
