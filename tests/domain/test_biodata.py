from collections.abc import Callable
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import codes
from kiosk.domain.biodata import Biodata, BiodataReading, Field, Form
from kiosk.domain.biodata_rules import (
    CODE_LIST_OF,
    REQUIRED,
    canonical_form,
    form_from_texts,
    form_texts,
    read_biodata,
    unknown_keys,
)
from kiosk.domain.errors import MalformedError
from kiosk.domain.findings import Severity
from kiosk.domain.nik import Nik
from kiosk.domain.reference import Reference

Read = Callable[..., BiodataReading]

FULL = {
    Field.TITLE_BEFORE: "dr.",
    Field.TITLE_AFTER: "S.Pd.",
    Field.CITIZENSHIP_DECREE: "SK 12/1990",
    Field.HAMLET: "Krajan",
    Field.POSTAL_CODE: "51281",
    Field.PHONE: "+62 812-3456-7890",
    Field.EMAIL: "slamet@example.org",
    Field.MOTHER_NIK: "3325074101600001",
    Field.FATHER_NIK: "3325070101580001",
    Field.PASSPORT_NO: "X 000000",
    Field.PASSPORT_EXPIRY: "01-01-2030",
    Field.HAS_BIRTH_CERTIFICATE: "ada",
    Field.BIRTH_CERTIFICATE_NO: "3325-LT-0001",
    Field.MARITAL_STATUS: f"{codes.MARITAL_STATUS}:2",
    Field.HAS_MARRIAGE_CERTIFICATE: "ya",
    Field.MARRIAGE_CERTIFICATE_NO: "100/20/2015",
    Field.MARRIAGE_DATE: "3 Maret 2015",
    Field.HAS_DIVORCE_CERTIFICATE: "tidak ada",
}
NASTY = (
    "\0",
    "\x1b[2J",
    "\u202e\u2066",
    "\U0001f600",
    "\u0661\u0662",
    "\ud800",
    "{given}",
    "%s",
    "a:b",
    ":",
    "'\"; --",
)


def _found(reading: BiodataReading) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in reading.findings]


def test_a_good_form_gives_biodata_and_no_finding(read: Read) -> None:
    reading = read({})

    assert reading.findings == ()
    assert reading.biodata is not None
    assert reading.biodata.nik == Nik("3325071708900001")
    assert reading.biodata.birth_date == date(1990, 8, 17)
    assert reading.biodata.address.village == "33.25.07.2015"


def test_every_field_of_a_full_form_arrives(read: Read) -> None:
    reading = read(FULL)
    biodata = reading.biodata

    assert reading.findings == ()
    assert biodata is not None
    assert (biodata.name.title_before, biodata.name.title_after) == ("dr.", "S.Pd.")
    assert (biodata.phone, biodata.email) == ("081234567890", "slamet@example.org")
    assert (biodata.mother.nik, biodata.father.name) == (Nik("3325074101600001"), "JOKO WIBOWO")
    assert (biodata.passport_no, biodata.passport_expiry) == ("X 000000", date(2030, 1, 1))
    assert biodata.marriage_certificate is not None
    assert biodata.marriage_certificate.on == date(2015, 3, 3)
    assert biodata.divorce_certificate is None
    empty = {entry.name for entry in fields(Biodata) if getattr(biodata, entry.name) in (None, "")}
    assert empty == {"belief_organisation", "divorce_certificate"}


@pytest.mark.parametrize("field", sorted(REQUIRED))
@pytest.mark.parametrize("typed", ["", "   "])
def test_each_required_field_is_missed_when_it_is_empty(field: Field, typed: str, read: Read) -> None:
    reading = read({field: typed})

    expected = f"{field}.missing" if field in (Field.NIK, Field.FAMILY_CARD_NO) else "field.missing"
    assert (expected, field) in _found(reading)
    assert reading.biodata is None


@pytest.mark.parametrize("field", sorted(set(Field) - REQUIRED))
@pytest.mark.parametrize("typed", ["", " ", "\u00a0"])
def test_no_other_field_stops_when_it_is_empty(field: Field, typed: str, read: Read) -> None:
    assert read({field: typed}).biodata is not None


@pytest.mark.parametrize("field", [Field.MOTHER_NAME, Field.FATHER_NAME])
def test_a_parent_who_is_not_known_is_asked_about(field: Field, read: Read) -> None:
    reading = read({field: ""})

    assert _found(reading) == [("parent.unknown", field)]
    assert reading.findings[0].severity is Severity.WARNING


def test_an_empty_form_is_told_everything_at_once(known: Reference, today: date) -> None:
    reading = read_biodata({}, today=today, reference=known)

    missed = {field for code, field in _found(reading) if code.endswith(".missing")}
    assert missed == set(REQUIRED)
    assert len(reading.findings) == len(REQUIRED) + 2  # the parents
    assert reading.biodata is None


