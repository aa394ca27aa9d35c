"""The centre's list of keys and ended papers from a stick: the newest that proves itself counts, never an older."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.paper_check import Answer
from kiosk.services.counter import Counter, Officer
from kiosk.services.paper_checking import check_letters
from kiosk.services.trust_lists import TrustListError, bring_trust_list, newest_trust_list
from kiosk.wire.signing import Purpose, SigningKey, sign
from kiosk.wire.trust import TrustList, WithdrawnPaper
from tests.services.conftest import NOW
from tests.services.sealed_papers import LETTERS, NUMBER, certified

CENTRE = SigningKey.generate()
GONE = WithdrawnPaper(number=NUMBER, on=date(2026, 1, 4))


@pytest.fixture(autouse=True)
def known_centre(counter: Counter) -> None:
    """Let the counter belong to a centre whose key the test has."""
    with counter.store.writing() as ledger:
        membership = ledger.facts.membership()
        assert membership is not None
        ledger.facts.set_membership(replace(membership, signing_keys=(CENTRE.public.text,)))


def token(
    age: int = 0, *gone: WithdrawnPaper, key: SigningKey = CENTRE, purpose: Purpose = Purpose.TRUST_LIST
) -> str:
    made_at = NOW.wall - timedelta(days=age)
    return sign(TrustList(made_at=made_at, keys=(certified(),), withdrawn=gone).plain(), key, purpose)


def test_a_list_from_a_stick_answers_as_one_of_the_directives(counter: Counter) -> None:
    assert check_letters(counter, LETTERS).answer is Answer.CANNOT_TELL

    bring_trust_list(counter, None, token() + "\n")
    assert check_letters(counter, LETTERS).answer is Answer.VALID

    bring_trust_list(counter, None, token(0, GONE))
    assert check_letters(counter, LETTERS).answer is Answer.WITHDRAWN


def test_an_older_list_changes_nothing(counter: Counter) -> None:
    bring_trust_list(counter, None, token(0, GONE))

    for older in (token(1), token(0), token(0, GONE)):
        with pytest.raises(TrustListError):
            bring_trust_list(counter, None, older)

    with counter.store.reading() as ledger:
        kept = newest_trust_list(ledger)
    assert kept is not None
    assert kept.withdrawn == (GONE,)


@pytest.mark.parametrize(
    "text",
    [
        token(key=SigningKey.generate()),
        token(purpose=Purpose.DIRECTIVES),
        token()[:-4] + "AAAA",
        "",
        "no list",
        "a.b.c",
        "A" * 9_000_000,
    ],
    ids=["foreign", "other purpose", "altered", "empty", "words", "dots", "long"],
)
def test_what_the_centre_did_not_sign_is_refused(counter: Counter, text: str) -> None:
    with pytest.raises(TrustListError):
        bring_trust_list(counter, None, text)

    with counter.store.reading() as ledger:
        assert newest_trust_list(ledger) is None


def test_who_brought_it_is_written_down(counter: Counter, technician: Officer) -> None:
    bring_trust_list(counter, technician, token())

    with counter.store.reading() as ledger:
        (row,) = [row for row in ledger.audit.about("papers") if row.act == "bring_trust_list"]
    assert row.user_id == technician.user_id
