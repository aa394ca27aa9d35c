from dataclasses import replace

import pytest

from central.staff import People
from central.tables import CentreRow, PacketRow, VerdictRow
from kiosk.wire.directives import Directives
from kiosk.wire.messages import SignedPage, Verdict
from kiosk.wire.signing import Purpose, verify
from tests.central.conftest import NOW, OFFICE, Centre, Kiosk, joined, problem_of


def directives_of(kiosk: Kiosk, etag: str = "") -> tuple[int, str, Directives | None]:
    headers = {"if-none-match": etag} if etag else {}
    answer = kiosk.request("GET", "/v1/directives", headers=headers)
    if answer.status_code == 304:
        return 304, answer.headers["etag"], None
    signed = answer.json()["directives"]
    told = Directives.read(verify(signed, kiosk.centre_key, Purpose.DIRECTIVES))
    return answer.status_code, answer.headers["etag"], told


def page_of(kiosk: Kiosk, path: str, after: int = 0) -> SignedPage:
    return SignedPage.read(kiosk.request("GET", f"{path}?after={after}").content)


def add_user(centre: Centre, office: str, name: str) -> str:
    with centre.store() as store:
        return People(store).add_user(office, "officer", name)


def test_directives_name_their_kiosk_and_the_generation_of_the_centre(kiosk: Kiosk) -> None:
    status, etag, told = directives_of(kiosk)

    assert (status, etag) == (200, '"1"')
    assert (told.serial, told.kiosk_id, told.generation) == (1, kiosk.grant.kiosk_id, 1)
    assert told.safe_to_purge_before is None
    assert told.highest_device_seq == 0


def test_directives_the_kiosk_has_are_not_sent_again(kiosk: Kiosk) -> None:
    _, etag, _ = directives_of(kiosk)

    assert directives_of(kiosk, etag) == (304, etag, None)


def test_asked_without_the_tag_the_same_signed_text_comes_again(kiosk: Kiosk) -> None:
    first, second = (kiosk.request("GET", "/v1/directives").content for _ in range(2))

    assert first == second


def test_somebody_added_to_the_office_is_on_the_roster_under_a_higher_serial(
    kiosk: Kiosk, centre: Centre
) -> None:
    _, etag, before = directives_of(kiosk)
    user_id = add_user(centre, OFFICE, "Sari Contoh")

    status, new_etag, after = directives_of(kiosk, etag)

    assert status == 200
    assert new_etag != etag
    assert after.serial == before.serial + 1
    (entry,) = set(after.roster) - set(before.roster)
    assert (entry.user_id, entry.name, entry.role, entry.active) == (user_id, "Sari Contoh", "officer", True)


def test_somebody_of_another_office_changes_nothing_here(kiosk: Kiosk, centre: Centre) -> None:
    _, etag, _ = directives_of(kiosk)
    add_user(centre, "33.25.08", "Budi Contoh")

    assert directives_of(kiosk, etag)[0] == 304


def test_directives_tell_the_highest_number_the_centre_has_seen(kiosk: Kiosk) -> None:
    kiosk.deliver(kiosk.packet(device_seq=41))
    kiosk.deliver(kiosk.packet(device_seq=7))

    assert directives_of(kiosk)[2].highest_device_seq == 41


def test_what_may_be_purged_and_the_generation_come_from_the_centres_own_row(
    kiosk: Kiosk, centre: Centre
) -> None:
    with centre.store() as store, store.write() as session:
        row = session.get_one(CentreRow, 1)
        row.safe_to_purge_before, row.generation = NOW, 2

    told = directives_of(kiosk)[2]

    with centre.store() as store, store.write() as session:
        row = session.get_one(CentreRow, 1)
        row.safe_to_purge_before, row.generation = None, 1
    assert (told.safe_to_purge_before, told.generation) == (NOW, 2)


def fill(centre: Centre, kiosk: Kiosk, first: int, count: int) -> None:
    """Packets and verdicts as the centre keeps them; the texts are numbered in place of being signed."""
    with centre.store() as store, store.write() as session:
        for number in range(first, first + count):
            session.add(
                PacketRow(
                    log_index=number,
                    packet_id=f"{kiosk.grant.kiosk_id}-{number}",
                    kiosk_id=kiosk.grant.kiosk_id,
                    visit_id="visit",
                    office=OFFICE,
                    kind="visit",
                    device_seq=number,
                    size=1,
                    sha256="0" * 64,
                    stored_at=NOW,
                    acknowledgement=f"acknowledgement {number}",
                    judged=True,
                )
            )
            session.add(
                VerdictRow(
                    serial=number,
                    packet_id=f"{kiosk.grant.kiosk_id}-{number}",
                    kiosk_id=kiosk.grant.kiosk_id,
                    decision="accepted",
                    reason="",
                    decided_at=NOW,
                    signed=f"verdict {number}",
                )
            )


@pytest.mark.parametrize("word", ["acknowledgement", "verdict"])
def test_pages_hold_a_hundred_in_order_and_go_on_after_the_last_one_named(centre: Centre, word: str) -> None:
    kiosk, other = joined(centre), joined(centre)
    start = {"acknowledgement": 1000, "verdict": 5000}[word]
    fill(centre, kiosk, start, 120)
    fill(centre, other, start + 120, 1)
    fill(centre, kiosk, start + 121, 30)
    path = f"/v1/{word}s"

    first = page_of(kiosk, path)
    second = page_of(kiosk, path, first.next)
    third = page_of(kiosk, path, second.next)

    numbers = [*range(start, start + 120), *range(start + 121, start + 151)]
    assert first.items + second.items == tuple(f"{word} {number}" for number in numbers)
    assert (len(first.items), first.next, second.next) == (100, start + 99, start + 150)
    assert third == SignedPage(items=(), next=second.next)


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", str(2**63), "9" * 5000])
@pytest.mark.parametrize("path", ["/v1/acknowledgements", "/v1/verdicts"])
def test_a_place_to_go_on_from_that_is_no_number_is_malformed(kiosk: Kiosk, path: str, after: str) -> None:
    assert problem_of(kiosk.request("GET", f"{path}?after={after}")) == (400, "malformed")


def test_verdicts_come_signed_with_their_serial(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)
    before = page_of(kiosk, "/v1/verdicts")

    centre.judge()
    page = page_of(kiosk, "/v1/verdicts")

    assert before.items == ()
    verdict = Verdict.read(verify(page.items[0], kiosk.centre_key, Purpose.VERDICT))
    assert (verdict.packet_id, verdict.kiosk_id) == (packet.header.packet_id, kiosk.grant.kiosk_id)
    assert verdict.serial == page.next


def test_a_token_in_another_scheme_or_case_is_read_as_bearer_only(kiosk: Kiosk) -> None:
    stranger = replace(kiosk, token="")
    headers = {"authorization": f"bearer {kiosk.token}"}

    assert stranger.request("GET", "/v1/verdicts", headers=headers).status_code == 200
