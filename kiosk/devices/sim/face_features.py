"""Eyes and mouth of a face."""

from dataclasses import dataclass

import numpy as np

from kiosk.devices.sim.face_canvas import Canvas, Material, light
from kiosk.devices.sim.face_person import Person
from kiosk.devices.sim.raster import Map, smooth
from kiosk.devices.sim.stage import stream

DARK = light(38, 26, 22)
EYES = (-64.0, 64.0, -26.0, 24.0)  # left, right, top, bottom of both eyes in mm
MOUTH = (-38.0, 38.0, 46.0, 98.0)


@dataclass(frozen=True, slots=True)
class Opening:
    """One eye's own coordinates (mm, outwards positive) and its lids: crease, upper lid as it is now, lower lid."""

    out: Map
    down: Map
    share: Map
    upper: Map
    lid: Map
    lower: Map
    inside: Map


def eyes(board: Canvas, who: Person, opened: float) -> None:
    """Draw both eyes; `opened` 1 wide .. 0 closed."""
    for side in (-1, 1):
        middle = side * who.between_eyes / 2
        part = board.window(middle - 27, middle + 27, -26, 24)
        eye = _opening(part, who, side, opened)
        _lid_skin(part, who, eye)
        _ball(part, who, eye, side)
        _lashes(part, who, eye)


def _opening(part: Canvas, who: Person, side: int, opened: float) -> Opening:
    out = side * part.x - np.float32(who.between_eyes / 2) + 0 * part.y
    down = part.y + np.float32(who.eye_tilt) * out
    share = np.clip(out / np.float32(15.6 * who.eye_wide), -1, 1)
    leaning = np.clip(share + 0.1 * (1 - share * share), -1, 1)
    lower = 3.7 * (1 - np.abs(share) ** 2.2) ** 0.85
    upper = -6.3 * who.eye_high * np.clip(1 - np.abs(leaning) ** 2.3, 0, 1) ** 0.72
    lid = 0.8 * lower + (upper - 0.8 * lower) * np.float32(opened)
    inside = smooth(1.0, 0.93, np.abs(out) / np.float32(15.6 * who.eye_wide))
    return Opening(out, down, share, upper, lid, lower, inside)


def _lid_skin(part: Canvas, who: Person, eye: Opening) -> None:
    crease = eye.upper - 3 * (1 - 0.55 * eye.share**2) + 1
    line = np.exp(-(((eye.down - crease) / 0.75) ** 2)) * smooth(1.25, 0.8, np.abs(eye.out) / 15)
    part.darken(line, 0.4)
    part.darken(smooth(-1.2, 0.6, eye.down - crease) * smooth(1, -1, eye.down - eye.lid) * eye.inside, 0.16)


def _ball(part: Canvas, who: Person, eye: Opening, side: int) -> None:
    """White, iris, pupil, the lid's shadow and a window's reflection."""
    rng = stream("eye colour", who.seed)
    cover = smooth(-0.35, 0.35, eye.down - eye.lid) * smooth(-0.35, 0.35, eye.lower - eye.down) * eye.inside
    ball = light(208, 200, 193) * (1 - 0.42 * np.abs(eye.share) ** 2.5)[..., None]
    corner = np.exp(-(((eye.out + 13.2) / 1.9) ** 2 + ((eye.down - 0.6) / 1.9) ** 2))
    ball = ball + (light(196, 128, 116) - ball) * corner[..., None]
    x, y = eye.out + 0.3, eye.down + 1
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    fibres = sum(np.sin(angle * count + rng.uniform(0, 6.3)) / 3 for count in (17, 29, 43))
    colour = who.iris * (1.15 + 0.35 * fibres * smooth(1.8, 4, radius) + 0.7 * smooth(0, 4, y))[..., None]
    colour = colour * ((1 - 0.8 * smooth(5.2, 6.5, radius)) * smooth(2, 2.45, radius))[..., None] + 0.003
    ball = ball + (colour - ball) * smooth(6.75, 6.15, radius)[..., None]
    ball = ball * (0.36 + 0.64 * smooth(-0.2, 4.2, eye.down - eye.lid))[..., None]
    part.lay(cover, Material(np.asarray(0.92 * ball, np.float32)), solid=False)
    part.glint += cover * 0.9 * np.exp(-(((x * side + 1.7) / 0.95) ** 4) - ((y + 2) / 0.95) ** 4)


