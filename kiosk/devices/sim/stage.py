"""What is played before a simulator: the scene, which call is which attempt, and whether its fault still holds."""

import threading
import zlib
from dataclasses import dataclass, replace

import numpy as np

from kiosk.devices.api import NotSupportedError, Scene


@dataclass(frozen=True, slots=True)
class Play:
    """One call as it is to be played: the scene, the count of earlier captures of this part, the fault of this call."""

    scene: Scene
    attempt: int
    fault: str | None


class Stage:
    """Holds the scene for a peer's threads and counts calls and attempts.

    refused: faults of the peer's own after which a driver keeps nothing, so that they are no attempt either.
    """

    def __init__(self, menu: tuple[str, ...], scene: Scene, *, refused: frozenset[str] = frozenset()) -> None:
        self.menu = menu
        self._no_attempts = LINE_FAULTS | refused
        self._scene = scene
        self._calls = 0
        self._attempts: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def scene(self) -> Scene:
        """The scene that is played now."""
        return self._scene

    def set(self, scene: Scene) -> None:
        """Play this scene from the next call on; raises `NotSupportedError` for a fault that is not on the menu."""
        if scene.fault is not None and scene.fault not in self.menu:
            raise NotSupportedError(
                f"This simulator has no fault {scene.fault}; it has {', '.join(self.menu)}; choose one of them."
            )
        with self._lock:
            if scene.person != self._scene.person:
                self._attempts.clear()
            self._scene, self._calls = scene, 0

    def call(self, part: str | None = None) -> Play:
        """Count one call, and one attempt when a part is captured; return how it is to be played."""
        with self._lock:
            self._calls += 1
            over = 0 < self._scene.times < self._calls
            fault = None if over else self._scene.fault
            attempt = self._attempts.get(part or "", 0)
            if part is not None and fault not in self._no_attempts:
                self._attempts[part] = attempt + 1
        return Play(self._scene, attempt, fault)

    def now(self) -> Play:
        """Return what a live picture shows between two calls; nothing is counted."""
        with self._lock:
            over = 0 < self._scene.times <= self._calls
            return Play(self._scene, 0, None if over else self._scene.fault)


# Faults of the line or the device: nothing was captured, so they are no attempt.
LINE_FAULTS = frozenset(
    {"vanish", "silence", "slow", "garbage", "checksum", "cut", "wrong_count", "busy", "refused", "nobody"}
)


def stream(*key: str | int) -> np.random.Generator:
    """Return a random stream of its own for every combination of key parts."""
    return np.random.default_rng([zlib.crc32(str(part).encode()) for part in key])


def flaw(play: Play, part: str, flaws: tuple[str, ...]) -> str | None:
    """Return what is wrong with this picture: the staged fault, or a poor first attempt of one person in four."""
    if play.fault is not None or play.attempt > 0:
        return play.fault
    rng = stream("first attempt", play.scene.person, part)
    return str(rng.choice(flaws)) if rng.random() < 0.25 else None


def without_fault(play: Play) -> Play:
    """Return the same call with nothing staged to go wrong."""
    return replace(play, fault=None)
