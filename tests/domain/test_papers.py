"""Who may get which paper, and the sentence why not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import codes
from kiosk.domain.biodata import Biodata
from kiosk.domain.codes import Code
from kiosk.domain.papers import (
    STATUS_CODES,
    PaperCase,
    PaperKind,
    PaperPolicy,
    RecordStanding,
    judge_paper,
    says_in_database,
    valid_until,
)
from kiosk.domain.requests import DocumentKind, Service
from kiosk.domain.sentences import sentence

TODAY = date(2026, 1, 29)
CERTIFICATE, SHEET, SLIP = (
    PaperKind.TEMPORARY_CERTIFICATE,
    PaperKind.BIODATA_SHEET,
    PaperKind.ENROLLMENT_SLIP,
)
STRICT, LOOSER, IN_OUTAGES = RecordStanding.CHECKED, RecordStanding.RECEIVED, RecordStanding.CAPTURED
UNSETTLED = (
    RecordStanding.DUPLICATE,
    RecordStanding.ADJUDICATE,
    RecordStanding.REJECTED,
    RecordStanding.WITHDRAWN,
)


@pytest.fixture
def case(citizen: Biodata) -> PaperCase:
    return PaperCase(Service.FIRST_ENROLLMENT, citizen, RecordStanding.CAPTURED)


def _judge(
    case: PaperCase,
    kind: PaperKind = CERTIFICATE,
    needs: RecordStanding = IN_OUTAGES,
    *,
    is_on: bool = True,
    today: date = TODAY,
) -> dict[str, str]:
    findings = judge_paper(case, PaperPolicy(kind, is_on, needs=needs), today=today)
    return {finding.code: finding.severity.value for finding in findings}


def _stops(found: dict[str, str]) -> list[str]:
    return [code for code, severity in found.items() if severity == "error"]


def _aged(case: PaperCase, born: date, *, status: str = "1", citizenship: str = "1") -> PaperCase:
    biodata = replace(
        case.biodata,
        birth_date=born,
        marital_status=Code(codes.MARITAL_STATUS, status, ""),
        citizenship=Code(codes.CITIZENSHIP, citizenship, ""),
    )
    return replace(case, biodata=biodata)


@pytest.mark.parametrize("needs", [STRICT, LOOSER, IN_OUTAGES])
def test_who_was_accepted_by_the_centre_gets_the_certificate_by_every_rule(
    case: PaperCase, needs: RecordStanding
) -> None:
    assert _stops(_judge(replace(case, standing=RecordStanding.CHECKED), needs=needs)) == []


@pytest.mark.parametrize(
    ("needs", "stopped"), [(STRICT, ["paper.not_checked_by_centre"]), (LOOSER, []), (IN_OUTAGES, [])]
)
def test_who_was_sent_and_not_answered_gets_it_by_the_looser_rules(
    case: PaperCase, needs: RecordStanding, stopped: list[str]
) -> None:
    assert _stops(_judge(replace(case, standing=RecordStanding.RECEIVED), needs=needs)) == stopped


@pytest.mark.parametrize(
    ("needs", "stopped"),
    [(STRICT, ["paper.not_checked_by_centre"]), (LOOSER, ["paper.not_received"]), (IN_OUTAGES, [])],
)
def test_who_was_recorded_in_an_outage_gets_it_only_where_the_office_allows(
    case: PaperCase, needs: RecordStanding, stopped: list[str]
) -> None:
    assert _stops(_judge(case, needs=needs)) == stopped


@pytest.mark.parametrize("needs", [STRICT, LOOSER, IN_OUTAGES])
def test_who_was_not_recorded_gets_no_certificate_but_a_biodata_sheet(
    case: PaperCase, needs: RecordStanding
) -> None:
    unrecorded = replace(case, standing=RecordStanding.NONE)

    assert _stops(_judge(unrecorded, needs=needs)) == ["paper.not_recorded"]
    assert _stops(_judge(unrecorded, SHEET, needs)) == []


@pytest.mark.parametrize("kind", [CERTIFICATE, SHEET])
@pytest.mark.parametrize("standing", UNSETTLED)
def test_nothing_is_issued_before_a_duplicate_or_a_rejection_is_settled(
    case: PaperCase, kind: PaperKind, standing: RecordStanding
) -> None:
    assert len(_stops(_judge(replace(case, standing=standing), kind))) == 1


def test_a_printed_card_is_handed_over_and_a_certificate_beside_it_wants_a_reason(case: PaperCase) -> None:
    found = _judge(replace(case, standing=RecordStanding.PRINTED), needs=STRICT)

    assert found["paper.card_is_printed"] == "warning"
    assert _stops(found) == []


@pytest.mark.parametrize(
    ("service", "code", "document"),
    [
        (Service.REPLACEMENT_LOST, "paper.no_police_letter", DocumentKind.POLICE_LETTER),
        (Service.REPLACEMENT_DAMAGED, "paper.no_damaged_card", DocumentKind.DAMAGED_CARD),
    ],
)
def test_a_lost_card_wants_the_polices_letter_and_a_damaged_one_the_card(
    case: PaperCase, service: Service, code: str, document: DocumentKind
) -> None:
    asked = replace(case, service=service, standing=RecordStanding.CHECKED)

    assert _stops(_judge(asked)) == [code]
    assert _stops(_judge(replace(asked, documents=frozenset({document})))) == []


@pytest.mark.parametrize(
    ("needs", "code", "severity"),
    [
        (STRICT, "paper.elsewhere_unchecked", "error"),
        (LOOSER, "paper.recorded_elsewhere", "warning"),
        (IN_OUTAGES, "paper.recorded_elsewhere", "warning"),
    ],
)
def test_who_was_recorded_elsewhere_wants_a_reason_until_the_centre_was_asked(
    case: PaperCase, needs: RecordStanding, code: str, severity: str
) -> None:
    elsewhere = replace(case, standing=RecordStanding.ELSEWHERE)

    assert _judge(elsewhere, needs=needs)[code] == severity
    assert _stops(_judge(replace(elsewhere, checked_on=TODAY), needs=needs)) == []


def test_under_17_and_unmarried_gets_none_and_is_told_from_when(case: PaperCase) -> None:
    young = _aged(case, date(2009, 2, 1))
    findings = judge_paper(young, PaperPolicy(CERTIFICATE, is_on=True, needs=IN_OUTAGES), today=TODAY)

    assert "before 01-02-2026" in sentence(findings[0])
    assert _stops(_judge(young, today=date(2026, 2, 1))) == []
    assert _stops(_judge(_aged(case, date(2009, 2, 1), status="2"))) == []
    assert _stops(_judge(young, SHEET)) == []


def test_a_foreign_resident_gets_no_certificate(case: PaperCase) -> None:
    assert _stops(_judge(_aged(case, date(1990, 1, 1), citizenship="2"))) == ["paper.foreign_resident"]


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_paper_the_office_has_switched_off_is_refused_whoever_asks(
    case: PaperCase, kind: PaperKind
) -> None:
    assert _judge(replace(case, standing=RecordStanding.CHECKED), kind, is_on=False) == {
        "paper.switched_off": "error"
    }


@pytest.mark.parametrize(
    "standing", [RecordStanding.NONE, RecordStanding.ELSEWHERE, RecordStanding.WITHDRAWN]
)
def test_a_slip_is_only_for_who_was_recorded_here(case: PaperCase, standing: RecordStanding) -> None:
    assert _judge(case, SLIP) == {}
    assert _stops(_judge(replace(case, standing=standing), SLIP)) == ["paper.not_recorded_here"]


def test_a_valid_certificate_is_printed_again_and_one_about_to_run_out_renewed(case: PaperCase) -> None:
    holds = replace(case, holds_number="471.13/0042/33.25.07/I/2026", valid_until=date(2026, 3, 1))

    assert _judge(holds)["paper.holds_valid_one"] == "warning"
    assert "paper.holds_valid_one" not in _judge(holds, today=date(2026, 2, 1))
    assert "paper.holds_valid_one" not in _judge(holds, SHEET)


def test_only_what_was_checked_is_said_to_be_in_the_database(case: PaperCase) -> None:
    checked = replace(case, checked_on=date(2026, 1, 28))

    assert not says_in_database(case)
    assert _judge(case)["paper.not_checked"] == "note"
    assert says_in_database(checked)
    assert _judge(checked)["paper.checked"] == "note"


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        (date(2026, 1, 29), date(2026, 7, 29)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 30), date(2027, 6, 30)),
    ],
)
def test_six_months_are_counted_by_the_calendar(issued: date, until: date) -> None:
    policy = PaperPolicy(CERTIFICATE, is_on=True)

    assert valid_until(CERTIFICATE, policy, issued) == until
    assert valid_until(SHEET, policy, issued) is None


@given(
    st.sampled_from(RecordStanding), st.sampled_from(PaperKind), st.sampled_from([STRICT, LOOSER, IN_OUTAGES])
)
def test_every_case_has_a_verdict_in_words(
    citizen: Biodata, standing: RecordStanding, kind: PaperKind, needs: RecordStanding
) -> None:
    case = PaperCase(Service.TEMPORARY_CERTIFICATE, citizen, standing)

    for finding in judge_paper(case, PaperPolicy(kind, is_on=True, needs=needs), today=TODAY):
        assert sentence(finding) != finding.code


def test_every_standing_that_can_be_printed_has_a_short_code_for_the_holder() -> None:
    assert {STATUS_CODES.get(standing, "") for standing in (STRICT, LOOSER, IN_OUTAGES)} == {
        "BIO",
        "SFE",
        "PRR",
    }
