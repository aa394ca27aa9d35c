"""Sessions: a kiosk signs a nonce and gets a bearer token and the centre's signed time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from central.errors import RefusedError
from central.keys import DoorKeys
from central.store import Store
from central.tables import KioskRow, NonceRow, SessionRow
from kiosk.wire.errors import WireError
from kiosk.wire.messages import (
    ProblemType,
    SessionAnswer,
    SessionClaim,
    SessionNonce,
    SessionRequest,
    SignedTime,
)
from kiosk.wire.signing import Purpose, VerifyKey, sign, verify

NONCE_LIFE = timedelta(minutes=5)
TOKEN_LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """The kiosk behind a token."""

    kiosk_id: str
    office: str
    key: VerifyKey
    revoked: bool


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Opens sessions and tells who calls."""

    store: Store
    keys: DoorKeys

    def open(self, request: SessionRequest, now: datetime) -> SessionNonce | SessionAnswer:
        """Answer either step of opening a session; raises `RefusedError`."""
        with self.store.write() as session:
            kiosk = session.get(KioskRow, request.kiosk_id)
            if kiosk is None:
                raise RefusedError(ProblemType.UNAUTHORIZED, "No kiosk of this id joined this centre.")
            if kiosk.revoked_at is not None:
                raise RefusedError(
                    ProblemType.KIOSK_REVOKED, "The centre revoked this kiosk; call the office."
                )
            session.execute(delete(NonceRow).where(NonceRow.expires_at < now))
            if request.signed is None:
                return _new_nonce(session, kiosk.kiosk_id, now)
            nonce = _spend_nonce(session, kiosk, request.signed)
            kiosk.last_seen = now
            token = secrets.token_urlsafe(32)
            session.execute(delete(SessionRow).where(SessionRow.expires_at < now))
            session.add(
                SessionRow(token_hash=_hash(token), kiosk_id=kiosk.kiosk_id, expires_at=now + TOKEN_LIFE)
            )
        time = sign(SignedTime(nonce=nonce, now=now).plain(), self.keys.signing, Purpose.TIME)
        return SessionAnswer(token=token, expires_in=int(TOKEN_LIFE.total_seconds()), time=time)

    def caller(self, authorization: str, now: datetime) -> Caller:
        """Return who holds the bearer token of an `Authorization` header; raises `RefusedError`."""
        scheme, _, token = authorization.partition(" ")
        with self.store.read() as session:
            row = session.get(SessionRow, _hash(token.strip()))
            if scheme.lower() != "bearer" or row is None or row.expires_at < now:
                raise RefusedError(ProblemType.UNAUTHORIZED, "The session is over or was never opened.")
            kiosk = session.get_one(KioskRow, row.kiosk_id)
            return Caller(
                kiosk.kiosk_id, kiosk.office, VerifyKey.parse(kiosk.public_key), kiosk.revoked_at is not None
            )


def refuse_revoked(caller: Caller) -> None:
    """Raise `RefusedError` for a revoked kiosk; only what it is sending already may still come in."""
    if caller.revoked:
        raise RefusedError(ProblemType.KIOSK_REVOKED, "The centre revoked this kiosk; call the office.")


def _new_nonce(session: Session, kiosk_id: str, now: datetime) -> SessionNonce:
    nonce = secrets.token_urlsafe(24)
    session.add(NonceRow(nonce=nonce, kiosk_id=kiosk_id, expires_at=now + NONCE_LIFE))
    return SessionNonce(nonce=nonce)


def _spend_nonce(session: Session, kiosk: KioskRow, signed: str) -> str:
    try:
        claim = SessionClaim.read(verify(signed, VerifyKey.parse(kiosk.public_key), Purpose.SESSION))
    except WireError as error:
        raise RefusedError(ProblemType.UNAUTHORIZED, str(error)) from error
    row = session.get(NonceRow, claim.nonce)
    if row is None or claim.kiosk_id != kiosk.kiosk_id or row.kiosk_id != kiosk.kiosk_id:
        raise RefusedError(
            ProblemType.UNAUTHORIZED, "The nonce is unknown, used or too old; ask for a new one."
        )
    session.delete(row)
    return claim.nonce


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
