"""What kiosk and centre say to each other over HTTP: the calls of contract version 1 (docs/sync.md)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kiosk.domain.clock import ClockState
from kiosk.domain.roles import Role
from kiosk.domain.verdicts import Decision
from kiosk.wire.errors import MessageError

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PacketId = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]
KioskId = Annotated[str, Field(pattern=r"^[a-z0-9-]{4,40}$")]
OfficeCode = Annotated[str, Field(pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$")]
Size = Annotated[int, Field(ge=0, le=2**53 - 1)]  # what every JSON reader keeps exactly
Sequence = Annotated[int, Field(ge=1, le=2**53 - 1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]  # a name of a list that may grow on either side


class Message(BaseModel):
    """A message: immutable; fields unknown to this version are left aside, so that either side may be newer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, data: bytes | str) -> Self:
        """Read a message from JSON; raises `MessageError` naming the first field that is wrong."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise MessageError(f"{cls.__name__}: {place}: {first['msg']}") from error

    def plain(self) -> dict[str, object]:
        """Return the message as JSON-ready values, for signing."""
        return self.model_dump(mode="json")


class PacketKind(StrEnum):
    """What a packet carries."""

    REGISTRATION = "registration"
    ENROLLMENT = "enrollment"
    AMENDMENT = "amendment"
    WITHDRAWAL = "withdrawal"
    SIGN_OFF = "sign_off"
    CERTIFICATE = "certificate"
    VISIT = "visit"
    NOTICE = "notice"
    SELFTEST = "selftest"
    AUDIT = "audit"


class Created(Message):
    """When a packet was made: wall time to be shown, boot time and clock state to judge it by."""

    wall: datetime
    boottime: float
    boot_id: str
    clock: ClockState


class JoinRequest(Message):
    """`POST /v1/kiosks`: the kiosk shows that it knows the one-time secret, for this key of its own."""

    secret_id: str
    proof: str
    public_key: str
    software: str


class SigningKeyInfo(Message):
    """A key the centre signs with."""

    kid: str
    public_key: str


class JoinGrant(Message):
    """What the centre grants, signed (purpose `join`) by the key whose fingerprint stands in the code."""

    kiosk_id: KioskId
    office: OfficeCode
    practice: bool
    public_key: str
    recipients: tuple[str, ...] = Field(min_length=1)
    signing_keys: tuple[SigningKeyInfo, ...] = Field(min_length=1)
    generation: int


class JoinAnswer(Message):
    """The signed grant and the key that signed it; the kiosk compares that key with the code's fingerprint."""

    signing_key: str
    grant: str


class SessionRequest(Message):
    """`POST /v1/sessions`: first without `signed` to get a nonce, then with the nonce signed (purpose `session`)."""

    kiosk_id: KioskId
    signed: str | None = None


class SessionNonce(Message):
    """The first answer: what the kiosk must sign."""

    nonce: str


class SessionClaim(Message):
    """What the kiosk signs."""

    kiosk_id: KioskId
    nonce: str


class SessionAnswer(Message):
    """The second answer: a bearer token, and the centre's time signed (purpose `time`) with the nonce in it."""

    token: str
    expires_in: int
    time: str


class SignedTime(Message):
    """The centre's wall clock at the answer to `nonce`."""

    nonce: str
    now: datetime


class AnnouncedPacket(Message):
    """One packet the kiosk would like to deliver; sha256 and size are those of the whole file."""

    packet_id: PacketId
    kind: PacketKind
    priority: Annotated[int, Field(ge=1, le=3)]
    device_seq: Sequence
    size: Size
    sha256: Sha256
    created: Created


class Announcement(Message):
    """`POST /v1/announcements`: up to 100 packets, and the head of the audit chain."""

    items: tuple[AnnouncedPacket, ...] = Field(max_length=100)
    audit_head: str
    audit_length: Size
    backlog_count: Size = 0
    backlog_bytes: Size = 0


class Offered(StrEnum):
    """What an office serves today."""

    RECORDING = "recording"
    BIODATA = "biodata"


class PartTold(Message):
    """One part of a counter: how it stands by its newest self-test or use, why, and since when it does."""

    part: Key
    verdict: Key
    problem: Key | Literal[""] = ""
    since: AwareDatetime


