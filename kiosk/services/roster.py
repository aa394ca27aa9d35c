"""Whether the people in the database are those the centre signed: a row edited by hand lets nobody in."""

from kiosk.storage.records import Membership, User
from kiosk.storage.store import Ledger
from kiosk.sync.causes import DeliveryError
from kiosk.sync.pulling import DIRECTIVES
from kiosk.sync.receipts import check_directives
from kiosk.wire.directives import Directives
from kiosk.wire.messages import RosterEntry
from kiosk.wire.signing import Purpose, SigningKey, sign


def signed_roster(ledger: Ledger) -> tuple[RosterEntry, ...]:
    """Return the people of the last directives whose signature holds; nobody where there are none."""
    membership, token = ledger.facts.membership(), ledger.facts.get(DIRECTIVES)
    if membership is None or token is None:
        return ()
    try:
        return check_directives(token, membership, seen=0).roster
    except DeliveryError:
        return ()


def altered_people(ledger: Ledger) -> tuple[User, ...]:
    """Return the active people of the database whom the centre did not sign so."""
    signed = {(entry.user_id, entry.name, entry.role) for entry in signed_roster(ledger) if entry.active}
    return tuple(
        user
        for user in ledger.users.all()
        if user.active and (user.user_id, user.name, user.role) not in signed
    )


def put_own_roster(
    ledger: Ledger, membership: Membership, centre: SigningKey, entries: tuple[RosterEntry, ...]
) -> None:
    """Sign and keep a roster as a centre would: for practice offices, whose centre is made up with them."""
    directives = Directives(
        serial=1, kiosk_id=membership.kiosk_id, generation=membership.generation, roster=entries
    )
    ledger.facts.put(DIRECTIVES, sign(directives.plain(), centre, Purpose.DIRECTIVES))
    ledger.users.put_roster(entries)
