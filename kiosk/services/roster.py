"""What the centre signed last, and whether the people in the database are those it named."""

from kiosk.storage.records import Membership, User
from kiosk.storage.store import Ledger
from kiosk.sync.causes import DeliveryError
from kiosk.sync.pulling import DIRECTIVES
from kiosk.sync.receipts import check_directives
from kiosk.wire.directives import Directives
from kiosk.wire.messages import RosterEntry
from kiosk.wire.papers import OfficePapers
from kiosk.wire.signing import Purpose, SigningKey, sign


def signed_directives(ledger: Ledger) -> Directives | None:
    """Return the last directives, if their signature holds."""
    membership, token = ledger.facts.membership(), ledger.facts.get(DIRECTIVES)
    if membership is None or token is None:
        return None
    try:
        return check_directives(token, membership, seen=0)
    except DeliveryError:
        return None


def signed_roster(ledger: Ledger) -> tuple[RosterEntry, ...]:
    """Return the people of the last directives whose signature holds; nobody where there are none."""
    directives = signed_directives(ledger)
    return () if directives is None else directives.roster


def altered_people(ledger: Ledger) -> tuple[User, ...]:
    """Return the active people of the database whom the centre did not sign so."""
    signed = {(entry.user_id, entry.name, entry.role) for entry in signed_roster(ledger) if entry.active}
    return tuple(
        user
        for user in ledger.users.all()
        if user.active and (user.user_id, user.name, user.role) not in signed
    )


def own_directives(
    membership: Membership,
    entries: tuple[RosterEntry, ...],
    papers: OfficePapers | None = None,
    *,
    trust: str = "",
) -> Directives:
    """Return directives as a centre would give them: for practice offices, whose centre is made up with them."""
    return Directives(
        serial=1,
        kiosk_id=membership.kiosk_id,
        generation=membership.generation,
        roster=entries,
        papers=papers,
        trust=trust,
    )


def put_own_directives(ledger: Ledger, centre: SigningKey, directives: Directives) -> None:
    """Sign and keep directives of one's own making."""
    ledger.facts.put(DIRECTIVES, sign(directives.plain(), centre, Purpose.DIRECTIVES))
    ledger.users.put_roster(directives.roster)
