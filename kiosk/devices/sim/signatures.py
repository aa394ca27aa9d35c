"""Signatures of people who do not exist, as a pad reports them: strokes in millimetres, with pressure and time.

The seed fixes the writer's hand (slant, loops, letters, flourish); the attempt is one signing of it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.interpolate import make_interp_spline
from scipy.ndimage import gaussian_filter1d

from kiosk.devices.api import Stroke, StrokePoint
from kiosk.devices.sim.catalogue import PAD as PAD  # the pad is what signatures are drawn on
from kiosk.devices.sim.stage import stream

RATE = 150  # samples a second
FAULTS = ("dot", "off_the_pad")

Path = npt.NDArray[np.float64]  # points x 2, in heights of a small letter, y up

# Pen ways of letter-like forms, from the base line and back to it, a small letter one wide and one high.
LOW = ((0.1, 0.5), (0.45, 1.0), (0.5, 0.1), (0.9, 0.15))
ROUND = ((0.55, 0.95), (0.1, 0.6), (0.3, 0.0), (0.7, 0.6), (0.75, 0.0), (1.0, 0.2))
TALL = ((0.35, 1.1), (0.6, 2.2), (0.3, 2.0), (0.25, 0.1), (0.8, 0.1))
DEEP = ((0.2, 0.9), (0.3, 0.1), (0.7, 0.9), (0.6, -1.0), (0.2, -1.0), (1.0, 0.3))
HUMPS = ((0.15, 1.0), (0.2, 0.0), (0.5, 1.0), (0.6, 0.0), (0.9, 1.0), (1.0, 0.0), (1.3, 0.2))
LETTERS = (LOW, ROUND, TALL, DEEP, HUMPS, LOW, ROUND)
CAPITALS = (
    ((0.0, 0.4), (0.6, 2.4), (0.9, 2.6), (0.9, 0.1), (0.2, 0.9), (1.5, 1.2)),
    ((1.3, 2.2), (0.7, 2.6), (0.1, 1.2), (0.6, 0.0), (1.6, 0.6)),
    (
        (0.4, 2.4),
        (0.3, 0.0),
        (0.2, 2.2),
        (1.1, 2.6),
        (1.2, 1.5),
        (0.4, 1.2),
        (1.2, 0.6),
        (0.4, -0.1),
        (1.8, 0.3),
    ),
    (
        (-0.2, 0.2),
        (0.6, 1.0),
        (1.3, 2.2),
        (0.9, 2.5),
        (0.6, 1.9),
        (1.1, 1.0),
        (0.9, 0.0),
        (0.0, 0.3),
        (1.4, 0.4),
    ),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """How a writer writes: slant, width, how soon letters dissolve, and the flourish."""

    slant: float
    wide: float
    fade: float
    rise: float
    pace: float
    press: float
    tail: str


def signature(seed: int, *, attempt: int = 0, flaw: str | None = None) -> tuple[Stroke, ...]:
    """Return one signing."""
    if flaw == "dot":
        return (_dot(),)
    rng = stream("signing", seed, attempt)
    hand = _hand(seed)
    paths = [_leaning(path, hand, rng) for path in _paths(stream("name", seed), hand)]
    lowest = np.min([path.min(0) for path in paths], 0)
    extent = np.max([path.max(0) for path in paths], 0) - lowest
    scale = min(64 / extent[0], 28 / extent[1]) * (1 + rng.normal(0, 0.02))
    corner = (
        np.array([11.0, 5.0]) + rng.normal(0, 1.0, 2) + (np.array([60.0, 0]) if flaw == "off_the_pad" else 0)
    )
    strokes: list[Stroke] = []
    clock = 0.0
    for path in paths:
        stroke = _written((path - lowest) * scale + corner, hand, rng, clock)
        clock = stroke[-1].at + 0.09 + rng.uniform(0, 0.08)
        strokes.append(stroke)
    return tuple(strokes)


def _hand(seed: int) -> Hand:
    rng = stream("writer", seed)
    return Hand(
        slant=rng.uniform(0.05, 0.5),
        wide=rng.uniform(0.8, 1.25),
        fade=rng.uniform(0.3, 0.9),
        rise=rng.uniform(-0.02, 0.16),
        pace=rng.uniform(80, 140),
        press=rng.uniform(0.45, 0.65),
        tail=str(rng.choice(["none", "under", "loop", "strike"])),
    )


def _paths(rng: np.random.Generator, hand: Hand) -> list[Path]:
    """Return the writer's name as pen ways: one or two words, each a capital and letters that dissolve into a wave."""
    paths: list[Path] = []
    x = 0.0
    for _ in range(int(rng.integers(1, 3))):
        capital = np.array(CAPITALS[int(rng.integers(len(CAPITALS)))]) + np.array([x, 0])
        points = [capital]
        x = float(capital[-1, 0])
        count = int(rng.integers(4, 8))
        for place in range(count):
            letter = np.array(LETTERS[int(rng.integers(len(LETTERS)))])
            dying = hand.fade * place / count
            points.append(letter * (hand.wide * (1 + 0.3 * dying), 0.9 * (1 - 0.75 * dying)) + (x, 0))
            x += float(letter[-1, 0]) * hand.wide
        paths.append(np.concatenate(points))
        x += 0.7
    return paths + _flourish(paths[-1], x, hand.tail)


