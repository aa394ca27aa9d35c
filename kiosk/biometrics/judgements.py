"""What the judges of images return: findings in codes, measures with names, and the parts that were found."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiosk.domain.captures import Finger, Measure
from kiosk.domain.findings import Finding, stops

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one image is worth: all findings at once, and what was measured."""

    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]

    @property
    def acceptable(self) -> bool:
        """True when nothing found is an error."""
        return not stops(self.findings)


@dataclass(frozen=True, slots=True)
class FaceFound:
    """Where the one face lies: its box and both eyes (x, y), in pixels; left and right as seen in the picture."""

    box: Box
    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    nose: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PortraitJudgement(Judgement):
    """A judged portrait; `face` is None unless exactly one was found."""

    face: FaceFound | None


@dataclass(frozen=True, slots=True)
class FingerImage:
    """One finger cut out of a slap: upright, grey, 500 ppi; its place on the plate and its own judgement."""

    finger: Finger
    box: Box
    image: Image
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class SlapJudgement(Judgement):
    """A judged slap: what holds for the whole plate, and each finger by itself (never an average)."""

    fingers: tuple[FingerImage, ...]
