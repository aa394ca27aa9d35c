"""Near-infrared pictures of eyes that do not exist: 640 x 480 grey pixels an eye.

The iris pattern belongs to the seed and the eye alone; the attempt changes pupil, lids, gaze, turn and noise.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from kiosk.devices.api import Eye, Image
from kiosk.devices.sim.raster import Map, blur, grey, grid, noise, resized, smooth, warped
from kiosk.devices.sim.stage import stream

WIDTH, HEIGHT = 640, 480
TURN, DEPTH = 960, 128  # pattern: angle x way from pupil to limbus
FLAWS = ("blur", "half_closed")  # what a first attempt may suffer from
FAULTS = (*FLAWS, "closed", "looks_away", "too_dark")


@dataclass(frozen=True, slots=True)
class View:
    """How an eye is seen this time: centre and radii in pixels, turn in radians, lid 0 open .. 1 closed."""

    x: float
    y: float
    limbus: float
    pupil: float
    turn: float
    lid: float


def iris(seed: int, eye: Eye, *, attempt: int = 0, flaw: str | None = None) -> Image:
    """Return one eye's picture."""
    rng = stream("eye", seed, eye, attempt, flaw or "")
    view = _view(rng, seed, eye, flaw)
    x, y = grid(WIDTH, HEIGHT)
    upper, lower, across = _lids(seed, eye, view, x)
    opened = smooth(-2, 2, y - upper) * smooth(-2, 2, lower - y) * smooth(1, 0.97, across)
    picture = _skin(seed, eye, y, (upper, lower, across))
    picture += (_ball(seed, eye, view, (x, y), upper) - picture) * opened
    picture += (255 - picture) * opened * _lamps(view, x, y)
    picture *= 1 - 0.6 * smooth(1.04, 0.9, across) * np.exp(-(((y - upper + 2) / 5) ** 2))
    picture *= 1 - 0.82 * _lashes(seed, eye, view, upper[0], lower[0])
    picture *= 1.04 - 0.3 * (((x - WIDTH / 2) / WIDTH) ** 2 + ((y - HEIGHT / 2) / HEIGHT) ** 2)
    if flaw == "too_dark":
        picture *= 0.3
    picture = blur(picture, 5.5 if flaw == "blur" else 0.7)
    picture += 2 * np.tile(rng.standard_normal((240, 320), np.float32), (2, 2))
    return grey(np.minimum(picture, 255))


def _view(rng: np.random.Generator, seed: int, eye: Eye, flaw: str | None) -> View:
    own = stream("eye size", seed, eye)
    limbus = 0.24 * HEIGHT * own.uniform(0.96, 1.04) * (1 + rng.normal(0, 0.012))
    lid = {"half_closed": 0.62, "closed": 1.0}.get(flaw or "", 0.14 + abs(rng.normal(0, 0.03)))
    away = 0.75 * limbus * rng.choice([-1, 1]) if flaw == "looks_away" else 0
    return View(
        x=WIDTH / 2 + away + rng.normal(0, 9),
        y=HEIGHT * 0.51 + rng.normal(0, 8),
        limbus=limbus,
        pupil=limbus * (own.uniform(0.32, 0.42) + rng.normal(0, 0.02)),
        turn=rng.normal(0, 0.03),
        lid=lid,
    )


def _lids(seed: int, eye: Eye, view: View, x: Map) -> tuple[Map, Map, Map]:
    """Return the rows of the upper and the lower lid at every column, and how far across the opening a column lies."""
    own = stream("lids", seed, eye)
    wide = HEIGHT * 0.24 * own.uniform(2.15, 2.4)
    inner = -1 if eye is Eye.LEFT else 1  # the nose is on the left of the picture of a left eye
    across = (x - WIDTH / 2) / np.float32(wide)
    arch = np.clip(1 - np.abs(across - 0.08 * inner * (1 - across * across)) ** 2.2, 0, 1)
    middle = HEIGHT * 0.53 + inner * own.uniform(-4, 10) * across
    tall = HEIGHT * 0.24 * own.uniform(1.08, 1.2)
    lower = middle + tall * 0.82 * arch**0.8
    upper = middle - tall * 1.02 * arch**0.65
    upper = upper + (lower - upper) * np.float32(view.lid * 0.985)
    return upper.astype(np.float32), lower.astype(np.float32), np.abs(across).astype(np.float32)


