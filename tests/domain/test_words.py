import struct
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kiosk
from kiosk.domain import labels
from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.clock import ClockState
from kiosk.domain.errors import MalformedError
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.regions import RegionLevel
from kiosk.domain.requests import Background, DocumentKind, Service
from kiosk.domain.roles import Role
from kiosk.domain.sentences import SENTENCES
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import DAYS, MONTHS, SHORT_DAYS, SHORT_MONTHS, Words

LOCALE = Path(kiosk.__file__).parent.parent / "resources" / "locale"
ENGLISH = Words.load(LOCALE, "en")
INDONESIAN = Words.load(LOCALE, "id")
BOTH = pytest.mark.parametrize("words", [ENGLISH, INDONESIAN], ids=["en", "id"])
NAMES = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
TABLES: list[tuple[Mapping[Enum, str], type[Enum]]] = [
    (labels.SERVICE, Service),
    (labels.SERVICE_SHORT, Service),
    (labels.DOCUMENT, DocumentKind),
    (labels.REASON, ExceptionReason),
    (labels.CAPTURE, CaptureKind),
    (labels.FINGER, Finger),
    (labels.FINGER_SHORT, Finger),
    (labels.EYE, Eye),
    (labels.ROLE, Role),
    (labels.DECISION, Decision),
    (labels.SEVERITY, Severity),
    (labels.BACKGROUND, Background),
    (labels.CLOCK, ClockState),
    (labels.REGION_LEVEL, RegionLevel),
    (labels.FIELD, Field),
]


def _catalogue(folder: Path, content: bytes) -> Path:
    place = folder / "id" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (place / "kiosk.mo").write_bytes(content)
    return folder


# --- texts -----------------------------------------------------------------------------------------------


def test_a_text_is_said_in_the_language_of_the_words() -> None:
    assert ENGLISH.say("First KTP-el recording") == "First KTP-el recording"
    assert INDONESIAN.say("First KTP-el recording") == "Rekam KTP-el pertama"


@BOTH
def test_a_text_nobody_translated_is_said_as_it_is(words: Words) -> None:
    assert words.say("The moon is {phase}.", phase="full") == "The moon is full."


@BOTH
def test_the_empty_text_stays_empty(words: Words) -> None:
    assert words.say("") == ""


def test_the_translation_is_made_before_the_values_go_in() -> None:
    said = INDONESIAN.say("A NIK has 16 digits, not {given}.", given=15)

    assert said == "NIK terdiri atas 16 angka, bukan 15."


@BOTH
def test_a_value_that_is_missing_is_shown_as_a_question_mark(words: Words) -> None:
    assert words.say("{a} and {b}, {0}, {}, {c.d}, {e!r:>3}", a="A").startswith("A and ?, ?, ?, ?, ?")


@BOTH
def test_doubled_braces_are_one_brace(words: Words) -> None:
    assert words.say("{{{a}}}", a="x") == "{x}"


@BOTH
def test_a_lonely_brace_is_shown_as_it_is(words: Words) -> None:
    assert words.say("a { b } c") == "a ? c"
    assert words.say("} a {") == "} a {"


@given(st.text(), st.dictionaries(NAMES, st.text() | st.integers()))
def test_no_text_and_no_value_makes_it_fail(text: str, values: dict[str, str | int]) -> None:
    assert isinstance(ENGLISH.say(text, **values), str)


@given(st.text())
def test_braces_in_a_value_are_no_placeholders(typed: str) -> None:
    assert INDONESIAN.say("This cannot be read: {given}.", given=typed) == f"Tidak bisa dibaca: {typed}."


# --- counting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "english", "indonesian"),
    [(0, "0 days", "0 hari"), (1, "1 day", "1 hari"), (2, "2 days", "2 hari"), (1284, "1,284 days", "1.284 hari")],
)  # fmt: skip
def test_things_are_counted_in_both_languages(number: int, english: str, indonesian: str) -> None:
    assert ENGLISH.count("{count} day", "{count} days", number) == english
    assert INDONESIAN.count("{count} day", "{count} days", number) == indonesian


