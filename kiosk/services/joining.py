"""Joining a centre: the kiosk's own key is made and kept before anything is asked, so that asking twice is harmless."""

from kiosk.domain.errors import KioskError
from kiosk.domain.words import msg
from kiosk.services.counter import Counter
from kiosk.services.errors import NotAllowedError
from kiosk.storage.records import Membership
from kiosk.sync.causes import SENTENCES, DeliveryError
from kiosk.sync.joining import join
from kiosk.wire.errors import JoinCodeError, SignatureError
from kiosk.wire.signing import SigningKey

_WRONG_CODE = msg("The code is mistyped or incomplete. Compare it with the slip, letter by letter.")
_WRONG_CENTRE = msg("Another than the code's centre answered. Nothing was joined; check the address.")


def join_centre(counter: Counter, code: str, centre_url: str, *, software: str) -> Membership:
    """Join with a one-time code.

    Raises `JoinCodeError`, `SignatureError` or `DeliveryError`, and may then be repeated.
    """
    with counter.store.writing() as ledger:
        if ledger.facts.membership() is not None:
            raise NotAllowedError("This kiosk has joined a centre already; nothing was changed.")
        key = ledger.facts.signing_key()
        if key is None:
            key = SigningKey.generate()
            ledger.facts.set_signing_key(key)
    membership = join(code, centre_url, key=key, software=software)
    counter.store.add_recovery(membership.recipients)
    with counter.store.writing() as ledger:
        ledger.facts.set_membership(membership)
        ledger.audit.append(counter.clock().wall, "", "join", membership.kiosk_id, membership.office)
    return membership


def why_not_joined(error: KioskError) -> str:
    """Return why joining failed, as an English sentence of the catalogue; empty where joining is not to blame."""
    if isinstance(error, DeliveryError):
        return SENTENCES[error.cause]
    if isinstance(error, JoinCodeError):
        return _WRONG_CODE
    return _WRONG_CENTRE if isinstance(error, SignatureError) else ""
