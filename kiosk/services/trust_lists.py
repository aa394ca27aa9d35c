"""Which keys and which ended papers are known here: the centre's list, as it came with the directives or on a stick."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import ServiceError
from kiosk.services.roster import signed_directives
from kiosk.storage.store import Ledger
from kiosk.wire.errors import MessageError, SignatureError
from kiosk.wire.trust import TrustList, read_trust_list

LARGEST = 8 << 20  # characters: some hundred thousand papers


class TrustListError(ServiceError):
    """A list that is not the centre's, or says less than the one that is here; nothing was changed."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A list whose signature holds, and the text it came as."""

    token: str
    listed: TrustList


def newest_trust_list(ledger: Ledger) -> TrustList | None:
    """Return the newest list signed by this kiosk's centre; None where none came yet."""
    directives = signed_directives(ledger)
    tokens = (directives.trust if directives else "", ledger.facts.trust_list())
    read = [one.listed for token in tokens if token and (one := _read(ledger, token)) is not None]
    return max(read, key=_age_key, default=None)


def bring_trust_list(counter: Counter, officer: Officer | None, text: str) -> TrustList:
    """Keep a list that came on a stick; raises `TrustListError` for one that is forged, or older than what is here.

    officer: who brought it; None for the command at the machine, which anybody may use, since the list is public and
    proves itself.
    """
    if officer is not None:
        require(officer, Permission.CHECK_CERTIFICATE)
    with counter.store.writing() as ledger:
        brought, known = _read(ledger, text.strip()), newest_trust_list(ledger)
        if brought is None:
            raise TrustListError(
                "The file holds no list that this kiosk's centre signed; nothing was changed."
            )
        if known is not None and _age_key(brought.listed) <= _age_key(known):
            raise TrustListError("The list that is here is as new or newer; nothing was changed.")
        ledger.facts.set_trust_list(brought.token)
        user_id = officer.user_id if officer else ""
        made = brought.listed.made_at.isoformat()
        ledger.audit.append(counter.clock().wall, user_id, "bring_trust_list", "papers", made)
    return brought.listed


def _age_key(listed: TrustList) -> tuple[datetime, int, int]:
    """Return what a newer list has more of: lists are dated to the day, and only grow within one."""
    return listed.made_at, len(listed.withdrawn), len(listed.keys)


def _read(ledger: Ledger, token: str) -> _Read | None:
    membership = ledger.facts.membership()
    if membership is None or len(token) > LARGEST:
        return None
    try:
        return _Read(token, read_trust_list(token, membership.signing_keys))
    except (MessageError, SignatureError):
        return None
