"""Telling a scanner that types from an officer who does: by the time between two keys; no Qt, no clock.

A burst is at least `LEAST_SIGNS` signs and an end mark (Enter or Tab), each less than the rule's gap after the one
before.  Everything else is somebody's typing, however fast: it comes out again whole and in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

LEAST_SIGNS = 6
LONGEST_CODE = 8192  # signs; the largest QR code holds 7089 digits
USUAL_GAP = 35.0  # milliseconds

Key = TypeVar("Key")


class Suffix(StrEnum):
    """What ends a code."""

    ANY = "any"
    ENTER = "enter"
    TAB = "tab"


@dataclass(frozen=True, slots=True)
class BurstRule:
    """How a scanner types.  gap: milliseconds between two keys are less.  prefix: what it puts before every code."""

    gap: float = USUAL_GAP
    prefix: str = ""
    suffix: Suffix = Suffix.ANY


@dataclass(frozen=True, slots=True)
class Stroke(Generic[Key]):
    """One key as it came: the sign it writes, or which end mark it is, or neither; `at` in milliseconds.

    key: what a caller keeps of it.
    """

    key: Key
    at: float
    sign: str = ""
    ends: Suffix | None = None


@dataclass(frozen=True, slots=True)
class Heard(Generic[Key]):
    """What became of a stroke.

    typed: strokes kept back before that are typing after all.  keeps: it is kept back itself.  code: what it completed.
    """

    typed: Sequence[Key] = ()
    keeps: bool = False
    code: str | None = None


class Bursts(Generic[Key]):
    """Hears strokes one by one and keeps back what may be a burst; one thread uses it."""

    def __init__(self, rule: BurstRule) -> None:
        self._rule = rule
        self._kept: list[Stroke[Key]] = []
        self._text = ""
        self._last = 0.0

    @property
    def keeps(self) -> bool:
        """True while strokes are kept back."""
        return bool(self._kept)

    def hear(self, stroke: Stroke[Key]) -> Heard[Key]:
        """Return what became of the next stroke; times that run backwards are no burst."""
        goes_on = self.keeps and 0 <= stroke.at - self._last < self._rule.gap
        if goes_on and stroke.ends is not None and self._is_whole(stroke.ends):
            return Heard(keeps=True, code=self._taken()[len(self._rule.prefix) :])
        if (
            goes_on
            and stroke.sign
            and len(self._text) < LONGEST_CODE
            and self._fits(self._text + stroke.sign)
        ):
            self._keep(stroke)
            return Heard(keeps=True)
        typed = self.release()
        if stroke.sign and self._fits(stroke.sign):
            self._keep(stroke)
            return Heard(typed, keeps=True)
        return Heard(typed)

    def beside(self, stroke: Stroke[Key]) -> bool:
        """Keep back what belongs to a stroke, such as its release, if strokes are kept; returns whether."""
        if self._kept:
            self._kept.append(stroke)
        return bool(self._kept)

    def release(self) -> tuple[Key, ...]:
        """Give back everything that was kept: nothing followed in time, or nobody waits for a code any more."""
        kept, self._kept, self._text = self._kept, [], ""
        return tuple(stroke.key for stroke in kept)

    def _keep(self, stroke: Stroke[Key]) -> None:
        self._kept.append(stroke)
        self._text += stroke.sign
        self._last = stroke.at

    def _taken(self) -> str:
        text = self._text
        self.release()
        return text

    def _fits(self, text: str) -> bool:
        """Tell whether a code may begin so."""
        prefix = self._rule.prefix
        return text.startswith(prefix) or prefix.startswith(text)

    def _is_whole(self, mark: Suffix) -> bool:
        signs = len(self._text) - len(self._rule.prefix)
        return signs >= LEAST_SIGNS and self._rule.suffix in (Suffix.ANY, mark)
