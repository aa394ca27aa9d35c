"""Telling the centre of a paper: a `certificate` packet for each act, promised in the commit of the act itself."""

from kiosk.domain.register import RegisterEntry
from kiosk.services.counter import Counter, Officer, created
from kiosk.storage.records import Sealing
from kiosk.storage.store import Ledger
from kiosk.wire.contents import ChangeFile
from kiosk.wire.messages import PacketKind
from kiosk.wire.papers import PaperFile


def promise_paper(
    counter: Counter, ledger: Ledger, supervisor: Officer, entry: RegisterEntry, action: str
) -> Sealing:
    """Promise the packet that tells of an act; `fulfil` makes it durable after the commit."""
    change = ChangeFile(
        action=action,
        reason=entry.reason,
        user_id=supervisor.user_id,
        at=counter.clock().wall,
        paper=paper_file(entry),
    )
    return ledger.sealings.begin(
        entry.visit_id,
        ((counter.new_identifier(), PacketKind.CERTIFICATE, None),),
        created=created(counter.clock()),
        user_id=supervisor.user_id,
        change=change.model_dump_json().encode("utf-8"),
    )


def paper_file(entry: RegisterEntry) -> PaperFile:
    """Return a line of the register as the packet carries it."""
    return PaperFile(
        number=entry.number,
        kind=entry.kind,
        serial=entry.serial,
        day=entry.day,
        issued_at=entry.issued_at,
        issued_by=entry.issued_by,
        valid_until=entry.valid_until,
        state=entry.state,
        printing=entry.printing,
        prints=entry.prints,
        handed_to=entry.handed_to,
        renews=entry.renews,
        code=entry.code,
    )
