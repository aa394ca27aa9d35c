"""Names of people: what Permendagri 73/2022 asks of a first recording, and what stays valid of older ones."""

import re
import unicodedata
from dataclasses import dataclass

from kiosk.domain.findings import Finding
from kiosk.domain.free_text import read_text, shown

LONGEST = 60
_LONGEST_KEPT = 200
_EASY = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+\Z")
# Apostrophes, dots, hyphens and commas stand in names that were recorded before the rule.
_KEPT = frozenset("'\u2019\u2018`.,-/\u00b4")


@dataclass(frozen=True, slots=True)
class NameReading:
    """The mended name, None when it is empty or an error stands, and all findings."""

    name: str | None
    findings: tuple[Finding, ...]


def read_name(text: str, *, field: str, first_recording: bool) -> NameReading:
    """Read a name; an empty one gives no finding.

    first_recording: the prohibitions stop the recording (article 7); otherwise they only ask for a reason.
    """
    if len(text) <= LONGEST and _EASY.match(text):
        return NameReading(text, ())
    reading = read_text(text, field=field, longest=_LONGEST_KEPT)
    if not reading.text:
        return NameReading(None, reading.findings)
    name = reading.text
    findings = _judge_first(name, field) if first_recording else _judge_kept(name, field)
    findings += _judge_always(name, field)
    stopped = any(finding.severity == "error" for finding in findings)
    return NameReading(None if stopped else name, findings)


def _judge_always(name: str, field: str) -> tuple[Finding, ...]:
    if not any(char.isalpha() for char in name):
        return (Finding.error("name.no_letters", field),)
    odd = next((char for char in name if _is_odd(char)), "")
    return (Finding.error("name.character", field, character=shown(odd)),) if odd else ()


def _is_odd(char: str) -> bool:
    if char == " " or char.isalnum() or char in _KEPT:
        return False
    return unicodedata.category(char) != "Mn"


def _judge_first(name: str, field: str) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if len(name) > LONGEST:
        findings += (Finding.error("name.too_long", field, given=str(len(name))),)
    if any(char.isnumeric() for char in name):
        findings += (Finding.error("name.digits", field),)
    if any(char in _KEPT for char in name):
        findings += (Finding.error("name.punctuation", field),)
    if any(char.isalpha() and not char.isascii() for char in name):
        findings += (Finding.error("name.foreign_letter", field),)
    if " " not in name:
        findings += (Finding.warning("name.one_word", field),)
    if any(len(word) == 1 for word in name.split(" ")):
        findings += (Finding.warning("name.abbreviation", field),)
    return findings


def _judge_kept(name: str, field: str) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if len(name) > LONGEST:
        findings += (Finding.warning("name.too_long_kept", field, given=str(len(name))),)
    if any(char.isnumeric() for char in name):
        findings += (Finding.warning("name.digits_kept", field),)
    if any(char in _KEPT for char in name):
        findings += (Finding.warning("name.punctuation_kept", field),)
    if any(char.isalpha() and not char.isascii() for char in name):
        findings += (Finding.warning("name.foreign_letter_kept", field),)
    if " " not in name:
        findings += (Finding.warning("name.one_word", field),)
    return findings
