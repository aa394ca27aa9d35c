"""A save that broke off is finished at the next start, under the names it was promised."""

import pytest

from kiosk.services.counter import Counter, Officer, created
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.mending import end_unserved
from kiosk.services.saving import Saved, save
from kiosk.services.sealing import fulfil
from kiosk.services.startup import start
from kiosk.storage.records import Sealing, VisitState
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import PacketKind
from tests.services.conftest import ready_visit


@pytest.fixture
def promised(counter: Counter, officer: Officer, people: list[ResidentFile]) -> Sealing:
    """A visit of which the first commit of the save was made, and nothing more."""
    visit_id = ready_visit(counter, officer, people[0])
    kinds = (PacketKind.REGISTRATION, PacketKind.ENROLLMENT)
    with counter.store.writing() as ledger:
        return ledger.sealings.begin(
            visit_id,
            tuple((counter.new_identifier(), kind, None) for kind in kinds),
            created=created(counter.clock()),
            user_id=officer.user_id,
        )


def test_a_promise_is_kept_at_the_next_start(counter: Counter, promised: Sealing) -> None:
    started = start(counter)

    names = tuple(planned.packet_id for planned in promised.packets)
    assert started.finished == names
    with counter.store.reading() as ledger:
        assert tuple(entry.packet_id for entry in ledger.outbox.all()) == names
        visit = ledger.visits.get(promised.visit_id)
    assert visit is not None
    assert visit.state is VisitState.SAVED


def test_a_file_left_by_the_broken_try_is_written_anew_under_the_same_name(
    counter: Counter, promised: Sealing
) -> None:
    counter.store.packets.place(promised.packets[0].packet_id, b"half of a pac")

    start(counter)

    assert all(check.health is not Health.BAD for check in examine_counter(counter))


def test_starting_twice_makes_nothing_twice(counter: Counter, promised: Sealing) -> None:
    start(counter)

    again = start(counter)

    assert again.finished == ()
    with counter.store.reading() as ledger:
        assert len(ledger.outbox.all()) == len(promised.packets)


def test_an_ended_visit_that_broke_off_is_ended_at_the_next_start(
    counter: Counter, officer: Officer, people: list[ResidentFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit_id = ready_visit(counter, officer, people[1])

    def cut(packet_id: str, data: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(counter.store.packets), "place", staticmethod(cut))
        with pytest.raises(KeyboardInterrupt):
            end_unserved(counter, officer, visit_id, "went home")
    start(counter)

    with counter.store.reading() as ledger:
        visit = ledger.visits.get(visit_id)
        assert [entry.kind for entry in ledger.outbox.all()] == [PacketKind.VISIT]
    assert visit is not None
    assert visit.state is VisitState.ENDED


def test_a_packet_file_nobody_knows_is_set_aside_not_deleted(counter: Counter) -> None:
    stray = counter.new_identifier()
    counter.store.packets.place(stray, b"from who knows where")

    started = start(counter)

    assert started.set_aside == (stray,)
    assert (counter.store.folder / "repair" / f"{stray}.pkt").read_bytes() == b"from who knows where"


def test_an_unsent_packet_whose_file_is_gone_is_an_alarm(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    saved = save(counter, officer, ready_visit(counter, officer, people[0]))
    assert isinstance(saved, Saved)
    counter.store.packets.remove(saved.packet_id)

    started = start(counter)

    assert started.alarms == (saved.packet_id,)
    assert any(check.health is Health.BAD for check in examine_counter(counter))


def test_the_doctor_names_a_packet_with_a_flipped_byte(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    saved = save(counter, officer, ready_visit(counter, officer, people[0]))
    assert isinstance(saved, Saved)
    path = counter.store.packets.path(saved.packet_id)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))

    bad = [check.sentence for check in examine_counter(counter) if check.health is Health.BAD]

    assert any(saved.packet_id in sentence for sentence in bad)
    assert path.exists()


def test_fulfilling_a_promise_again_after_its_commit_is_refused_not_doubled(
    counter: Counter, promised: Sealing
) -> None:
    fulfil(counter, promised)

    with counter.store.reading() as ledger:
        assert ledger.sealings.all() == ()
        assert len(ledger.outbox.all()) == 2
