"""Sixteen digits leave the program by no text, however they are written."""

import pytest

from kiosk.domain.masking import masked

MASK = "#" * 16


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("saw 3325071708900001 twice", f"saw {MASK} twice"),
        ("3325 0717 0890 0001", MASK),
        ("33.25.07.170890.0001", MASK),
        ("3325-0717-0890-0001!", f"{MASK}!"),
        ("0079999 3325071708900001", MASK),
        ("a3325071708900001b", f"a{MASK}b"),
        ("332507170890000", "332507170890000"),
        ("2026-01-29 07:30:12,123 INFO kiosk MainThread 12 packets", None),
        ("01926d3e-7c4b-7a10-9f21-8d2b6c0e4f55", None),
        ("192.168.100.200", None),
    ],
)
def test_a_number_as_long_as_a_nik_is_hidden_and_the_rest_stays(text: str, left: str | None) -> None:
    assert masked(text) == (text if left is None else left)
