"""People: those who work at an office's kiosks, and the centre's own staff with their log-ins."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete

from central.errors import EnlistingError
from central.store import Store
from central.tables import StaffRow, StaffSessionRow, UserRow
from kiosk.domain.roles import Role

SHORTEST_PASSWORD = 10
_FAILURES = 5
_LOCK = timedelta(minutes=5)
_LIFE = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A log-in: whose it is, and what its forms must carry."""

    name: str
    form_token: str


@dataclass(frozen=True, slots=True)
class People:
    """Enlists people and lets the staff log in."""

    store: Store

    def add_user(self, office: str, role: str, name: str) -> str:
        """Put a person on the roster of an office and return the user id; raises `EnlistingError`."""
        if role not in set(Role):
            raise EnlistingError(f"There is no role {role}; choose one of {', '.join(Role)}.")
        if not name.strip():
            raise EnlistingError("The person needs a name.")
        user_id = f"u-{secrets.token_hex(4)}"
        with self.store.write() as session:
            session.add(UserRow(user_id=user_id, office=office, name=name.strip(), role=role, active=True))
        return user_id

    def add_staff(self, name: str, password: str) -> None:
        """Let somebody of the centre log in; the same name again gets a new password; raises `EnlistingError`."""
        if len(password) < SHORTEST_PASSWORD or not name.strip():
            raise EnlistingError(
                f"A name and a password of {SHORTEST_PASSWORD} characters or more are needed."
            )
        with self.store.write() as session:
            session.merge(
                StaffRow(
                    name=name.strip(),
                    password_hash=PasswordHasher().hash(password),
                    failures=0,
                    locked_until=None,
                )
            )
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.name == name.strip()))

    def log_in(self, name: str, password: str, now: datetime) -> str | None:
        """Return the secret of a new log-in, or None; five failures in a row close the name for five minutes."""
        with self.store.read() as session:
            row = session.get(StaffRow, name)
            locked = row is not None and row.locked_until is not None and row.locked_until > now
            kept = row.password_hash if row is not None and not locked else None
        if not _fits(kept, password):
            self._note_failure(name, now)
            return None
        token = secrets.token_urlsafe(32)
        with self.store.write() as session:
            session.get_one(StaffRow, name).failures = 0
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at < now))
            session.add(
                StaffSessionRow(
                    token_hash=_hash(token),
                    name=name,
                    form_token=secrets.token_urlsafe(24),
                    expires_at=now + _LIFE,
                )
            )
        return token

    def session(self, token: str, now: datetime) -> StaffSession | None:
        """Return the log-in behind a cookie."""
        with self.store.read() as session:
            row = session.get(StaffSessionRow, _hash(token))
            if row is None or row.expires_at < now:
                return None
            return StaffSession(row.name, row.form_token)

    def log_out(self, token: str) -> None:
        """End a log-in."""
        with self.store.write() as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.token_hash == _hash(token)))

    def _note_failure(self, name: str, now: datetime) -> None:
        with self.store.write() as session:
            row = session.get(StaffRow, name)
            if row is None:
                return
            row.failures += 1
            if row.failures >= _FAILURES:
                row.failures, row.locked_until = 0, now + _LOCK


def _fits(kept: str | None, password: str) -> bool:
    """Compare; a name that does not exist takes as long as one that does."""
    hasher = PasswordHasher()
    if kept is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(kept, password)
    except VerifyMismatchError:
        return False


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
