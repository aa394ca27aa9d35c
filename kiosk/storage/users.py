"""The roster of the office as the centre told it, and what its people chose as password and PIN."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from kiosk.domain.roles import Role
from kiosk.storage.errors import StorageError
from kiosk.storage.lockout import SecretKind, hashed
from kiosk.storage.records import User
from kiosk.storage.tables import SecretRow, UserRow
from kiosk.wire.messages import RosterEntry


class Users:
    """The people within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[User, ...]:
        """Return everybody ever on the roster, by id; who left is not active."""
        rows = self._session.exec(select(UserRow).order_by(UserRow.user_id))
        return tuple(self._user(row) for row in rows)

    def get(self, user_id: str) -> User | None:
        """Return a person; None where nobody of this id was ever on the roster."""
        row = self._session.get(UserRow, user_id)
        return None if row is None else self._user(row)

    def put_roster(self, entries: Iterable[RosterEntry]) -> None:
        """Take over the roster; whoever is no longer on it stays known, but may do nothing."""
        for row in self._session.exec(select(UserRow)):
            row.active = False
        for entry in entries:
            self._session.merge(
                UserRow(user_id=entry.user_id, name=entry.name, role=entry.role.value, active=entry.active)
            )
        self._session.flush()

    def set_password(self, user_id: str, password: str) -> None:
        """Keep a new password, as its hash."""
        self._set(user_id, SecretKind.PASSWORD, password)

    def set_pin(self, user_id: str, pin: str) -> None:
        """Keep a new PIN, as its hash."""
        self._set(user_id, SecretKind.PIN, pin)

    def secret(self, user_id: str, kind: SecretKind) -> SecretRow | None:
        """Return the row to check a try against; for the store only."""
        return self._session.get(SecretRow, (user_id, kind.value))

    def _set(self, user_id: str, kind: SecretKind, secret: str) -> None:
        if self._session.get(UserRow, user_id) is None:
            raise StorageError("This person is not on the roster; nothing was changed.")
        self._session.merge(SecretRow(user_id=user_id, kind=kind.value, hash=hashed(secret)))
        self._session.flush()

    def _user(self, row: UserRow) -> User:
        kinds = self._session.exec(select(SecretRow.kind).where(col(SecretRow.user_id) == row.user_id)).all()
        return User(
            user_id=row.user_id,
            name=row.name,
            role=Role(row.role),
            active=row.active,
            has_password=SecretKind.PASSWORD in kinds,
            has_pin=SecretKind.PIN in kinds,
        )
