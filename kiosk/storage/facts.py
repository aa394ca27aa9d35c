"""Facts of this installation: to whom it belongs, its own key, and where delivering stands."""

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from kiosk.domain.morning import Morning
from kiosk.storage.records import Membership
from kiosk.storage.tables import FactRow
from kiosk.wire.encoding import from_base64url, to_base64url
from kiosk.wire.signing import SigningKey

_MEMBERSHIP = "membership"
_SIGNING_KEY = "signing_key"
_MEMBERSHIP_TEXT = TypeAdapter(Membership)
_MORNING = "selftest.morning"
_OFFICE_KEY = "papers.office_key"
_TRUST_LIST = "papers.trust_list"
_MORNING_TEXT = TypeAdapter(Morning)


class Facts:
    """The facts within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        """Return a fact's text; None where it was never written."""
        row = self._session.get(FactRow, name)
        return None if row is None else row.value

    def put(self, name: str, value: str) -> None:
        """Write a fact, over an earlier one."""
        self._session.merge(FactRow(name=name, value=value))
        self._session.flush()

    def membership(self) -> Membership | None:
        """Return to which centre this kiosk belongs; None before it joined one."""
        text = self.get(_MEMBERSHIP)
        return None if text is None else _MEMBERSHIP_TEXT.validate_json(text)

    def set_membership(self, membership: Membership) -> None:
        """Keep what the centre granted."""
        self.put(_MEMBERSHIP, _MEMBERSHIP_TEXT.dump_json(membership).decode("utf-8"))

    def signing_key(self) -> SigningKey | None:
        """Return this kiosk's own key; None before one was made."""
        text = self.get(_SIGNING_KEY)
        return None if text is None else SigningKey(from_base64url(text))

    def set_signing_key(self, key: SigningKey) -> None:
        """Keep this kiosk's own key."""
        self.put(_SIGNING_KEY, to_base64url(key.raw))

    def morning(self) -> Morning | None:
        """Return the last morning of self-tests; None before the first, and for a note of another version."""
        try:
            text = self.get(_MORNING)
            return None if text is None else _MORNING_TEXT.validate_json(text)
        except ValidationError:
            return None

    def set_morning(self, morning: Morning) -> None:
        """Keep how far a morning's self-tests came."""
        self.put(_MORNING, _MORNING_TEXT.dump_json(morning).decode("utf-8"))

    def office_key(self) -> bytes | None:
        """Return the office's PKCS#12 without a password, which signs saved papers; None where it has none."""
        text = self.get(_OFFICE_KEY)
        return from_base64url(text) if text else None

    def set_office_key(self, pkcs12: bytes) -> None:
        """Keep the office's key; empty takes it away."""
        self.put(_OFFICE_KEY, to_base64url(pkcs12))

    def trust_list(self) -> str:
        """Return the list of keys and ended papers that was brought on a stick, signed; empty without one."""
        return self.get(_TRUST_LIST) or ""

    def set_trust_list(self, token: str) -> None:
        """Keep a list that was brought on a stick."""
        self.put(_TRUST_LIST, token)