def _skin(seed: int, eye: Eye, y: Map, lids: tuple[Map, Map, Map]) -> Map:
    upper, lower, across = lids
    near = smooth(1.2, 0.85, across)
    rng = stream("eye skin", seed, eye)
    shape = (HEIGHT, WIDTH)
    skin = (
        rng.uniform(135, 175)
        + 7 * noise(rng, shape, 90)
        + 4 * noise(rng, shape, 9)
        + 2 * noise(rng, shape, 3)
    )
    fold = upper - np.float32(rng.uniform(26, 44))
    skin -= near * (34 * np.exp(-(((y - fold) / 6) ** 2)) + 22 * np.exp(-(((y - lower - 26) / 16) ** 2)))
    skin -= 16 * near * smooth(30, 0, y - lower) * (y > lower)
    return np.asarray(skin, np.float32)


def _ball(seed: int, eye: Eye, view: View, place: tuple[Map, Map], upper: Map) -> Map:
    """White, iris and pupil, with the shadow of the upper lid."""
    rng = stream("white", seed, eye)
    x, y = place
    dx, dy = x - np.float32(view.x), y - np.float32(view.y)
    radius = np.sqrt(dx * dx + dy * dy)
    white = 196 - 34 * (np.abs(dx) / 230) ** 2 + 5 * noise(rng, (HEIGHT, WIDTH), 14)
    depth = (radius - np.float32(view.pupil)) / np.float32(view.limbus - view.pupil)
    angle = (np.arctan2(dy, dx) + np.float32(view.turn)) / np.float32(2 * np.pi) % 1
    unrolled = _pattern(seed, eye).astype(np.float32)
    colour = warped(unrolled, angle * (TURN - 1), np.clip(depth, 0, 1) * (DEPTH - 1), cv2.BORDER_REPLICATE)
    edge = 4.5 / (view.limbus - view.pupil)
    ball = white + (colour - white) * smooth(1 + edge, 1 - edge, depth)
    ball += (22 - ball) * smooth(0.02, -0.02, depth)
    return np.asarray(ball * (0.55 + 0.45 * smooth(0, 34, y - upper)), np.float32)


def _lamps(view: View, x: Map, y: Map) -> Map:
    """Draw the two lamps' reflections in the pupil."""
    light = np.zeros_like(x)
    for side in (-1, 1):
        lamp_x, lamp_y = view.x + side * 0.16 * view.limbus, view.y - 0.1 * view.limbus
        far = ((x - np.float32(lamp_x)) ** 2 + (y - np.float32(lamp_y)) ** 2) / np.float32(view.limbus**2)
        light += 1.2 * np.exp(-((far / 0.0022) ** 2)) + 0.1 * np.exp(-far / 0.014)
    return np.asarray(np.clip(light, 0, 1), np.float32)


@lru_cache(maxsize=8)
def _pattern(seed: int, eye: Eye) -> Image:
    """Draw the iris unrolled, DEPTH x TURN: fibres, collarette, crypts, furrows, a darker rim."""
    rng = stream("iris", seed, eye)
    depth = np.linspace(0, 1, DEPTH, dtype=np.float32)[:, None]
    fibres = _fibres(rng)
    edge = rng.uniform(0.24, 0.36) + 0.04 * _around(rng, 14, 1)[:1] + 0.02 * _around(rng, 44, 1)[:1]
    beside = depth - edge
    level = 0.5 + 0.13 * fibres * (1 - 0.35 * smooth(0.02, -0.02, beside)) + 0.05 * _around(rng, 7, 3)
    level += 0.1 * np.exp(-((beside / 0.03) ** 2)) - 0.07 * np.exp(-(((beside - 0.08) / 0.04) ** 2))
    level -= _crypts(rng, edge[0])
    for _ in range(int(rng.integers(2, 5))):
        furrow = rng.uniform(0.55, 0.9) + 0.02 * _around(rng, 6, 1)[:1]
        level -= 0.05 * np.exp(-(((depth - furrow) / 0.016) ** 2)) * (_around(rng, 3, 1)[:1] > 0)
    level -= 0.17 * smooth(0.86, 1, depth) + 0.08 * smooth(0.05, 0, depth)
    level += 0.02 * rng.standard_normal((DEPTH, TURN), np.float32)
    return np.asarray(np.clip(level * rng.uniform(205, 245), 0, 255), np.uint8)