@BOTH
def test_what_is_counted_may_have_other_values(words: Words) -> None:
    assert words.count("one of {all}", "{count} of {all}", 2, all=9) == "2 of 9"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_number_keeps_its_digits_in_both_languages(value: int) -> None:
    assert int(ENGLISH.number(value).replace(",", "")) == value
    assert int(INDONESIAN.number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("value", "places", "english", "indonesian"),
    [
        (2.94, 1, "2.9", "2,9"),
        (1284.5, 2, "1,284.50", "1.284,50"),
        (3, 0, "3", "3"),
        (-0.04, 1, "0.0", "0,0"),
    ],
)
def test_a_decimal_has_the_mark_of_its_language(
    value: float, places: int, english: str, indonesian: str
) -> None:
    assert ENGLISH.decimal(value, places) == english
    assert INDONESIAN.decimal(value, places) == indonesian


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (29_499, "29 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (2_911_000, "2,9 MB"),
        (9_949_000, "9,9 MB"),
        (9_950_000, "10 MB"),
        (628_000_000, "628 MB"),
        (29_000_000_000, "29 GB"),
        (2 * 10**15, "2.000 TB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_fits(size: int, said: str) -> None:
    assert INDONESIAN.size(size) == said


# --- days and times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "english", "indonesian"),
    [
        (date(2026, 1, 29), "Thu 29 Jan", "Kam 29 Jan"),
        (date(2026, 1, 31), "Sat 31 Jan", "Sab 31 Jan"),
        (date(2026, 2, 1), "Sun 1 Feb", "Min 1 Feb"),
        (date(2024, 2, 29), "Thu 29 Feb", "Kam 29 Feb"),
        (date(2026, 5, 31), "Sun 31 May", "Min 31 Mei"),
        (date(2026, 12, 31), "Thu 31 Dec", "Kam 31 Des"),
    ],
)
def test_a_day_has_a_short_name_in_both_languages(day: date, english: str, indonesian: str) -> None:
    assert ENGLISH.short_day(day) == english
    assert INDONESIAN.short_day(day) == indonesian


@pytest.mark.parametrize(
    ("day", "english", "indonesian"),
    [
        (date(2026, 1, 29), "Thursday, 29 January", "Kamis, 29 Januari"),
        (date(2026, 8, 31), "Monday, 31 August", "Senin, 31 Agustus"),
        (date(2026, 9, 1), "Tuesday, 1 September", "Selasa, 1 September"),
        (date(2024, 2, 29), "Thursday, 29 February", "Kamis, 29 Februari"),
    ],
)
def test_a_day_has_a_long_name_in_both_languages(day: date, english: str, indonesian: str) -> None:
    assert ENGLISH.day_name(day) == english
    assert INDONESIAN.day_name(day) == indonesian


@BOTH
def test_a_date_on_a_screen_is_three_numbers(words: Words) -> None:
    assert words.date(date(2026, 1, 29)) == "29-01-2026"
    assert words.date(date(990, 12, 31)) == "31-12-0990"


def test_a_date_on_a_paper_has_the_month_in_words() -> None:
    assert ENGLISH.long_date(date(1990, 8, 17)) == "17 August 1990"
    assert INDONESIAN.long_date(date(1990, 8, 17)) == "17 Agustus 1990"


@BOTH
def test_a_time_is_written_as_the_office_writes_it(words: Words) -> None:
    moment = datetime(2026, 1, 29, 9, 2, 7, tzinfo=UTC)

    assert words.time(moment) == "09.02"
    assert words.time_seconds(moment) == "09.02.07"


@pytest.mark.parametrize(
    ("seconds", "english", "indonesian"),
    [
        (-5, "less than a minute", "kurang dari 1 menit"),
        (59.9, "less than a minute", "kurang dari 1 menit"),
        (60, "1 minute", "1 menit"),
        (26 * 60, "26 minutes", "26 menit"),
        (3600, "1 hour", "1 jam"),
        (5 * 3600 + 40 * 60 + 59, "5 hours 40 minutes", "5 jam 40 menit"),
        (86399, "23 hours 59 minutes", "23 jam 59 menit"),
        (86400, "1 day", "1 hari"),
        (3 * 86400 + 7200, "3 days", "3 hari"),
    ],
)
def test_an_age_is_said_in_the_units_that_matter(seconds: float, english: str, indonesian: str) -> None:
    assert ENGLISH.age_of(seconds) == english
    assert INDONESIAN.age_of(seconds) == indonesian


@pytest.mark.parametrize(("table", "size"), [(DAYS, 7), (SHORT_DAYS, 7), (MONTHS, 12), (SHORT_MONTHS, 12)])
def test_no_two_days_and_no_two_months_are_called_the_same(table: tuple[str, ...], size: int) -> None:
    assert len({INDONESIAN.say(name) for name in table}) == len(set(table)) == size


# --- findings --------------------------------------------------------------------------------------------


def test_a_finding_is_said_with_its_codes_named() -> None:
    finding = Finding.error("exception.reason_unfit", None, reason="blind", part="right_ring")

    assert INDONESIAN.finding(finding) == "Sebab “tidak bisa melihat” tidak cocok untuk jari manis kanan."
    assert ENGLISH.finding(finding) == "The reason cannot see does not go with right ring finger."


def test_a_label_that_opens_a_sentence_keeps_its_capital() -> None:
    finding = Finding.note("exception.will_heal", None, part="left_thumb")

    assert INDONESIAN.finding(finding) == "Ibu jari kiri akan sembuh. Warga bisa kembali untuk merekamnya."


def test_a_short_form_keeps_its_capitals_inside_a_sentence() -> None:
    finding = Finding.error("document.missing", None, document="family_card")

    assert INDONESIAN.finding(finding) == "Belum ditunjukkan: KK."


def test_what_was_typed_is_no_code_even_when_it_looks_like_one() -> None:
    finding = Finding.error("field.unreadable", None, given="right_ring")

    assert INDONESIAN.finding(finding) == "Tidak bisa dibaca: right_ring."


def test_a_measure_in_a_finding_has_the_mark_of_its_language() -> None:
    finding = Finding.warning("signature.too_quick", None, seconds="0.1")

    assert INDONESIAN.finding(finding) == "Pena hanya menulis 0,1 detik. Apakah tanda tangannya utuh?"


@BOTH
def test_a_finding_of_a_newer_program_is_shown_by_its_code(words: Words) -> None:
    assert words.finding(Finding.error("moon.phase", None, part="right_ring")) == "moon.phase"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_finding_has_a_sentence_in_both_languages(code: str) -> None:
    said = INDONESIAN.finding(Finding.error(code))

    assert said != ENGLISH.finding(Finding.error(code))
    assert said.endswith((".", "?"))


# --- labels ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "members"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_member_has_a_short_label_in_both_languages(
    table: Mapping[Enum, str], members: type[Enum]
) -> None:
    said = [words.say(table[member]) for member in members for words in (ENGLISH, INDONESIAN)]

    assert set(table) == set(members)
    assert all(0 < len(label) <= 30 for label in said)


