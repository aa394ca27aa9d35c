"""What the technician's page shows, in one value."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.morning import Found
from kiosk.domain.selftest import Part, PartView, Stage


@dataclass(frozen=True, slots=True)
class Running:
    """A test that goes on: how far it came.  question: what a person is asked to do for it, empty where nothing."""

    part: Part
    stages: tuple[Stage, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class DevicesState:
    """All parts with their tests; now: in the office's zone.  waiting: parts whose turn comes after the running one.

    found: what the morning found today.
    """

    views: tuple[PartView, ...]
    now: datetime
    running: Running | None = None
    waiting: frozenset[Part] = frozenset()
    found: Found | None = None

    def view(self, part: Part) -> PartView:
        """Return the view of a part."""
        return next(view for view in self.views if view.part is part)

    def here(self, at: datetime) -> datetime:
        """Return a moment in the office's zone."""
        return at.astimezone(self.now.tzinfo)
