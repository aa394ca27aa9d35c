import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.errors import MalformedError
from kiosk.domain.family_card import FamilyCardNo, read_family_card_no
from kiosk.domain.findings import Severity
from kiosk.domain.regions import RegionTable


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        pytest.param("3325070101200001", [], id="a card of Gringsing"),
        pytest.param("33.2507-010120 0001", [], id="separators"),
        pytest.param("3325072902000001", [], id="29 February 2000"),
        pytest.param("3325072902010001", ["family_card_no.date"], id="29 February 2001"),
        pytest.param("3325074101200001", ["family_card_no.date"], id="day 41: there is no +40 here"),
        pytest.param("3325070013200001", ["family_card_no.date"], id="day 00, month 13"),
        pytest.param("9925070101200001", ["family_card_no.province_unknown"], id="province 99"),
        pytest.param("3325000101200001", ["family_card_no.district_zero"], id="district 00"),
        pytest.param("3325160101200001", ["family_card_no.district_unknown"], id="no such district"),
        pytest.param("9101010101200001", ["family_card_no.district_retired"], id="a district that is gone"),
        pytest.param("3325070101200000", ["family_card_no.serial_zero"], id="serial 0000"),
        pytest.param("332507010120000", ["family_card_no.length"], id="15 digits"),
        pytest.param("33250701012000O1", ["family_card_no.not_digits"], id="the letter O"),
        pytest.param("٣٣٢٥٠٧٠١٠١٢٠٠٠٠١", ["family_card_no.not_digits"], id="Arabic-Indic digits"),
        pytest.param("", ["family_card_no.missing"], id="nothing"),
        pytest.param("1" * 10_000_000, ["family_card_no.length"], id="ten megabytes"),
    ],
)
def test_each_number_gives_the_findings_it_should(typed: str, codes: list[str], regions: RegionTable) -> None:
    reading = read_family_card_no(typed, regions=regions)

    assert [finding.code for finding in reading.findings] == codes
    assert (reading.number is None) == any(finding.severity is Severity.ERROR for finding in reading.findings)


@pytest.mark.parametrize(
    ("typed", "severity"),
    [
        ("3325160101200001", Severity.WARNING),
        ("3325070101200000", Severity.WARNING),  # serials from 0001 are certain for the NIK only
        ("9101010101200001", Severity.NOTE),
    ],
)
def test_what_is_only_unusual_does_not_stop(typed: str, severity: Severity, regions: RegionTable) -> None:
    reading = read_family_card_no(typed, regions=regions)

    assert [finding.severity for finding in reading.findings] == [severity]
    assert reading.number == FamilyCardNo(typed)


def test_a_number_tells_its_district_and_is_shown_masked() -> None:
    number = FamilyCardNo.parse("3325070101200001")

    assert number.district == "33.25.07"
    assert f"{number} {number!r}" == "3325********0001 FamilyCardNo(3325********0001)"


@pytest.mark.parametrize("typed", ["", "x" * 16, "3325000101200001", "3325074101200001", "1" * 100])
def test_what_cannot_be_a_number_is_not_parsed(typed: str) -> None:
    with pytest.raises(MalformedError):
        FamilyCardNo.parse(typed)


@given(st.one_of(st.text(), st.text("0123456789. -", min_size=14, max_size=20)))
@settings(deadline=None)
def test_any_text_is_a_number_or_has_an_error(regions: RegionTable, typed: str) -> None:
    reading = read_family_card_no(typed, regions=regions)

    assert (reading.number is None) == any(finding.severity is Severity.ERROR for finding in reading.findings)
    if reading.number is not None:
        assert FamilyCardNo.parse(typed) == reading.number
