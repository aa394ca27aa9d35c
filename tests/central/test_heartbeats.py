"""Heartbeats at the centre: the newest is kept, changes are, and what is no heartbeat of the caller's is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import func, select

from central.clock import system_clock
from central.heartbeats import KEPT_CHANGES, LARGEST, Listener
from central.joining import Joiner
from central.keys import read_door_keys
from central.part_words import PART_WORDS, PROBLEM_WORDS, VERDICT_WORDS
from central.sessions import Caller
from central.status import OfficeStanding, offices_standing
from central.tables import HeartbeatRow, KioskRow, PartChangeRow, PartRow, Table
from kiosk.domain.selftest import Part, Problem, Verdict
from kiosk.wire.messages import Heartbeat, PartTold
from tests.central.conftest import NOW, OFFICE, Centre, Kiosk, joined, problem_of
from tests.central.test_staff import NAME, PASSWORD, log_in

SINCE = system_clock() - timedelta(seconds=1)


def told(part: str, verdict: str = "good", problem: str = "", since: datetime = SINCE) -> PartTold:
    return PartTold(part=part, verdict=verdict, problem=problem, since=since)


def beat_of(kiosk: Kiosk, serial: int, *parts: PartTold, **changes: object) -> Heartbeat:
    values: dict[str, object] = {
        "kiosk_id": kiosk.grant.kiosk_id,
        "serial": serial,
        "software": "kiosk 0.1.0",
        "parts": parts,
        "backlog_count": 3,
        "backlog_bytes": 9_000_000,
        "backlog_oldest": NOW,
        "disk_free": 5 << 30,
        "services": ("recording", "biodata"),
    }
    return Heartbeat.model_construct(**(values | changes))


def send(kiosk: Kiosk, heartbeat: Heartbeat) -> httpx2.Response:
    return kiosk.post("/v1/heartbeats", heartbeat)


def standing_of(centre: Centre, office: str = OFFICE) -> OfficeStanding:
    with centre.store() as store:
        return next(
            one for one in offices_standing(store, lambda code: f"name of {code}") if one.office == office
        )


@pytest.fixture
def alone(lone: Centre) -> Kiosk:
    """The only kiosk of a centre of its own."""
    return joined(lone)


def test_the_newest_heartbeat_of_a_kiosk_is_kept(alone: Kiosk, lone: Centre) -> None:
    first = send(alone, beat_of(alone, 7, told("camera")))
    second = send(alone, beat_of(alone, 9, told("camera"), backlog_count=1))

    assert (first.status_code, first.json()) == (200, {"serial": 7})
    assert second.json() == {"serial": 9}
    with lone.store() as store, store.read() as session:
        rows = session.scalars(select(HeartbeatRow)).all()
        kiosk = session.get_one(KioskRow, alone.grant.kiosk_id)
    assert [(row.serial, row.disk_free, row.services) for row in rows] == [(9, 5 << 30, "recording biodata")]
    assert (kiosk.backlog_count, kiosk.last_seen is not None) == (1, True)


@pytest.mark.parametrize("serial", [1, 6, 7])
def test_one_that_is_not_newer_changes_nothing_and_is_told_why(
    alone: Kiosk, lone: Centre, serial: int
) -> None:
    send(alone, beat_of(alone, 7, told("camera")))

    answer = send(alone, beat_of(alone, serial, told("camera", "broken")))

    assert problem_of(answer) == (409, "conflict")
    assert "newer heartbeat" in answer.json()["detail"]
    assert standing_of(lone).parts["camera"].works


def test_a_heartbeat_that_names_another_kiosk_is_refused(kiosk: Kiosk, centre: Centre) -> None:
    other = joined(centre)

    answer = send(kiosk, beat_of(other, 1, told("camera", "broken")))

    assert problem_of(answer) == (403, "foreign")
    with centre.store() as store, store.read() as session:
        assert session.get(HeartbeatRow, other.grant.kiosk_id) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 0},
        {"serial": 2**53},
        {"kiosk_id": "K!"},
        {"backlog_count": -1},
        {"backlog_oldest": "yesterday"},
        {"backlog_oldest": "2026-01-05T02:00:00"},
        {"disk_free": "much"},
        {"software": "x" * 81},
        {"services": ["Recording; DROP TABLE kiosks"]},
        {"services": ["recording"] * 21},
        {"parts": "all"},
        {"parts": [{"part": "camera"}]},
        {"parts": [{"part": "<b>", "verdict": "good", "since": "2026-01-05T02:00:00Z"}]},
        {"parts": [{"part": "camera", "verdict": "good", "since": "2026-01-05T02:00:00"}]},
        {"parts": [{"part": "iris", "verdict": "good", "since": "2026-01-05T02:00:00Z"}] * 2},
        {"parts": [{"part": "iris", "verdict": "good", "since": "2026-01-05T02:00:00Z"}] * 41},
    ],
    ids=str,
)
def test_what_is_no_heartbeat_is_refused_by_a_sentence(kiosk: Kiosk, changes: dict[str, object]) -> None:
    content = beat_of(kiosk, 1).model_dump(mode="json") | changes
    answer = kiosk.request("POST", "/v1/heartbeats", json=content)

    assert problem_of(answer) == (400, "malformed")
    assert answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff\xfe", b'{"serial": 1', b"null"])
def test_garbage_is_refused_by_a_sentence(kiosk: Kiosk, body: bytes) -> None:
    assert problem_of(kiosk.request("POST", "/v1/heartbeats", content=body)) == (400, "malformed")


def test_one_that_is_too_large_is_refused_unread(kiosk: Kiosk) -> None:
    content = beat_of(kiosk, 1).model_dump(mode="json") | {"note": "x" * LARGEST}

    assert problem_of(kiosk.request("POST", "/v1/heartbeats", json=content)) == (413, "too-large")


def test_without_a_session_and_from_a_revoked_kiosk_none_is_taken(kiosk: Kiosk, centre: Centre) -> None:
    stranger = Kiosk(centre, key=kiosk.key, grant=kiosk.grant)
    without = send(stranger, beat_of(kiosk, 1))
    centre.revoke(kiosk.grant.kiosk_id)

    assert problem_of(without) == (401, "unauthorized")
    assert problem_of(send(kiosk, beat_of(kiosk, 1))) == (403, "kiosk-revoked")


def test_fields_of_a_newer_kiosk_are_left_aside_and_its_parts_are_kept(alone: Kiosk, lone: Centre) -> None:
    newer = beat_of(alone, 1, told("palm_reader", "dreaming")).model_dump(mode="json") | {"mood": "well"}

    assert alone.request("POST", "/v1/heartbeats", json=newer).status_code == 200
    assert standing_of(lone).parts["palm_reader"].verdict == "dreaming"
    assert standing_of(lone).lacking == ()


def test_each_change_of_a_part_is_kept_once_with_when_it_came(alone: Kiosk, lone: Centre) -> None:
    for serial, verdict in enumerate(["good", "broken", "broken", "good"], start=1):
        send(alone, beat_of(alone, serial, told("iris", verdict, since=system_clock())))

    with lone.store() as store, store.read() as session:
        changes = session.scalars(select(PartChangeRow).order_by(PartChangeRow.number)).all()
    assert [change.verdict for change in changes] == ["good", "broken", "good"]
    assert changes[0].since < changes[1].since < changes[2].since


def test_while_a_verdict_stays_so_does_since_when(alone: Kiosk, lone: Centre) -> None:
    send(alone, beat_of(alone, 1, told("iris", "broken", "not_connected", system_clock())))
    before = standing_of(lone).parts["iris"].since
    send(alone, beat_of(alone, 2, told("iris", "broken", "busy", system_clock() + timedelta(hours=1))))
    after = standing_of(lone).parts["iris"]

    assert (after.since, after.problem) == (before, "busy")


def test_a_clock_that_is_wrong_makes_no_past_before_the_kiosk_and_no_future(
    alone: Kiosk, lone: Centre
) -> None:
    ages = [datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)]
    send(
        alone,
        beat_of(alone, 1, told("iris", "broken", since=ages[0]), told("camera", "broken", since=ages[1])),
    )
    parts = standing_of(lone).parts

    with lone.store() as store, store.read() as session:
        joined_at = session.get_one(KioskRow, alone.grant.kiosk_id).joined_at
    assert parts["iris"].since == joined_at
    assert joined_at <= parts["camera"].since <= system_clock()


def test_a_part_that_is_told_of_no_more_is_none_any_more(alone: Kiosk, lone: Centre) -> None:
    send(alone, beat_of(alone, 1, told("iris", "broken"), told("camera")))
    send(alone, beat_of(alone, 2, told("camera")))

    assert set(standing_of(lone).parts) == {"camera"}


def test_an_office_lacks_a_part_only_while_no_kiosk_of_it_has_one(lone: Centre) -> None:
    one, other = joined(lone), joined(lone)
    send(one, beat_of(one, 1, told("iris", "broken"), told("camera", "absent", "not_set_up")))
    send(other, beat_of(other, 1, told("iris", "due"), told("camera", "broken")))
    both = standing_of(lone)
    lone.revoke(other.grant.kiosk_id)
    alone = standing_of(lone)

    assert (both.kiosks, both.lacking, both.parts["camera"].verdict) == (2, ("camera",), "broken")
    assert (alone.kiosks, alone.lacking) == (1, ("camera", "iris"))


def test_the_changes_of_a_part_that_comes_and_goes_fill_no_disk(made: Centre) -> None:
    with made.store() as store:
        joiner = Joiner(store, read_door_keys(store.folder.keys))
        kiosk = Kiosk(made)
        code = joiner.new_code(OFFICE, NOW)
        with store.write() as session:
            session.add(
                KioskRow(kiosk_id="k-1234", office=OFFICE, public_key="x", software="", joined_at=NOW)
            )
            session.add_all(
                PartChangeRow(
                    kiosk_id="k-1234", part="iris", verdict="good", problem="", since=NOW, told_at=NOW
                )
                for _ in range(KEPT_CHANGES)
            )
        heartbeat = Heartbeat.model_validate(
            beat_of_plain("k-1234", told("iris", "broken").model_dump(mode="json"))
        )
        caller = Caller("k-1234", OFFICE, kiosk.key.public, revoked=False)
        Listener(store).hear(heartbeat.model_dump_json().encode(), caller, NOW)
        with store.read() as session:
            kept = session.scalar(select(func.count()).select_from(PartChangeRow))
            newest = session.scalars(
                select(PartChangeRow.verdict).order_by(PartChangeRow.number.desc())
            ).first()

    assert code
    assert (kept, newest) == (KEPT_CHANGES, "broken")


def beat_of_plain(kiosk_id: str, *parts: dict[str, object]) -> dict[str, object]:
    return {
        "kiosk_id": kiosk_id,
        "serial": 1,
        "software": "",
        "parts": parts,
        "backlog_count": 0,
        "backlog_bytes": 0,
        "disk_free": 0,
    }


def test_a_centre_made_before_there_were_heartbeats_gets_their_tables(made: Centre) -> None:
    new = [HeartbeatRow.__table__, PartRow.__table__, PartChangeRow.__table__]
    with made.store() as store:
        Table.metadata.drop_all(store._engine, tables=new)
    with made.store() as store, store.read() as session:
        assert session.scalars(select(HeartbeatRow)).all() == []


def test_every_part_verdict_and_problem_has_its_word() -> None:
    assert set(PART_WORDS) == {part.value for part in Part}
    assert set(VERDICT_WORDS) == {verdict.value for verdict in Verdict}
    assert set(PROBLEM_WORDS) == {problem.value for problem in Problem if problem.value}


@pytest.fixture
def browser(lone: Centre) -> Iterator[httpx2.Client]:
    lone.run("staff", "add", NAME, given=f"{PASSWORD}\n")
    with httpx2.Client(base_url=lone.url, trust_env=False, verify=False) as client:
        yield client


def test_the_staff_see_which_office_lacks_which_part_since_when(
    alone: Kiosk, lone: Centre, browser: httpx2.Client
) -> None:
    send(alone, beat_of(alone, 1, told("fingerprint", "broken", "not_connected"), told("camera", "due")))
    unseen = browser.get("/status")
    log_in(browser)
    page = browser.get("/status")

    assert (unseen.status_code, unseen.headers["location"]) == (303, "/login")
    assert page.status_code == 200
    since = standing_of(lone).parts["fingerprint"].since
    for expected in (
        "Gringsing",
        "Pemindai sidik jari",
        "rusak",
        "tidak tersambung",
        f"{since:%d-%m-%Y %H.%M}",
    ):
        assert expected in page.text
    assert "kabar lama" not in page.text
    assert 'href="/status"' in browser.get("/").text


def test_news_older_than_a_day_are_shown_as_old(alone: Kiosk, lone: Centre, browser: httpx2.Client) -> None:
    send(alone, beat_of(alone, 1, told("camera", "broken")))
    with lone.store() as store, store.write() as session:
        session.get_one(HeartbeatRow, alone.grant.kiosk_id).told_at -= timedelta(days=2)
    log_in(browser)

    assert browser.get("/status").text.count("kabar lama") == 2