class Heartbeat(Message):
    """`POST /v1/heartbeats`: how the counter stands; its serial rises, and each takes the place of the one before.

    backlog_oldest: when the oldest packet not delivered was made.  disk_free: bytes.
    """

    kiosk_id: KioskId
    serial: Sequence
    software: Annotated[str, Field(max_length=80)]
    parts: Annotated[tuple[PartTold, ...], Field(max_length=40)]
    backlog_count: Size
    backlog_bytes: Size
    backlog_oldest: AwareDatetime | None = None
    disk_free: Size
    services: Annotated[tuple[Key, ...], Field(max_length=20)] = ()


class HeartbeatAnswer(Message):
    """The serial of the heartbeat that was taken."""

    serial: Sequence


class Problem(Message):
    """An error as RFC 9457 spells it; `type` is one of `ProblemType`."""

    type: str
    title: str
    status: int
    detail: str = ""


class ProblemType(StrEnum):
    """The problems the contract names."""

    UNAUTHORIZED = "urn:kiosk:problem:unauthorized"
    KIOSK_REVOKED = "urn:kiosk:problem:kiosk-revoked"
    CODE_REFUSED = "urn:kiosk:problem:code-refused"
    STORAGE_LOW = "urn:kiosk:problem:storage-low"
    CONFLICT = "urn:kiosk:problem:conflict"
    OFFSET = "urn:kiosk:problem:offset"
    LOCKED = "urn:kiosk:problem:locked"
    GONE = "urn:kiosk:problem:gone"
    UNKNOWN_PACKET = "urn:kiosk:problem:unknown-packet"
    DAMAGED = "urn:kiosk:problem:damaged"
    FOREIGN = "urn:kiosk:problem:foreign"
    PRACTICE = "urn:kiosk:problem:practice"
    MALFORMED = "urn:kiosk:problem:malformed"
    TOO_LARGE = "urn:kiosk:problem:too-large"
    FAILED = "urn:kiosk:problem:failed"


class Need(Message):
    """Send it: to this URL, from this offset on."""

    do: Literal["need"] = "need"
    packet_id: PacketId
    url: str
    offset: Size


class Have(Message):
    """It is here already; this is its acknowledgement, byte for byte as given before."""

    do: Literal["have"] = "have"
    packet_id: PacketId
    acknowledgement: str


class Defer(Message):
    """Not now; ask again after so many seconds."""

    do: Literal["defer"] = "defer"
    packet_id: PacketId
    retry_after: Annotated[int, Field(ge=0)]


class Reject(Message):
    """Not like this; the problem says why."""

    do: Literal["reject"] = "reject"
    packet_id: PacketId
    problem: Problem


ItemAnswer = Annotated[Need | Have | Defer | Reject, Field(discriminator="do")]


class Admission(Message):
    """What the centre takes in the next while: bytes in all, bytes a second (0: as they come), seconds."""

    max_bytes: Size
    rate: Size = 0
    valid_for: Annotated[int, Field(ge=1)]


class AnnouncementAnswer(Message):
    """One answer an item, one admission for all, and the audit head countersigned (purpose `audit-head`)."""

    answers: tuple[ItemAnswer, ...]
    admission: Admission
    audit_receipt: str


class AuditReceipt(Message):
    """What the centre countersigns of the audit chain."""

    kiosk_id: KioskId
    head: str
    length: int
    at: datetime


class Acknowledgement(Message):
    """The centre's proof that it holds a packet; signed with purpose `acknowledgement`."""

    packet_id: PacketId
    sha256: Sha256
    size: Size
    kiosk_id: KioskId
    device_seq: int
    stored_at: datetime
    generation: int
    log_index: int


class SignedPage(Message):
    """A page of signed texts in order; `next` is the serial to ask after."""

    items: tuple[str, ...]
    next: int


class Verdict(Message):
    """What the centre decided of a packet; signed with purpose `verdict`."""

    serial: int
    packet_id: PacketId
    kiosk_id: KioskId
    decision: Decision
    reason: str = ""
    decided_at: datetime


class RosterEntry(Message):
    """A person who may work at the office's kiosks."""

    user_id: str
    name: str
    role: Role
    active: bool


class Neighbour(Message):
    """Another office of the same kabupaten: the devices that work there, by key, and the hour it told of them."""

    office: OfficeCode
    parts: Annotated[tuple[Key, ...], Field(max_length=40)]
    told_at: AwareDatetime


class Neighbourhood(Message):
    """The other offices of a kabupaten, as a kiosk keeps them."""

    offices: Annotated[tuple[Neighbour, ...], Field(max_length=100)] = ()


class DirectivesAnswer(Message):
    """The directives as signed."""

    directives: str


class UploadAnswer(Message):
    """The body of the PATCH answer that completed an upload."""

    acknowledgement: str
