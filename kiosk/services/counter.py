"""The counter a use case works at: its store, its reference data, its clock, and who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from kiosk.domain.clock import Clock, Moment
from kiosk.domain.reference import Reference
from kiosk.domain.roles import Permission, Role, allows
from kiosk.services.errors import NotAllowedError
from kiosk.storage.store import Store
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import Created

_RANDOM_BYTES = 10


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who signed in at this counter."""

    user_id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Counter:
    """What every use case needs, made once by the composition root.

    random: returns so many random bytes.  zone: the office's time zone, for days and papers.
    """

    store: Store
    reference: Reference
    clock: Clock
    random: Callable[[int], bytes]
    zone: tzinfo

    def today(self) -> date:
        """Return the office's day."""
        return self.clock().wall.astimezone(self.zone).date()

    def begin_of(self, day: date) -> datetime:
        """Return the moment, in UTC, at which a day of the office begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def offset(self) -> timedelta:
        """Return how far the office's day is ahead of UTC's (Indonesia has no summer time)."""
        return self.here(self.clock().wall).utcoffset() or timedelta()

    def here(self, moment: datetime) -> datetime:
        """Return a moment in the office's zone, as people read it."""
        return moment.astimezone(self.zone)

    def new_identifier(self) -> str:
        """Return a name for a new visit or packet."""
        return new_identifier(self.clock().wall, self.random(_RANDOM_BYTES))


def created(moment: Moment) -> Created:
    """Return the moment as packets carry it."""
    return Created(wall=moment.wall, boottime=moment.boottime, boot_id=moment.boot_id, clock=moment.state)


def require(officer: Officer, permission: Permission) -> None:
    """Raise `NotAllowedError` unless the officer's role includes the permission."""
    if not allows(officer.role, permission):
        raise NotAllowedError(
            f"A {officer.role.value} may not do this ({permission.value}); nothing was changed."
        )
