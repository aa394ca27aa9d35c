from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain import codes
from kiosk.domain.biodata import Biodata
from kiosk.domain.codes import Code
from kiosk.domain.eligibility import judge_eligibility
from kiosk.domain.requests import Service

TODAY = date(2026, 1, 29)
CARDS = (
    Service.REPLACEMENT_LOST,
    Service.REPLACEMENT_DAMAGED,
    Service.TEMPORARY_CERTIFICATE,
    Service.COLLECTION,
)
FOR_ALL_AGES = (Service.BIODATA_SHEET, Service.CHANGED_DATA)


def _citizen(citizen: Biodata, born: date, *, status: str = "1", citizenship: str = "1") -> Biodata:
    return replace(
        citizen,
        birth_date=born,
        marital_status=Code(codes.MARITAL_STATUS, status, ""),
        citizenship=Code(codes.CITIZENSHIP, citizenship, ""),
    )


def _judge(service: Service, biodata: Biodata, *, before: bool = False) -> dict[str, str]:
    findings = judge_eligibility(service, biodata, today=TODAY, enrolled_before=before)
    return {finding.code: finding.severity.value for finding in findings}


def _told(service: Service, biodata: Biodata, *, before: bool = False) -> dict[str, str]:
    findings = judge_eligibility(service, biodata, today=TODAY, enrolled_before=before)
    return {name: value for finding in findings for name, value in finding.values}


def test_who_turns_seventeen_today_is_recorded_without_a_word(citizen: Biodata) -> None:
    assert _judge(Service.FIRST_ENROLLMENT, _citizen(citizen, date(2009, 1, 29))) == {}


def test_from_sixteen_recording_is_possible_and_the_card_follows(citizen: Biodata) -> None:
    sixteen = _citizen(citizen, date(2010, 1, 29))
    almost_seventeen = _citizen(citizen, date(2009, 1, 30))

    assert _judge(Service.FIRST_ENROLLMENT, sixteen) == {"eligibility.card_later": "note"}
    assert _judge(Service.FIRST_ENROLLMENT, almost_seventeen) == {"eligibility.card_later": "note"}
    assert _told(Service.FIRST_ENROLLMENT, sixteen) == {"on": "29-01-2027"}


def test_below_sixteen_the_day_is_told_on_which_to_come_again(citizen: Biodata) -> None:
    fifteen = _citizen(citizen, date(2010, 1, 30))

    assert _judge(Service.FIRST_ENROLLMENT, fifteen) == {"eligibility.too_young": "error"}
    assert _told(Service.FIRST_ENROLLMENT, fifteen) == {"age": "15", "on": "30-01-2026"}


@pytest.mark.parametrize("status", ["2", "4", "6"])
def test_a_marriage_gives_the_right_below_seventeen_even_when_it_is_over(
    status: str, citizen: Biodata
) -> None:
    young = _citizen(citizen, date(2010, 6, 1), status=status)

    assert _judge(Service.FIRST_ENROLLMENT, young) == {"eligibility.by_marriage": "note"}


@pytest.mark.parametrize("status", ["3", "5"])
def test_below_seventeen_a_marriage_that_is_not_registered_is_asked_about(
    status: str, citizen: Biodata
) -> None:
    young = _citizen(citizen, date(2010, 6, 1), status=status)

    assert _judge(Service.FIRST_ENROLLMENT, young) == {"eligibility.marriage_unregistered": "warning"}


@pytest.mark.parametrize("service", CARDS)
def test_below_seventeen_there_is_no_card_to_replace(service: Service, citizen: Biodata) -> None:
    sixteen = _citizen(citizen, date(2009, 1, 30))

    assert _judge(service, sixteen, before=True) == {"eligibility.no_card_yet": "error"}
    assert _told(service, sixteen, before=True) == {"age": "16", "on": "30-01-2026"}


@pytest.mark.parametrize("service", FOR_ALL_AGES)
@pytest.mark.parametrize("status", ["1", "2", "3"])
def test_sheets_and_corrections_are_for_all_ages(service: Service, status: str, citizen: Biodata) -> None:
    assert _judge(service, _citizen(citizen, date(2020, 1, 1), status=status)) == {}


@pytest.mark.parametrize("service", Service)
def test_a_foreign_resident_is_sent_to_the_regency(service: Service, citizen: Biodata) -> None:
    foreigner = _citizen(citizen, date(1990, 8, 17), citizenship="2")

    assert _judge(service, foreigner, before=True)["eligibility.foreign_resident"] == "error"


@pytest.mark.parametrize("service", Service)
def test_two_citizenships_are_asked_about(service: Service, citizen: Biodata) -> None:
    both = _citizen(citizen, date(1990, 8, 17), citizenship="3")

    assert _judge(service, both, before=True)["eligibility.dual_citizen"] == "warning"


def test_recording_again_is_asked_about_since_it_makes_a_duplicate(citizen: Biodata) -> None:
    grown = _citizen(citizen, date(1990, 8, 17))

    assert _judge(Service.FIRST_ENROLLMENT, grown, before=True) == {"eligibility.enrolled_before": "warning"}


def test_without_a_recording_there_is_no_temporary_certificate(citizen: Biodata) -> None:
    grown = _citizen(citizen, date(1990, 8, 17))

    assert _judge(Service.TEMPORARY_CERTIFICATE, grown) == {"eligibility.not_enrolled": "error"}
    assert _judge(Service.TEMPORARY_CERTIFICATE, grown, before=True) == {}


@pytest.mark.parametrize(
    "service", [Service.REPLACEMENT_LOST, Service.REPLACEMENT_DAMAGED, Service.COLLECTION]
)
def test_services_for_the_recorded_ask_when_nobody_knows(service: Service, citizen: Biodata) -> None:
    grown = _citizen(citizen, date(1990, 8, 17))

    assert _judge(service, grown) == {"eligibility.not_known_enrolled": "warning"}
    assert _judge(service, grown, before=True) == {}


def test_from_twenty_two_a_number_never_recorded_may_be_switched_off(citizen: Biodata) -> None:
    switched_off = _citizen(citizen, date(2004, 1, 29))
    not_yet = _citizen(citizen, date(2004, 1, 30))

    assert _judge(Service.FIRST_ENROLLMENT, switched_off) == {"eligibility.nik_may_be_off": "note"}
    assert _judge(Service.FIRST_ENROLLMENT, not_yet) == {}
    assert _judge(Service.BIODATA_SHEET, switched_off) == {}
