"""What anybody needs to check a paper without a network: whose seals count, and which papers were taken back.

Signed by the centre (purpose `trust-list`), so that it may travel by directives, on a stick or inside a web page.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.wire.errors import SignatureError
from kiosk.wire.messages import KioskId, Message, OfficeCode
from kiosk.wire.signing import Purpose, VerifyKey, key_named, verify


class CertifiedKey(Message):
    """The key of a kiosk whose seals count; until: when it was revoked, None while it counts.

    issuer: as papers name the counter, `33.25.07/2`.
    """

    kiosk_id: KioskId
    office: OfficeCode
    issuer: Annotated[str, Field(max_length=12)]
    key: str
    until: AwareDatetime | None = None


class WithdrawnPaper(Message):
    """A paper that does not count any more, void ones too: a spoiled sheet may have left the office."""

    number: Annotated[str, Field(max_length=40)]
    on: date


class TrustList(Message):
    """All certified keys and withdrawn papers as of one moment."""

    made_at: AwareDatetime
    practice: bool = False
    keys: tuple[CertifiedKey, ...] = ()
    withdrawn: tuple[WithdrawnPaper, ...] = ()

    def verify_keys(self, issued_at: datetime | None = None) -> dict[bytes, VerifyKey]:
        """Return the keys by fingerprint; those that counted at a moment, if one is given."""
        found = (VerifyKey.parse(entry.key) for entry in self.keys if _counts(entry, issued_at))
        return {key.fingerprint: key for key in found}


def read_trust_list(token: str, centre_keys: tuple[str, ...]) -> TrustList:
    """Return a trust list signed by one of the centre's keys; raises `SignatureError` or `MessageError`."""
    named = key_named(token)
    for text in centre_keys:
        key = VerifyKey.parse(text)
        if key.kid == named:
            return TrustList.read(verify(token, key, Purpose.TRUST_LIST))
    message = "the list is signed by a key that is not the centre's"
    raise SignatureError(message)


def _counts(entry: CertifiedKey, issued_at: datetime | None) -> bool:
    return entry.until is None or issued_at is None or issued_at < entry.until
