"""The values storage hands out and takes in: frozen, made from rows at the border, never rows themselves."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.biodata import Form
from kiosk.domain.captures import CaptureKind, Measure
from kiosk.domain.exceptions import CaptureException
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Priority, Service
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
    """What one resident came for.

    called_at: when somebody first took the visit up; None while the resident waits.  priority: why it goes first.
    """

    visit_id: str
    ticket: int
    service: Service
    state: VisitState
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    reason: str = ""
    called_at: datetime | None = None
    priority: Priority = Priority.NONE


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was typed and agreed in an open visit; the captures are kept beside it.

    documents_shown: papers noted as shown, by `DocumentKind`.  officer_sign_off, supervisor_sign_off: user ids.
    elsewhere: code of the office the resident was sent to for what could not be done here, while the visit is parked.
    """

    visit_id: str
    form: Form = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    exceptions: tuple[CaptureException, ...] = ()
    consent: ConsentFile | None = None
    operations: tuple[Operation, ...] = ()
    documents_shown: tuple[str, ...] = ()
    enrolled_before: bool = False
    police_letter_no: str = ""
    portrait_approved: bool = False
    officer_sign_off: str = ""
    supervisor_sign_off: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPacket:
    """A packet that will exist, whatever happens to the machine meanwhile; `refers_to` names the one it mends."""

    packet_id: str
    kind: PacketKind
    device_seq: int
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Sealing:
    """The promise made by the first commit of a save: these packets, made at this moment, after this audit head.

    change: `change.json` of a packet that has no draft behind it; empty when draft and captures are sealed.
    user_id: who asked for it, for the audit row of the last commit.
    """

    visit_id: str
    packets: tuple[PlannedPacket, ...]
    created: Created
    audit_head: str
    user_id: str
    change: bytes = field(default=b"", repr=False)

    @property
    def sealing_id(self) -> str:
        """The name of the promise: its first packet's."""
        return self.packets[0].packet_id


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

    offset: bytes the centre said it holds durably.  attempts: rounds in which it was tried.
    failures: in a row, of one class (`cause`); such as are the packet's own, never the line's or the disk's.
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
    decided_at: datetime | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident this kiosk recorded, as kept for search and papers.

    told: `resident.json` as it was sealed, for papers; empty for records of earlier versions and once forgotten.
    """

    nik: str
    full_name: str
    birth_date: str
    village: str
    visit_id: str
    packet_id: str
    saved_at: datetime
    portrait: bytes = field(default=b"", repr=False)
    withdrawn: bool = False
    told: str = field(default="", repr=False)


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
    parts: tuple[str, ...]
    attempts: int
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    taken_at: datetime
