"""A real counter and a real centre with a failing line between them: nothing lost, nothing twice, nothing pretended."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from kiosk.app.centre_process import CentreProcess
from kiosk.app.clock import system_moment
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import reference
from kiosk.domain.captures import CaptureKind, CapturePart
from kiosk.domain.roles import Role
from kiosk.services.counter import Counter, Officer
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.joining import join_centre
from kiosk.services.practice import OFFICE
from kiosk.services.saving import Saved, save
from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.store import Store
from kiosk.sync.causes import Cause
from kiosk.sync.pump import RoundResult, make_pump
from kiosk.wire.messages import PacketKind
from tests.e2e.line_proxy import LineProxy
from tests.services.conftest import capture_of, ready_visit

OFFICER = Officer("petugas", "Petugas Latihan", Role.OFFICER)
IN_HEADERS = 30_000  # bytes that are no packet's: headers, messages, the small registration before
PAPER = 1 << 21  # bytes of a photographed paper, so that an upload takes a while


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreProcess]:
    made = CentreProcess(tmp_path / "centre")
    made.command("init", "--practice")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(centre: CentreProcess) -> Iterator[LineProxy]:
    proxy = LineProxy(int(centre.url.rpartition(":")[2]))
    yield proxy
    proxy.close()


@pytest.fixture
def counter(tmp_path: Path, centre: CentreProcess, line: LineProxy) -> Iterator[Counter]:
    store = Store.create(tmp_path / "kiosk", recovery_recipients=())
    made = Counter(store, reference(), system_moment, os.urandom, timezone(timedelta(hours=7), "WIB"))
    join_centre(made, centre.command("kiosk", "add", "--office", OFFICE), line.url, software="test")
    yield made
    store.close()


@pytest.fixture
def saved(counter: Counter) -> Saved:
    """A saved visit with a large enrollment."""
    people = practice_residents(30, seed=2, today=counter.today(), reference=counter.reference)
    visit_id = ready_visit(counter, OFFICER, next(file for file in people if not file.exceptions))
    paper = CapturePart("family_card", "image/jpeg", os.urandom(PAPER), 1600, 1200)
    with counter.store.writing() as ledger:
        ledger.captures.put(visit_id, replace(capture_of(CaptureKind.DOCUMENT), parts=(paper,)))
    outcome = save(counter, OFFICER, visit_id)
    assert isinstance(outcome, Saved), outcome
    return outcome


def delivered(counter: Counter) -> RoundResult:
    return make_pump(counter.store, counter.clock).run_until_empty(random=lambda: 0.0, rounds=20)


def kept(counter: Counter, packet_id: str) -> OutboxEntry:
    with counter.store.reading() as ledger:
        found = ledger.outbox.get(packet_id)
    assert found is not None
    return found


def is_settled(counter: Counter, centre: CentreProcess) -> bool:
    """Tell whether both sides agree that every packet is at the centre exactly once."""
    told = centre.stats()
    with counter.store.reading() as ledger:
        entries = ledger.outbox.all()
    everything = {entry.state for entry in entries} == {PacketState.ACKNOWLEDGED}
    healthy = all(check.health is not Health.BAD for check in examine_counter(counter))
    return (
        everything
        and healthy
        and (told["acknowledged"], told["duplicates"], told["lost"]) == (len(entries), 0, 0)
    )


@pytest.mark.slow
def test_a_centre_killed_during_an_upload_goes_on_where_it_was(
    counter: Counter, centre: CentreProcess, line: LineProxy, saved: Saved, tmp_path: Path
) -> None:
    landing = tmp_path / "centre" / "landing"

    def fail_once_it_has_arrived() -> None:
        """Kill the centre when it has read what the line carried, so that none of it was on the way."""
        while sum(path.stat().st_size for path in landing.glob("*.part")) < PAPER // 2 - IN_HEADERS:
            time.sleep(0.01)
        centre.fail()

    line.at_bytes, line.then = PAPER // 2, fail_once_it_has_arrived

    broken = make_pump(counter.store, counter.clock).round()
    centre.start()
    delivered(counter)

    total = sum(entry.size for entry in saved.entries)
    assert broken.cause in (Cause.CUT, Cause.REFUSED)
    assert is_settled(counter, centre)
    assert line.sent <= 1.10 * total


@pytest.mark.slow
def test_an_answer_lost_after_the_commit_gives_the_same_acknowledgement_and_one_record(
    counter: Counter, centre: CentreProcess, line: LineProxy, saved: Saved
) -> None:
    registration, enrollment = saved.entries
    assert registration.kind is PacketKind.REGISTRATION
    line.lose_answers_after = enrollment.size

    broken = make_pump(counter.store, counter.clock).round()
    before = kept(counter, enrollment.packet_id)
    held = centre.stats()["acknowledged"]
    line.lose_answers_after = None
    sent = line.sent
    delivered(counter)

    assert broken.cause is Cause.CUT
    assert before.state is not PacketState.ACKNOWLEDGED
    assert held == 2
    assert is_settled(counter, centre)
    assert line.sent - sent < enrollment.size / 10


@pytest.mark.slow
def test_a_line_cut_again_and_again_delivers_with_few_bytes_sent_twice(
    counter: Counter, centre: CentreProcess, line: LineProxy, saved: Saved
) -> None:
    pump, cuts = make_pump(counter.store, counter.clock), 0
    while pump.round().waiting:
        cuts += 1
        line.at_bytes = line.sent + 400_000

    total = sum(entry.size for entry in saved.entries)
    assert cuts <= 12
    assert is_settled(counter, centre)
    assert line.sent <= 1.10 * total


@pytest.mark.slow
def test_a_gateway_that_answers_with_a_page_delivers_nothing_and_is_named(
    counter: Counter, centre: CentreProcess, line: LineProxy, saved: Saved
) -> None:
    line.page = True

    told = make_pump(counter.store, counter.clock).round()
    states = {kept(counter, entry.packet_id).state for entry in saved.entries}
    line.page = False
    delivered(counter)

    assert told.cause is Cause.CAPTIVE_PORTAL
    assert told.acknowledged == 0
    assert states == {PacketState.WAITING}
    assert is_settled(counter, centre)
