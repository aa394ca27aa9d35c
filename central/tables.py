"""The tables of the centre's database; they hold, the modules that use them judge."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import DateTime, ForeignKey, Index, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite itself forgets the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """Every table of the centre."""

    type_annotation_map: ClassVar[dict[type, type[Moment]]] = {datetime: Moment}


class CentreRow(Table):
    """The centre itself: one row."""

    __tablename__ = "centre"
    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool]
    generation: Mapped[int]
    safe_to_purge_before: Mapped[datetime | None]


class JoinCodeRow(Table):
    """A one-time code; the secret is wiped when it is used, the proof stays so that the same key may ask again."""

    __tablename__ = "join_codes"
    secret_id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    secret: Mapped[bytes | None]
    expires_at: Mapped[datetime]
    proof: Mapped[str | None]
    kiosk_id: Mapped[str | None]


class KioskRow(Table):
    """A kiosk that joined, and what it last told of itself."""

    __tablename__ = "kiosks"
    kiosk_id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    public_key: Mapped[str] = mapped_column(unique=True)
    software: Mapped[str]
    joined_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_seen: Mapped[datetime | None]
    backlog_count: Mapped[int] = mapped_column(default=0)
    backlog_bytes: Mapped[int] = mapped_column(default=0)
    audit_head: Mapped[str] = mapped_column(default="")
    audit_length: Mapped[int] = mapped_column(default=0)


class NonceRow(Table):
    """A nonce a kiosk must sign; used once."""

    __tablename__ = "nonces"
    nonce: Mapped[str] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), index=True)
    expires_at: Mapped[datetime]


class SessionRow(Table):
    """A bearer token, by its hash."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"))
    expires_at: Mapped[datetime]


class UploadRow(Table):
    """A packet that was announced and not yet received; `received` bytes of it were durable at the last PATCH."""

    __tablename__ = "uploads"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"))
    kind: Mapped[str]
    device_seq: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str]
    received: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("kiosk_id", "device_seq"),)


class PacketRow(Table):
    """A packet the centre holds, with the acknowledgement it gave for it, byte for byte."""

    __tablename__ = "packets"
    log_index: Mapped[int] = mapped_column(primary_key=True)
    packet_id: Mapped[str] = mapped_column(unique=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), index=True)
    visit_id: Mapped[str]
    office: Mapped[str]
    kind: Mapped[str]
    device_seq: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str]
    stored_at: Mapped[datetime]
    acknowledgement: Mapped[str]
    judged: Mapped[bool] = mapped_column(default=False, index=True)
    __table_args__ = (UniqueConstraint("kiosk_id", "device_seq"),)


class AsideRow(Table):
    """A packet of a revoked kiosk: kept, neither acknowledged nor judged."""

    __tablename__ = "aside"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]


class VerdictRow(Table):
    """A verdict as signed."""

    __tablename__ = "verdicts"
    serial: Mapped[int] = mapped_column(primary_key=True)
    packet_id: Mapped[str] = mapped_column(unique=True)
    kiosk_id: Mapped[str] = mapped_column(index=True)
    decision: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    signed: Mapped[str]


class RecordRow(Table):
    """One visit as judged: its registration and its enrollment joined.

    subject: keyed hash of the NIK, which only the judging worker can compute.
    holds: the subject, while this visit is the one that counts for the resident; unique.
    """

    __tablename__ = "records"
    visit_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str | None] = mapped_column(index=True)
    registration_id: Mapped[str | None]
    enrollment_id: Mapped[str | None]
    withdrawn_by: Mapped[str | None]
    holds: Mapped[str | None] = mapped_column(unique=True)


class ChangeRow(Table):
    """An amendment, withdrawal, sign-off or ended visit, as recorded."""

    __tablename__ = "changes"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    visit_id: Mapped[str] = mapped_column(index=True)
    refers_to: Mapped[str | None]
    recorded_at: Mapped[datetime]


class UserRow(Table):
    """A person who may work at the kiosks of an office."""

    __tablename__ = "users"
    user_id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]
    __table_args__ = (Index("users_of_office", "office"),)


class DirectivesRow(Table):
    """The directives a kiosk was last given: signed anew, with a higher serial, only when they changed."""

    __tablename__ = "directives"
    kiosk_id: Mapped[str] = mapped_column(primary_key=True)
    serial: Mapped[int]
    content_hash: Mapped[str]
    signed: Mapped[str]


class PaperSettingsRow(Table):
    """How an office's papers look and who may get which: `OfficePapers` as JSON, without issuer and blocks."""

    __tablename__ = "paper_settings"
    office: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class NumberBlockRow(Table):
    """Serials lent to one kiosk; those of an office, kind and year never meet."""

    __tablename__ = "number_blocks"
    office: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), index=True)


class PaperRow(Table):
    """A paper as a kiosk told of it last; told_at: when that kiosk did what it told."""

    __tablename__ = "papers"
    number: Mapped[str] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), primary_key=True)
    kind: Mapped[str]
    year: Mapped[int]
    serial: Mapped[int]
    state: Mapped[str]
    code: Mapped[str]
    valid_until: Mapped[str | None]
    ended_on: Mapped[str | None]
    told_at: Mapped[datetime]
    __table_args__ = (Index("papers_of_kiosk", "kiosk_id", "kind", "year"),)


class HeartbeatRow(Table):
    """The newest heartbeat of a kiosk; services: keys with a blank between."""

    __tablename__ = "heartbeats"
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), primary_key=True)
    serial: Mapped[int]
    told_at: Mapped[datetime]
    backlog_oldest: Mapped[datetime | None]
    disk_free: Mapped[int]
    services: Mapped[str]


class PartRow(Table):
    """How one part of a kiosk stands, and since when."""

    __tablename__ = "parts"
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    problem: Mapped[str]
    since: Mapped[datetime]


class PartChangeRow(Table):
    """A part of a kiosk that stood differently from then on; the newest are kept."""

    __tablename__ = "part_changes"
    number: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(ForeignKey("kiosks.kiosk_id"), index=True)
    part: Mapped[str]
    verdict: Mapped[str]
    problem: Mapped[str]
    since: Mapped[datetime]
    told_at: Mapped[datetime]


class StaffRow(Table):
    """Somebody of the centre's own staff."""

    __tablename__ = "staff"
    name: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class StaffSessionRow(Table):
    """A log-in of the staff, by the hash of its cookie."""

    __tablename__ = "staff_sessions"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    form_token: Mapped[str]
    expires_at: Mapped[datetime]
