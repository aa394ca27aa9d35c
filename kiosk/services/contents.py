"""What goes into the packets of a visit: resident, consent, operations, captures."""

from collections.abc import Iterable, Mapping

from kiosk.biometrics.an2 import EnrollmentHeader, build_enrollment
from kiosk.domain.biodata_rules import form_texts
from kiosk.domain.captures import Capture, CaptureKind
from kiosk.storage.records import Draft, Membership, PlannedPacket, Sealing, Visit
from kiosk.wire.contents import (
    CHANGE,
    CONSENT,
    DOCUMENTS,
    ENROLLMENT,
    EVIDENCE,
    OPERATIONS,
    RESIDENT,
    ExceptionEntry,
    OperationsFile,
    ResidentFile,
)
from kiosk.wire.messages import Message, PacketKind

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/jp2": "jp2", "image/x-wsq": "wsq"}


def registration_members(visit: Visit, draft: Draft) -> dict[str, bytes]:
    """Return the small packet's members: who, what for, consent, and what was done."""
    members = {
        RESIDENT: _json(resident_file(visit, draft)),
        OPERATIONS: _json(OperationsFile(operations=draft.operations)),
    }
    if draft.consent is not None:
        members[CONSENT] = _json(draft.consent)
    return members


def enrollment_members(
    visit: Visit, draft: Draft, captures: Iterable[Capture], header: EnrollmentHeader
) -> dict[str, bytes]:
    """Return the large packet's members: all of the registration, so that it stands alone, and the captures."""
    kept = tuple(captures)
    members = registration_members(visit, draft)
    exceptions = tuple((exception.part, exception.reason.value) for exception in draft.exceptions)
    biometrics = tuple(capture for capture in kept if capture.kind is not CaptureKind.DOCUMENT)
    members[ENROLLMENT] = build_enrollment(biometrics, header, exceptions)
    for capture in kept:
        if capture.signed is not None:
            members[f"{EVIDENCE}{capture.kind.value}"] = capture.signed
        if capture.kind is CaptureKind.DOCUMENT:
            members.update(_documents(capture))
    return members


def change_members(sealing: Sealing) -> Mapping[str, bytes]:
    """Return the members of a packet that has no draft behind it."""
    return {CHANGE: sealing.change}


def enrollment_header(membership: Membership, sealing: Sealing, planned: PlannedPacket) -> EnrollmentHeader:
    """Return what the transaction's first record says of place and time."""
    return EnrollmentHeader(
        transaction_id=planned.packet_id,
        origin=membership.kiosk_id,
        destination=membership.office,
        made_at=sealing.created.wall,
    )


def resident_file(visit: Visit, draft: Draft) -> ResidentFile:
    """Return the draft as `resident.json` carries it."""
    return ResidentFile(
        service=visit.service.value,
        biodata=form_texts(draft.form),
        reasons=draft.reasons,
        exceptions=tuple(
            ExceptionEntry(part=exception.part, reason=exception.reason.value, detail=exception.detail)
            for exception in draft.exceptions
        ),
        documents_shown=draft.documents_shown,
        enrolled_before=draft.enrolled_before,
        police_letter_no=draft.police_letter_no,
    )


def is_of_draft(kind: PacketKind) -> bool:
    """Tell whether a packet of this kind is made of a draft and its captures."""
    return kind in (PacketKind.REGISTRATION, PacketKind.ENROLLMENT)


def _documents(capture: Capture) -> dict[str, bytes]:
    return {
        f"{DOCUMENTS}{part.part}.{_ENDINGS.get(part.media, 'bin')}": part.content for part in capture.parts
    }


def _json(message: Message) -> bytes:
    return message.model_dump_json().encode("utf-8")
