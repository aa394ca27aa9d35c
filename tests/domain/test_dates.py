from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.dates import add_months, birthday, full_years, read_any_date, read_date, screen_date


def _code(text: str, today: date) -> str:
    (finding,) = read_date(text, field="birth_date", today=today).findings
    return finding.code


@pytest.mark.parametrize(
    "text",
    [
        "17-08-1990", "17/08/1990", "17.08.1990", "17 08 1990", "17-8-1990", "17081990", "1990-08-17",
        "17 Agustus 1990", "17 AGUSTUS 1990", "17-agt-1990", "17 ags 1990", "17 August 1990", "17  Agu\t1990",
        "  17-08-1990\n", "17\u00a0Agustus\u00a01990",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_way_it_is_typed(text: str, today: date) -> None:
    reading = read_date(text, field="birth_date", today=today)

    assert (reading.day, reading.findings) == (date(1990, 8, 17), ())


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Januari", 1), ("Februari", 2), ("Pebruari", 2), ("Maret", 3), ("April", 4), ("Mei", 5), ("Juni", 6),
        ("Juli", 7), ("Agustus", 8), ("September", 9), ("Oktober", 10), ("November", 11), ("Nopember", 11),
        ("Desember", 12), ("Jan", 1), ("Des", 12), ("May", 5), ("December", 12),
    ],
)  # fmt: skip
def test_months_have_their_names(word: str, month: int) -> None:
    assert read_any_date(f"3 {word} 1999", field="birth_date").day == date(1999, month, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("31-02-1990", "date.impossible", id="31 February"),
        pytest.param("29-02-2001", "date.impossible", id="29 February of a common year"),
        pytest.param("00-01-1990", "date.impossible", id="day zero"),
        pytest.param("01-13-1990", "date.impossible", id="month 13"),
        pytest.param("01-01-0000", "date.impossible", id="year zero"),
        pytest.param("08/17/1990", "date.impossible", id="the American order"),
        pytest.param("17-08-90", "date.short_year", id="two digits of the year"),
        pytest.param("17 agustus 90", "date.short_year", id="two digits after a word"),
        pytest.param("17-08-2090", "date.future", id="a birth to come"),
        pytest.param("02-01-2026", "date.future", id="tomorrow"),
        pytest.param("17-08-1890", "date.too_long_ago", id="older than anybody"),
        pytest.param("1990", "date.unreadable", id="a year only"),
        pytest.param("17-08", "date.unreadable", id="no year"),
        pytest.param("17 Foo 1990", "date.unreadable", id="no month"),
        pytest.param("-", "date.unreadable", id="a dash"),
        pytest.param("17--08-1990", "date.unreadable", id="two dashes"),
        pytest.param("١٧-٠٨-١٩٩٠", "date.unreadable", id="Arabic-Indic digits"),
        pytest.param("17-08-1990\0", "date.unreadable", id="a control character"),
        pytest.param("\u202e17-08-1990", "date.unreadable", id="a turned direction"),
        pytest.param("17-08-1990" * 1_000_000, "date.unreadable", id="ten megabytes"),
        pytest.param(" " * 10_000_000, "date.unreadable", id="ten megabytes of blanks"),
    ],
)
def test_what_is_no_past_day_is_told_why(text: str, code: str, today: date) -> None:
    assert _code(text, today) == code
    assert read_date(text, field="birth_date", today=today).day is None


def test_today_has_come_and_125_years_are_a_life(today: date) -> None:
    assert read_date("01-01-2026", field="birth_date", today=today).day == today
    assert read_date("02-01-1900", field="birth_date", today=today).day == date(1900, 1, 2)
    assert _code("01-01-1900", today) == "date.too_long_ago"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_day_gives_no_finding(text: str, today: date) -> None:
    reading = read_date(text, field="birth_date", today=today)

    assert (reading.day, reading.findings) == (None, ())


def test_a_passport_may_end_in_the_future() -> None:
    assert read_any_date("17-08-2090", field="passport_expiry").day == date(2090, 8, 17)


@given(st.dates(date(1901, 1, 1), date(2025, 12, 31)))
@settings(deadline=None)
def test_what_the_screen_shows_is_read_as_the_same_day(today: date, day: date) -> None:
    assert read_date(screen_date(day), field="birth_date", today=today).day == day
    assert read_date(day.isoformat(), field="birth_date", today=today).day == day


@given(st.one_of(st.text(), st.text("0123456789-/ agustm", max_size=12)))
@settings(deadline=None)
def test_any_text_is_a_day_or_nothing_or_has_one_finding(today: date, text: str) -> None:
    reading = read_date(text, field="birth_date", today=today)

    assert len(reading.findings) <= 1
    assert reading.day is None or reading.day <= today
    assert not (reading.day and reading.findings)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_the_month(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later


def test_years_are_full_on_the_birthday() -> None:
    born = date(2009, 1, 29)

    assert full_years(born, on=date(2026, 1, 28)) == 16
    assert full_years(born, on=date(2026, 1, 29)) == 17
    assert birthday(born, 17) == date(2026, 1, 29)


def test_who_was_born_on_29_february_completes_a_year_on_1_march() -> None:
    born = date(2008, 2, 29)

    assert birthday(born, 17) == date(2025, 3, 1)
    assert birthday(born, 16) == date(2024, 2, 29)
    assert full_years(born, on=date(2025, 2, 28)) == 16
    assert full_years(born, on=date(2025, 3, 1)) == 17


@given(born=st.dates(date(1901, 1, 1), date(2020, 1, 1)), years=st.integers(0, 100))
@settings(deadline=None)
def test_a_birthday_is_the_first_day_of_its_age(born: date, years: int) -> None:
    day = birthday(born, years)

    assert full_years(born, on=day) == years
    assert years == 0 or full_years(born, on=date.fromordinal(day.toordinal() - 1)) == years - 1
