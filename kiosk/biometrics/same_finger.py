"""Noticing the same finger laid on the plate twice: prints are laid over each other and compared patch by patch."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.judgements import FingerImage, Image
from kiosk.domain.findings import Finding

Map = npt.NDArray[np.float32]

SIDE = 256  # prints are compared at 250 ppi in squares of 26 mm
TURNS = tuple(float(turn) for turn in range(-12, 13, 3))  # degrees; the fingers were turned upright before
FARTHEST = 50  # pixels by which two placings of a finger differ, 5 mm
BEST = 2  # placings that are compared patch by patch
PATCH, REACH = 11, 5  # half a patch's side (2.3 mm in all) and how far skin may have stretched it
STEP = 14
LEAST_PATCHES = 15
SAME = 0.46  # mean correlation of the patches: other fingers stay below, the same one has 0.60 in the middle


@dataclass(frozen=True, slots=True)
class Print:
    """A print made ready: its ridges with even strength, where it is, and its spectra at every turn."""

    ridges: Map
    inside: npt.NDArray[np.bool_]
    spectrum: Map
    turned: tuple[Map, ...]


def repeated_fingers(fingers: Sequence[FingerImage]) -> tuple[Finding, ...]:
    """Return a warning for every finger that looks like one before it in `fingers`, within and across slaps.

    Its field is the later finger; `other` names the earlier one.  The same finger named twice is not compared.
    """
    prints = [_ready(finger.image) for finger in fingers]
    findings: list[Finding] = []
    for first, second in combinations(range(len(fingers)), 2):
        one, two = fingers[first].finger, fingers[second].finger
        if one is not two and likeness_of(prints[first], prints[second]) >= SAME:
            findings.append(Finding.warning("finger.repeated", two.value, other=one.value))
    return tuple(findings)


def likeness(one: Image, two: Image) -> float:
    """Return how alike two upright prints at 500 ppi are: -1..1, 0 where too little of them overlaps."""
    return likeness_of(_ready(one), _ready(two))


def _ready(image: Image) -> Print:
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
    ridges = cv2.GaussianBlur(half, (0, 0), 0.8) - cv2.GaussianBlur(half, (0, 0), 3)
    ridges /= np.sqrt(cv2.GaussianBlur(ridges * ridges, (0, 0), 8)) + 4
    square = _centred(np.asarray(ridges, np.float32))
    inside = cv2.blur((np.abs(square) > 0.02).astype(np.float32), (15, 15)) > 0.8
    square = square * inside
    turned = (np.asarray(cv2.warpAffine(square, _turn(turn), (SIDE, SIDE)), np.float32) for turn in TURNS)
    spectra = tuple(_spectrum(one) for one in turned)
    return Print(square, np.asarray(inside, np.bool_), _spectrum(square), spectra)


def _spectrum(square: Map) -> Map:
    return np.asarray(cv2.dft(square), np.float32)  # of a real picture: packed into its own size


def _centred(ridges: Map) -> Map:
    square = np.zeros((SIDE, SIDE), np.float32)
    high, wide = min(SIDE, ridges.shape[0]), min(SIDE, ridges.shape[1])
    top, left = (ridges.shape[0] - high) // 2, (ridges.shape[1] - wide) // 2
    down, across = (SIDE - high) // 2, (SIDE - wide) // 2
    square[down : down + high, across : across + wide] = ridges[top : top + high, left : left + wide]
    return square


def _turn(degrees: float) -> npt.NDArray[np.float64]:
    return np.asarray(cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), degrees, 1), np.float64)


def likeness_of(one: Print, two: Print) -> float:
    """Return the mean correlation of patches at the best of the likeliest placings."""
    return max(_agreement(one, two, *placing) for placing in _placings(one, two))


def _placings(one: Print, two: Print) -> list[tuple[float, int, int]]:
    """Turn, right and down that bring the second print over the first, the likeliest ones."""
    found = []
    for turn, spectrum in zip(TURNS, two.turned, strict=True):
        both = cv2.mulSpectrums(spectrum, one.spectrum, 0, conjB=True)
        laid = np.fft.fftshift(cv2.idft(both, flags=cv2.DFT_SCALE))
        middle = SIDE // 2
        near = laid[middle - FARTHEST : middle + FARTHEST + 1, middle - FARTHEST : middle + FARTHEST + 1]
        _, height, _, (x, y) = cv2.minMaxLoc(np.ascontiguousarray(near, np.float32))
        found.append((float(height), turn, x - FARTHEST, y - FARTHEST))
    found.sort(reverse=True)
    return [(turn, right, down) for _, turn, right, down in found[:BEST]]


def _agreement(one: Print, two: Print, turn: float, right: int, down: int) -> float:
    matrix = _turn(turn)
    matrix[:, 2] -= (right, down)
    laid = cv2.warpAffine(two.ridges, matrix, (SIDE, SIDE))
    inside = cv2.warpAffine(two.inside.astype(np.uint8), matrix, (SIDE, SIDE)) > 0
    both = one.inside & inside
    wide = PATCH + REACH
    agreed = []
    for y in range(wide, SIDE - wide, STEP):
        for x in range(wide, SIDE - wide, STEP):
            if both[y, x]:
                patch = one.ridges[y - PATCH : y + PATCH + 1, x - PATCH : x + PATCH + 1]
                around = laid[y - wide : y + wide + 1, x - wide : x + wide + 1]
                agreed.append(cv2.minMaxLoc(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED))[1])
    return float(np.mean(agreed)) if len(agreed) >= LEAST_PATCHES else 0.0
