"""What an officer writes besides the form."""

from collections.abc import Callable

import pytest

from kiosk.domain.free_text import TextReading
from kiosk.domain.remarks import LONGEST_LETTER_NO, LONGEST_REASON, read_letter_no, read_reason


def test_a_reason_is_mended_like_any_other_text_and_may_be_empty() -> None:
    assert read_reason("  Warga\u00a0 pulang ").text == "Warga pulang"
    assert read_reason(" ").text == ""


@pytest.mark.parametrize(
    ("read", "longest"), [(read_reason, LONGEST_REASON), (read_letter_no, LONGEST_LETTER_NO)]
)
def test_a_remark_has_a_length_and_only_what_can_be_printed(
    read: Callable[[str], TextReading], longest: int
) -> None:
    assert read("A" * longest).text == "A" * longest
    assert [found.code for found in read("A" * (longest + 1)).findings] == ["text.too_long"]
    assert [found.code for found in read("A\u202e").findings] == ["text.direction_mark"]
