"""What the page of a device that is tried live shows, in one value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.devices.api import Kind
from kiosk.services.trying_seen import CardSeen, CodeSeen, Seen


class Phase(StrEnum):
    """How far a trial is."""

    WAITING = "waiting"  # something else uses the device; the trial comes after it
    OPENING = "opening"
    LIVE = "live"  # what comes by itself is shown
    READY = "ready"  # the device is there; a person says when
    TAKING = "taking"
    DONE = "done"
    ASKING = "asking"  # whether the page came out
    AWAY = "away"  # it failed, and is looked for


@dataclass(frozen=True, slots=True)
class Event:
    """A card that came or went, or a code that was read; at: in the office's zone."""

    at: datetime
    seen: CardSeen | CodeSeen


@dataclass(frozen=True, slots=True)
class LiveState:
    """One device that is tried.

    identity: as the device tells it.  trouble, advice: what it failed with and what to do, in words.
    seen: the newest of what is seen.  events: the newest first.
    came_out: what a person said of a printed page; None before he did.
    """

    kind: Kind
    phase: Phase = Phase.OPENING
    identity: str = ""
    trouble: str = ""
    advice: str = ""
    seen: Seen | None = None
    events: tuple[Event, ...] = ()
    came_out: bool | None = None
