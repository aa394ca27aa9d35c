"""Saving a visit: the promise in one commit, the packets on the disk, and only then the word *saved*."""

from dataclasses import dataclass, replace

from kiosk.domain.biodata import Biodata
from kiosk.domain.biodata_rules import canonical_form
from kiosk.domain.findings import Finding
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, created, require
from kiosk.services.sealing import fulfil
from kiosk.services.steps import progress_in
from kiosk.storage.records import OutboxEntry, Sealing
from kiosk.storage.store import Ledger
from kiosk.wire.messages import PacketKind


@dataclass(frozen=True, slots=True)
class Saved:
    """What is durable now: the packet that stands for the visit, and all that were made."""

    packet_id: str
    entries: tuple[OutboxEntry, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the visit cannot be saved yet; nothing was changed."""

    findings: tuple[Finding, ...]


def save(counter: Counter, officer: Officer, visit_id: str) -> Saved | Refused:
    """Save a visit whose steps are all done; returning `Saved` means that packets and rows survive a power cut.

    Raises `NoVisitError` when the visit is closed or somebody else is saving it, `StorageError` when the disk refuses.
    """
    require(officer, Permission.SAVE)
    promised = _promise(counter, officer, visit_id)
    if isinstance(promised, Refused):
        return promised
    entries = fulfil(counter, promised)
    return Saved(entries[-1].packet_id, entries)


def _promise(counter: Counter, officer: Officer, visit_id: str) -> Sealing | Refused:
    with counter.store.writing() as ledger:
        state = progress_in(counter, ledger, visit_id)
        if state.lacks or state.biodata is None:
            return Refused(state.lacks)
        _write_out(counter, ledger, visit_id, state.biodata)
        kinds = [PacketKind.REGISTRATION]
        if ledger.captures.summaries(visit_id):
            kinds.append(PacketKind.ENROLLMENT)
        return ledger.sealings.begin(
            visit_id,
            tuple((counter.new_identifier(), kind, None) for kind in kinds),
            created=created(counter.clock()),
            user_id=officer.user_id,
        )


def _write_out(counter: Counter, ledger: Ledger, visit_id: str, biodata: Biodata) -> None:
    """Let the form say what the rules made of it: codes with their lists, numbers bare; nothing is judged again."""
    draft = ledger.drafts.get(visit_id)
    assert draft is not None  # its progress was just told
    ledger.drafts.put(replace(draft, form=canonical_form(biodata, draft.form)), counter.clock().wall)