def _fibres(rng: np.random.Generator) -> Map:
    """Streaks from pupil to limbus that wander, split and cross."""
    streaks = np.zeros((DEPTH, TURN), np.float32)
    for count, layers, weight in ((44, 2, 0.5), (90, 3, 0.8), (170, 4, 0.8), (300, 6, 0.55)):
        streaks += np.float32(weight) * _around(rng, count, layers)
    x, y = grid(TURN, DEPTH)
    bent = (x + 10 * _around(rng, 9, 2) + 5 * _around(rng, 26, 4)) % (TURN - 1)
    return np.asarray(np.tanh(0.9 * warped(streaks, bent, y)), np.float32)


def _around(rng: np.random.Generator, count: int, layers: int) -> Map:
    """Smooth noise, `count` cells around without a seam and `layers` along the depth."""
    cells = rng.standard_normal((layers + 2, count), np.float32)
    cells = np.concatenate([cells[:, -2:], cells, cells[:, :2]], 1)
    step = TURN / count
    large = resized(cells, round(TURN + 4 * step), DEPTH + 2 * (DEPTH // layers))
    start = round(2 * step)
    return np.asarray(large[DEPTH // layers : DEPTH // layers + DEPTH, start : start + TURN], np.float32)


def _crypts(rng: np.random.Generator, edge: Map) -> Map:
    """Lens-shaped pits, most of them beside the collarette; as depths to take away."""
    pits = np.zeros((DEPTH, TURN), np.uint8)
    for _ in range(int(rng.integers(16, 34))):
        at = int(rng.integers(20, TURN - 20))
        near = rng.random() < 0.65
        depth = float(edge[at]) + (rng.normal(0.08, 0.045) if near else rng.uniform(0.15, 0.5))
        axes = (int(rng.uniform(4, 12)), int(rng.uniform(4, 12)))
        centre = (at, int(depth * DEPTH))
        cv2.ellipse(pits, centre, axes, float(rng.uniform(-15, 15)), 0, 360, int(rng.uniform(90, 220)), -1)
    return blur(pits.astype(np.float32), 1.6) / np.float32(1050)


def _lashes(seed: int, eye: Eye, view: View, upper: Map, lower: Map) -> Map:
    """How much lashes cover, 0..1."""
    rng = stream("lashes", seed, eye)
    cover = np.zeros((HEIGHT, WIDTH), np.uint8)
    along = np.linspace(0, 1, 8)
    for row, count, side, length in ((upper, 84, -1 if view.lid < 0.75 else 1, 70.0), (lower, 44, 1, 28.0)):
        for fan in np.sort(rng.uniform(-0.93, 0.93, count)):
            column = int(np.clip(WIDTH / 2 + fan * 250, 0, WIDTH - 1))
            long = length * rng.uniform(0.35, 1.1)
            x = column + fan * long * (0.5 * along + 0.55 * along**2) + rng.normal(0, 4) * along
            y = row[column] + long * side * 0.8 * along ** rng.uniform(1.2, 2.2)
            points = np.round(np.stack([x, y], 1) * 16).astype(np.int32)
            level, thick = int(rng.uniform(130, 220)), int(rng.integers(1, 3))
            cv2.polylines(
                cover, [points], isClosed=False, color=level, thickness=thick, lineType=cv2.LINE_AA, shift=4
            )
    return blur(cover.astype(np.float32), 0.7) / np.float32(255)
