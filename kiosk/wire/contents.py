"""What lies inside a packet, member by member (docs/packet.md)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from kiosk.domain.findings import Severity
from kiosk.wire.messages import KioskId, Message, PacketId, PacketKind, Sha256, Size
from kiosk.wire.papers import PaperFile

MANIFEST = "manifest.json"
RESIDENT = "resident.json"
ENROLLMENT = "enrollment.an2"
CONSENT = "consent.json"
OPERATIONS = "operations.json"
CHANGE = "change.json"
DOCUMENTS = "documents/"
EVIDENCE = "evidence/"


class Member(Message):
    """Size and hash of one member of the archive."""

    sha256: Sha256
    size: Size


class Manifest(Message):
    """Repeats what names the packet, so that nobody can sign another kiosk's ciphertext as his own."""

    format: Literal[1] = 1
    packet_id: PacketId
    kind: PacketKind
    visit_id: PacketId
    kiosk_id: KioskId
    device_seq: Annotated[int, Field(ge=1)]
    refers_to: PacketId | None = None
    members: dict[str, Member]


class ExceptionEntry(Message):
    """A capture that could not be made, and why."""

    part: str
    reason: str
    detail: str = ""


class ResidentFile(Message):
    """`resident.json`: the request, the form as typed, and the answers to warnings."""

    format: Literal[1] = 1
    service: str
    biodata: dict[str, str]
    reasons: dict[str, str] = Field(default_factory=dict)
    exceptions: tuple[ExceptionEntry, ...] = ()
    documents_shown: tuple[str, ...] = ()
    enrolled_before: bool = False
    police_letter_no: str = ""


class ConsentFile(Message):
    """`consent.json`: which text was read out, in which language, and the answer."""

    text_version: str
    language: str
    given: bool
    at: datetime
    witness: str


class FindingEntry(Message):
    """A finding that stood when the step was finished."""

    code: str
    severity: Severity
    field: str | None = None
    values: dict[str, str] = Field(default_factory=dict)


class Operation(Message):
    """One thing somebody did: who, when, with which device, how often, what was found and why it was passed.

    notes: what the device says of its capture, in keys (docs/devices.md).
    """

    at: datetime
    user_id: str
    role: str
    step: str
    device: str = ""
    attempts: int = 0
    findings: tuple[FindingEntry, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


class OperationsFile(Message):
    """`operations.json`: the visit's steps in order."""

    operations: tuple[Operation, ...]


class ChangeFile(Message):
    """`change.json` of an amendment, withdrawal, sign-off, ended visit or paper: what changes, by whom, and why.

    user_id: who answers for it.  asked_by: the officer who asked for it, empty where it is the same person.
    """

    action: str
    reason: str
    user_id: str
    asked_by: str = ""
    at: datetime
    biodata: dict[str, str] = Field(default_factory=dict)
    paper: PaperFile | None = None
