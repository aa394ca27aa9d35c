"""Text as a ticket printer has it: letters of its code page, wrapped by words.

A letter the page lacks loses its marks, or is written as the Latin letters nearest to it; what has none becomes `?`.
No byte of a text is ever a command: control characters are blanks.
"""

import textwrap
import unicodedata
from collections.abc import Mapping

# The number that selects a page (ESC t).  `ascii` selects none and sends no byte above 126.
PAGES: Mapping[str, int] = {"ascii": 0, "cp437": 0, "cp850": 2, "cp1252": 16, "cp858": 19}
_NEAREST = str.maketrans(
    {
        **dict.fromkeys("‘’ʼʻ′`´", "'"), **dict.fromkeys("“”„″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·●▪", "*"), "…": "...", "×": "x", "№": "No.", "€": "EUR",
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
        "ð": "d", "þ": "th", "ł": "l", "Ł": "L", "ı": "i",
    }
)  # fmt: skip


def printed_lines(text: str, *, columns: int, page: str) -> tuple[bytes, ...]:
    """Return the lines of a text, one byte a column; a word longer than a line goes on in the next.

    Each line break of the text is kept, so an empty text is one empty line.
    """
    lines = [
        part
        for line in text.splitlines() or [""]
        for part in textwrap.wrap(
            _lettered(line, page), columns, break_on_hyphens=False, drop_whitespace=True
        )
        or [""]
    ]
    return tuple(line.encode(page) for line in lines)


def _lettered(line: str, page: str) -> str:
    """Return the line in letters of the page."""
    return "".join(_letter(letter, page) for letter in unicodedata.normalize("NFC", line))


def _letter(letter: str, page: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Mn"):  # marks without a letter of their own, and what is never seen
        return ""
    if _in_page(letter, page):
        return letter
    nearest = unicodedata.normalize("NFKD", letter.translate(_NEAREST))
    bare = "".join(part for part in nearest if unicodedata.category(part) != "Mn")
    return bare if bare and bare.isascii() and bare.isprintable() else "?"


def _in_page(letter: str, page: str) -> bool:
    try:
        letter.encode(page)
    except UnicodeEncodeError:
        return False
    return True
