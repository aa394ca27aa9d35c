"""What an officer writes besides the form: a reason in their own words, the number of a letter that was shown."""

from kiosk.domain.free_text import TextReading, read_text

LONGEST_REASON = 200
LONGEST_LETTER_NO = 60


def read_reason(text: str) -> TextReading:
    """Read a reason of at most 200 characters; it may be empty, which is for the caller to judge."""
    return read_text(text, field="reason", longest=LONGEST_REASON)


def read_letter_no(text: str) -> TextReading:
    """Read the number of a police letter, at most 60 characters; it may be empty."""
    return read_text(text, field="police_letter_no", longest=LONGEST_LETTER_NO)
