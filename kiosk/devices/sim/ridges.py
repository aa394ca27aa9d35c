"""The ridges of fingers that do not exist: an orientation field with cores and deltas, ridges grown along it.

A finger's ridges belong to the seed and the finger alone.  The field is the zero-pole model of Sherlock and Monro
(1993): half an angle more around each core, half an angle less around each delta.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kiosk.devices.api import Finger, Image
from kiosk.devices.sim.raster import Map, blur, grid, noise, warped
from kiosk.devices.sim.stage import stream

WIDTH, HEIGHT = 220, 310  # 22 x 31 mm at 250 ppi
PERIOD = 4.7  # ridge distance in pixels: 0.47 mm
ROUNDS = 7

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """Where the ridges turn: cores, deltas, and how far they lean at every point."""

    cores: tuple[Point, ...]
    deltas: tuple[Point, ...]
    lean: Map


@lru_cache(maxsize=30)
def ridges(seed: int, finger: Finger) -> Image:
    """Return the finger's ridges, HEIGHT x WIDTH, 255 on top of a ridge; grown once and kept for a few people."""
    rng = stream("ridges", seed, finger)
    angle = _angles(_field(rng, finger)) + 0.07 * noise(rng, (HEIGHT, WIDTH), 45)
    size = 1.08 if finger.endswith("thumb") else 0.93 if finger.endswith("little") else 1.0
    grown = _grow(rng, angle, PERIOD * size * rng.uniform(0.94, 1.06))
    return np.asarray(np.clip((_worn(rng, grown) + 1) * 127.5, 0, 255), np.uint8)


def _field(rng: np.random.Generator, finger: Finger) -> Field:
    """Arch, loop or whorl in roughly natural shares; loops mostly open towards the little finger."""
    x, y = grid(WIDTH, HEIGHT)
    core = (WIDTH / 2 + rng.uniform(-11, 11), HEIGHT * 0.46 + rng.uniform(-12, 12))
    across = np.tanh((x - np.float32(core[0])) / 75).astype(np.float32)
    below = y - np.float32(core[1])
    top = across * np.exp(-(((below + 90) / 62) ** 2))
    share = rng.random()
    side = 1 if finger.startswith("right") else -1
    if finger.endswith("index") and share > 0.72:
        side = -side
    if share < 0.06:
        swing = np.sin(np.clip((x - np.float32(core[0])) / WIDTH, -0.5, 0.5) * 2 * np.pi)
        return Field((), (), (0.85 * np.exp(-((below / 85) ** 2)) * swing + 0.35 * top).astype(np.float32))
    if share < 0.68:
        steep = np.where(across * side > 0, 0.8, 0.3) * across * np.exp(-(((below - 10) / 85) ** 2))
        delta = (core[0] - side * rng.uniform(50, 70), core[1] + rng.uniform(60, 85))
        return Field((core,), (delta,), (steep + 0.5 * top).astype(np.float32))
    gap = rng.uniform(7, 30)
    cores = ((core[0], core[1] - gap / 2), (core[0] + rng.uniform(-6, 6), core[1] + gap / 2))
    deltas = tuple((core[0] + s * rng.uniform(57, 75), core[1] + rng.uniform(60, 85)) for s in (-1, 1))
    return Field(
        cores, deltas, (0.45 * top + 0.12 * across * np.exp(-((below / 75) ** 2))).astype(np.float32)
    )


def _angles(field: Field) -> Map:
    x, y = grid(WIDTH, HEIGHT)
    angle = field.lean.copy()
    for turn, points in ((0.5, field.cores), (-0.5, field.deltas)):
        for px, py in points:
            angle += np.float32(turn) * np.arctan2(y - np.float32(py), x - np.float32(px))
    return angle


def _grow(rng: np.random.Generator, angle: Map, period: float) -> Map:
    """Let ridges grow out of noise: keep one spacing, smooth along the ridge, sharpen; and again."""
    x, y = grid(WIDTH, HEIGHT)
    along_x, along_y = np.cos(angle), np.sin(angle)
    steps = [(np.float32(s) * along_x, np.float32(s) * along_y) for s in (1.3, 2.6)]
    grown = rng.standard_normal((HEIGHT, WIDTH), np.float32)
    for _ in range(ROUNDS):
        for dx, dy in steps:
            grown = 0.5 * grown + 0.25 * (warped(grown, x + dx, y + dy) + warped(grown, x - dx, y - dy))
        grown = blur(grown, period * 0.17) - blur(grown, period * 0.42)
        grown = np.tanh(grown * np.float32(1.7 / (float(grown.std()) + 1e-6)))
    return np.asarray(grown, np.float32)


def _worn(rng: np.random.Generator, grown: Map) -> Map:
    """Pores on the ridges and the crease below the pad."""
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    bend = HEIGHT * 0.9 + 2.5 * np.sin(np.arange(WIDTH, dtype=np.float32) / 25)[None, :]
    worn = grown - np.float32(1.4) * np.exp(-(((y - bend) / 2.5) ** 2))
    rows, columns = rng.integers(0, HEIGHT, 700), rng.integers(0, WIDTH, 700)
    worn[rows, columns] -= np.where(grown[rows, columns] > 0.75, np.float32(1.0), np.float32(0))
    return np.asarray(worn, np.float32)
