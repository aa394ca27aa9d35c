"""Self-tests as they are kept, and a store of the version before them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.selftest import Measure, Outcome, Part, Problem, SelfTest, Stage, Verdict
from kiosk.storage.store import Store

AT = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)


def of_day(
    day: int, verdict: Verdict = Verdict.GOOD, *, serial: str = "A-1", part: Part = Part.CAMERA
) -> SelfTest:
    stages = (
        Stage("Driver opened", Outcome.REACHED, 0.012),
        Stage("Live picture", Outcome.FAILED, 5.0, "0/s"),
    )
    problem = Problem.NONE if verdict is Verdict.GOOD else Problem.NOT_CONNECTED
    device = DeviceIdentity("camera.opencv", "Acme", "C1", serial, "2")
    measure = Measure("rate", 25.0, "pictures/s", 1)
    return SelfTest(part, AT + timedelta(days=day), verdict, stages, problem, "gone", measure, device)


def kept(store: Store, *tests: SelfTest) -> None:
    with store.writing() as ledger:
        for test in tests:
            ledger.selftests.add(test)


def test_a_test_comes_back_as_it_was_kept(store: Store) -> None:
    kept(store, of_day(0))

    with store.reading() as ledger:
        assert ledger.selftests.last(Part.CAMERA) == of_day(0)
        assert ledger.selftests.last(Part.IRIS) is None


def test_the_first_of_a_device_is_that_of_the_same_serial_number(store: Store) -> None:
    kept(store, of_day(0, serial="OLD"), of_day(1, Verdict.BROKEN), of_day(2), of_day(3))

    with store.reading() as ledger:
        assert ledger.selftests.first_of(of_day(9)) == of_day(2)
        assert ledger.selftests.first_of(of_day(9, serial="NEW")) is None


def test_the_last_that_worked_is_told_beside_the_last(store: Store) -> None:
    kept(store, of_day(0), of_day(1, Verdict.BROKEN), of_day(1, part=Part.IRIS))

    with store.reading() as ledger:
        assert ledger.selftests.last(Part.CAMERA) == of_day(1, Verdict.BROKEN)
        assert ledger.selftests.last_working(Part.CAMERA) == of_day(0)


def test_history_begins_at_a_moment(store: Store) -> None:
    kept(store, *(of_day(day) for day in range(4)))

    with store.reading() as ledger:
        found = ledger.selftests.since(Part.CAMERA, AT + timedelta(days=2))

    assert found == (of_day(2), of_day(3))


def test_tests_outlive_the_program(store: Store, tmp_path: Path) -> None:
    kept(store, of_day(0))
    folder = store.folder
    store.close()

    again = Store.open(folder)
    with again.reading() as ledger:
        assert ledger.selftests.last(Part.CAMERA) == of_day(0)
    again.close()
