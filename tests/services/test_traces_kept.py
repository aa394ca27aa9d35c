"""Traces of devices that failed: kept by themselves, once, for technicians; played back they meet the same error."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.devices.api import DeviceError, Kind, NotSupportedError, Scene, Simulated, Trace
from kiosk.devices.registry import INSTALLED
from kiosk.devices.traces import TraceError
from kiosk.domain.roles import Role
from kiosk.services import selftest_devices
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.kit import DeviceChoice, FailedUse, NobodyAsked, RecordingKit
from kiosk.services.replaying import replay_trace
from kiosk.services.selftest_devices import EXERCISES
from kiosk.services.traces_kept import (
    SAME_FOR,
    TraceKeeper,
    drop_trace,
    file_name,
    kept_traces,
    trace_text,
    traces_as_files,
)
from tests.services.conftest import StandingClock

pytestmark = pytest.mark.timeout(120)

TECHNICIAN = Officer("teknisi", "Agus Prasetyo", Role.TECHNICIAN)
TRACED = {Kind.SIGNATURE: "signature.simulated_topaz"}
if os.environ.get("KIOSK_EVERY_PLACE"):  # most of it is waiting for what does not answer
    TRACED |= {Kind.TICKET_PRINTER: "ticket_printer.simulated"}
LONG = {"nobody", "left_on"}  # half a minute of waiting for fingers, twice; the drivers' own tests have them
QUICK = 0.5  # seconds a call has here: nobody lays a finger


@pytest.fixture
def iris() -> Iterator[RecordingKit]:
    kit = RecordingKit({Kind.IRIS: DeviceChoice("iris.simulated_sbi")}, NobodyAsked())
    yield kit
    kit.close()


def use(kit: RecordingKit, kind: Kind) -> None:
    """Let a device do what a self-test asks of it."""
    with kit.lend(kind) as device:
        for exercise in EXERCISES[kind]:
            exercise.do(device)


def fail(kit: RecordingKit, fault: str = "busy") -> None:
    kit.stage(Scene(person=1, fault=fault))
    with pytest.raises(DeviceError):
        use(kit, Kind.IRIS)


def test_what_went_over_the_line_of_a_device_that_failed_is_kept(
    counter: Counter, iris: RecordingKit
) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)

    fail(iris)

    (kept,) = kept_traces(counter, TECHNICIAN)
    assert (kept.kind, kept.driver, kept.error) == ("iris", "iris.sbi", "BusyError")
    assert "; " in kept.said
    text = trace_text(counter, TECHNICIAN, kept.number)
    assert text is not None
    assert kept.size == len(text.encode()) > 1000


def test_a_device_that_works_leaves_no_trace(counter: Counter, iris: RecordingKit) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)
    iris.stage(Scene(person=1))

    use(iris, Kind.IRIS)

    assert kept_traces(counter, TECHNICIAN) == ()


def test_the_same_failure_again_and_again_is_kept_once_in_ten_minutes_and_another_at_once(
    counter: Counter, iris: RecordingKit, clock: StandingClock
) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)

    fail(iris)
    fail(iris)
    fail(iris, "refused")
    fail(iris)
    clock.now = clock.now.__class__(clock.now.wall + SAME_FOR, clock.now.boottime, clock.now.boot_id)
    fail(iris)

    assert [trace.error for trace in kept_traces(counter, TECHNICIAN)] == [
        "BusyError",
        "BusyError",
        "RefusedError",
        "BusyError",
    ]


def test_a_clock_that_was_set_back_does_not_stop_the_keeping(
    counter: Counter, iris: RecordingKit, clock: StandingClock
) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)

    fail(iris)
    clock.now = clock.now.__class__(clock.now.wall - timedelta(days=1), clock.now.boottime, clock.now.boot_id)
    fail(iris)

    assert len(kept_traces(counter, TECHNICIAN)) == 2


def test_of_the_same_failure_the_shorter_trace_is_kept(counter: Counter, iris: RecordingKit) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)
    iris.stage(Scene(person=1))
    use(iris, Kind.IRIS)

    fail(iris)
    (longer,) = kept_traces(counter, TECHNICIAN)
    fail(iris)

    (shorter,) = kept_traces(counter, TECHNICIAN)
    assert shorter.size < longer.size


def test_where_a_trace_cannot_be_kept_the_officer_still_hears_of_the_device(
    counter: Counter, iris: RecordingKit, caplog: pytest.LogCaptureFixture
) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)
    with counter.store.writing() as ledger:
        ledger.facts._session.connection().exec_driver_sql("DROP TABLE traces")

    fail(iris)

    assert "was not kept" in caplog.text


def test_an_officer_reads_no_traces(counter: Counter) -> None:
    nobody = Officer("x", "X", Role.ADMINISTRATOR)
    for act in (
        lambda: kept_traces(counter, nobody),
        lambda: trace_text(counter, nobody, 1),
        lambda: drop_trace(counter, nobody, 1),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_who_read_or_dropped_a_trace_is_noted(counter: Counter, iris: RecordingKit) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)
    fail(iris)
    number = kept_traces(counter, TECHNICIAN)[0].number

    trace_text(counter, TECHNICIAN, number)
    drop_trace(counter, TECHNICIAN, number)
    drop_trace(counter, TECHNICIAN, number)

    assert trace_text(counter, TECHNICIAN, number) is None
    with counter.store.reading() as ledger:
        acts = [(entry.act, entry.user_id) for entry in ledger.audit.all()]
    assert acts[-2:] == [("read_trace", "teknisi"), ("drop_trace", "teknisi")]


def test_every_kept_trace_is_a_file_of_the_bundle(counter: Counter, iris: RecordingKit) -> None:
    iris.keep_traces(TraceKeeper(counter).keep)
    fail(iris)
    (kept,) = kept_traces(counter, TECHNICIAN)

    files = traces_as_files(counter)

    assert list(files) == [file_name(kept)]
    assert file_name(kept) == f"2026-01-05T020000-{kept.number:04}-iris-busy.trace"
    assert files[file_name(kept)].startswith(b'{"format": 1, "driver": "iris.sbi"')


@pytest.fixture
def kit(request: pytest.FixtureRequest) -> Iterator[RecordingKit]:
    made = RecordingKit({request.param: DeviceChoice(TRACED[request.param])}, NobodyAsked())
    yield made
    made.close()


def menu_of(kit: RecordingKit, kind: Kind) -> tuple[str, ...]:
    with kit.lend(kind) as device:
        assert isinstance(device, Simulated)
        return device.faults()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "kit"), [(kind, kind) for kind in TRACED], indirect=["kit"])
def test_every_fault_of_a_simulator_is_met_again_when_its_trace_is_played_back(
    kit: RecordingKit, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest_devices, "PERSON_LIMIT", QUICK)
    monkeypatch.setattr(selftest_devices, "LIMIT", QUICK)
    failures: list[FailedUse] = []
    kit.keep_traces(failures.append)
    met = {}
    for fault in [fault for fault in menu_of(kit, kind) if fault not in LONG]:
        kit.stage(Scene(person=1, fault=fault))
        failures.clear()
        try:
            use(kit, kind)
        except DeviceError:
            (failed,) = failures
            again = replay_trace(failed.trace.as_text(), INSTALLED, {})
            met[fault] = (type(failed.error), str(failed.error), type(again.error), str(again.error))

    assert len(met) >= 4
    assert {fault: told for fault, told in met.items() if told[:2] != told[2:]} == {}


def test_a_text_that_is_no_trace_is_refused() -> None:
    with pytest.raises(TraceError):
        replay_trace("hello", INSTALLED, {})


@pytest.mark.parametrize("driver", ["camera.opencv", "iris.nobody"])
def test_a_driver_that_plays_nothing_back_is_named(driver: str) -> None:
    with pytest.raises(NotSupportedError, match=driver):
        replay_trace(Trace(driver).as_text(), INSTALLED, {})
