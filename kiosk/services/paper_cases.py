"""A resident as the rules of papers see one: what is kept of the record, how far it is, which paper is held already."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.biodata_rules import form_from_texts
from kiosk.domain.papers import PaperCase, PaperKind, RecordStanding
from kiosk.domain.register import Printing, RegisterEntry
from kiosk.domain.requests import DocumentKind, Service, makes_enrollment
from kiosk.domain.verdicts import Decision
from kiosk.services.counter import Counter
from kiosk.services.drafting import read_form
from kiosk.services.errors import NoVisitError
from kiosk.storage.records import OutboxEntry, PacketState, Resident, VisitState
from kiosk.storage.store import Ledger
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import PacketKind

_OF_DECISION = {
    Decision.ACCEPTED: RecordStanding.CHECKED,
    Decision.PRINTED: RecordStanding.PRINTED,
    Decision.DUPLICATE: RecordStanding.DUPLICATE,
    Decision.ADJUDICATE: RecordStanding.ADJUDICATE,
    Decision.REJECTED: RecordStanding.REJECTED,
}
_HAD_A_CARD = frozenset({Service.REPLACEMENT_LOST, Service.REPLACEMENT_DAMAGED, Service.COLLECTION})
_FOUND = frozenset({Decision.ACCEPTED, Decision.PRINTED})
_DELIVERED = frozenset({PacketState.ACKNOWLEDGED, PacketState.PURGED})


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What a paper of one visit rests on.

    case: None where the data are not kept any more or do not stand as they are.  recorded_on: the office's day, None
    for a resident recorded elsewhere.  portrait_on: the day of the portrait, None without one.
    """

    resident: Resident = field(repr=False)
    case: PaperCase | None = field(repr=False)
    recorded_on: date | None
    portrait_on: date | None


def paper_record(counter: Counter, ledger: Ledger, visit_id: str) -> PaperRecord:
    """Return what a paper of this visit rests on; raises `NoVisitError` where nothing was saved."""
    visit, resident = ledger.visits.get(visit_id), ledger.residents.by_visit(visit_id)
    if visit is None or visit.state is not VisitState.SAVED or resident is None:
        raise NoVisitError("There is no saved record of this visit.")
    recording = _recording(ledger, resident)
    day = counter.here(recording.saved_at).date() if recording else None
    portrait_on = counter.here(resident.saved_at).date() if resident.portrait else None
    return PaperRecord(resident, _case(counter, ledger, resident, recording), day, portrait_on)


def _case(
    counter: Counter, ledger: Ledger, resident: Resident, recording: Resident | None
) -> PaperCase | None:
    if not resident.told:
        return None
    file = ResidentFile.read(resident.told)
    biodata = read_form(counter, form_from_texts(file.biodata)).biodata
    if biodata is None:
        return None
    service = Service(file.service)
    before = file.enrolled_before or service in _HAD_A_CARD
    standing, checked_on = _standing(counter, ledger, resident, recording, before=before)
    held = held_certificate(counter, ledger, resident.nik)
    return PaperCase(
        service=service,
        biodata=biodata,
        standing=standing,
        documents=frozenset(DocumentKind(name) for name in file.documents_shown),
        checked_on=checked_on,
        holds_number=held.number if held else "",
        valid_until=held.valid_until if held else None,
    )


def held_certificate(counter: Counter, ledger: Ledger, nik: str) -> RegisterEntry | None:
    """Return the newest temporary certificate of a NIK that counts today and whose print did not fail."""
    today = counter.today()
    for entry in ledger.papers.of_resident(nik):
        is_certificate = entry.kind is PaperKind.TEMPORARY_CERTIFICATE
        if is_certificate and entry.is_valid(today) and entry.printing is not Printing.FAILED:
            return entry
    return None


def _recording(ledger: Ledger, resident: Resident) -> Resident | None:
    """Return the newest record with fingers of the same NIK; the one of this visit if it was withdrawn."""
    if resident.withdrawn:
        return resident
    for known in ledger.residents.by_nik(resident.nik):
        if not known.withdrawn and _has_fingers(ledger, known.visit_id):
            return known
    return None


def _has_fingers(ledger: Ledger, visit_id: str) -> bool:
    visit = ledger.visits.get(visit_id)
    return visit is not None and makes_enrollment(visit.service) and _enrollment(ledger, visit_id) is not None


def _enrollment(ledger: Ledger, visit_id: str) -> OutboxEntry | None:
    entries = ledger.outbox.of_visit(visit_id)
    return next((entry for entry in entries if entry.kind is PacketKind.ENROLLMENT), None)


def _standing(
    counter: Counter, ledger: Ledger, resident: Resident, recording: Resident | None, *, before: bool
) -> tuple[RecordStanding, date | None]:
    """Return how far the record is, and the day on which the centre found it in order."""
    if resident.withdrawn:
        return RecordStanding.WITHDRAWN, None
    entry = _enrollment(ledger, recording.visit_id) if recording else None
    if entry is None:
        return (RecordStanding.ELSEWHERE if before else RecordStanding.NONE), None
    if entry.verdict is not None:
        found = entry.verdict in _FOUND and entry.decided_at is not None
        checked_on = counter.here(entry.decided_at).date() if found and entry.decided_at else None
        return _OF_DECISION[entry.verdict], checked_on
    return (RecordStanding.RECEIVED if entry.state in _DELIVERED else RecordStanding.CAPTURED), None
