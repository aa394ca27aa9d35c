"""What a plate sees when fingers that do not exist are laid on it: 1600 x 1500 grey pixels at 500 ppi."""

from dataclasses import dataclass

import numpy as np

from kiosk.devices.api import Finger, Image, Slap
from kiosk.devices.sim.raster import Map, blur, grey, grid, noise, smooth, warped
from kiosk.devices.sim.ridges import HEIGHT, WIDTH, ridges
from kiosk.devices.sim.stage import stream

PLATE = (1600, 1500)  # width, height: 3.2 x 3.0 inches
PPI = 500
FLAWS = ("dry", "smudged", "lifted", "low_contrast")  # what a first attempt may suffer from
FAULTS = (*FLAWS, "wet", "turned", "tips_only", "dirty_plate")
FINGERS = {
    Slap.RIGHT_FOUR: (Finger.RIGHT_INDEX, Finger.RIGHT_MIDDLE, Finger.RIGHT_RING, Finger.RIGHT_LITTLE),
    Slap.LEFT_FOUR: (Finger.LEFT_INDEX, Finger.LEFT_MIDDLE, Finger.LEFT_RING, Finger.LEFT_LITTLE),
    Slap.THUMBS: (Finger.LEFT_THUMB, Finger.RIGHT_THUMB),
}
# across, down, angle and size of index, middle, ring and little finger of a right hand
FAN = (
    (-1.52, 0.13, -0.12, 1.0),
    (-0.49, -0.22, -0.03, 1.05),
    (0.52, -0.06, 0.06, 0.99),
    (1.49, 0.46, 0.19, 0.84),
)


@dataclass(frozen=True, slots=True)
class Touch:
    """Where one finger lies: centre of the pad in pixels, turn in radians, size, and what is wrong with it."""

    finger: Finger
    x: float
    y: float
    angle: float
    size: float
    flaw: str | None


@dataclass(frozen=True, slots=True)
class Pressing:
    """How a finger presses: darkness, how grainy, and how wide the ridges spread."""

    level: float = 0.05
    grain: float = 0.22
    ridge: float = 1.25
    ink: float = 1.0


PRESSINGS = {
    "dry": Pressing(-0.55, 0.9, 1.1, 0.72),
    "wet": Pressing(0.75, 0.16, 0.8, 1.12),
    "lifted": Pressing(-0.15),
    "smudged": Pressing(0.2, 0.3, 1.0),
}


def slap(
    seed: int, laid: Slap, missing: frozenset[str], *, attempt: int = 0, flaw: str | None = None
) -> Image:
    """Return the plate's picture; the same seed gives the same fingers, the attempt where and how they lie."""
    rng, placed = _begun(seed, laid, attempt, flaw)
    plate = np.zeros(PLATE[::-1], np.float32)
    for touch in placed:
        if touch.finger not in missing:
            _press(plate, rng, seed, touch)
    return _sensor(plate, rng, flaw)


def touches(
    seed: int, laid: Slap, missing: frozenset[str], *, attempt: int = 0, flaw: str | None = None
) -> list[Touch]:
    """Return where the fingers of that picture lie, from left to right."""
    _, placed = _begun(seed, laid, attempt, flaw)
    return sorted((touch for touch in placed if touch.finger not in missing), key=lambda touch: touch.x)


def _begun(seed: int, laid: Slap, attempt: int, flaw: str | None) -> tuple[np.random.Generator, list[Touch]]:
    rng = stream("plate", seed, laid, attempt, flaw or "")
    return rng, _thumbs(rng, seed, flaw) if laid is Slap.THUMBS else _four(rng, seed, laid, flaw)


def _four(rng: np.random.Generator, seed: int, laid: Slap, flaw: str | None) -> list[Touch]:
    """Fingers fan out, the middle one lies highest; a hand always has the same proportions."""
    hand = stream("hand", seed, laid)
    side = 1 if laid is Slap.RIGHT_FOUR else -1
    large = hand.uniform(0.86, 0.98)
    tilt, left, down = rng.normal(0, 0.04), rng.normal(0, 15), rng.normal(0, 20)
    lifted = int(rng.integers(4))
    touches = []
    for index, (finger, (across, below, turn, size)) in enumerate(zip(FINGERS[laid], FAN, strict=True)):
        x = side * across * 375 * large * hand.uniform(0.98, 1.03)
        y = below * 390 * large + hand.normal(0, 14)
        angle = side * (turn + hand.normal(0, 0.03)) + rng.normal(0, 0.025) + tilt
        x, y = x * np.cos(tilt) - y * np.sin(tilt), x * np.sin(tilt) + y * np.cos(tilt)
        own = None if flaw == "lifted" and index != lifted else flaw
        middle = (PLATE[0] / 2 + left + rng.normal(0, 5), PLATE[1] * 0.49 + down + rng.normal(0, 9))
        touches.append(Touch(finger, middle[0] + x, middle[1] + y, angle, large * size, own))
    return touches


