"""Which paper a resident may get: the table of situations that offices have followed, as rules.

Sources: the Director-General's circular 471.13/10231/DUKCAPIL of 29 September 2016 (who was recorded but lacks the
card; six months); UU 23/2006 article 59(2)m on lost and damaged cards; the practice of offices in outages, which
differs and is therefore the office's own setting.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.biodata import Biodata
from kiosk.domain.dates import add_months, birthday, full_years, screen_date
from kiosk.domain.eligibility import CARD_AGE, CITIZEN, DUAL_CITIZEN, NEVER_MARRIED
from kiosk.domain.findings import Finding
from kiosk.domain.requests import DocumentKind, Service

VALID_MONTHS = 6


class PaperKind(StrEnum):
    """What can be printed for a resident."""

    ENROLLMENT_SLIP = "enrollment_slip"  # receipt of having been recorded; no identity paper
    TEMPORARY_CERTIFICATE = "temporary_certificate"  # in place of the card, for some months
    BIODATA_SHEET = "biodata_sheet"  # with portrait; does not run out


class RecordStanding(StrEnum):
    """How far the record of a resident is, as this office knows it."""

    NONE = "none"
    CAPTURED = "captured"  # here, whole, not yet received by the centre
    RECEIVED = "received"  # by the centre, without a verdict
    CHECKED = "checked"  # accepted by the centre
    PRINTED = "printed"  # the card itself was printed
    DUPLICATE = "duplicate"
    ADJUDICATE = "adjudicate"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"  # recorded earlier at another office, by the resident's word or papers


STATUS_CODES: dict[RecordStanding, str] = {
    RecordStanding.CAPTURED: "BIO",
    RecordStanding.RECEIVED: "SFE",
    RecordStanding.CHECKED: "PRR",
    RecordStanding.PRINTED: "PRR",
    RecordStanding.DUPLICATE: "DUP",
    RecordStanding.ADJUDICATE: "ADJ",
}
"""The short code printed at the foot, by which holders ask how far their card is; empty where there is none."""


@dataclass(frozen=True, slots=True)
class PaperPolicy:
    """The office's switch for one kind of paper, as the centre set it.

    basis: the circular it rests on, printed as it is.  needs: the least standing of a record, one of `CHECKED`,
    `RECEIVED`, `CAPTURED` (the strict rule, the looser one, and the one for outages).  months: how long a temporary
    certificate is valid.  decided_on: when the office's rule was set.
    """

    kind: PaperKind
    is_on: bool
    basis: str = ""
    needs: RecordStanding = RecordStanding.CHECKED
    months: int = VALID_MONTHS
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperCase:
    """What the rules look at for one resident.

    documents: the papers shown.  checked_on: the day the data were last found in the centre's database, None where
    nobody looked.  valid_until: of a certificate the resident already holds, None without one.
    """

    service: Service
    biodata: Biodata
    standing: RecordStanding
    documents: frozenset[DocumentKind] = frozenset()
    checked_on: date | None = None
    holds_number: str = ""
    valid_until: date | None = None


_LEVELS = (RecordStanding.CAPTURED, RecordStanding.RECEIVED, RecordStanding.CHECKED, RecordStanding.PRINTED)


def judge_paper(case: PaperCase, policy: PaperPolicy, *, today: date) -> tuple[Finding, ...]:
    """Return why this kind of paper may not be issued (errors), wants a reason (warnings), or what it will lack."""
    if not policy.is_on:
        return (Finding.error("paper.switched_off"),)
    if policy.kind is PaperKind.ENROLLMENT_SLIP:
        return _judge_slip(case)
    return (
        *_judge_person(case, policy, today),
        *_judge_record(case, policy),
        *_judge_documents(case),
        *_judge_held(case, policy, today),
        *_judge_check(case),
    )


def may_be_renewed(case: PaperCase, *, today: date) -> bool:
    """Tell whether the resident holds a certificate that has run out, or will within a month."""
    return case.valid_until is not None and case.valid_until <= add_months(today, 1)


def valid_until(kind: PaperKind, policy: PaperPolicy, issued_on: date) -> date | None:
    """Return the last day a paper is valid, by the calendar (31 August -> 28 February); None without an end."""
    return add_months(issued_on, policy.months) if kind is PaperKind.TEMPORARY_CERTIFICATE else None


def says_in_database(case: PaperCase) -> bool:
    """Tell whether the paper may say that the resident is in the population database: only what was checked."""
    return case.checked_on is not None


def _judge_slip(case: PaperCase) -> tuple[Finding, ...]:
    unwritten = (RecordStanding.NONE, RecordStanding.ELSEWHERE, RecordStanding.WITHDRAWN)
    return (Finding.error("paper.not_recorded_here"),) if case.standing in unwritten else ()


def _judge_person(case: PaperCase, policy: PaperPolicy, today: date) -> tuple[Finding, ...]:
    biodata = case.biodata
    if policy.kind is PaperKind.BIODATA_SHEET:
        return ()
    if biodata.citizenship.code not in (CITIZEN, DUAL_CITIZEN):
        return (Finding.error("paper.foreign_resident", "citizenship"),)
    unmarried = biodata.marital_status.code == NEVER_MARRIED
    if unmarried and full_years(biodata.birth_date, on=today) < CARD_AGE:
        on = screen_date(birthday(biodata.birth_date, CARD_AGE))
        return (Finding.error("paper.too_young", "birth_date", on=on),)
    return ()


def _judge_record(case: PaperCase, policy: PaperPolicy) -> tuple[Finding, ...]:
    unsettled = _judge_unsettled(case.standing)
    if unsettled or policy.kind is PaperKind.BIODATA_SHEET:
        return unsettled
    match case.standing:
        case RecordStanding.NONE:
            return (Finding.error("paper.not_recorded"),)
        case RecordStanding.PRINTED:
            return (Finding.warning("paper.card_is_printed"),)
        case RecordStanding.ELSEWHERE:
            return _judge_elsewhere(case, policy)
    return _judge_level(case.standing, policy)


def _judge_unsettled(standing: RecordStanding) -> tuple[Finding, ...]:
    match standing:
        case RecordStanding.DUPLICATE:
            return (Finding.error("paper.duplicate"),)
        case RecordStanding.ADJUDICATE:
            return (Finding.error("paper.under_decision"),)
        case RecordStanding.REJECTED:
            return (Finding.error("paper.rejected"),)
        case RecordStanding.WITHDRAWN:
            return (Finding.error("paper.withdrawn_record"),)
    return ()


def _judge_elsewhere(case: PaperCase, policy: PaperPolicy) -> tuple[Finding, ...]:
    if case.checked_on is not None:
        return ()
    if policy.needs is RecordStanding.CHECKED:
        return (Finding.error("paper.elsewhere_unchecked"),)
    return (Finding.warning("paper.recorded_elsewhere"),)


def _judge_level(standing: RecordStanding, policy: PaperPolicy) -> tuple[Finding, ...]:
    if _LEVELS.index(standing) >= _LEVELS.index(policy.needs):
        return ()
    if policy.needs is RecordStanding.RECEIVED:
        return (Finding.error("paper.not_received"),)
    return (Finding.error("paper.not_checked_by_centre"),)


def _judge_documents(case: PaperCase) -> tuple[Finding, ...]:
    """Lost: the police's letter; damaged: the card itself; both before anything is printed in its place."""
    if case.service is Service.REPLACEMENT_LOST and DocumentKind.POLICE_LETTER not in case.documents:
        return (Finding.error("paper.no_police_letter"),)
    if case.service is Service.REPLACEMENT_DAMAGED and DocumentKind.DAMAGED_CARD not in case.documents:
        return (Finding.error("paper.no_damaged_card"),)
    return ()


def _judge_held(case: PaperCase, policy: PaperPolicy, today: date) -> tuple[Finding, ...]:
    held = policy.kind is PaperKind.TEMPORARY_CERTIFICATE and case.valid_until is not None
    if not held or may_be_renewed(case, today=today):
        return ()
    assert case.valid_until is not None  # held
    until = screen_date(case.valid_until)
    return (Finding.warning("paper.holds_valid_one", number=case.holds_number, until=until),)


def _judge_check(case: PaperCase) -> tuple[Finding, ...]:
    if case.checked_on is not None:
        return (Finding.note("paper.checked", on=screen_date(case.checked_on)),)
    return (Finding.note("paper.not_checked"),)