@pytest.mark.parametrize("finger", Finger)
def test_a_short_finger_fits_a_chip(finger: Finger) -> None:
    assert len(INDONESIAN.say(labels.FINGER_SHORT[finger])) <= 10


@pytest.mark.parametrize(
    "table", [labels.SERVICE, labels.FINGER, labels.EYE, labels.REASON, labels.DOCUMENT, labels.STEP]
)
def test_no_two_members_are_called_the_same_in_one_list(table: Mapping[str, str]) -> None:
    assert len({INDONESIAN.say(label) for label in table.values()}) == len(table)


# --- loading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "jv", "ID", "../id", "id/../id"])
def test_a_language_without_words_is_refused(language: str) -> None:
    with pytest.raises(MalformedError):
        Words.load(LOCALE, language)


def test_a_catalogue_that_is_not_there_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"kiosk\.mo"):
        Words.load(tmp_path, "id")


def test_the_source_language_needs_no_file(tmp_path: Path) -> None:
    assert Words.load(tmp_path, "en").say("Signature") == "Signature"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"no catalogue at all, but long enough to hold its head",
        struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 0),
        struct.pack("<7I", 0x950412DE, 9 << 16, 0, 28, 28, 0, 0),
    ],
)
def test_a_broken_catalogue_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(MalformedError):
        Words.load(_catalogue(tmp_path, content), "id")


@given(data=st.data())
def test_a_catalogue_with_a_changed_byte_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray((LOCALE / "id" / "LC_MESSAGES" / "kiosk.mo").read_bytes())
    # The head and the first texts, the catalogue's own head among them, are where a change can do harm.
    place = data.draw(st.integers(min_value=0, max_value=len(content) - 1) | st.integers(0, 64))
    content[place] = data.draw(st.integers(min_value=0, max_value=255))
    folder = _catalogue(tmp_path_factory.getbasetemp() / "changed", bytes(content))

    try:
        said = Words.load(folder, "id").say("Signature")
    except MalformedError:
        return
    assert isinstance(said, str)
