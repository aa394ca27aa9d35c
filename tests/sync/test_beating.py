"""Heartbeats on the line: after announcements, every ten minutes and after a self-test, and never in a packet's way."""

from datetime import timedelta

import pytest

from kiosk.domain.selftest import Part, SelfTest, Verdict
from kiosk.storage.records import PacketState
from kiosk.sync.backoff import QUIET
from kiosk.sync.beating import EVERY, HEARTBEAT, LastBeat
from kiosk.sync.causes import Cause
from kiosk.sync.pump import Pump, make_pump
from kiosk.wire.messages import Heartbeat
from tests.sync.conftest import Kiosk
from tests.sync.scripted_centre import KIOSK, NOW, ScriptedCentre

POST = "POST /v1/heartbeats"


def heartbeat(serial: int) -> Heartbeat:
    return Heartbeat(
        kiosk_id=KIOSK, serial=serial, software="t", parts=(), backlog_count=0, backlog_bytes=0, disk_free=1
    )


def pump_of(kiosk: Kiosk) -> Pump:
    return make_pump(kiosk.store, kiosk.machine, connect=kiosk.connect, tell=heartbeat)


def tested(kiosk: Kiosk) -> None:
    with kiosk.store.writing() as ledger:
        ledger.selftests.add(SelfTest(Part.CAMERA, NOW, Verdict.GOOD, ()))


def test_the_first_round_tells_after_it_announced_and_fetched(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1)
    pump_of(kiosk).round()

    order = [call.partition("?")[0] for call in centre.calls if "sessions" not in call]
    assert order.index("POST /v1/announcements") < order.index("GET /v1/verdicts") < order.index(POST)
    assert order.index(POST) < next(place for place, call in enumerate(order) if call.startswith("PATCH"))
    assert [beat["serial"] for beat in centre.heartbeats] == [int(NOW.timestamp())]


def test_within_ten_minutes_nothing_is_told_again_and_then_it_is(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    pump = pump_of(kiosk)
    for _ in range(int(EVERY // QUIET)):
        pump.round()
        kiosk.machine.pass_time(QUIET)
    early = len(centre.heartbeats)
    pump.round()

    assert (early, len(centre.heartbeats)) == (1, 2)


def test_a_selftest_is_told_at_the_next_round(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    pump = pump_of(kiosk)
    pump.round()
    tested(kiosk)
    pump.round()
    pump.round()

    assert len(centre.heartbeats) == 2


def test_a_restart_of_the_program_tells_no_sooner_and_one_of_the_machine_does(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    pump_of(kiosk).round()
    kiosk.restart()
    pump_of(kiosk).round()
    same_boot = len(centre.heartbeats)
    kiosk.machine.reboot()
    pump_of(kiosk).round()

    assert (same_boot, len(centre.heartbeats)) == (1, 2)


def test_while_a_long_queue_drains_it_is_told_between_packets(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save_many(4)
    centre.during = lambda: kiosk.machine.pass_time(EVERY / 2)
    pump_of(kiosk).round()

    calls = [call for call in centre.calls if call == POST or call.startswith("PATCH")]
    assert kiosk.states() == [PacketState.ACKNOWLEDGED] * 4
    assert [call == POST for call in calls] == [True, False, False, True, False, False, True]


@pytest.mark.parametrize("set_by", [timedelta(days=-3000), timedelta(days=3000)])
def test_serials_rise_however_the_clock_is_set(
    kiosk: Kiosk, centre: ScriptedCentre, set_by: timedelta
) -> None:
    pump = pump_of(kiosk)
    for wall in (NOW, NOW + set_by, NOW):
        kiosk.machine.wall = wall
        tested(kiosk)
        pump.round()
    serials = [beat["serial"] for beat in centre.heartbeats]

    assert len(serials) == 3
    assert serials == sorted(set(serials))


@pytest.mark.parametrize(
    "fault", ["plain", "shape", "urn:kiosk:problem:conflict", "urn:kiosk:problem:malformed"]
)
def test_a_centre_that_takes_no_heartbeat_still_gets_every_packet(
    kiosk: Kiosk, centre: ScriptedCentre, fault: str
) -> None:
    centre.fault("POST", "/v1/heartbeats", fault, number=409)
    kiosk.save(1)
    result = pump_of(kiosk).round()

    assert (result.acknowledged, result.cause) == (1, None)


def test_a_line_that_dies_under_a_heartbeat_ends_the_round_and_the_next_one_makes_up_for_it(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    centre.fault("POST", "/v1/heartbeats", "reset")
    kiosk.save(1)
    pump = pump_of(kiosk)
    broken = pump.round()
    kiosk.machine.pass_time(EVERY)
    after = pump.round()

    assert broken.cause is Cause.CUT
    assert (after.cause, after.acknowledged, len(centre.heartbeats)) == (None, 1, 1)


def test_a_kiosk_that_has_nothing_to_tell_sends_none(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    make_pump(kiosk.store, kiosk.machine, connect=kiosk.connect, tell=lambda _: None).round()
    kiosk.round()

    assert centre.heartbeats == []
    assert kiosk.fact(HEARTBEAT) is None


@pytest.mark.parametrize("text", ["", "1\nb\n2.0", "x\nb\n2.0\n0", "1\nb\nsoon\n0"])
def test_an_unreadable_note_is_none(text: str) -> None:
    assert LastBeat.parse(text) is None
