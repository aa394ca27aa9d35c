"""Whom a packet is about: the NIK of its form, checked, and turned into a name only the judge can make."""

import hashlib
import hmac
from collections.abc import Mapping

from kiosk.domain.biodata import Field
from kiosk.domain.errors import MalformedError
from kiosk.domain.nik import Nik


def subject_of(form: Mapping[str, str], identity: str) -> str | None:
    """Return a keyed hash of the form's NIK, however it was typed, or None if the NIK cannot be one.

    The key is drawn from the opening identity, so that the front door's database names nobody.
    """
    try:
        nik = Nik.parse(form.get(Field.NIK.value, ""))
    except MalformedError:
        return None
    key = hashlib.sha256(b"subject" + identity.encode("ascii")).digest()
    return hmac.digest(key, nik.digits.encode("ascii"), "sha256").hex()
