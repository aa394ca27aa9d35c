"""What is read from a code: the field each number is for, and nothing where that is not sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.biodata import Field
from kiosk.domain.scanned_numbers import NUMBER_FIELDS, numbers_in

CARD, OTHER_CARD = "3325070101200001", "3325070101200002"
MAN, WOMAN = "3325071708900001", "3325075708900002"  # the day of the second is no family card's


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(CARD, {Field.FAMILY_CARD_NO: CARD}, id="a bare number"),
        pytest.param("332507 010120 0001", {Field.FAMILY_CARD_NO: CARD}, id="a number in groups"),
        pytest.param(WOMAN, {Field.NIK: WOMAN}, id="a number no card can bear"),
        pytest.param(f"NIK:{MAN}", {Field.NIK: MAN}, id="a labelled NIK"),
        pytest.param(
            f'{{"no_kk": "{CARD}", "nik": "{MAN}"}}',
            {Field.FAMILY_CARD_NO: CARD, Field.NIK: MAN},
            id="both labelled",
        ),
        pytest.param(
            f"No. KK {CARD};{WOMAN}", {Field.FAMILY_CARD_NO: CARD, Field.NIK: WOMAN}, id="one labelled"
        ),
        pytest.param(f"https://example.org/kk?no={CARD}", {Field.FAMILY_CARD_NO: CARD}, id="in an address"),
        pytest.param(f"{CARD},{OTHER_CARD}", {}, id="two that nothing tells apart"),
        pytest.param(f"KK {CARD} NIK {MAN} NIK {WOMAN}", {Field.FAMILY_CARD_NO: CARD}, id="two residents"),
        pytest.param(f"{CARD} {CARD}", {Field.FAMILY_CARD_NO: CARD}, id="the same twice"),
        pytest.param(f"{CARD}7", {}, id="17 digits"),
        pytest.param("332507010120000", {}, id="15 digits"),
        pytest.param("https://example.org/x", {}, id="an address"),
        pytest.param("٣٣٢٥٠٧٠١٠١٢٠٠٠٠١", {}, id="Arabic-Indic digits"),
        pytest.param("", {}, id="nothing"),
        pytest.param("9" * 10_000_000, {}, id="ten megabytes"),
    ],
)
def test_each_text_fills_the_fields_it_should(text: str, found: dict[Field, str]) -> None:
    assert numbers_in(text) == found


@pytest.mark.parametrize("at", NUMBER_FIELDS)
def test_a_number_without_a_label_goes_where_the_keyboard_stands(at: Field) -> None:
    assert numbers_in(CARD, at=at) == {at: CARD}


def test_a_labelled_number_goes_to_its_own_field_wherever_the_keyboard_stands() -> None:
    assert numbers_in(f"KK {CARD}", at=Field.MOTHER_NIK) == {Field.FAMILY_CARD_NO: CARD}


def test_a_field_of_another_kind_takes_no_number() -> None:
    assert numbers_in(CARD, at=Field.FULL_NAME) == {Field.FAMILY_CARD_NO: CARD}


@given(st.text(st.sampled_from("0123456789 NIKkn:.-,\n"), max_size=120), st.sampled_from([None, *Field]))
def test_whatever_is_read_only_numbers_of_sixteen_digits_come_of_it(text: str, at: Field | None) -> None:
    found = numbers_in(text, at=at)

    assert set(found) <= set(NUMBER_FIELDS)
    assert all(len(digits) == 16 and digits.isascii() and digits.isdigit() for digits in found.values())