def _lashes(part: Canvas, who: Person, eye: Opening) -> None:
    thick = (1.05 if who.woman else 0.75) * (0.55 + 0.45 * smooth(-1, 0.6, eye.share))
    lash = np.exp(-(((eye.down - eye.lid + 0.1) / thick) ** 2)) * smooth(1.14, 0.96, np.abs(eye.out) / 15.6)
    part.lay(np.clip(0.93 * lash, 0, 1), Material(DARK * np.float32(0.6)), solid=False)
    rim = np.exp(-(((eye.down - eye.lower - 1.0) / 0.6) ** 2)) * eye.inside
    part.lay(rim * np.float32(0.45 if who.woman else 0.3), Material(DARK), solid=False)


def mouth(board: Canvas, who: Person, gap: float) -> None:
    """Draw lips; `gap` 0 closed .. 1 wide open."""
    part = board.window(*MOUTH)
    half, row = 25.5 * who.mouth_wide, 72 * who.long
    share = part.x / np.float32(half)
    full = np.clip(1 - share**2, 0, 1)
    line = row - 2.2 * who.smile * share**2 + 0.9 * np.exp(-((share / 0.22) ** 2)) - 0.35
    upper = line - 6.2 * who.lip * full**0.8 * (1 - 0.24 * np.exp(-((share / 0.13) ** 2)))
    opened = 13 * gap * full**0.55
    lower = line + 8.4 * who.lip * full**0.62 + opened
    inside = smooth(1.03, 0.93, np.abs(share))
    part.relief += 2.6 * np.exp(-(((part.y - (upper + line) / 2) / 3.2) ** 2)) * full
    part.relief += 3.6 * np.exp(-(((part.y - (line + opened + lower) / 2) / 3.6) ** 2)) * full
    cover = smooth(-0.7, 0.5, part.y - upper) * smooth(-1.1, 0.7, lower - part.y) * inside
    lips = who.skin * np.array([0.86, 0.56, 0.55], np.float32)
    lips = lips + (light(168, 48, 58) * (0.5 + who.skin[1]) - lips) * np.float32(0.75 * who.lipstick)
    grain = (1 + 0.1 * part.noise(stream("lips", who.seed), 0.9)) * np.where(part.y < line, 0.78, 1.0)
    shaded = np.asarray(lips * grain[..., None], np.float32)
    part.lay(
        (0.88 * cover).astype(np.float32),
        Material(shaded, gloss=0.3 + 0.5 * who.lipstick, skin=0.6),
        solid=False,
    )
    if gap > 0:
        _cavity(part, share, line, opened)
    seam = np.exp(-(((part.y - line) / (0.75 + 0.2 * full)) ** 2)) * smooth(1.06, 0.9, np.abs(share))
    part.lay(
        np.asarray(0.85 * seam, np.float32), Material(light(62, 26, 24) * (0.4 + who.skin[1])), solid=False
    )


def _cavity(part: Canvas, share: Map, line: Map, opened: Map) -> None:
    """Draw the dark of an open mouth and its upper teeth."""
    hole = smooth(-0.3, 0.3, part.y - line) * smooth(-0.3, 0.3, line + opened - part.y)
    hole = hole * smooth(1.03, 0.93, np.abs(share))
    teeth = smooth(6.5, 5.5, part.y - line) * smooth(0.86, 0.6, np.abs(share))
    red = np.array([0.05, 0.012, 0.012], np.float32)
    white = light(226, 218, 200) * np.float32(0.5) * teeth[..., None]
    part.lay(hole, Material(red + white), solid=False)
