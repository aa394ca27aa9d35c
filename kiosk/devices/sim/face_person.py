"""Who a face belongs to: every number that makes it, drawn once from a seed."""

from dataclasses import dataclass

import numpy as np

from kiosk.devices.sim.face_canvas import light
from kiosk.devices.sim.raster import Map
from kiosk.devices.sim.stage import stream

SKINS = ((233, 190, 158), (205, 152, 115), (165, 113, 82), (132, 88, 63))

# What differs from face to face: name, least, most, and the factors of women and of men.
SHAPE = (
    ("between_eyes", 60, 66, 1, 1),
    ("wide", 0.93, 1.04, 0.965, 1),
    ("long", 0.96, 1.05, 0.97, 1.01),
    ("jaw", 0.85, 1.05, 0.88, 1.05),
    ("chin", 0.85, 1.2, 1, 1),
    ("cheek", 0.4, 1.4, 1, 1),
    ("full", 0, 1, 1, 1),
    ("eye_high", 0.9, 1.15, 1, 1),
    ("eye_wide", 0.93, 1.06, 1, 1),
    ("eye_tilt", -0.02, 0.08, 1, 1),
    ("nose_wide", 0.92, 1.2, 1, 1),
    ("nose_long", 0.92, 1.08, 1, 1),
    ("nose_high", 0.75, 1.1, 1, 1),
    ("mouth_wide", 0.9, 1.08, 1, 1),
    ("lip", 0.8, 1.25, 1.1, 0.95),
    ("smile", 0.5, 2.0, 1, 1),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person who does not exist; lengths in mm or as factors of the average."""

    seed: int
    woman: bool
    old: float  # 0 at 28 years, 1 at 70
    grey: float
    skin: Map
    iris: Map
    between_eyes: float
    wide: float
    long: float
    jaw: float
    chin: float
    cheek: float
    full: float
    eye_high: float
    eye_wide: float
    eye_tilt: float
    nose_wide: float
    nose_long: float
    nose_high: float
    mouth_wide: float
    lip: float
    smile: float
    lipstick: float
    brow: float
    brow_arch: float
    hairline: float
    style: int
    scarf: bool
    beard: float


def person(seed: int) -> Person:
    """Return who this seed is."""
    rng = stream("person", seed)
    woman, age = bool(rng.random() < 0.5), float(rng.uniform(18, 70))
    draw = rng.uniform
    grey = float(np.clip((age - 46) / 24 + rng.normal(0, 0.2), 0, 1))
    skin = _skin(float(np.clip(rng.normal(0.42, 0.22), 0, 1)))
    iris = light(*(np.array([52, 30, 18]) + draw(0, 30) * np.array([1, 0.62, 0.35])))
    shape = {name: draw(least, most) * (hers if woman else his) for name, least, most, hers, his in SHAPE}
    return Person(
        seed=seed,
        woman=woman,
        old=max(0.0, (age - 28) / 42),
        grey=grey,
        skin=skin,
        iris=iris,
        **shape,
        lipstick=draw(0.25, 0.9) if woman else 0.0,
        brow=draw(0.75, 1.1) * (0.8 if woman else 1.15),
        brow_arch=draw(-0.3, 1),
        hairline=draw(-6, 6) - (0 if woman else max(0, age - 45) * 0.4),
        style=int(rng.integers(0, 4)),
        scarf=bool(woman and rng.random() < 0.6),
        beard=0.0 if woman else max(0.0, draw(-0.8, 0.9)),
    )


def _skin(tone: float) -> Map:
    """From light (0) to dark brown (1)."""
    ramp = np.array([light(*skin) for skin in SKINS])
    return np.array([np.interp(tone * 3, range(4), ramp[:, channel]) for channel in range(3)], np.float32)
