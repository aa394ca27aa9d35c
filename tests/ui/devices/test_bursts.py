"""Bursts and typing, by their times alone: no officer types like a scanner, and no sign is ever lost."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.devices.bursts import LEAST_SIGNS, LONGEST_CODE, USUAL_GAP, BurstRule, Bursts, Stroke, Suffix

NUMBER = "3325071708900001"
ENTER, TAB, OTHER = "\r", "\t", "\x00"
QUICK = 4.0  # milliseconds between two keys of a scanner


@dataclass(frozen=True)
class Outcome:
    """What came through as typing, and the codes that were read."""

    typed: str
    codes: list[str]


def stroke(key: str, at: float) -> Stroke[str]:
    if key in (ENTER, TAB):
        return Stroke(key, at, ends=Suffix.ENTER if key == ENTER else Suffix.TAB)
    return Stroke(key, at, sign="" if key == OTHER else key)


def played(keys: str, gaps: list[float], rule: BurstRule | None = None) -> Outcome:
    """Let the keys come with these times before each, and time pass after the last one."""
    bursts: Bursts[str] = Bursts(rule or BurstRule())
    typed, codes, now, quiet = "", [], 0.0, (rule or BurstRule()).gap
    for key, gap in zip(keys, gaps, strict=True):
        if gap >= quiet:
            typed += "".join(bursts.release())
        now += gap
        heard = bursts.hear(stroke(key, now))
        typed += "".join(heard.typed) + ("" if heard.keeps else key)
        codes += [heard.code] if heard.code is not None else []
    return Outcome(typed + "".join(bursts.release()), codes)


def at_once(keys: str, rule: BurstRule | None = None, *, gap: float = QUICK) -> Outcome:
    return played(keys, [gap] * len(keys), rule)


@pytest.mark.parametrize("mark", [ENTER, TAB])
def test_a_burst_that_ends_with_its_mark_is_a_code_and_nothing_of_it_is_typed(mark: str) -> None:
    assert at_once(NUMBER + mark) == Outcome("", [NUMBER])


def test_two_codes_one_after_the_other_are_two() -> None:
    assert at_once(f"{NUMBER}\r123456\r").codes == [NUMBER, "123456"]


def test_a_burst_without_a_mark_is_typing() -> None:
    assert at_once(NUMBER) == Outcome(NUMBER, [])


def test_five_signs_are_typing_and_six_are_a_code() -> None:
    assert at_once("12345\r") == Outcome("12345\r", [])
    assert at_once("123456\r") == Outcome("", ["123456"])


@pytest.mark.parametrize("place", range(1, LEAST_SIGNS + 1))
def test_one_slow_key_makes_a_short_burst_typing(place: int) -> None:
    gaps = [QUICK] * 7
    gaps[place] = USUAL_GAP

    assert played("123456\r", gaps) == Outcome("123456\r", [])


def test_a_mark_that_comes_late_ends_no_code() -> None:
    assert played(NUMBER + ENTER, [QUICK] * 16 + [200.0]) == Outcome(NUMBER + ENTER, [])


def test_another_key_between_the_signs_makes_them_typing() -> None:
    assert at_once(f"123{OTHER}456\r") == Outcome(f"123{OTHER}456\r", [])


def test_times_that_run_backwards_are_no_burst() -> None:
    assert played("1234567\r", [-1.0] * 8) == Outcome("1234567\r", [])


def test_only_the_mark_that_is_set_ends_a_code() -> None:
    rule = BurstRule(suffix=Suffix.TAB)

    assert at_once(NUMBER + ENTER, rule) == Outcome(NUMBER + ENTER, [])
    assert at_once(NUMBER + TAB, rule) == Outcome("", [NUMBER])


def test_with_a_prefix_only_what_begins_with_it_is_a_code_and_no_other_key_waits() -> None:
    rule = BurstRule(prefix="~]")
    bursts: Bursts[str] = Bursts(rule)

    assert not bursts.hear(stroke("3", 0)).keeps
    assert at_once(NUMBER + ENTER, rule) == Outcome(NUMBER + ENTER, [])
    assert at_once(f"~]{NUMBER}\r", rule) == Outcome("", [NUMBER])
    assert at_once(f"~{NUMBER}\r", rule) == Outcome(f"~{NUMBER}\r", [])


def test_what_belongs_to_a_kept_stroke_comes_out_with_it_in_order() -> None:
    bursts: Bursts[str] = Bursts(BurstRule())
    bursts.hear(stroke("1", 0))

    assert bursts.beside(Stroke("1 up", 2))
    assert bursts.hear(stroke("2", 100)).typed == ("1", "1 up")


def test_a_code_without_end_is_given_back_as_typing() -> None:
    keys = "8" * (LONGEST_CODE + 1)

    assert at_once(keys).typed == keys


KEYS = st.text(st.sampled_from("0123456789ABCabc \r\t\x00"), max_size=60)


@st.composite
def typing(draw: st.DrawFn) -> tuple[str, list[float]]:
    """An officer's keys: bursts of rolling fingers, but never six in a row as quick as a scanner's."""
    keys = draw(KEYS)
    gaps, quick = [], 0
    for _ in keys:
        fast = quick < LEAST_SIGNS - 1 and draw(st.booleans())
        gaps.append(draw(st.floats(1, USUAL_GAP - 0.5) if fast else st.floats(USUAL_GAP, 600)))
        quick = quick + 1 if fast else 0
    return keys, gaps


@given(typing())
def test_an_officers_typing_comes_out_whole_however_fast(pressed: tuple[str, list[float]]) -> None:
    keys, gaps = pressed

    assert played(keys, gaps) == Outcome(keys, [])


@given(
    KEYS.flatmap(
        lambda keys: st.tuples(
            st.just(keys), st.lists(st.floats(0, 80), min_size=len(keys), max_size=len(keys))
        )
    )
)
def test_whatever_the_times_what_is_typed_and_what_is_read_is_what_was_pressed(
    pressed: tuple[str, list[float]],
) -> None:
    keys, gaps = pressed
    outcome = played(keys, gaps)

    assert all(len(code) >= LEAST_SIGNS for code in outcome.codes)
    assert len(outcome.typed) + sum(len(code) + 1 for code in outcome.codes) == len(keys)
    assert without(keys, outcome.codes) == outcome.typed


def without(keys: str, codes: list[str]) -> str:
    """Return the keys with each code and its mark taken out, first come first."""
    left, place = "", 0
    for code in codes:
        found = min(at for mark in (ENTER, TAB) if (at := keys.find(code + mark, place)) >= 0)
        left += keys[place:found]
        place = found + len(code) + 1
    return left + keys[place:]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=LEAST_SIGNS, max_size=200))
def test_every_code_of_a_scanner_is_read_whole_after_typing(code: str) -> None:
    gaps = [90.0, 120.0, 300.0, *[QUICK] * len(code)]

    assert played(f"ab{code}\r", gaps) == Outcome("ab", [code])
