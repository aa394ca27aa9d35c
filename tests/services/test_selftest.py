"""Self-tests of every part with the simulators, their verdicts, and what is kept of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.devices.api import Kind, Scene
from kiosk.domain.clock import ClockState
from kiosk.domain.roles import Role
from kiosk.domain.selftest import ADVICE, DEVICES, Outcome, Part, Problem, Stage, Verdict, verdict_of
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.selftest import SelfTester, look_at_parts

SIMULATED = {
    kind: DeviceChoice(f"{kind}.simulated")
    for kind in (Kind.CAMERA, Kind.FINGERPRINT, Kind.IRIS, Kind.SIGNATURE, Kind.CODE_SCANNER)
}
TECHNICIAN = Officer("teknisi", "Agus Prasetyo", Role.TECHNICIAN)


@pytest.fixture(scope="module")
def kit() -> Iterator[RecordingKit]:
    kit = RecordingKit(SIMULATED, NobodyAsked())
    yield kit
    kit.close()


@pytest.fixture
def tester(counter: Counter, kit: RecordingKit) -> SelfTester:
    kit.stage(Scene(person=1))  # whatever the test before staged
    return SelfTester(counter, kit, TECHNICIAN)


def test_the_parts_of_the_kit_are_called_as_their_kinds() -> None:
    assert [part.value for part in DEVICES] == sorted((kind.value for kind in Kind), key=list(DEVICES).index)


@pytest.mark.parametrize("kind", SIMULATED)
def test_a_device_that_works_is_good_and_has_a_figure_to_compare(tester: SelfTester, kind: Kind) -> None:
    told: list[tuple[Stage, ...]] = []

    test = tester.test(Part(kind.value), told=told.append)

    slow = {Problem.SLOW} if kind is Kind.CAMERA else set()  # on a machine that does other things too
    assert test.problem in {Problem.NONE} | slow
    assert test.verdict is not Verdict.BROKEN
    assert {stage.outcome for stage in test.stages} == {Outcome.REACHED}
    assert test.measure is not None
    assert test.measure.value > 0
    assert test.device is not None
    assert test.device.serial == "SIM-0001"
    assert [len(stages) for stages in told] == list(range(1, len(test.stages) + 1))


@pytest.mark.parametrize(
    ("fault", "problem"),
    [("vanish", Problem.NOT_CONNECTED), ("busy", Problem.BUSY), ("garbage", Problem.WRONG_ANSWER)],
)
def test_a_fault_is_named_by_what_a_person_can_do(counter: Counter, fault: str, problem: Problem) -> None:
    kit = RecordingKit({Kind.FINGERPRINT: SIMULATED[Kind.FINGERPRINT]}, NobodyAsked())
    kit.stage(Scene(person=1, fault=fault))

    test = SelfTester(counter, kit, TECHNICIAN).test(Part.FINGERPRINT)
    kit.close()

    assert (test.verdict, test.problem) == (Verdict.BROKEN, problem)
    assert test.stages[-1].outcome in (Outcome.FAILED, Outcome.NOT_REACHED)
    assert test.said.endswith(".")
    assert ADVICE[problem]


def test_the_next_test_after_a_fault_is_good_without_a_restart(tester: SelfTester, kit: RecordingKit) -> None:
    kit.stage(Scene(person=1, fault="vanish"))
    tester.test(Part.IRIS)
    kit.stage(Scene(person=1))

    assert tester.test(Part.IRIS).verdict is Verdict.GOOD


def test_a_kind_without_a_device_is_absent_and_says_where_to_choose_one(tester: SelfTester) -> None:
    test = tester.test(Part.PAGE_PRINTER)

    assert (test.verdict, test.problem, test.stages) == (Verdict.ABSENT, Problem.NOT_SET_UP, ())


def test_a_driver_that_is_not_there_is_a_finding_and_no_crash(counter: Counter) -> None:
    kit = RecordingKit({Kind.CAMERA: DeviceChoice("camera.acme")}, NobodyAsked())

    test = SelfTester(counter, kit, TECHNICIAN).test(Part.CAMERA)

    assert (test.verdict, test.problem) == (Verdict.BROKEN, Problem.NO_DRIVER)
    assert test.stages[0].outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (ClockState.TRUSTED, Verdict.GOOD),
        (ClockState.UNCHECKED, Verdict.CARE),
        (ClockState.SUSPECT, Verdict.BROKEN),
    ],
)
def test_the_clock_is_as_good_as_what_confirms_it(
    counter: Counter, kit: RecordingKit, state: ClockState, verdict: Verdict
) -> None:
    moment = counter.clock()
    told = replace(counter, clock=lambda: replace(moment, state=state))

    assert SelfTester(told, kit).test(Part.CLOCK).verdict is verdict


@pytest.mark.parametrize("part", [Part.DISK, Part.DATABASE])
def test_disk_and_database_of_a_sound_counter_are_good(tester: SelfTester, part: Part) -> None:
    test = tester.test(part)

    assert test.verdict is Verdict.GOOD
    assert len(test.stages) == 2


def test_what_only_a_person_can_do_stays_due_while_nobody_is_asked() -> None:
    stages = (Stage("opened", Outcome.REACHED), Stage("finger", Outcome.DUE))

    assert verdict_of(Problem.NONE, stages) is Verdict.DUE
    assert verdict_of(Problem.PAPER_LOW, stages) is Verdict.CARE
    assert verdict_of(Problem.BUSY, stages) is Verdict.BROKEN


def test_every_problem_has_something_to_try_and_no_advice_is_left_over() -> None:
    assert set(ADVICE) == set(Problem)
    assert all(ADVICE[problem] for problem in Problem if problem is not Problem.NONE)


def test_tests_are_kept_and_compared_with_the_first_of_the_same_device(
    tester: SelfTester, kit: RecordingKit
) -> None:
    first = tester.test(Part.SIGNATURE)
    kit.stage(Scene(person=1, fault="vanish"))
    broken = [tester.test(Part.SIGNATURE) for _ in range(2)]

    view = next(view for view in look_at_parts(tester.counter) if view.part is Part.SIGNATURE)

    assert (view.last, view.working, view.first) == (broken[-1], first, first)
    assert view.failures == 2
    assert len(view.history) == 3


def test_a_part_that_was_never_tested_says_nothing(tester: SelfTester) -> None:
    view = next(view for view in look_at_parts(tester.counter) if view.part is Part.CARD_READER)

    assert (view.last, view.history, view.failures) == (None, (), 0)


def test_only_the_last_thirty_days_are_history(counter: Counter, kit: RecordingKit) -> None:
    moment = counter.clock()
    past = replace(counter, clock=lambda: replace(moment, wall=moment.wall - timedelta(days=31)))
    SelfTester(past, kit).test(Part.KEYS)

    view = next(view for view in look_at_parts(counter) if view.part is Part.KEYS)

    assert view.last is not None
    assert view.history == ()


def test_each_test_is_a_row_of_the_audit(tester: SelfTester) -> None:
    tester.test(Part.KEYS)

    with tester.counter.store.reading() as ledger:
        entry = list(ledger.audit.all())[-1]

    assert (entry.act, entry.subject, entry.user_id) == ("selftest", "keys", "teknisi")


def test_who_may_not_test_is_told_so(counter: Counter, kit: RecordingKit) -> None:
    with pytest.raises(NotAllowedError):
        SelfTester(counter, kit, Officer("admin", "Dewi", Role.ADMINISTRATOR)).test(Part.KEYS)