def test_faults_in_many_fields_are_found_together(read: Read) -> None:
    reading = read(
        {
            Field.NIK: "1", Field.BIRTH_DATE: "31-02-1990", Field.SEX: "9", Field.RT: "x", Field.VILLAGE: "33.25.07",
            Field.FULL_NAME: "1", Field.PHONE: "1", Field.EMAIL: "x", Field.POSTAL_CODE: "1", Field.ADDRESS: "\0",
        }
    )  # fmt: skip

    assert {field for _, field in _found(reading)} == {
        "nik", "birth_date", "sex", "rt", "village", "full_name", "phone", "email", "postal_code", "address",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (Field.RT, "1000", "field.unreadable"),
        (Field.RW, "1a", "field.unreadable"),
        (Field.RW, "\u0661", "field.unreadable"),
        (Field.POSTAL_CODE, "5128", "field.unreadable"),
        (Field.PHONE, "12345", "field.unreadable"),
        (Field.PHONE, "0812345678901234567", "field.unreadable"),
        (Field.EMAIL, "slamet@", "field.unreadable"),
        (Field.EMAIL, "slamet@example", "field.unreadable"),
        (Field.VILLAGE, "Lebo", "field.unreadable"),
        (Field.VILLAGE, "33.25.07.9999", "village.unknown"),
        (Field.VILLAGE, "9999999999", "village.unknown"),
        (Field.HAS_BIRTH_CERTIFICATE, "mungkin", "certificate.held_unclear"),
        (Field.RELIGION, "JEDI", "code.unknown"),
        (Field.RELIGION, "8", "code.unknown"),
        (Field.RELIGION, "religion.siak:99", "code.unknown"),
        (Field.RELIGION, "sex.siak:1", "code.unknown"),
        (Field.OCCUPATION, "100", "code.unknown"),
        (Field.MARITAL_STATUS, "marital_status.siak:2", "code.unknown"),
        (Field.TITLE_BEFORE, "x" * 31, "text.too_long"),
        (Field.ADDRESS, "x" * 121, "text.too_long"),
        (Field.PASSPORT_EXPIRY, "soon", "date.unreadable"),
    ],
)
def test_what_cannot_be_read_stops_at_its_field(field: Field, typed: str, code: str, read: Read) -> None:
    reading = read({field: typed})

    assert (code, field) in _found(reading)
    assert reading.biodata is None


@pytest.mark.parametrize(
    ("typed", "kept"), [("1", "001"), ("012", "012"), ("-", "000"), (" - ", "000"), ("0", "000")]
)
def test_a_neighbourhood_has_three_digits(typed: str, kept: str, read: Read) -> None:
    biodata = read({Field.RT: typed, Field.RW: typed}).biodata

    assert biodata is not None
    assert (biodata.address.rt, biodata.address.rw) == (kept, kept)


@pytest.mark.parametrize("typed", ["0812 3456 7890", "+6281234567890", "62812-3456-7890", "(0812) 34567890"])
def test_a_telephone_number_is_kept_with_its_zero(typed: str, read: Read) -> None:
    biodata = read({Field.PHONE: typed}).biodata

    assert biodata is not None
    assert biodata.phone == "081234567890"


@pytest.mark.parametrize("typed", ["3325072015", "33.25.07.2015", " 33.25.072015 "])
def test_a_village_is_known_by_its_code(typed: str, read: Read) -> None:
    biodata = read({Field.VILLAGE: typed}).biodata

    assert biodata is not None
    assert biodata.address.village == "33.25.07.2015"


@pytest.mark.parametrize("typed", [f"{codes.RELIGION}:3", "3", "03", "katholik", " KATHOLIK "])
def test_a_code_is_read_with_its_list_as_a_number_or_by_its_label(typed: str, read: Read) -> None:
    biodata = read({Field.RELIGION: typed}).biodata

    assert biodata is not None
    assert (biodata.religion.list_id, biodata.religion.code, biodata.religion.label) == (
        codes.RELIGION, "3", "KATHOLIK",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "other"),
    [
        (Field.MARITAL_STATUS, "3", "CERAI HIDUP"),
        (Field.OCCUPATION, "89", "LAINNYA"),
        (Field.OCCUPATION, "31", "PENATA RAMBUT"),
    ],
)
def test_a_bare_number_that_means_something_else_elsewhere_is_told(
    field: Field, typed: str, other: str, read: Read
) -> None:
    notes = [finding for finding in read({field: typed}).findings if finding.code == "code.elsewhere"]

    assert [(note.severity, dict(note.values)["other"]) for note in notes] == [(Severity.NOTE, other)]


def test_a_number_written_with_its_list_is_not_doubted(read: Read) -> None:
    assert read({Field.OCCUPATION: f"{codes.OCCUPATION}:89"}).findings == ()


def test_a_marital_status_of_the_card_is_carried_over_where_that_says_enough(read: Read) -> None:
    biodata = read({Field.MARITAL_STATUS: f"{codes.MARITAL_STATUS_SIAK}:4"}).biodata

    assert biodata is not None
    assert (biodata.marital_status.text, biodata.marital_status.label) == (
        "marital_status.f101_2019:6", "CERAI MATI",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["", "-", " ", "\t", " - "])
