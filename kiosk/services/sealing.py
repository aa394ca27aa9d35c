"""Keeping the promise of a save: packets durable, then one commit; after a crash too, under the same names."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.biometrics.encoding import decode
from kiosk.biometrics.portrait import portrait_copy
from kiosk.domain.biodata import Field
from kiosk.domain.captures import Capture, CaptureKind
from kiosk.services.contents import (
    change_members,
    enrollment_header,
    enrollment_members,
    is_of_draft,
    registration_members,
    resident_file,
)
from kiosk.services.counter import Counter
from kiosk.storage.errors import OutboxError
from kiosk.storage.records import Draft, Membership, OutboxEntry, PlannedPacket, Resident, Sealing, Visit
from kiosk.storage.store import Ledger
from kiosk.wire.contents import ChangeFile, ResidentFile
from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import Label, SealedPacket, seal
from kiosk.wire.signing import SigningKey

logger = logging.getLogger(__name__)

PRIORITIES = {PacketKind.ENROLLMENT: 2}  # everything else is small, and somebody waits for it


@dataclass(frozen=True, slots=True)
class SealingParts:
    """All that a sealing reads before it writes; `visit` and `draft` are there when captures are sealed."""

    membership: Membership
    key: SigningKey
    visit: Visit | None
    draft: Draft | None
    captures: tuple[Capture, ...]


def fulfil(counter: Counter, sealing: Sealing) -> tuple[OutboxEntry, ...]:
    """Make the planned packets durable, then commit them to the outbox; done twice it gives the same records.

    Raises `OutboxError` when the store holds no membership or the draft is gone; nothing is lost then.
    """
    with counter.store.sealing_turn():
        with counter.store.reading() as ledger:
            if not ledger.sealings.is_open(sealing):  # another program has just kept this promise
                return _kept(ledger, sealing)
        return _make(counter, sealing)


def _kept(ledger: Ledger, sealing: Sealing) -> tuple[OutboxEntry, ...]:
    found = (ledger.outbox.get(planned.packet_id) for planned in sealing.packets)
    return tuple(entry for entry in found if entry is not None)


def _make(counter: Counter, sealing: Sealing) -> tuple[OutboxEntry, ...]:
    parts = _read(counter, sealing)
    entries = []
    for planned in sealing.packets:
        packet = _seal(parts, sealing, planned)
        counter.store.packets.place(planned.packet_id, packet.data)
        entries.append(_entry(sealing, planned, packet))
    with counter.store.writing() as ledger:
        for entry in entries:
            ledger.outbox.add(entry)
        _settle(counter, ledger, sealing, parts)
    counter.store.purge_soon()
    logger.info("sealed %d packets", len(entries))
    return tuple(entries)


def _read(counter: Counter, sealing: Sealing) -> SealingParts:
    with counter.store.reading() as ledger:
        membership, key = ledger.facts.membership(), ledger.facts.signing_key()
        if membership is None or key is None:
            raise OutboxError("This kiosk belongs to no centre: there is nobody to seal for.")
        of_draft = not sealing.change
        return SealingParts(
            membership=membership,
            key=key,
            visit=ledger.visits.get(sealing.visit_id),
            draft=ledger.drafts.get(sealing.visit_id),
            captures=ledger.captures.all(sealing.visit_id) if of_draft else (),
        )


def _seal(parts: SealingParts, sealing: Sealing, planned: PlannedPacket) -> SealedPacket:
    label = Label(
        packet_id=planned.packet_id,
        kind=planned.kind,
        visit_id=sealing.visit_id,
        kiosk_id=parts.membership.kiosk_id,
        office=parts.membership.office,
        practice=parts.membership.practice,
        device_seq=planned.device_seq,
        created=sealing.created,
        audit_head=sealing.audit_head,
        refers_to=planned.refers_to,
    )
    return seal(_members(parts, sealing, planned), label, parts.key, parts.membership.recipients)


def _members(parts: SealingParts, sealing: Sealing, planned: PlannedPacket) -> Mapping[str, bytes]:
    if not is_of_draft(planned.kind):
        return change_members(sealing)
    if parts.visit is None or parts.draft is None:
        raise OutboxError("The draft behind a promised packet is gone; `kiosk doctor` tells more.")
    if planned.kind is PacketKind.REGISTRATION:
        return registration_members(parts.visit, parts.draft)
    header = enrollment_header(parts.membership, sealing, planned)
    return enrollment_members(parts.visit, parts.draft, parts.captures, header)


def _entry(sealing: Sealing, planned: PlannedPacket, packet: SealedPacket) -> OutboxEntry:
    return OutboxEntry(
        packet_id=planned.packet_id,
        kind=planned.kind,
        visit_id=sealing.visit_id,
        priority=PRIORITIES.get(planned.kind, 1),
        device_seq=planned.device_seq,
        size=packet.size,
        sha256=packet.sha256,
        created=sealing.created,
        refers_to=planned.refers_to,
    )


def _settle(counter: Counter, ledger: Ledger, sealing: Sealing, parts: SealingParts) -> None:
    """Write what a kept promise changes besides the outbox: the resident's row, the visit, the audit."""
    at, act = counter.clock().wall, "save"
    if sealing.change:
        change = ChangeFile.read(sealing.change)
        act = change.action
        _settle_change(counter, ledger, sealing, change)
    elif parts.visit is not None and parts.draft is not None:
        ledger.residents.put(_resident(parts.visit, parts.draft, sealing, parts.captures))
    ledger.sealings.finish(sealing, at)
    names = ", ".join(planned.packet_id for planned in sealing.packets)
    ledger.audit.append(at, sealing.user_id, act, sealing.visit_id, names)


def _settle_change(counter: Counter, ledger: Ledger, sealing: Sealing, change: ChangeFile) -> None:
    if change.action in ("ended", "served"):
        ledger.visits.end(sealing.visit_id, counter.clock().wall, change.reason)
    resident = ledger.residents.by_visit(sealing.visit_id)
    if resident is None:
        return
    if change.action == "withdrawal":
        ledger.residents.put(replace(resident, withdrawn=True))
    if change.action == "amendment":
        ledger.residents.put(
            replace(
                resident,
                full_name=change.biodata.get("full_name", resident.full_name),
                village=change.biodata.get("village", resident.village),
                told=_amended(resident.told, change.biodata),
            )
        )


def _amended(told: str, biodata: Mapping[str, str]) -> str:
    """Return what papers say after an amendment; nothing where nothing is kept of the record."""
    if not told:
        return ""
    file = ResidentFile.read(told)
    return file.model_copy(update={"biodata": {**file.biodata, **biodata}}).model_dump_json()


def _resident(visit: Visit, draft: Draft, sealing: Sealing, captures: tuple[Capture, ...]) -> Resident:
    """Return who was recorded; the form was written out by the rules when the save began."""
    form = draft.form
    portrait = next(
        (capture.parts[0] for capture in captures if capture.kind is CaptureKind.PORTRAIT and capture.parts),
        None,
    )
    return Resident(
        nik=form[Field.NIK],
        full_name=form[Field.FULL_NAME],
        birth_date=form[Field.BIRTH_DATE],
        village=form[Field.VILLAGE],
        visit_id=sealing.visit_id,
        packet_id=sealing.packets[-1].packet_id,
        saved_at=sealing.created.wall,
        portrait=portrait_copy(decode(portrait)) if portrait is not None else b"",
        told=resident_file(visit, draft).model_dump_json(),
    )
