"""Whom a service may be given to (UU 24/2013 article 63; the office's practice since 2011)."""

from datetime import date

from kiosk.domain.biodata import Biodata
from kiosk.domain.dates import birthday, full_years, screen_date
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Service

CARD_AGE = 17
RECORDING_AGE = 16
# Who is not recorded within five years after 17 has the NIK switched off (Permendagri 95/2019, article 96).
SWITCHED_OFF_AGE = 22
NEVER_MARRIED = "1"
UNREGISTERED_MARRIAGE = frozenset({"3", "5"})
CITIZEN, DUAL_CITIZEN = "1", "3"
_NEEDS_RECORD = frozenset({Service.REPLACEMENT_LOST, Service.REPLACEMENT_DAMAGED, Service.COLLECTION})
_FOR_ALL_AGES = frozenset({Service.BIODATA_SHEET, Service.CHANGED_DATA})


def judge_eligibility(
    service: Service, biodata: Biodata, *, today: date, enrolled_before: bool = False
) -> tuple[Finding, ...]:
    """Return what stands against the service, or is to be told.

    enrolled_before: the resident says, or the office knows, that fingers and eyes were recorded once.
    """
    return (
        *_judge_citizenship(biodata),
        *_judge_age(service, biodata, today),
        *_judge_marriage(service, biodata, today),
        *_judge_record(service, enrolled_before=enrolled_before),
        *_judge_delay(service, biodata, today, enrolled_before=enrolled_before),
    )


def _judge_citizenship(biodata: Biodata) -> tuple[Finding, ...]:
    if biodata.citizenship.code == CITIZEN:
        return ()
    if biodata.citizenship.code == DUAL_CITIZEN:
        return (Finding.warning("eligibility.dual_citizen", "citizenship"),)
    return (Finding.error("eligibility.foreign_resident", "citizenship"),)


def _judge_age(service: Service, biodata: Biodata, today: date) -> tuple[Finding, ...]:
    age = full_years(biodata.birth_date, on=today)
    if age >= CARD_AGE or service in _FOR_ALL_AGES or _was_married(biodata):
        return ()
    card_day = screen_date(birthday(biodata.birth_date, CARD_AGE))
    if service is not Service.FIRST_ENROLLMENT:
        return (Finding.error("eligibility.no_card_yet", "birth_date", age=str(age), on=card_day),)
    if age >= RECORDING_AGE:
        return (Finding.note("eligibility.card_later", "birth_date", on=card_day),)
    recording_day = screen_date(birthday(biodata.birth_date, RECORDING_AGE))
    return (Finding.error("eligibility.too_young", "birth_date", age=str(age), on=recording_day),)


def _was_married(biodata: Biodata) -> bool:
    return biodata.marital_status.code != NEVER_MARRIED


def _judge_marriage(service: Service, biodata: Biodata, today: date) -> tuple[Finding, ...]:
    under_age = full_years(biodata.birth_date, on=today) < CARD_AGE
    if not under_age or service in _FOR_ALL_AGES or not _was_married(biodata):
        return ()
    if biodata.marital_status.code in UNREGISTERED_MARRIAGE:
        return (Finding.warning("eligibility.marriage_unregistered", "marital_status"),)
    return (Finding.note("eligibility.by_marriage", "marital_status"),)


def _judge_record(service: Service, *, enrolled_before: bool) -> tuple[Finding, ...]:
    if enrolled_before:
        again = service is Service.FIRST_ENROLLMENT
        return (Finding.warning("eligibility.enrolled_before"),) if again else ()
    if service is Service.TEMPORARY_CERTIFICATE:
        return (Finding.error("eligibility.not_enrolled"),)
    return (Finding.warning("eligibility.not_known_enrolled"),) if service in _NEEDS_RECORD else ()


def _judge_delay(
    service: Service, biodata: Biodata, today: date, *, enrolled_before: bool
) -> tuple[Finding, ...]:
    late = full_years(biodata.birth_date, on=today) >= SWITCHED_OFF_AGE
    if service is Service.FIRST_ENROLLMENT and late and not enrolled_before:
        return (Finding.note("eligibility.nik_may_be_off", "nik"),)
    return ()
