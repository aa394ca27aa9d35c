"""The pump: pauses that outlive the program, one sender at a time, urgent first, a probe after an outage."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.clock import ClockState
from kiosk.storage.records import PacketState
from kiosk.sync.causes import Cause
from kiosk.sync.client import BLOCK
from kiosk.sync.judged_clock import JudgedClock
from kiosk.sync.pump import FAILED_ROUNDS, LAST_ROUND, OUTAGE, OUTAGE_SINCE, PAUSE, RATE, make_pump
from kiosk.sync.sender_lock import SenderBusyError, sender_lock
from kiosk.wire.messages import ProblemType
from tests.sync.conftest import Kiosk, content_of, identifier
from tests.sync.scripted_centre import ScriptedCentre

HOLDER = Path(__file__).with_name("hold_the_line.py")
IN_THE_STREAM = 15  # clock readings: behind those before the first block of the first packet


def announcements(centre: ScriptedCentre) -> int:
    return centre.calls.count("POST /v1/announcements")


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/announcements"), ("PATCH", "/v1/uploads/")])
def test_a_full_centre_names_a_pause_that_outlives_the_program(
    kiosk: Kiosk, centre: ScriptedCentre, method: str, path: str
) -> None:
    packet_id = kiosk.save(1)
    centre.fault(method, path, ProblemType.STORAGE_LOW, number=503)
    told = kiosk.round()
    centre.calls.clear()
    kiosk.restart()
    kiosk.machine.pass_time(20)
    paused = kiosk.round()

    assert (told.cause, told.retry_after) == (Cause.CENTRE_FULL, 120.0)
    assert (paused.cause, paused.retry_after, paused.waiting) == (Cause.CENTRE_FULL, 100.0, 1)
    assert centre.calls == []
    assert kiosk.entry(packet_id).failures == 0


def test_after_the_pause_it_is_asked_again_by_itself(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1)
    centre.fault("POST", "/v1/announcements", ProblemType.STORAGE_LOW, number=503)
    kiosk.round()
    kiosk.machine.pass_time(120)

    assert kiosk.round().acknowledged == 1


def test_a_pause_goes_on_over_a_reboot(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1)
    centre.fault("POST", "/v1/announcements", ProblemType.STORAGE_LOW, number=503)
    kiosk.round()
    kiosk.machine.reboot()
    kiosk.restart()

    assert kiosk.round().retry_after == 119.0


def test_a_pause_nobody_can_read_is_no_pause(kiosk: Kiosk) -> None:
    kiosk.save(1)
    with kiosk.store.writing() as ledger:
        ledger.facts.put(PAUSE, "soon")

    assert kiosk.round().acknowledged == 1


def test_a_packet_the_centre_defers_waits_while_the_others_go(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    deferred, good = kiosk.save_many(2)
    centre.deferred.add(deferred)
    result = kiosk.round()
    centre.deferred.clear()
    last = kiosk.round()

    assert (result.cause, result.retry_after, result.waiting) == (Cause.CENTRE_FULL, 60.0, 1)
    assert (last.waiting, centre.commits) == (0, [good, deferred])


def test_a_cut_line_is_tried_again_soon_though_a_packet_was_deferred_for_long(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    deferred, _ = kiosk.save_many(2)
    centre.deferred.add(deferred)
    centre.fault("PATCH", ".*", "reset")
    result = kiosk.round()

    assert (result.cause, result.retry_after) == (Cause.CUT, None)


def test_a_second_sender_of_this_program_is_told_so_at_once(kiosk: Kiosk) -> None:
    kiosk.save(1)
    with sender_lock(kiosk.folder / "sender.lock"), pytest.raises(SenderBusyError):
        kiosk.round()

    assert kiosk.round().acknowledged == 1


def test_a_round_within_a_round_is_refused_and_the_first_goes_on(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save(1, size=50_000)
    refused: list[SenderBusyError] = []

    def second() -> None:
        with pytest.raises(SenderBusyError) as caught:
            kiosk.round()
        refused.append(caught.value)

    centre.during = second
    result = kiosk.round()

    assert (result.acknowledged, bool(refused), centre.body_bytes) == (1, True, 50_000)


def test_two_programs_do_not_send_at_once_and_the_lock_ends_with_its_program(kiosk: Kiosk) -> None:
    kiosk.save(1)
    command = [sys.executable, str(HOLDER), str(kiosk.folder / "sender.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        held = holder.stdout.readline()
        with pytest.raises(SenderBusyError):
            kiosk.round()
        holder.kill()
        holder.communicate()

    assert held == b"held\n"
    assert kiosk.round().acknowledged == 1


def test_stopping_ends_a_stream_within_a_block_and_what_arrived_is_kept(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    size = 200 * BLOCK
    packet_id = kiosk.save(1, size=size)
    pump = kiosk.pump()
    kiosk.machine.at_reading[IN_THE_STREAM] = pump.stop
    stopped = pump.round()
    outage = kiosk.fact(OUTAGE)
    last = kiosk.round()

    assert (stopped.cause, stopped.waiting) == (Cause.STOPPED, 1)
    assert 0 < stopped.sent <= (IN_THE_STREAM + 1) * BLOCK
    assert kiosk.changes[0] == (packet_id, PacketState.PARTIAL, stopped.sent)
    assert (last.acknowledged, centre.body_bytes) == (1, size)
    assert not outage


def test_a_stopped_pump_stays_stopped(kiosk: Kiosk) -> None:
    kiosk.save_many(3, size=BLOCK * 2)
    pump = kiosk.pump()
    pump.stop()
    result = pump.run_until_empty(random=lambda: 0.99)

    assert (result.cause, result.sent) == (Cause.STOPPED, BLOCK)


def test_what_a_waiting_person_needs_goes_before_the_rest_of_a_long_upload(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    long = kiosk.save(1, size=200 * BLOCK)

    def somebody_comes() -> None:
        kiosk.save(2, priority=1)
        kiosk.machine.pass_time(6)

    kiosk.machine.at_reading[IN_THE_STREAM] = somebody_comes
    result = kiosk.round()

    assert centre.commits == [identifier(2), long]
    assert (result.acknowledged, result.waiting, result.cause) == (2, 0, None)
    assert centre.body_bytes == 200 * BLOCK + 2000
    assert 0 < int(centre.patch_headers[-1]["upload-offset"]) <= IN_THE_STREAM * BLOCK


def test_an_urgent_packet_is_not_interrupted_by_another(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    first = kiosk.save(1, size=200 * BLOCK, priority=1)

    def somebody_comes() -> None:
        kiosk.save(2, priority=1)
        kiosk.machine.pass_time(6)

    kiosk.machine.at_reading[IN_THE_STREAM] = somebody_comes
    kiosk.round()

    assert centre.commits == [first, identifier(2)]
    assert len(centre.patch_headers) == 2


def test_what_is_not_urgent_does_not_interrupt(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    first = kiosk.save(1, size=200 * BLOCK, priority=3)

    def another_is_saved() -> None:
        kiosk.save(2, priority=2)
        kiosk.machine.pass_time(6)

    kiosk.machine.at_reading[IN_THE_STREAM] = another_is_saved
    kiosk.round()

    assert centre.commits == [first, identifier(2)]


def test_an_urgent_packet_that_fails_interrupts_nothing_a_second_time(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    urgent = kiosk.save(1, priority=1)
    long = kiosk.save(2, size=100 * BLOCK)
    centre.fault("PATCH", f".*{urgent}", "rot", times=99)
    kiosk.machine.at_reading[IN_THE_STREAM + 9] = lambda: kiosk.machine.pass_time(6)
    result = kiosk.round()

    assert (centre.commits, result.acknowledged) == ([long], 1)
    assert (kiosk.entry(urgent).failures, len(centre.patch_headers)) == (1, 2)


def test_after_an_outage_one_small_packet_goes_first_and_then_the_pipe_is_opened(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    centre.fault("POST", "/v1/sessions", "reset")
    for number, size in ((1, 90_000), (2, 1_000), (3, 50_000)):
        kiosk.save(number, size=size)
    outage = kiosk.round()
    kept = kiosk.fact(OUTAGE)
    centre.calls.clear()
    kiosk.restart()
    result = kiosk.round()

    order = [call.split()[1] for call in centre.calls if "uploads" in call or "announcements" in call]
    assert (outage.cause, kept) == (Cause.CUT, Cause.CUT.value)
    assert order[:3] == ["/v1/announcements", f"/v1/uploads/{identifier(2)}", "/v1/announcements"]
    assert (result.waiting, kiosk.fact(OUTAGE)) == (0, "")


def test_a_probe_that_breaks_ends_the_round_before_anything_else_is_tried(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save_many(5)
    centre.fault("PATCH", ".*", "reset", times=99)
    kiosk.round()
    centre.calls.clear()
    kiosk.round()

    assert (announcements(centre), sum("PATCH" in call for call in centre.calls)) == (1, 1)


def test_without_an_outage_nothing_is_probed(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save_many(3)
    kiosk.round()

    assert announcements(centre) == 1


def test_an_outage_with_nothing_waiting_ends_with_the_next_good_round(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    centre.fault("GET", "/v1/verdicts", "reset")
    kiosk.round()
    kept = kiosk.fact(OUTAGE)
    kiosk.round()

    assert (kept, kiosk.fact(OUTAGE)) == (Cause.CUT.value, "")


def test_rounds_end_when_their_number_is_reached(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1)
    centre.fault("POST", "/v1/sessions", "reset", times=99)
    kiosk.rounds(3)

    assert centre.calls.count("POST /v1/sessions") == 3


@pytest.mark.parametrize(("minutes", "off"), [(-3, True), (-1, False), (0, False), (1, False), (3, True)])
def test_a_wall_clock_far_from_the_centres_is_told(kiosk: Kiosk, minutes: int, off: bool) -> None:
    kiosk.machine.wall += timedelta(minutes=minutes)
    result = kiosk.round()

    assert (result.skew, result.clock_off) == (timedelta(minutes=minutes), off)


def test_the_centres_time_reaches_the_clock_that_judges_itself(kiosk: Kiosk) -> None:
    clock = JudgedClock.of(kiosk.machine, kiosk.store)
    before = clock().state
    make_pump(kiosk.store, clock, connect=kiosk.connect).round()

    assert (before, clock().state) == (ClockState.UNCHECKED, ClockState.TRUSTED)


def test_a_packet_saved_during_the_round_goes_in_the_same_round(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1)
    saved: list[str] = []

    def save_another() -> None:
        if not saved:
            saved.append(kiosk.save(2))

    centre.during = save_another
    result = kiosk.round()

    assert (result.acknowledged, result.waiting) == (2, 0)
    assert centre.packets[saved[0]] == content_of(2, 2000)


def test_an_outage_keeps_when_it_began_and_how_often_it_was_tried(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save(1)
    centre.fault("POST", "/v1/sessions", "reset", times=3)
    began = kiosk.machine.wall
    for _ in range(3):
        kiosk.round()
        kiosk.machine.pass_time(60)
    kept = [kiosk.fact(name) for name in (OUTAGE_SINCE, FAILED_ROUNDS, LAST_ROUND)]
    kiosk.round()

    assert kept == [began.isoformat(), "3", (began + timedelta(seconds=120)).isoformat()]
    assert [kiosk.fact(name) for name in (OUTAGE, OUTAGE_SINCE, FAILED_ROUNDS)] == ["", "", ""]
    assert kiosk.fact(LAST_ROUND) == (began + timedelta(seconds=180)).isoformat()


def test_an_outage_is_over_once_the_probe_arrived_however_long_the_rest_takes(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save_many(3)
    centre.fault("POST", "/v1/sessions", "reset")
    kiosk.round()
    told: list[str | None] = []

    def look() -> None:
        told.append(kiosk.fact(OUTAGE))

    centre.during = look
    kiosk.round()

    assert told[0] == Cause.CUT.value
    assert set(told[1:]) == {""}


def test_a_line_that_breaks_again_after_the_probe_begins_a_new_outage(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save_many(3)
    centre.fault("POST", "/v1/sessions", "reset")
    kiosk.round()
    kiosk.machine.pass_time(60)
    centre.fault("PATCH", f".*{identifier(2)}", "reset")
    kiosk.round()

    assert (kiosk.fact(OUTAGE), kiosk.fact(FAILED_ROUNDS)) == (Cause.CUT.value, "1")
    assert kiosk.fact(OUTAGE_SINCE) == kiosk.machine.wall.isoformat()


def test_the_rate_is_kept_of_a_round_that_moved_enough(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save(1, size=1000)
    kiosk.round()
    small = kiosk.fact(RATE)
    kiosk.save(2, size=400_000)
    kiosk.machine.at_reading[kiosk.machine.readings + IN_THE_STREAM] = lambda: kiosk.machine.pass_time(8)
    kiosk.round()

    assert small is None
    assert kiosk.fact(RATE) == "50000"