def test_the_number_of_a_parent_may_be_left_out(typed: str, read: Read) -> None:
    reading = read({Field.MOTHER_NIK: typed, Field.FATHER_NIK: typed})

    assert reading.findings == ()
    assert reading.biodata is not None
    assert (reading.biodata.mother.nik, reading.biodata.father.nik) == (None, None)


@pytest.mark.parametrize(
    ("held", "number", "code"),
    [
        ("tidak", "12/1990", "certificate.not_held"),
        ("ada", "", "certificate.number_missing"),
        ("mungkin", "12/1990", "certificate.held_unclear"),
    ],
)
def test_a_certificate_and_the_answer_whether_it_is_held_must_agree(
    held: str, number: str, code: str, read: Read
) -> None:
    reading = read({Field.HAS_BIRTH_CERTIFICATE: held, Field.BIRTH_CERTIFICATE_NO: number})

    assert [found for found, _ in _found(reading)] == [code]
    assert reading.biodata is None


def test_a_day_of_a_certificate_that_is_not_held_is_refused(read: Read) -> None:
    reading = read({Field.HAS_MARRIAGE_CERTIFICATE: "no", Field.MARRIAGE_DATE: "01-01-2015"})

    assert ("certificate.not_held", Field.MARRIAGE_CERTIFICATE_NO) in _found(reading)


def test_rules_for_new_names_hold_only_for_a_first_recording(read: Read) -> None:
    typed = {Field.FULL_NAME: "NUR'AINI SARI", Field.HEAD_OF_FAMILY: "NUR'AINI SARI"}

    assert read(typed).biodata is not None
    assert read(typed, first_recording=True).biodata is None


@pytest.mark.parametrize("changes", [{}, FULL], ids=["short", "full"])
def test_the_canonical_form_is_read_as_the_same_biodata(
    changes: dict[Field, str], read: Read, form: Form
) -> None:
    typed = {**form, **changes, Field.RELIGION: "islam", Field.RT: "1", Field.NIK: "33.2507.170890.0001"}
    first = read(typed).biodata
    assert first is not None

    canonical = canonical_form(first, typed)

    assert canonical[Field.NIK] == "3325071708900001"
    assert canonical[Field.RELIGION] == "religion.siak:1"
    assert canonical[Field.RT] == "001"
    assert read(dict(canonical)) == BiodataReading(first, ())


def test_forms_and_texts_are_the_same_thing(form: Form) -> None:
    texts = form_texts(form)

    assert form_from_texts(texts) == form
    assert list(texts) == [field.value for field in Field if field in form]


def test_a_key_that_is_no_field_is_named() -> None:
    with pytest.raises(MalformedError, match="shoe_size"):
        form_from_texts({"nik": "1", "shoe_size": "42"})
    assert [dict(finding.values) for finding in unknown_keys({"nik": "1", "shoe_size": "42"})] == [
        {"key": "shoe_size"}
    ]


def test_what_must_be_filled_in_is_what_the_card_shows_and_the_family_needs() -> None:
    assert {field.value for field in REQUIRED} == {
        "nik", "family_card_no", "full_name", "sex", "birth_place", "birth_date", "citizenship", "blood_type",
        "religion", "marital_status", "education", "occupation", "disability", "address", "rt", "rw", "village",
        "head_of_family", "family_relationship",
    }  # fmt: skip


def test_every_field_with_a_list_is_required_and_its_list_exists(known: Reference) -> None:
    assert set(CODE_LIST_OF) <= REQUIRED
    assert all(known.codes.get(list_id) for list_id in CODE_LIST_OF.values())


@given(st.dictionaries(st.sampled_from(Field), st.one_of(st.text(), st.sampled_from(NASTY))))
@settings(deadline=None, max_examples=300)
def test_any_text_in_any_field_gives_findings_and_nothing_else(read: Read, changes: dict[Field, str]) -> None:
    reading = read(changes)

    stopped = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert (reading.biodata is None) == stopped
    assert all(value.isprintable() for finding in reading.findings for _, value in finding.values)
    if reading.biodata is not None:
        typed = {**dict.fromkeys(Field, ""), **changes}
        canonical = canonical_form(reading.biodata, typed)
        assert set(canonical) == set(Field)


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("nasty", NASTY)
def test_no_field_passes_on_what_cannot_be_printed(field: Field, nasty: str, read: Read) -> None:
    biodata = read({field: f"A{nasty}B"}).biodata

    assert biodata is None or repr(biodata).isprintable()


@pytest.mark.parametrize("pasted", ["1", "A ", "\0", "\U0001f600", " ", "a.", "-"])
def test_ten_megabytes_in_every_field_are_refused_in_every_field(
    pasted: str, known: Reference, today: date
) -> None:
    text = pasted * (10_000_000 // len(pasted))

    reading = read_biodata(dict.fromkeys(Field, text), today=today, reference=known)

    assert {finding.field for finding in reading.findings} == set(Field)
    assert all(len(value) <= 400 for finding in reading.findings for _, value in finding.values)
