"""What a code held before the scanner says: the numbers of sixteen digits in its text, and which fields they fill."""

import re
from collections.abc import Mapping

from kiosk.domain.biodata import Field
from kiosk.domain.errors import MalformedError
from kiosk.domain.family_card import FamilyCardNo
from kiosk.domain.nik import DIGITS, Nik, bare_digits

NUMBER_FIELDS = (Field.NIK, Field.FAMILY_CARD_NO, Field.MOTHER_NIK, Field.FATHER_NIK)
LONGEST_TEXT = 8192  # signs; the largest QR code holds 7089 digits
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{{DIGITS}}}(?![0-9])")
_LABELLED = re.compile(rf"(?<![A-Z])(NIK|KK)[^0-9A-Z]{{0,6}}([0-9]{{{DIGITS}}})(?![0-9])", re.IGNORECASE)
_LABELS = {"nik": Field.NIK, "kk": Field.FAMILY_CARD_NO}


def numbers_in(text: str, *, at: Field | None = None) -> Mapping[Field, str]:
    """Return the digits for each field the text surely speaks of.

    at: where the keyboard stands.  A number goes to the field it is labelled for; one without a label to the field of
    a number one stands in, to the NIK where no family card can bear it, else to the family card.  Of several that
    nothing tells apart none is taken.
    """
    known = text[:LONGEST_TEXT]
    found: dict[Field, set[str]] = {}
    for label, digits in _LABELLED.findall(known):
        found.setdefault(_LABELS[label.lower()], set()).add(digits)
    bare = set(_NUMBER.findall(known)) or _grouped(known)
    for digits in bare.difference(*found.values()):
        found.setdefault(_field_of(digits, at), set()).add(digits)
    return {field: digits.pop() for field, digits in found.items() if len(digits) == 1}


def _grouped(text: str) -> set[str]:
    """Return the number of a text that is one number with blanks, dots or dashes in it."""
    digits = bare_digits(text)
    return {digits} if digits is not None and _NUMBER.fullmatch(digits) else set()


def _field_of(digits: str, at: Field | None) -> Field:
    if at in NUMBER_FIELDS:
        return at
    return Field.NIK if _is_no_card(digits) and _is_nik(digits) else Field.FAMILY_CARD_NO


def _is_no_card(digits: str) -> bool:
    try:
        FamilyCardNo.parse(digits)
    except MalformedError:
        return True
    return False


def _is_nik(digits: str) -> bool:
    try:
        Nik.parse(digits)
    except MalformedError:
        return False
    return True
