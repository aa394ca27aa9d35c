"""Whom a packet is about: the NIK of its form, checked, and turned into a name only the judge can make."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from kiosk.domain.biodata import Field

# Province 11-96, day 01-31 or 41-71 (women), month 01-12, serial 0001-9999 (Permendagri 109/2019).
_NIK = re.compile(
    r"[1-9]\d{5}(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d\d(?!0000)\d{4}", re.ASCII
)


def subject_of(form: Mapping[str, str], identity: str) -> str | None:
    """Return a keyed hash of the form's NIK, or None if the NIK cannot be one.

    The key is drawn from the opening identity, so that the front door's database names nobody.
    """
    nik = form.get(Field.NIK.value, "")
    if not _NIK.fullmatch(nik):
        return None
    key = hashlib.sha256(b"subject" + identity.encode("ascii")).digest()
    return hmac.digest(key, nik.encode("ascii"), "sha256").hex()
