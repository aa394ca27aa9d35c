"""The values storage hands out and takes in: frozen, made from rows at the border, never rows themselves."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.biodata import Form
from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException
from kiosk.domain.requests import Service
from kiosk.domain.roles import Role
from kiosk.domain.verdicts import Decision
from kiosk.wire.contents import ConsentFile, Operation
from kiosk.wire.messages import Created, PacketKind


class VisitState(StrEnum):
    """Where a visit stands; `open`, `parked` and `sealing` have a draft."""

    OPEN = "open"
    PARKED = "parked"
    SEALING = "sealing"
    SAVED = "saved"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Visit:
    """What one resident came for."""

    visit_id: str
    ticket: int
    service: Service
    state: VisitState
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was typed and agreed in an open visit; the captures are kept beside it."""

    visit_id: str
    form: Form = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    exceptions: tuple[CaptureException, ...] = ()
    consent: ConsentFile | None = None
    operations: tuple[Operation, ...] = ()
    enrolled_before: bool = False
    police_letter_no: str = ""
    portrait_approved: bool = False
    officer_sign_off: str = ""
    supervisor_sign_off: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPacket:
    """A packet that a visit being sealed will have, whatever happens to the machine meanwhile."""

    packet_id: str
    kind: PacketKind
    device_seq: int


@dataclass(frozen=True, slots=True)
class Sealing:
    """The promise made by the first commit of a save: these packets, made at this moment, after this audit head."""

    visit_id: str
    packets: tuple[PlannedPacket, ...]
    created: Created
    audit_head: str


class PacketState(StrEnum):
    """The durable states of a packet; that one is being sent right now is never stored."""

    WAITING = "waiting"
    PARTIAL = "partial"
    ACKNOWLEDGED = "acknowledged"
    PURGED = "purged"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One packet and how far it has come.

    offset: bytes the centre said it holds durably.  failures: in a row, of one class (`cause`).
    retry_at_boottime / retry_boot_id: not before this moment of this boot.
    """

    packet_id: str
    kind: PacketKind
    visit_id: str
    priority: int
    device_seq: int
    size: int
    sha256: str
    created: Created
    state: PacketState = PacketState.WAITING
    offset: int = 0
    attempts: int = 0
    failures: int = 0
    cause: str = ""
    exported: int = 0
    acknowledgement: str = ""
    acknowledged_at: datetime | None = None
    verdict: Decision | None = None
    verdict_reason: str = ""
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident this kiosk recorded, as kept for search and papers."""

    nik: str
    full_name: str
    birth_date: str
    village: str
    visit_id: str
    packet_id: str
    saved_at: datetime
    portrait: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One processing of personal data: who did what to whose data, in the hash chain."""

    index: int
    at: datetime
    user_id: str
    act: str
    subject: str
    detail: str
    head: str


@dataclass(frozen=True, slots=True)
class User:
    """A person on the roster; without a password until the first log-in sets one."""

    user_id: str
    name: str
    role: Role
    active: bool
    has_password: bool
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """To which centre this kiosk belongs, as granted at joining."""

    kiosk_id: str
    office: str
    practice: bool
    centre_url: str
    recipients: tuple[str, ...]
    signing_keys: tuple[str, ...]
    generation: int


@dataclass(frozen=True, slots=True)
class CaptureSummary:
    """A kept capture without its pictures: for lists and steps."""

    kind: CaptureKind
    attempts: int
    findings: int
