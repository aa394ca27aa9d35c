"""How the fields of one form agree with each other."""

from datetime import date

from kiosk.domain.biodata import Biodata, Field
from kiosk.domain.findings import Finding
from kiosk.domain.nik import FEMALE, MALE, Nik, compare_nik

BELIEF = "7"
NEVER_MARRIED, MARRIED, DIVORCED = "1", "2", "4"
HEAD, HUSBAND, WIFE = "1", "2", "3"


def judge_relations(biodata: Biodata) -> tuple[Finding, ...]:
    """Return where two fields disagree; a field that could not be read disagrees with nothing."""
    return (
        *_judge_nik(biodata),
        *_judge_parents(biodata),
        *_judge_marriage(biodata),
        *_judge_days(biodata),
        *_judge_family(biodata),
        *_judge_belief(biodata),
    )


def _judge_nik(biodata: Biodata) -> tuple[Finding, ...]:
    if not biodata.nik.digits:
        return ()
    known = biodata.birth_date if biodata.birth_date != date.min else None
    return compare_nik(biodata.nik, sex=biodata.sex if biodata.sex.code else None, birth_date=known)


def _judge_parents(biodata: Biodata) -> tuple[Finding, ...]:
    return (
        *_judge_parent(biodata.nik, biodata.mother.nik, Field.MOTHER_NIK, FEMALE),
        *_judge_parent(biodata.nik, biodata.father.nik, Field.FATHER_NIK, MALE),
    )


def _judge_parent(own: Nik, parent: Nik | None, field: Field, sex: str) -> tuple[Finding, ...]:
    if parent is None:
        return ()
    if parent == own:
        return (Finding.error("parent.same_nik", field),)
    return () if parent.sex == sex else (Finding.warning("parent.other_sex", field),)


def _judge_marriage(biodata: Biodata) -> tuple[Finding, ...]:
    status = biodata.marital_status.code
    findings: tuple[Finding, ...] = ()
    if status == MARRIED and biodata.marriage_certificate is None:
        findings += (Finding.warning("marriage.no_certificate", Field.MARRIAGE_CERTIFICATE_NO),)
    if status == DIVORCED and biodata.divorce_certificate is None:
        findings += (Finding.warning("divorce.no_certificate", Field.DIVORCE_CERTIFICATE_NO),)
    if status == NEVER_MARRIED and (biodata.marriage_certificate or biodata.divorce_certificate):
        findings += (Finding.warning("marriage.contradicts_status", Field.MARITAL_STATUS),)
    return findings


def _judge_days(biodata: Biodata) -> tuple[Finding, ...]:
    married = biodata.marriage_certificate.on if biodata.marriage_certificate else None
    divorced = biodata.divorce_certificate.on if biodata.divorce_certificate else None
    findings: tuple[Finding, ...] = ()
    if married and married <= biodata.birth_date:
        findings += (Finding.error("marriage.before_birth", Field.MARRIAGE_DATE),)
    if divorced and divorced <= (married or biodata.birth_date):
        findings += (Finding.error("divorce.before_marriage", Field.DIVORCE_DATE),)
    return findings


def _judge_family(biodata: Biodata) -> tuple[Finding, ...]:
    place, status, sex = biodata.family_relationship.code, biodata.marital_status.code, biodata.sex.code
    findings: tuple[Finding, ...] = ()
    if place in (HUSBAND, WIFE) and status == NEVER_MARRIED:
        findings += (Finding.warning("family_relationship.not_married", Field.FAMILY_RELATIONSHIP),)
    if (place, sex) in ((HUSBAND, FEMALE), (WIFE, MALE)):
        findings += (Finding.warning("family_relationship.other_sex", Field.FAMILY_RELATIONSHIP),)
    if place == HEAD and _differ(biodata.head_of_family, biodata.name.full):
        findings += (Finding.warning("head_of_family.other_name", Field.HEAD_OF_FAMILY),)
    return findings


def _differ(head: str, own: str) -> bool:
    return bool(head and own) and head.casefold() != own.casefold()


def _judge_belief(biodata: Biodata) -> tuple[Finding, ...]:
    if biodata.belief_organisation and biodata.religion.code not in ("", BELIEF):
        return (Finding.warning("belief.other_religion", Field.BELIEF_ORGANISATION),)
    return ()
