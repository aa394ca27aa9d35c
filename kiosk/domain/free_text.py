"""Typed text: what is mended silently (blanks, composed letters) and what cannot stand on a paper."""

import re
import unicodedata
from dataclasses import dataclass

from kiosk.domain.findings import Finding

SHOWN_LONGEST = 40
# Beyond this many times the limit nobody typed it; the text is not even looked at.
_PASTED = 8
_BLANKS = re.compile("[ \t\r\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_BROKEN = re.compile(f"[{_BREAKS}]+")
# Control characters that break nothing, and halves of characters.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SYMBOLS = frozenset({"So", "Sk", "Co", "Cn", "Me"})


@dataclass(frozen=True, slots=True)
class TextReading:
    """The mended text, None when an error stands against it; an empty text is the empty string."""

    text: str | None
    findings: tuple[Finding, ...]


def mend(text: str) -> str:
    """Return the text composed (NFC), with single blanks and none at its ends."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", composed).strip(" ")


def whole(text: str) -> str:
    """Return the text without halves of characters, which no file can hold: a cut paste may end in one."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")


def on_one_line(text: str) -> str:
    """Return a pasted text as one line holds it: a blank for tabs and line breaks, none for those at its ends.

    Other control characters and halves of characters go; all else, blanks too, stays as it is.
    """
    if text.isprintable():
        return text
    return _BROKEN.sub(" ", _UNTYPED.sub("", text).strip(_BREAKS))


def shown(text: str) -> str:
    """Return the text fit for a sentence: cut at 40 characters, what cannot be seen written as `U+202E`."""
    cut = text[:SHOWN_LONGEST]
    if not _PLAIN.match(cut):
        cut = "".join(char if char.isprintable() else code_point(char) for char in cut)
    return cut if len(text) <= SHOWN_LONGEST else cut + "\u2026"


def code_point(char: str) -> str:
    """Return the character as `U+202E`."""
    return f"U+{ord(char):04X}"


def read_text(text: str, *, field: str, longest: int) -> TextReading:
    """Read a text of at most `longest` characters; it may be empty."""
    if len(text) <= longest and _PLAIN.match(text):
        return TextReading(_BLANKS.sub(" ", text).strip(" "), ())
    too_long = (Finding.error("text.too_long", field, longest=str(longest), given=str(len(text))),)
    if len(text) > longest * _PASTED:
        return TextReading(None, too_long)
    mended = mend(text)
    findings = (too_long if len(mended) > longest else ()) + _judge_characters(mended, field)
    return TextReading(None if findings else mended, findings)


def _judge_characters(text: str, field: str) -> tuple[Finding, ...]:
    if _PLAIN.match(text):
        return ()
    kinds: dict[str, str] = {}
    for char in text:
        kind = "" if " " <= char <= "~" else _kind_of(char)
        if kind:
            kinds.setdefault(kind, char)
    return tuple(_finding(kind, char, field) for kind, char in kinds.items())


def _kind_of(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs"):
        return "control"
    if char in _DIRECTION:
        return "direction"
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return "invisible"
    if category in _SYMBOLS:
        return "symbol"
    if category[0] in "LN" and not _is_latin(char):
        return "script"
    return ""


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "MODIFIER LETTER", "SUPERSCRIPT", "VULGAR"))


def _finding(kind: str, char: str, field: str) -> Finding:
    if kind == "control":
        return Finding.error("text.control_character", field, character=code_point(char))
    if kind == "direction":
        return Finding.error("text.direction_mark", field, character=code_point(char))
    if kind == "invisible":
        return Finding.error("text.invisible_character", field, character=code_point(char))
    if kind == "symbol":
        return Finding.error("text.symbol", field, character=shown(char))
    return Finding.error("text.other_script", field, character=shown(char))
