"""What some devices can do beyond their kind; drivers find all of it in `kiosk.devices.api`."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from kiosk.devices.traces import Trace
from kiosk.devices.values import Sitting, Stroke


@runtime_checkable
class Traced(Protocol):
    """An open device that can tell what goes over its line."""

    def trace(self, to: Trace | None) -> None:
        """Note every byte of the line there from the next call on, captures masked; None: no more."""


@runtime_checkable
class OneByOne(Protocol):
    """A fingerprint scanner for a single finger, which takes those of a slap one after the other."""

    def finger_seconds(self) -> float:
        """Return how long it needs itself for one finger at most, in seconds; its person's time comes on top."""


@runtime_checkable
class Followed(Protocol):
    """A signature pad that tells of lines while they are drawn."""

    def follow(self, told: Callable[[tuple[Stroke, ...]], None] | None) -> None:
        """Let `told` hear of the strokes so far, on the thread that takes them; None: no more."""


@runtime_checkable
class Chained(Protocol):
    """A device that signs what it captures and chains each capture of a person to the one before."""

    def serve(self, sitting: Sitting | None) -> None:
        """Chain the next captures to this sitting's; None: each begins a chain of its own."""
