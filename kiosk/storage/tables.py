"""The tables as they stand now; they only hold, rules judge (domain), and rows become frozen values at the border.

A change here needs a numbered migration in `migrations.py`; a test compares the two.
"""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel


class FactRow(SQLModel, table=True):
    """One fact of this installation: membership, keys, cursors."""

    __tablename__ = "facts"

    name: str = Field(primary_key=True)
    value: str


class VisitRow(SQLModel, table=True):
    """A visit and where it stands; `day` is the office's, for the ticket."""

    __tablename__ = "visits"

    visit_id: str = Field(primary_key=True)
    day: str
    ticket: int
    service: str
    state: str = Field(index=True)
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    reason: str = ""
    called_at: datetime | None = None
    priority: str = "none"


class DraftRow(SQLModel, table=True):
    """All that was typed and agreed in an open visit, as JSON, and when it was last committed."""

    __tablename__ = "drafts"

    visit_id: str = Field(primary_key=True, foreign_key="visits.visit_id")
    content: str
    committed_at: datetime


class CaptureRow(SQLModel, table=True):
    """A kept capture without its pictures; `content` is JSON: measures, findings, device."""

    __tablename__ = "captures"

    visit_id: str = Field(primary_key=True, foreign_key="visits.visit_id")
    kind: str = Field(primary_key=True)
    attempts: int
    taken_at: datetime
    content: str
    signed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class CapturePartRow(SQLModel, table=True):
    """One encoded picture of a capture."""

    __tablename__ = "capture_parts"

    visit_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    part: str
    media: str
    width: int
    height: int
    ppi: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SealingRow(SQLModel, table=True):
    """A promise of packets that is not kept yet; `content` is JSON: moment, audit head, who."""

    __tablename__ = "sealings"

    sealing_id: str = Field(primary_key=True)
    visit_id: str = Field(foreign_key="visits.visit_id")
    content: str
    change: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SealingPacketRow(SQLModel, table=True):
    """One packet of a promise, in order of its sequence number."""

    __tablename__ = "sealing_packets"

    packet_id: str = Field(primary_key=True)
    sealing_id: str = Field(foreign_key="sealings.sealing_id", index=True)
    kind: str
    device_seq: int = Field(unique=True)
    refers_to: str | None = None


class OutboxRow(SQLModel, table=True):
    """One packet and how far it has come; `created` is JSON, `created_at` its wall time, for sums by day."""

    __tablename__ = "outbox"

    packet_id: str = Field(primary_key=True)
    kind: str
    visit_id: str = Field(index=True)
    priority: int
    device_seq: int = Field(unique=True)
    size: int
    sha256: str
    created: str
    created_at: datetime
    state: str = Field(default="waiting", index=True)
    upload_offset: int = 0
    attempts: int = 0
    failures: int = 0
    cause: str = ""
    exported: int = 0
    acknowledgement: str = ""
    acknowledged_at: datetime | None = None
    verdict: str | None = None
    verdict_reason: str = ""
    decided_at: datetime | None = None
    refers_to: str | None = None


class ResidentRow(SQLModel, table=True):
    """A resident this kiosk recorded; `told` is `resident.json` as it was sealed, empty once it is forgotten."""

    __tablename__ = "residents"

    number: int | None = Field(default=None, primary_key=True)
    visit_id: str = Field(unique=True)
    nik: str = Field(index=True)
    full_name: str
    birth_date: str
    village: str
    packet_id: str
    saved_at: datetime
    withdrawn: bool = False
    portrait: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    told: str = ""


class WordRow(SQLModel, table=True):
    """One word that stands in a resident's name, with its spelling key (`domain.spelling`)."""

    __tablename__ = "words"

    word: str = Field(primary_key=True)
    spelling: str = Field(index=True)


class WordFormRow(SQLModel, table=True):
    """A word with one letter left out: what two words one typo apart have in common."""

    __tablename__ = "word_forms"

    form: str = Field(primary_key=True)
    word: str = Field(primary_key=True)


class ResidentWordRow(SQLModel, table=True):
    """Which residents have a word in their name."""

    __tablename__ = "resident_words"

    word: str = Field(primary_key=True)
    resident: int = Field(primary_key=True, index=True)


class UserRow(SQLModel, table=True):
    """A person on the roster, as the centre told it."""

    __tablename__ = "users"

    user_id: str = Field(primary_key=True)
    name: str
    role: str
    active: bool


class SecretRow(SQLModel, table=True):
    """A password or PIN as its Argon2id hash, the wrong tries since it was last right, and the lock they led to."""

    __tablename__ = "secrets"

    user_id: str = Field(primary_key=True, foreign_key="users.user_id")
    kind: str = Field(primary_key=True)
    hash: str
    wrong: int = 0
    locked_seconds: float = 0.0
    locked_since: float = 0.0
    locked_boot_id: str = ""


class AuditRow(SQLModel, table=True):
    """One processing of personal data, chained to the row before by `head`."""

    __tablename__ = "audit"

    number: int = Field(primary_key=True)
    at: datetime
    user_id: str
    act: str
    subject: str = Field(index=True)
    detail: str
    head: str


class TraceRow(SQLModel, table=True):
    """What went over a device's line before it failed: the deflated text of a trace, captures masked."""

    __tablename__ = "traces"

    number: int | None = Field(default=None, primary_key=True)
    kind: str
    driver: str
    at: datetime
    error: str
    said: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SelfTestRow(SQLModel, table=True):
    """One self-test of one part; `content` is JSON, `device` names driver and serial number, `at` is when it began."""

    __tablename__ = "self_tests"
    __table_args__ = (Index("ix_self_tests_part", "part", "number"),)

    number: int | None = Field(default=None, primary_key=True)
    part: str
    device: str
    at: datetime
    verdict: str
    content: str


class PaperRow(SQLModel, table=True):
    """One line of the register of papers; `day` and `valid_until` are the office's days, `content` what is printed."""

    __tablename__ = "papers"

    number: str = Field(primary_key=True)
    kind: str
    year: int
    serial: int
    day: str = Field(index=True)
    visit_id: str = Field(index=True)
    nik: str = Field(index=True)
    full_name: str
    issued_at: datetime
    issued_by: str
    valid_until: str | None = None
    state: str = "issued"
    printing: str = "unknown"
    prints: int = 0
    reason: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    handed_to: str = ""
    renews: str = ""
    code: str = ""
    content: str = ""


class ChangeRequestRow(SQLModel, table=True):
    """What an officer asked a supervisor for about a saved record; `changes` is JSON of new texts by field."""

    __tablename__ = "change_requests"

    request_id: str = Field(primary_key=True)
    kind: str
    visit_id: str = Field(index=True)
    changes: str
    reason: str
    asked_by: str
    asked_at: datetime
    state: str = "open"
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
