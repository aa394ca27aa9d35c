"""Papers a resident brings: noted as shown (`drafting.show_documents`), or photographed and kept with the visit."""

from dataclasses import replace

from kiosk.biometrics.encoding import encode_paper
from kiosk.devices.api import Camera, Kind
from kiosk.domain.captures import Capture, CaptureKind
from kiosk.domain.requests import DocumentKind
from kiosk.domain.roles import Permission
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.drafting import operation_of, with_operation
from kiosk.services.errors import KitError
from kiosk.services.kit import RecordingKit
from kiosk.storage.store import Ledger

TIMEOUT = 10.0  # seconds the camera may take


def photograph_paper(
    counter: Counter, officer: Officer, visit_id: str, paper: DocumentKind, *, kit: RecordingKit
) -> Capture:
    """Photograph a paper and note it as shown; a second picture of the same paper takes the first one's place.

    Raises `NoVisitError`, `KitError` or a `DeviceError`, and then nothing has changed.
    """
    require(officer, Permission.CAPTURE)
    with counter.store.reading() as ledger:
        open_draft(ledger, visit_id)
    taken = _picture(counter, paper, kit)
    with counter.store.writing() as ledger:
        capture = _beside_others(ledger, visit_id, taken)
        ledger.captures.put(visit_id, capture)
        operation = operation_of(counter, officer, "documents", reason=paper.value)
        draft = open_draft(ledger, visit_id)
        shown = tuple(sorted({*draft.documents_shown, paper.value}))
        ledger.drafts.put(with_operation(replace(draft, documents_shown=shown), operation), operation.at)
        ledger.audit.append(operation.at, officer.user_id, "document", visit_id, paper.value)
    return capture


def _picture(counter: Counter, paper: DocumentKind, kit: RecordingKit) -> Capture:
    with kit.lend(Kind.CAMERA) as device:
        if not isinstance(device, Camera):
            raise KitError("The device set up as the camera is none.")
        (_, image), *_ = device.take(timeout=TIMEOUT).images
    return Capture(
        kind=CaptureKind.DOCUMENT,
        parts=(encode_paper(image, paper.value),),
        measures=(),
        findings=(),
        attempts=1,
        device=kit.identity(Kind.CAMERA),
        taken_at=counter.clock().wall,
    )


def _beside_others(ledger: Ledger, visit_id: str, taken: Capture) -> Capture:
    """Return the visit's papers, with the new picture among them."""
    before = ledger.captures.get(visit_id, CaptureKind.DOCUMENT)
    if before is None:
        return taken
    (fresh,) = taken.parts
    others = tuple(part for part in before.parts if part.part != fresh.part)
    return replace(taken, parts=(*others, fresh), attempts=before.attempts + 1)