def _thumbs(rng: np.random.Generator, seed: int, flaw: str | None) -> list[Touch]:
    size = float(stream("thumb", seed).uniform(1.1, 1.22))
    return [
        Touch(
            finger,
            PLATE[0] / 2 + side * 310 + rng.normal(0, 16),
            PLATE[1] * 0.46 + rng.normal(0, 20),
            -side * 0.13 + rng.normal(0, 0.04),
            size,
            flaw,
        )
        for finger, side in zip(FINGERS[Slap.THUMBS], (-1, 1), strict=True)
    ]


def _press(plate: Map, rng: np.random.Generator, seed: int, touch: Touch) -> None:
    """Add one finger's darkness to the plate."""
    reach = HEIGHT * 1.06 * touch.size
    left, right = max(0, int(touch.x - reach * 0.82)), min(PLATE[0], int(touch.x + reach * 0.82))
    top, bottom = max(0, int(touch.y - reach)), min(PLATE[1], int(touch.y + reach))
    if right - left < 8 or bottom - top < 8:
        return
    x, y = grid(right - left, bottom - top)
    x, y = x + np.float32(left - touch.x), y + np.float32(top - touch.y)
    angle = touch.angle + (0.5 if touch.flaw == "turned" else 0)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    u, v = cos * x + sin * y, cos * y - sin * x
    firm = _contact(rng, u, v, touch)
    ink = _ink(rng, _on_plate(rng, seed, touch, u, v), firm, touch.flaw)
    part = plate[top:bottom, left:right]
    np.maximum(part, ink, out=part)


def _on_plate(rng: np.random.Generator, seed: int, touch: Touch, u: Map, v: Map) -> Map:
    """Return the finger's ridges, -1..1, as the skin stretched this time."""
    stretch = 9.0 if touch.flaw == "smudged" else 5.0
    half = np.float32(0.5 / touch.size)
    shape = (u.shape[0], u.shape[1])
    x = (u + stretch * noise(rng, shape, 120)) * half + np.float32(WIDTH / 2)
    y = (v + stretch * noise(rng, shape, 120)) * half + np.float32(HEIGHT / 2)
    top = ridges(seed, touch.finger).astype(np.float32) / np.float32(127.5) - 1
    return warped(top, x, y)


def _contact(rng: np.random.Generator, u: Map, v: Map, touch: Touch) -> Map:
    """How firmly each point lies on the plate, 0..1: an egg, narrower at the tip, ragged at its rim."""
    wide, high = np.float32(WIDTH * 0.84 * touch.size), np.float32(HEIGHT * 0.9 * touch.size)
    shape = (u.shape[0], u.shape[1])
    along = v / high
    across = u / (wide * (0.93 + 0.1 * along - 0.1 * np.clip(-along, 0, 1) ** 2))
    far = across * across * np.sqrt(np.abs(across)) + along * along * np.sqrt(np.abs(along))
    far += 0.03 * noise(rng, shape, 16) + 0.03 * noise(rng, shape, 60)
    if touch.flaw == "lifted":
        far += 1.6 * np.clip(across * rng.choice([-1, 1]) + 0.1, 0, 2)
    if touch.flaw == "tips_only":
        far += 2.4 * np.clip(along + 0.35, 0, 2)
    return np.asarray(np.clip((1 - far) / 0.36, 0, 1), np.float32)


def _ink(rng: np.random.Generator, ridge: Map, firm: Map, flaw: str | None) -> Map:
    """Darkness 0..1 of the ridges that touch."""
    pressing = PRESSINGS.get(flaw or "", Pressing())
    shape = (ridge.shape[0], ridge.shape[1])
    value = ridge * np.float32(pressing.ridge) + 0.11 * noise(rng, shape, 70)
    value += np.float32(pressing.grain) * noise(rng, shape, 2.1) + np.float32(pressing.level)
    value -= 0.25 * (1 - firm)
    if flaw == "dry":
        value -= 0.8 * np.clip(noise(rng, shape, 5) - 0.3, 0, 1.5)
    ink = np.clip(firm * 2.2, 0, 1) * np.float32(0.84 * pressing.ink) / (1 + np.exp(-2.9 * value))
    if flaw == "smudged":
        drag = int(rng.uniform(20, 34))
        mixed = np.clip(0.65 + 0.4 * noise(rng, shape, 110), 0.25, 1)
        ink = (
            ink * (1 - mixed)
            + mixed * (blur(ink, 5) + np.roll(blur(ink, 4), (drag, drag // 3), (0, 1))) * 0.55
        )
    return np.asarray(np.clip(ink, 0, 1), np.float32)


def _sensor(plate: Map, rng: np.random.Generator, flaw: str | None) -> Image:
    """Darkness to grey: uneven light, latent traces, the sensor's noise."""
    if flaw == "dirty_plate":
        plate = np.maximum(plate, 0.45 * smooth(0.6, 1.4, noise(rng, PLATE[::-1], 50)))
    white, span = (205, 46) if flaw == "low_contrast" else (238, 205)
    tile = rng.standard_normal((500, 400), np.float32) * np.float32(2.6)
    levels = np.float32(white) - np.float32(span) * blur(plate, 0.75)
    levels += np.tile(tile, (PLATE[1] // 500, PLATE[0] // 400))
    levels += 3 * noise(rng, PLATE[::-1], 260)
    return grey(np.minimum(levels, 255))
