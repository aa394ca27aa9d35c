"""Whatever comes as a name, a secret, a search or a reason: a service answers with a finding or an error of its own."""

from collections.abc import Callable

import pytest

from kiosk.domain.biodata import Field
from kiosk.domain.requests import Service
from kiosk.services import accounts, drafting
from kiosk.services.arrivals import arrive, draft_of
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NobodyError, WrongSecretError
from kiosk.services.mending import amend, end_unserved, withdraw
from kiosk.services.saving import Refused
from kiosk.services.searching import find_people

HALF = "\ud83d"  # of an emoji: no file can hold it
BAD = ["A" * 1_000_000, f"SITI {HALF}", "SITI \x00", "SITI \u202eHANIMA", "SITI \u200b", "SITI 😀", "٣٣٢٥"]
KINDS = ["long", "half", "nul", "direction", "invisible", "symbol", "digits"]

Mending = Callable[[Counter, Officer, str], object]
MENDINGS = {
    "amend": lambda counter, who, reason: amend(counter, who, "no-visit", {Field.HAMLET: "KRAJAN"}, reason),
    "withdraw": lambda counter, who, reason: withdraw(counter, who, "no-visit", reason),
    "end": lambda counter, who, reason: end_unserved(counter, who, "no-visit", reason),
}


@pytest.mark.parametrize("text", BAD, ids=KINDS)
def test_a_name_of_nobody_is_refused_as_such(counter: Counter, text: str) -> None:
    for name in (text, f"petugas{HALF}"):
        with pytest.raises(NobodyError):
            accounts.log_in(counter, name, "petugas-latihan")


@pytest.mark.parametrize("text", BAD[:3], ids=KINDS[:3])
def test_a_bad_password_or_pin_is_wrong_and_nothing_else(counter: Counter, text: str) -> None:
    with pytest.raises(WrongSecretError):
        accounts.log_in(counter, "petugas", text)
    with pytest.raises(WrongSecretError):
        accounts.confirm_pin(counter, "petugas", text)


@pytest.mark.parametrize("text", BAD, ids=KINDS)
def test_a_search_for_it_finds_nobody(counter: Counter, officer: Officer, text: str) -> None:
    assert find_people(counter, officer, text) == ()


@pytest.mark.parametrize("text", BAD, ids=KINDS)
@pytest.mark.parametrize("deed", MENDINGS)
def test_a_reason_that_cannot_stand_is_refused_with_what_was_found(
    counter: Counter, supervisor: Officer, deed: str, text: str
) -> None:
    outcome = MENDINGS[deed](counter, supervisor, text)

    assert isinstance(outcome, Refused)
    assert {finding.field for finding in outcome.findings} == {"reason"}


@pytest.mark.parametrize("text", BAD, ids=KINDS)
def test_an_answer_to_a_warning_that_cannot_stand_takes_the_answer_back(
    counter: Counter, officer: Officer, text: str
) -> None:
    visit_id = arrive(counter, officer, Service.REPLACEMENT_LOST).visit_id
    drafting.give_reason(counter, officer, visit_id, "name.one_word", " has  one name only ")
    first = draft_of(counter, visit_id).reasons

    findings = drafting.give_reason(counter, officer, visit_id, "name.one_word", text)
    of_letter = drafting.tell_enrolled_before(counter, officer, visit_id, letter_no=text)

    assert findings
    assert of_letter
    assert first == {"name.one_word": "has one name only"}
    draft = draft_of(counter, visit_id)
    assert (draft.reasons, draft.police_letter_no) == ({"name.one_word": ""}, "")
    assert draft.enrolled_before


@pytest.mark.parametrize("text", BAD, ids=KINDS)
def test_a_form_keeps_it_as_typed_but_for_halves_of_characters(
    counter: Counter, officer: Officer, text: str
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT, form={Field.NIK: text}).visit_id

    reading = drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: text})

    kept = text.replace(HALF, "")
    assert draft_of(counter, visit_id).form == {Field.NIK: kept, Field.FULL_NAME: kept}
    assert {"nik", "full_name"} <= {finding.field for finding in reading.findings}
