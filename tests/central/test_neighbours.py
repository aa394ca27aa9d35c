"""Directives carry the other offices of the kabupaten, with the devices that work there and when that was told."""

from central.clock import system_clock
from central.joining import Joiner
from central.keys import read_door_keys
from central.tables import HeartbeatRow
from kiosk.wire.messages import Neighbour
from tests.central.conftest import OFFICE, Centre, Kiosk
from tests.central.test_heartbeats import beat_of, send, told
from tests.central.test_telling import directives_of

SUBAH, PEKALONGAN = "33.25.08", "33.26.01"


def joined_at(centre: Centre, office: str) -> Kiosk:
    kiosk = Kiosk(centre)
    with centre.store() as store:
        code = Joiner(store, read_door_keys(store.folder.keys)).new_code(office, system_clock())
    assert kiosk.join(code).status_code == 201
    kiosk.log_in()
    return kiosk


def neighbours_of(kiosk: Kiosk) -> tuple[Neighbour, ...]:
    _, _, directives = directives_of(kiosk)
    assert directives is not None
    return directives.neighbours


def test_an_office_hears_of_the_others_of_its_kabupaten_and_of_no_further_one(lone: Centre) -> None:
    here, near, far, silent = (joined_at(lone, office) for office in (OFFICE, SUBAH, PEKALONGAN, "33.25.05"))
    before = neighbours_of(here)
    parts = (told("camera", "due"), told("iris", "broken"), told("fingerprint", "care"), told("link", "good"))
    for kiosk in (here, near, far):
        send(kiosk, beat_of(kiosk, 1, *parts))
    (found,) = neighbours_of(here)

    assert before == ()
    assert (found.office, found.parts) == (SUBAH, ("camera", "fingerprint"))
    assert neighbours_of(far) == ()
    assert {one.office for one in neighbours_of(silent)} == {OFFICE, SUBAH}


def test_within_the_hour_another_heartbeat_that_says_the_same_changes_no_directives(lone: Centre) -> None:
    here, near = joined_at(lone, OFFICE), joined_at(lone, SUBAH)
    send(near, beat_of(near, 1, told("camera")))
    _, etag, first = directives_of(here)
    send(near, beat_of(near, 2, told("camera"), told("link", "broken")))
    with (
        lone.store() as store,
        store.write() as session,
    ):  # as if it were the same hour, whatever the clock says
        row = session.get_one(HeartbeatRow, near.grant.kiosk_id)
        assert first is not None
        row.told_at = first.neighbours[0].told_at.replace(minute=59)
    same, _, _ = directives_of(here, etag)
    send(near, beat_of(near, 3, told("camera", "broken")))
    changed, _, directives = directives_of(here, etag)

    assert same == 304
    assert changed == 200
    assert directives is not None
    assert directives.neighbours[0].parts == ()
    assert directives.serial > first.serial


def test_a_revoked_kiosk_speaks_for_no_office(lone: Centre) -> None:
    here, near = joined_at(lone, OFFICE), joined_at(lone, SUBAH)
    send(near, beat_of(near, 1, told("camera")))
    lone.revoke(near.grant.kiosk_id)

    assert neighbours_of(here) == ()
