from collections.abc import Callable

import pytest

from kiosk.domain import codes
from kiosk.domain.biodata import BiodataReading, Field
from kiosk.domain.findings import Severity

Read = Callable[..., BiodataReading]

STATUS, PLACE = codes.MARITAL_STATUS, codes.FAMILY_RELATIONSHIP
WOMAN = {Field.NIK: "3325075708900002", Field.SEX: f"{codes.SEX}:2"}
MARRIED = {
    Field.MARITAL_STATUS: f"{STATUS}:2",
    Field.MARRIAGE_CERTIFICATE_NO: "1/2015",
    Field.MARRIAGE_DATE: "01-05-2015",
}
DIVORCED = {**MARRIED, Field.MARITAL_STATUS: f"{STATUS}:4", Field.DIVORCE_CERTIFICATE_NO: "2/2020"}


@pytest.mark.parametrize(
    ("changes", "code", "field", "severity"),
    [
        pytest.param(
            {Field.BIRTH_DATE: "17-08-1991"}, "nik.other_birth_date", "birth_date", "warning",
            id="the day was corrected",
        ),
        pytest.param(
            {Field.SEX: f"{codes.SEX}:2"}, "nik.other_sex", "sex", "warning", id="the other sex",
        ),
        pytest.param(
            {Field.MOTHER_NIK: "3325071708900001"}, "parent.same_nik", "mother_nik", "error",
            id="her own mother",
        ),
        pytest.param(
            {Field.MOTHER_NIK: "3325070101600001"}, "parent.other_sex", "mother_nik", "warning",
            id="a mother who is a man",
        ),
        pytest.param(
            {Field.FATHER_NIK: "3325074101600001"}, "parent.other_sex", "father_nik", "warning",
            id="a father who is a woman",
        ),
        pytest.param(
            {Field.MARITAL_STATUS: f"{STATUS}:2"}, "marriage.no_certificate", "marriage_certificate_no", "warning",
            id="a registered marriage without its certificate",
        ),
        pytest.param(
            {**MARRIED, Field.MARITAL_STATUS: f"{STATUS}:4"}, "divorce.no_certificate", "divorce_certificate_no",
            "warning", id="a registered divorce without its certificate",
        ),
        pytest.param(
            {Field.MARRIAGE_CERTIFICATE_NO: "1/2015"}, "marriage.contradicts_status", "marital_status", "warning",
            id="a certificate of somebody never married",
        ),
        pytest.param(
            {Field.DIVORCE_CERTIFICATE_NO: "2/2020"}, "marriage.contradicts_status", "marital_status", "warning",
            id="a divorce of somebody never married",
        ),
        pytest.param(
            {**MARRIED, Field.MARRIAGE_DATE: "17-08-1990"}, "marriage.before_birth", "marriage_date", "error",
            id="married on the day of birth",
        ),
        pytest.param(
            {**DIVORCED, Field.DIVORCE_DATE: "01-04-2015"}, "divorce.before_marriage", "divorce_date", "error",
            id="divorced before the marriage",
        ),
        pytest.param(
            {**DIVORCED, Field.MARRIAGE_DATE: "", Field.DIVORCE_DATE: "01-01-1980"}, "divorce.before_marriage",
            "divorce_date", "error", id="divorced before the birth",
        ),
        pytest.param(
            {Field.FAMILY_RELATIONSHIP: f"{PLACE}:2"}, "family_relationship.not_married", "family_relationship",
            "warning", id="a husband who never married",
        ),
        pytest.param(
            {**WOMAN, **MARRIED, Field.FAMILY_RELATIONSHIP: f"{PLACE}:2"}, "family_relationship.other_sex",
            "family_relationship", "warning", id="a husband who is a woman",
        ),
        pytest.param(
            {**MARRIED, Field.FAMILY_RELATIONSHIP: f"{PLACE}:3"}, "family_relationship.other_sex",
            "family_relationship", "warning", id="a wife who is a man",
        ),
        pytest.param(
            {Field.HEAD_OF_FAMILY: "JOKO WIBOWO"}, "head_of_family.other_name", "head_of_family", "warning",
            id="the head of the family has another name",
        ),
        pytest.param(
            {Field.BELIEF_ORGANISATION: "Paguyuban"}, "belief.other_religion", "belief_organisation", "warning",
            id="an organisation of belief beside a religion",
        ),
    ],
)  # fmt: skip
def test_two_fields_that_disagree_are_told_at_one_of_them(
    changes: dict[Field, str], code: str, field: str, severity: str, read: Read
) -> None:
    reading = read(changes)

    assert [(finding.code, finding.field, finding.severity.value) for finding in reading.findings] == [
        (code, field, severity)
    ]
    assert (reading.biodata is None) == (severity == "error")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(MARRIED, id="married with a certificate"),
        pytest.param({**DIVORCED, Field.DIVORCE_DATE: "01-05-2020"}, id="divorced with both certificates"),
        pytest.param({Field.MARITAL_STATUS: f"{STATUS}:3"}, id="married, not registered"),
        pytest.param({Field.MARITAL_STATUS: f"{STATUS}:6"}, id="widowed"),
        pytest.param(
            {**WOMAN, **MARRIED, Field.FAMILY_RELATIONSHIP: f"{PLACE}:3", Field.FULL_NAME: "SITI RAHAYU"}, id="a wife"
        ),
        pytest.param({Field.HEAD_OF_FAMILY: "Slamet  Wibowo"}, id="the same name in other letters"),
        pytest.param(
            {Field.BELIEF_ORGANISATION: "Paguyuban", Field.RELIGION: f"{codes.RELIGION}:7"}, id="a belief"
        ),
        pytest.param({Field.VILLAGE: "31.71.01.1001"}, id="moved: the number keeps the district of old"),
        pytest.param({Field.FAMILY_CARD_NO: "3171010101200001"}, id="a family card of elsewhere"),
    ],
)  # fmt: skip
def test_what_is_normal_gives_no_finding(changes: dict[Field, str], read: Read) -> None:
    assert read(changes).findings == ()


@pytest.mark.parametrize(
    "changes",
    [
        {Field.NIK: "1", Field.MOTHER_NIK: "3325074101600001"},
        {Field.BIRTH_DATE: "x", **MARRIED},
        {Field.SEX: "x", Field.FAMILY_RELATIONSHIP: f"{PLACE}:1"},
        {Field.FULL_NAME: "\0"},
        {Field.RELIGION: "x", Field.BELIEF_ORGANISATION: "Paguyuban"},
    ],
)
def test_a_field_that_cannot_be_read_disagrees_with_nothing(changes: dict[Field, str], read: Read) -> None:
    findings = read(changes).findings

    assert len(findings) == 1
    assert findings[0].severity is Severity.ERROR


def test_several_disagreements_are_told_together(read: Read) -> None:
    reading = read({Field.BIRTH_DATE: "18-08-1990", Field.SEX: "2", Field.HEAD_OF_FAMILY: "JOKO WIBOWO"})

    assert {finding.code for finding in reading.findings} == {
        "nik.other_birth_date", "nik.other_sex", "head_of_family.other_name",
    }  # fmt: skip


def test_a_disagreement_is_told_beside_a_field_that_cannot_be_read(read: Read) -> None:
    reading = read({Field.RT: "x", Field.SEX: f"{codes.SEX}:2"})

    assert {finding.code for finding in reading.findings} == {"field.unreadable", "nik.other_sex"}