def _flourish(last: Path, wide: float, tail: str) -> list[Path]:
    if tail == "under":
        return [np.array([[0.3, -1.2], [wide * 0.5, -1.0], [wide, -0.6], [wide * 0.8, -1.1]])]
    if tail == "strike":
        return [np.array([[-0.4, 0.3], [wide * 0.3, 0.8], [wide * 0.7, 0.9], [wide + 0.8, 1.5]])]
    if tail == "loop":
        end = last[-1]
        return [end + np.array([[0, 0], [1.2, 1.8], [0.3, 0.6], [-wide * 0.4, -1.4], [1.0, -0.6]])]
    return []


def _leaning(path: Path, hand: Hand, rng: np.random.Generator) -> Path:
    """Return the path as it is meant this time: a little off, slanted, rising, y down."""
    off = path + rng.normal(0, 0.03, path.shape)
    x = off[:, 0] + (hand.slant + rng.normal(0, 0.02)) * off[:, 1]
    return np.stack([x, -(off[:, 1] + (hand.rise + rng.normal(0, 0.01)) * off[:, 0])], 1)


def _written(points: Path, hand: Hand, rng: np.random.Generator, start: float) -> Stroke:
    """Follow the points as a hand does: round corners, slow in bends, lighter when fast."""
    gaps = np.hypot(*np.diff(points, axis=0).T)
    keep = np.concatenate([[True], gaps > 0.15])
    points = points[keep]
    way = np.concatenate([[0], np.cumsum(np.sqrt(np.hypot(*np.diff(points, axis=0).T)))])
    fine = make_interp_spline(way, points, k=min(3, len(points) - 1))(
        np.linspace(0, way[-1], 50 * len(points))
    )
    fine = gaussian_filter1d(fine, 7, axis=0, mode="nearest")
    steps = np.hypot(*np.diff(fine, axis=0).T) + 1e-9
    turning = np.abs(np.diff(np.unwrap(np.arctan2(*np.diff(fine, axis=0).T[::-1])), append=0))
    bend = gaussian_filter1d(turning / steps, 6)
    # the two-thirds power law of handwriting: speed falls with the cube root of the bend
    speed = np.clip(hand.pace * (bend * 2 + 0.05) ** (-1 / 3), 15, 400)
    times = np.concatenate([[0], np.cumsum(steps / speed)])
    sampled = np.arange(0, max(times[-1], 4 / RATE), 1 / RATE)
    x, y = (np.interp(sampled, times, fine[:, axis]) for axis in (0, 1))
    fast = np.interp(sampled, times[1:], speed) / 260
    landing = np.minimum((sampled + 0.01) / 0.03, (sampled[-1] - sampled + 0.01) / 0.05).clip(0, 1)
    press = np.clip(hand.press + 0.12 - 0.2 * fast + rng.normal(0, 0.015, len(x)), 0.12, 1) * (
        0.25 + 0.75 * landing
    )
    x, y = x.clip(0.5, PAD[0] - 0.5), y.clip(0.5, PAD[1] - 0.5)
    columns = (np.round(column, 3).tolist() for column in (x, y, press, sampled + start))
    return tuple(StrokePoint(*sample) for sample in zip(*columns, strict=True))


def _dot() -> Stroke:
    return tuple(StrokePoint(40.0, 20.0 + step * 0.02, 0.4, step / RATE) for step in range(4))
