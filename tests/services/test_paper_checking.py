"""Checking papers: the right one of five answers, by the register where it is ours, by the centre's list where not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.app.places import RESOURCES
from kiosk.documents.paper import paper_from
from kiosk.documents.seal import sealed
from kiosk.documents.typeface import load_typeface
from kiosk.domain.paper_check import FRESH_DAYS, Answer, Cause
from kiosk.domain.register import Printing
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer
from kiosk.services.issuing import Issuer
from kiosk.services.paper_checking import check_as, check_file, check_letters
from kiosk.services.register_acts import Register
from kiosk.wire.contents import ResidentFile
from kiosk.wire.signing import SigningKey
from kiosk.wire.trust import TrustList, WithdrawnPaper
from tests.services.conftest import NOW, StandingClock
from tests.services.papers import issued, recorded
from tests.services.sealed_papers import LETTERS, NUMBER, SEAL, certified, page_of, photo, trust


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture
def issuer(counter: Counter) -> Issuer:
    return Issuer(counter, Words.load(RESOURCES / "locale", "id"))


def test_a_paper_of_this_kiosk_is_genuine_and_valid_by_its_own_register(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    entry = issued(issuer, supervisor, recorded(counter, officer, people[0]))

    answer = check_file(counter, issuer.pdf(entry.number))

    assert (answer.answer, answer.list_age) == (Answer.VALID, 0)
    assert answer.paper is not None
    assert (answer.paper.number, answer.paper.nik, answer.paper.name) == (
        entry.number,
        entry.nik,
        entry.full_name,
    )
    assert (answer.paper.issued_on, answer.paper.valid_until) == (entry.day, entry.valid_until)


def test_a_photo_of_the_paper_taken_askew_and_blurred_reads_as_well(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    entry = issued(issuer, supervisor, recorded(counter, officer, people[0]))

    assert check_file(counter, photo(page_of(issuer.pdf(entry.number)))).answer is Answer.VALID


def test_a_void_or_withdrawn_paper_of_this_kiosk_is_told(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    register = Register(counter)
    void, back = (issued(issuer, supervisor, recorded(counter, officer, file)) for file in people[:2])
    register.void(supervisor, void.number, "Paper jam")
    register.asked_to_print(supervisor, back.number)
    register.came_out(supervisor, back.number, Printing.PRINTED)
    register.withdraw(supervisor, back.number, "A duplicate")

    for entry in (void, back):
        assert check_letters(counter, paper_from(entry.content).seal.letters).answer is Answer.WITHDRAWN


def test_a_paper_that_ran_out_is_genuine_but_expired(
    counter: Counter,
    issuer: Issuer,
    clock: StandingClock,
    supervisor: Officer,
    people: list[ResidentFile],
) -> None:
    entry = issued(issuer, supervisor, recorded(counter, supervisor, people[0]))
    letters = paper_from(entry.content).seal.letters
    clock.now = replace(NOW, wall=datetime(2026, 7, 5, 16, 59, tzinfo=UTC))
    assert check_letters(counter, letters).answer is Answer.VALID  # 23.59 of the last day here

    clock.now = replace(NOW, wall=datetime(2026, 7, 5, 17, 1, tzinfo=UTC))
    assert check_letters(counter, letters).answer is Answer.EXPIRED


def test_a_paper_of_another_office_is_valid_by_a_fresh_list(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(),)))

    answer = check_letters(counter, LETTERS)

    assert (answer.answer, answer.cause, answer.list_age) == (Answer.VALID, Cause.NONE, 0)


def test_an_old_list_cannot_tell_whether_it_was_taken_back(counter: Counter) -> None:
    made_at = NOW.wall - timedelta(days=FRESH_DAYS + 1)
    trust(counter, TrustList(made_at=made_at, keys=(certified(),)))

    answer = check_letters(counter, LETTERS)

    assert (answer.answer, answer.cause, answer.list_age) == (Answer.CANNOT_TELL, Cause.OLD_LIST, 8)
    assert answer.paper is not None


def test_a_listed_number_is_withdrawn_however_old_the_list_is(counter: Counter) -> None:
    gone = WithdrawnPaper(number=NUMBER, on=date(2025, 6, 1))
    made_at = NOW.wall - timedelta(days=300)
    trust(counter, TrustList(made_at=made_at, keys=(certified(),), withdrawn=(gone,)))

    assert check_letters(counter, LETTERS).answer is Answer.WITHDRAWN


def test_a_key_that_is_not_listed_is_not_genuine_unless_the_list_is_old(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall))
    assert check_letters(counter, LETTERS).answer is Answer.NOT_GENUINE

    trust(counter, TrustList(made_at=NOW.wall - timedelta(days=FRESH_DAYS + 1)))
    answer = check_letters(counter, LETTERS)
    assert (answer.answer, answer.cause) == (Answer.CANNOT_TELL, Cause.UNKNOWN_KEY)


def test_without_a_list_nothing_is_said_of_another_offices_paper(counter: Counter) -> None:
    answer = check_letters(counter, LETTERS)

    assert (answer.answer, answer.cause, answer.list_age) == (Answer.CANNOT_TELL, Cause.UNKNOWN_KEY, None)


def test_a_list_the_centre_did_not_sign_is_no_list(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(),)), signed_by=SigningKey.generate())

    answer = check_letters(counter, LETTERS)

    assert (answer.answer, answer.list_age) == (Answer.CANNOT_TELL, None)


def test_a_revoked_key_counts_for_what_it_signed_before(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(SEAL.issued_at + timedelta(hours=1)),)))
    assert check_letters(counter, LETTERS).answer is Answer.VALID

    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(SEAL.issued_at - timedelta(hours=1)),)))
    assert check_letters(counter, LETTERS).answer is Answer.NOT_GENUINE


def test_an_altered_code_is_not_genuine_and_no_code_cannot_be_told(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(),)))
    forged = sealed(replace(SEAL, name="SOMEBODY ELSE"), SigningKey.generate())
    assert check_letters(counter, forged).answer is Answer.NOT_GENUINE

    for letters in ("", "https://example.test/paper", LETTERS[:-3]):
        answer = check_letters(counter, letters)
        assert (answer.answer, answer.cause) == (Answer.CANNOT_TELL, Cause.NO_SEAL)
    for content in (b"", b"%PDF-1.7 broken", b"GIF89a", bytes(3000)):
        assert check_file(counter, content).cause is Cause.NO_SEAL


def test_what_an_officer_scanned_is_written_down_without_a_nik(counter: Counter, officer: Officer) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(),)))

    check_as(counter, officer, LETTERS)

    with counter.store.reading() as ledger:
        (row,) = ledger.audit.about(NUMBER)
    assert (row.user_id, row.act, row.detail) == ("petugas", "check_paper", "valid")
