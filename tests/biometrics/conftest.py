"""Pictures of people who do not exist, drawn once a session, and what a judgement says in codes."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from kiosk.biometrics.faces import FaceFinder
from kiosk.biometrics.judgements import FingerImage, Image, Judgement, SlapJudgement
from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import Slap
from kiosk.devices.sim.face import portrait
from kiosk.devices.sim.irises import iris
from kiosk.devices.sim.slaps import slap
from kiosk.domain.captures import FINGERS_OF, CaptureKind, Eye, Finger

PPI = 500
SITTING = (600, 800)  # width, height
SLAPS = (CaptureKind.RIGHT_FOUR, CaptureKind.LEFT_FOUR, CaptureKind.THUMBS)


def codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def finger_codes(judgement: SlapJudgement) -> list[set[str]]:
    return [codes(finger.judgement) for finger in judgement.fingers]


def measured(judgement: Judgement, part: str | None = None) -> dict[str, float]:
    return {one.name: one.value for one in judgement.measures if part in (None, one.part)}


@lru_cache(maxsize=64)
def plate(
    person: int,
    kind: CaptureKind,
    attempt: int = 0,
    missing: frozenset[str] = frozenset(),
    flaw: str | None = None,
) -> Image:
    """Return the picture of a plate; whoever wants to change it takes a copy."""
    drawn = slap(person, Slap(kind.value), missing, attempt=attempt, flaw=flaw)
    drawn.setflags(write=False)
    return drawn


def judged(image: Image, kind: CaptureKind, missing: frozenset[Finger] = frozenset()) -> SlapJudgement:
    return judge_slap(image, FINGERS_OF[kind], ppi=PPI, missing=missing)


@lru_cache(maxsize=64)
def fingers_of(person: int, attempt: int = 0) -> tuple[FingerImage, ...]:
    """Return the ten fingers of a person as three plates give them."""
    return tuple(finger for kind in SLAPS for finger in judged(plate(person, kind, attempt), kind).fingers)


@lru_cache(maxsize=64)
def eye_of(person: int, eye: Eye, flaw: str | None = None) -> Image:
    drawn = iris(person, eye, flaw=flaw)
    drawn.setflags(write=False)
    return drawn


@lru_cache(maxsize=64)
def sitting(person: int, birth_year: int, flaw: str | None = None, size: tuple[int, int] = SITTING) -> Image:
    drawn = portrait(person, birth_year, size, flaw=flaw)
    drawn.setflags(write=False)
    return drawn


@pytest.fixture(scope="session")
def finder() -> FaceFinder:
    return FaceFinder.load()


Change = Callable[[Image], Image]
