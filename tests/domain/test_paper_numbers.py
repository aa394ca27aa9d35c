"""No number twice: templates that keep serials apart, blocks that rise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.paper_numbers import (
    LONGEST,
    NumberBlock,
    NumberTemplate,
    judge_template,
    next_serial,
    serials_left,
)
from kiosk.domain.papers import PaperKind
from kiosk.domain.sentences import sentence

KIND = PaperKind.TEMPORARY_CERTIFICATE
USUAL = NumberTemplate("{class}/{serial:04}/{district}/{month_roman}/{year}", "471.13", "33.25.07")


def _block(first: int, last: int, *, year: int = 2026, kind: PaperKind = KIND) -> NumberBlock:
    return NumberBlock(kind, year, first, last)


def test_the_usual_template_gives_the_number_offices_know() -> None:
    assert USUAL.number(42, date(2026, 1, 29)) == "471.13/0042/33.25.07/I/2026"
    assert USUAL.number(12345, date(2026, 12, 1)) == "471.13/12345/33.25.07/XII/2026"
    assert judge_template(USUAL) == ()


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{class}/{district}/{year}", "{serial}"),
        ("{serial}/{serial:04}/{year}", "{serial}"),
        ("{class}/{serial}/{month}", "{year}"),
        ("{serial}/{year}/{nik}", "{nik}"),
        ("{serial:0x}/{year}", "{serial:0x}"),
        ("{serial}\n{year}", "{serial}\n{year}"),
        ("{serial}/{year}/" + "X" * 40, "X" * 40),
    ],
)
def test_a_template_that_could_give_one_number_twice_or_is_unfit_is_refused(
    pattern: str, problem: str
) -> None:
    findings = judge_template(NumberTemplate(pattern, "471.13", "33.25.07"))

    assert [finding.code for finding in findings] == ["number.template"]
    assert problem in sentence(findings[0])


@given(st.text(max_size=80))
def test_any_template_is_judged_and_a_good_one_keeps_two_serials_apart(pattern: str) -> None:
    template = NumberTemplate(pattern, "471.13", "33.25.07")
    if not judge_template(template):
        numbers = {template.number(serial, date(2026, 1, 1)) for serial in range(1, 40)}
        assert len(numbers) == 39
        assert max(map(len, numbers)) <= LONGEST


def test_serials_rise_from_block_to_block_and_end_when_all_are_used() -> None:
    blocks = [
        _block(301, 302),
        _block(101, 103),
        _block(1, 9, year=2025),
        _block(1, 9, kind=PaperKind.BIODATA_SHEET),
    ]
    taken: list[int] = []
    while (serial := next_serial(blocks, KIND, 2026, last_used=taken[-1] if taken else 0)) is not None:
        taken.append(serial)

    assert taken == [101, 102, 103, 301, 302]
    assert serials_left(blocks, KIND, 2026, last_used=102) == 3
    assert serials_left(blocks, KIND, 2026, last_used=302) == 0


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20)), max_size=6), st.integers(0, 90))
def test_no_serial_is_given_twice_nor_outside_its_blocks(spans: list[tuple[int, int]], used: int) -> None:
    blocks = [_block(first, first + more) for first, more in spans]
    last, taken = used, []
    while (serial := next_serial(blocks, KIND, 2026, last_used=last)) is not None:
        taken.append(serial)
        last = serial

    assert len(taken) == len(set(taken))
    assert all(serial > used for serial in taken)
    assert set(taken) == {
        serial for block in blocks for serial in range(block.first, block.last + 1) if serial > used
    }


@pytest.mark.parametrize(("first", "last"), [(0, 5), (6, 5), (1, 1_000_000)])
def test_a_block_that_is_none_cannot_be_made(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="block"):
        _block(first, last)
