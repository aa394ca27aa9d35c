import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.findings import Severity
from kiosk.domain.names import LONGEST, NameReading, read_name


def _read(text: str, *, new: bool) -> NameReading:
    return read_name(text, field="full_name", first_recording=new)


def _weights(text: str, *, new: bool) -> dict[str, str]:
    return {finding.code: finding.severity.value for finding in _read(text, new=new).findings}


@pytest.mark.parametrize("name", ["SITI RAHAYU", "Muhammad Nur Hidayat", "A" * 29 + " " + "B" * 30])
@pytest.mark.parametrize("new", [True, False])
def test_an_ordinary_name_gives_no_finding(name: str, new: bool) -> None:
    assert _read(name, new=new) == NameReading(name, ())


@pytest.mark.parametrize(
    ("name", "of_new", "of_kept"),
    [
        pytest.param("A" * 30 + " " + "B" * 30, "name.too_long", "name.too_long_kept", id="61 letters"),
        pytest.param("BUDI SANTOSO 2", "name.digits", "name.digits_kept", id="a digit"),
        pytest.param("BUDI SANTOSO II\u00b2", "name.digits", "name.digits_kept", id="a raised digit"),
        pytest.param("NUR'AINI SARI", "name.punctuation", "name.punctuation_kept", id="an apostrophe"),
        pytest.param("NUR\u2019AINI SARI", "name.punctuation", "name.punctuation_kept", id="a curly one"),
        pytest.param("MUH. ALI", "name.punctuation", "name.punctuation_kept", id="a dot"),
        pytest.param("SITI-NUR SARI", "name.punctuation", "name.punctuation_kept", id="a hyphen"),
        pytest.param("JOS\u00c9 SARI", "name.foreign_letter", "name.foreign_letter_kept", id="an accent"),
    ],
)
def test_what_stops_a_new_name_only_asks_for_a_reason_in_an_older_one(
    name: str, of_new: str, of_kept: str
) -> None:
    new, kept = _weights(name, new=True), _weights(name, new=False)

    assert new[of_new] == "error"
    assert kept == {of_kept: "warning"}
    assert _read(name, new=True).name is None
    assert _read(name, new=False).name == name


@pytest.mark.parametrize("new", [True, False])
def test_two_words_are_advice_for_everybody(new: bool) -> None:
    assert _weights("SUHARTO", new=new) == {"name.one_word": "warning"}
    assert _read("SUHARTO", new=new).name == "SUHARTO"


def test_a_single_letter_in_a_new_name_is_asked_about() -> None:
    assert _weights("M ALI", new=True) == {"name.abbreviation": "warning"}
    assert _weights("M ALI", new=False) == {}


def test_blanks_count_among_the_sixty_letters_after_mending() -> None:
    name = "A" * 29 + "  " + "B" * 30

    assert _read(name, new=True) == NameReading("A" * 29 + " " + "B" * 30, ())
    assert len("A" * 29 + " " + "B" * 30) == LONGEST


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("12345", "name.no_letters"),
        ("-.-", "name.no_letters"),
        ("BUDI @ SANTOSO", "name.character"),
        ("BUDI_SANTOSO", "name.character"),
        ("BUDI \U0001f600 SANTOSO", "text.symbol"),
        ("BUDI\u202eSANTOSO", "text.direction_mark"),
        ("BUDI\0SANTOSO", "text.control_character"),
        ("\u0633\u0644\u0627\u0645", "text.other_script"),
        ("A" * 10_000_000, "text.too_long"),
    ],
)
def test_what_is_no_name_stops_in_every_case(name: str, code: str, new: bool) -> None:
    assert _weights(name, new=new)[code] == "error"
    assert _read(name, new=new).name is None


def test_a_combining_mark_that_composes_is_a_letter() -> None:
    assert _read("JOSE\u0301 SARI", new=False).name == "JOS\u00c9 SARI"


@pytest.mark.parametrize("text", ["", "   ", "\t\n\u3000"])
def test_an_empty_name_gives_no_finding_and_no_name(text: str) -> None:
    assert _read(text, new=True) == NameReading(None, ())


@given(text=st.text(), new=st.booleans())
@settings(deadline=None)
def test_any_text_is_a_name_or_says_why_not(text: str, new: bool) -> None:
    reading = _read(text, new=new)

    stopped = any(finding.severity is Severity.ERROR for finding in reading.findings)
    if reading.name is None:
        assert stopped or not text.strip()
    else:
        assert not stopped
        assert reading.name == " ".join(reading.name.split())


@given(st.text("ABCXYZabc '.-0129", min_size=1, max_size=80))
@settings(deadline=None)
def test_a_new_name_never_passes_with_digits_or_signs_or_too_long(text: str) -> None:
    name = _read(text, new=True).name

    if name is not None:
        assert len(name) <= LONGEST
        assert name.replace(" ", "").isalpha()
