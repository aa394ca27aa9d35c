"""How lines arrange what is typed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.biodata import Field
from kiosk.domain.free_text import whole
from kiosk.ui.visit.biodata_fields import label_shown
from kiosk.ui.visit.field_finder import ranked
from kiosk.ui.visit.regions_cascade import typed_code
from kiosk.ui.visit.writing import capital, dashed, in_fours, in_sixes, without_blanks, writing_of


def test_sixteen_digits_stand_in_groups_of_six_six_and_four() -> None:
    assert in_sixes("3325075708900002", 16) == ("332507 570890 0002", 18)


def test_a_pasted_nik_with_dots_is_grouped_as_one_that_was_typed() -> None:
    assert in_sixes("33.2507.570890.0002", 19) == ("332507 570890 0002", 18)


@pytest.mark.parametrize("text", ["33250757089000021", "3325O7", "332507 57089x", "٣٣٢٥٠٧٥"])
def test_what_is_no_such_number_stays_as_it_was_typed(text: str) -> None:
    assert in_sixes(text, 3) == (text, 3)


def test_a_digit_put_into_the_middle_keeps_the_cursor_behind_it() -> None:
    assert in_sixes("3329507 57089", 4) == ("332950 757089", 4)


def test_the_cursor_goes_over_the_blank_with_the_digit_that_came_after_it() -> None:
    assert in_sixes("3325075", 7) == ("332507 5", 8)


@given(st.text(string.digits, max_size=16), st.integers(0, 16))
def test_grouping_loses_no_digit_and_keeps_the_digits_before_the_cursor(digits: str, cursor: int) -> None:
    cursor = min(cursor, len(digits))
    arranged, place = in_sixes(digits, cursor)

    assert arranged.replace(" ", "") == digits
    assert arranged[:place].replace(" ", "") == digits[:cursor]


@given(st.text(string.digits + "- ./", max_size=14))
def test_arranging_twice_is_arranging_once(text: str) -> None:
    for arrange in (in_sixes, dashed, in_fours):
        once = arrange(text, len(text))[0]

        assert arrange(once, len(once))[0] == once


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1", "1"),
        ("17", "17"),
        ("170", "17-0"),
        ("17-0", "17-0"),
        ("17081990", "17-08-1990"),
        ("17-08-1990", "17-08-1990"),
        ("1-8-1990", "1-8-1990"),
        ("17/08/1990", "17/08/1990"),
        ("17 Agustus 1990", "17 Agustus 1990"),
        ("170819901", "170819901"),
    ],
)
def test_digits_fill_a_date_and_other_ways_to_write_one_stay(typed: str, shown: str) -> None:
    assert dashed(typed, len(typed))[0] == shown


def test_a_kept_day_is_shown_as_screens_write_days() -> None:
    assert writing_of(Field.BIRTH_DATE).of("1990-08-17") == "17-08-1990"
    assert writing_of(Field.BIRTH_DATE).of("1990-13-40") == "1990-13-40"


@given(st.text(max_size=60))
def test_capitals_change_no_length(text: str) -> None:
    assert len(capital(text, 0)[0]) == len(text)


def test_names_are_raised_and_titles_and_mail_are_not() -> None:
    assert writing_of(Field.MOTHER_NAME).arrange("siti", 2) == ("SITI", 2)
    assert writing_of(Field.TITLE_BEFORE).arrange("dr.", 3) == ("dr.", 3)
    assert writing_of(Field.EMAIL).arrange("a@b.id", 1) == ("a@b.id", 1)


def test_only_the_blanks_between_digits_are_taken_out_of_what_is_kept() -> None:
    assert without_blanks("332507 570890 0002") == "3325075708900002"
    assert without_blanks("33 25 x") == "33 25 x"


def test_half_a_character_never_reaches_the_form() -> None:
    assert whole("AMINAH \ud83d") == "AMINAH "
    assert whole("AMINAH \U0001f600") == "AMINAH \U0001f600"


@pytest.mark.parametrize(
    ("official", "shown"),
    [
        ("PETANI/PEKEBUN", "Petani/pekebun"),
        ("PEGAWAI NEGERI SIPIL (PNS)", "Pegawai negeri sipil (PNS)"),
        ("KEPERCAYAAN TERHADAP TUHAN YME / LAINNYA", "Kepercayaan terhadap Tuhan YME / lainnya"),
        ("SLTA/SEDERAJAT", "SLTA/sederajat"),
        ("AB+", "AB+"),
        ("WNI", "WNI"),
    ],
)
def test_official_labels_are_shown_in_small_letters(official: str, shown: str) -> None:
    assert label_shown(official) == shown


@pytest.mark.parametrize("text", ["33.25.07.2015", "3325072015", " 33.25.07.2015 "])
def test_a_village_code_is_read_with_and_without_dots(text: str) -> None:
    assert typed_code(text) == "33.25.07.2015"


def test_what_begins_with_the_typed_word_is_offered_before_what_only_holds_it() -> None:
    names = ["Tanggal lahir", "Nama ibu", "NIK ibu", "Ibukota"]

    assert [names[place] for place in ranked(names, "ibu")] == ["Ibukota", "Nama ibu", "NIK ibu"]
