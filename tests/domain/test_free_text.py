import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.free_text import SHOWN_LONGEST, mend, on_one_line, read_text, shown


def _codes(text: str) -> set[str]:
    return {finding.code for finding in read_text(text, field="address", longest=60).findings}


def test_blanks_are_mended_and_letters_composed() -> None:
    reading = read_text("  Jl.\tMelati\u00a0 3\r\n e\u0301 ", field="address", longest=60)

    assert (reading.text, reading.findings) == ("Jl. Melati 3 \u00e9", ())


@pytest.mark.parametrize(
    ("text", "code", "seen"),
    [
        ("a\0b", "text.control_character", "U+0000"),
        ("a\x1bb", "text.control_character", "U+001B"),
        ("a\x7fb", "text.control_character", "U+007F"),
        ("a\ud800b", "text.control_character", "U+D800"),
        ("a\u202eb", "text.direction_mark", "U+202E"),
        ("a\u200fb", "text.direction_mark", "U+200F"),
        ("a\u200bb", "text.invisible_character", "U+200B"),
        ("a\ufe0fb", "text.invisible_character", "U+FE0F"),
        ("a\ufeffb", "text.invisible_character", "U+FEFF"),
        ("a\U0001f600b", "text.symbol", "\U0001f600"),
        ("a\u0661b", "text.other_script", "\u0661"),
        ("a\u0628b", "text.other_script", "\u0628"),
        ("a\u4e00b", "text.other_script", "\u4e00"),
    ],
)
def test_what_cannot_stand_on_a_paper_is_named(text: str, code: str, seen: str) -> None:
    (finding,) = read_text(text, field="address", longest=60).findings

    assert finding.code == code
    assert dict(finding.values) == {"character": seen}


@pytest.mark.parametrize(
    "text", ["", "Jl. Raya 1/2, Rt-3 (blok \u201cA\u201d)", "Jos\u00e9", "\u0141\u00f3d\u017a"]
)
def test_what_can_be_printed_gives_no_finding(text: str) -> None:
    assert read_text(text, field="address", longest=60).text == text


def test_each_kind_of_fault_is_told_once() -> None:
    assert _codes("\0\1\2\u202e\u202d\u200b\U0001f600\u0661") == {
        "text.control_character", "text.direction_mark", "text.invisible_character", "text.symbol",
        "text.other_script",
    }  # fmt: skip
    assert len(read_text("\0\1\2", field="address", longest=60).findings) == 1


def test_length_is_counted_after_mending() -> None:
    assert _codes("a" * 60 + " " * 60) == set()
    assert _codes("a" * 61) == {"text.too_long"}
    assert _codes(" " * 60 + "\u00e9" * 61) == {"text.too_long"}


def test_a_text_with_an_error_is_not_passed_on() -> None:
    assert read_text("a\0b", field="address", longest=60).text is None


@pytest.mark.parametrize("pasted", ["a", " ", "\0", "\u0301", "\U0001f600"])
def test_ten_megabytes_are_refused_by_their_length_alone(pasted: str) -> None:
    (finding,) = read_text(pasted * 10_000_000, field="address", longest=60).findings

    assert dict(finding.values) == {"longest": "60", "given": "10000000"}


def test_a_long_text_is_shown_cut() -> None:
    assert shown("x" * 100) == "x" * SHOWN_LONGEST + "\u2026"
    assert shown("x" * SHOWN_LONGEST) == "x" * SHOWN_LONGEST


@given(st.text())
@settings(deadline=None)
def test_what_is_shown_of_any_text_can_be_seen(text: str) -> None:
    assert shown(text).isprintable()


@given(st.text())
@settings(deadline=None)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mend(mend(text)) == mend(text)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_a_text_that_passes_is_composed_printable_and_short_enough(text: str) -> None:
    reading = read_text(text, field="address", longest=60)

    assert (reading.text is None) == bool(reading.findings)
    if reading.text is not None:
        assert len(reading.text) <= 60
        assert reading.text.isprintable()
        assert unicodedata.is_normalized("NFC", reading.text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SITI\r\n", "SITI"),
        ("\tNIK\tNama\r\n3325\tSITI\r\n", "NIK Nama 3325 SITI"),
        ("SITI\x07\x00\x7f AMINAH", "SITI AMINAH"),
        ("SITI \ud83d", "SITI "),
        ("SITI\u2028AMINAH", "SITI AMINAH"),
        (" SITI \u202e\u200b😀 ", " SITI \u202e\u200b😀 "),  # for the rules to judge
    ],
)
def test_a_line_holds_no_break_no_control_character_and_no_half_of_one(text: str, line: str) -> None:
    assert on_one_line(text) == line


@given(st.text(st.characters(exclude_categories=())))
def test_a_line_stays_the_same_line(text: str) -> None:
    line = on_one_line(text)

    assert on_one_line(line) == line
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cs", "Zl", "Zp"}
