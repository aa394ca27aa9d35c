"""The head: skull, relief of the face, skin, nose, brows and beard; everything but the eyes, the mouth and the hair."""

import numpy as np

from kiosk.devices.sim.face_canvas import Canvas, Material, curve, light
from kiosk.devices.sim.face_person import Person
from kiosk.devices.sim.raster import Map, smooth
from kiosk.devices.sim.stage import stream

# rows of the skull from crown to chin, its half width and its depth there, in mm
ROWS = (-121, -119, -112, -98, -72, -40, -5, 20, 45, 65, 82, 96, 106, 112.5, 115)
DEPTHS = (0, 18, 40, 62, 84, 91, 88, 87, 86, 85, 82, 79, 70, 44, 0)


def head(board: Canvas, who: Person) -> Map:
    """Draw ears, skull and skin; return how much the head covers."""
    _ears(board, who)
    half, deep = _skull(board, who)
    cover = board.blur(board.inside(half, 0.7), 0.5)
    round_off = np.sqrt(np.clip(1 - (np.abs(board.x) / np.maximum(half, 0.1)) ** 2.25, 0, 1))
    relief = board.blur((deep * round_off).astype(np.float32), 1.6) + _features(board, who) + _age(board, who)
    board.lay(cover, Material(who.skin, relief, gloss=0.34, skin=1.0))
    _complexion(board, who, cover)
    _nose(board, who)
    _brows(board.window(-64, 64, -44, 6), who)
    if who.beard > 0.1:
        _beard(board, who, cover)
    return cover


def _skull(board: Canvas, who: Person) -> tuple[Map, Map]:
    rows = [row * (who.long if row > 0 else 1) for row in ROWS]
    full = 3.5 * who.full
    jaw, chin = who.jaw, who.chin
    lower = (
        71.5 + full / 2,
        66 + full,
        59.5 * jaw**0.6 + full,
        49 * jaw + full,
        35.5 * jaw + full,
        23 * chin,
        11 * chin,
    )
    halves = [width * who.wide for width in (0, 14, 37, 57, 72, 77, 74.5, *lower, 0)]
    at = np.clip(board.y, rows[0], rows[-1])
    return curve(at, list(zip(rows, halves, strict=True))), curve(at, list(zip(rows, DEPTHS, strict=True)))


def _ears(board: Canvas, who: Person) -> None:
    for side in (-1, 1):
        part = board.window(side * 75 - 24, side * 75 + 24, -24, 50)
        inside = 1 - ((part.x - side * 74.5 * who.wide) / 9.5) ** 2 - ((part.y - 13) / 27) ** 2
        groove = part.spot(side * 77 * who.wide, 8, 3, 15)
        relief = -6 + 12 * np.sqrt(np.clip(inside, 0, 1)) - 5 * groove
        skin = who.skin * np.array([0.95, 0.78, 0.74], np.float32) * (1 - 0.5 * groove)[..., None]
        part.lay(
            smooth(0, 0.2, inside.astype(np.float32)), Material(skin, relief.astype(np.float32), 0.15, 1.0)
        )


def _features(board: Canvas, who: Person) -> Map:
    """Raise nose, sockets, brow, cheeks and chin."""
    spot = board.spot
    low, high, wide = 44 * who.nose_long, who.nose_high, who.nose_wide
    down = np.clip((board.y + 14) / np.float32(low + 14), 0, 1.05)
    ridge = (1.5 + 13.5 * high * down**1.35) * smooth(low + 10, low + 1, board.y) * smooth(-26, -4, board.y)
    relief = ridge * np.exp(-0.5 * (board.x / (6.6 + 4.6 * down * wide)) ** 2)
    relief = relief + 5.5 * high * spot(0, low, 8.6 * wide, 7.5) - 2.5 * spot(0, -8, 9, 7)
    for side in (-1, 1):
        eye = side * who.between_eyes / 2
        relief += 7.5 * spot(side * 15 * wide, low + 3, 5.2 * wide, 5.4) - 2.2 * spot(
            side * 19.5 * wide, low + 1, 2.6, 5
        )
        relief += (
            4.2 * spot(eye, 1, 12, 7) - 6.2 * spot(eye * 0.97, -1, 16, 10) + 2.6 * spot(side * 27, -17, 17, 5)
        )
        relief += 3.2 * who.cheek * spot(side * 43, 28, 14, 11) - 3.5 * spot(side * 13, -3, 5, 8)
        relief += 2.5 * who.full * spot(side * 38, 58, 14, 16) - 1.6 * (1 - who.full) * spot(
            side * 44, 58, 10, 16
        )
    relief -= spot(0, 60 * who.long, 2.2, 5) + 3 * spot(0, 88 * who.long, 15, 4)
    return np.asarray(relief + 2.5 * spot(0, 99 * who.long, 12, 8), np.float32)


def _age(board: Canvas, who: Person) -> Map:
    """Folds beside the mouth, under the eyes and on the forehead."""
    below = board.y - 46
    side = np.abs(board.x)
    fold = 19 * who.nose_wide + 9.5 * np.clip(below / 28, 0, 1.2) ** 0.8
    folds = (
        (0.5 + 1.5 * who.old)
        * np.exp(-(((side - fold) / 1.9) ** 2))
        * smooth(-4, 6, below)
        * smooth(34, 18, below)
    )
    bags = np.exp(-(((board.y - 10.5 - 0.006 * (side - 30) ** 2) / 1.3) ** 2)) * smooth(
        20, 12, np.abs(side - 29)
    )
    lines = sum(
        np.exp(-(((board.y - row - 2 * np.sin(board.x / 21 + row)) / 0.9) ** 2)) for row in (-40, -48, -56)
    )
    forehead = 0.55 * who.old * lines * smooth(46, 26, side)
    return np.asarray(-folds - (0.5 + 1.2 * who.old) * bags - forehead, np.float32)


def _complexion(board: Canvas, who: Person, cover: Map) -> None:
    """Flush of cheeks and nose, blotches, pores, shadows around the eyes, gloss of the forehead."""
    rng = stream("skin", who.seed)
    spot, low = board.spot, 44 * who.nose_long
    flush = sum(0.8 * spot(side * 42, 30, 17, 14) for side in (-1, 1)) + 0.6 * spot(0, low, 13, 9)
    blotch = 0.035 * board.noise(rng, 9) + 0.03 * board.noise(rng, 3) + 0.03 * board.noise(rng, 1.1)
    warm = np.stack([blotch + 0.02 * flush, 1.2 * blotch - 0.13 * flush, 1.25 * blotch - 0.14 * flush], -1)
    board.colour *= 1 + warm * cover[..., None]
    for side in (-1, 1):
        eye = side * who.between_eyes / 2
        board.darken(cover * spot(eye, 8, 13, 4.5), 0.2 * (0.5 + who.old))
        board.darken(cover * spot(eye, -7, 14, 5), 0.16)
        board.darken(cover * spot(side * 14, -2, 4, 7), 0.3)
    board.relief += cover * (0.05 * board.noise(rng, 0.8) + 0.05 * board.noise(rng, 1.6))
    board.gloss += cover * (0.25 * spot(0, -45, 30, 14) + 0.3 * spot(0, 30, 5, 16))
    for _ in range(int(rng.integers(0, 4))):
        place, size = (rng.uniform(-50, 50), rng.uniform(-40, 95)), rng.uniform(0.6, 1.2)
        board.darken(spot(*place, size, size), 0.65)


def _nose(board: Canvas, who: Person) -> None:
    """Nostrils, the wings' creases and the shadow below."""
    part = board.window(-32, 32, 30, 66)
    low, wide = 44 * who.nose_long, who.nose_wide
    for side in (-1, 1):
        bow = part.y - low - 6.6 - 0.22 * np.abs(part.x - side * 6)
        nostril = np.exp(-((((part.x - side * 7.6 * wide) / (4.4 * wide)) ** 2 + (bow / 2) ** 2) ** 1.5))
        part.lay(
            (0.9 * nostril).astype(np.float32), Material(light(46, 24, 18) * (0.5 + who.skin[0])), solid=False
        )
        part.darken(part.spot(side * 18.6 * wide, low + 2, 0.9, 3.5), 0.28)
    part.darken(part.spot(0, low + 10, 14, 3.2), 0.3)


def _brows(part: Canvas, who: Person) -> None:
    for side in (-1, 1):
        rng = stream("brow", who.seed, side)
        part.darken(
            part.spot(side * 27, -18.6 - 1.5 * who.brow_arch, 11, 2.1 * who.brow), 0.42 * (1 - 0.5 * who.grey)
        )
        count = int(220 * who.brow)
        out = rng.beta(1.15, 1.35, count)  # 0 at the nose .. 1 at the temple
        lift = (4.6 + 2.2 * who.brow_arch) * np.sin(np.pi / 2 * np.minimum(1, out / 0.62))
        middle = -15.2 - lift + 15 * np.maximum(0, out - 0.6) ** 1.5
        half = 3.1 * who.brow * (1 - 0.8 * out**1.5) * (0.45 + 0.55 * np.minimum(1, out * 3.5))
        off = np.clip(rng.normal(0, 0.55, count), -1, 1)
        angle = -1.05 + 1.05 * np.minimum(1, out * 2.2) + 0.35 * off + 0.35 * np.maximum(0, out - 0.5)
        long = rng.uniform(3.5, 6.5, count) * (1 - 0.25 * out)
        step = np.linspace(0, 1, 4)
        x = (11 + 37 * out)[:, None] + (np.cos(angle) * long)[:, None] * step
        y = (middle + half * off)[:, None] + (np.sin(angle) * long)[:, None] * step + 0.5 * step**2
        grey = 0.14 * who.grey * (rng.random(count) < who.grey * 0.7)
        tones = 0.012 * rng.uniform(0.5, 1.6, count) + grey
        cover, tone = part.strands(
            np.stack([side * x, y], -1).astype(np.float32), tones.astype(np.float32), 0.5
        )
        hair = tone[..., None] * np.array([1, 0.86, 0.74], np.float32)
        part.lay(0.9 * cover, Material(hair, gloss=0.2), solid=False)


def _beard(board: Canvas, who: Person, cover: Map) -> None:
    """Shadow and stubble around the mouth, on chin and jaw."""
    rng = stream("beard", who.seed)
    part = board.window(-78, 78, 38, 122)
    columns, rows = board.span(-78, 78, 38, 122)
    mouth = 72 * who.long
    lips = np.exp(-((((part.x / 27) ** 2) + ((part.y - mouth - 1) / 8.5) ** 2) ** 2))
    lip_hair = np.exp(-(((part.y - mouth + 11 - 0.006 * part.x**2) / 4.2) ** 2)) * smooth(
        33, 20, np.abs(part.x)
    )
    jaw = smooth(62, 84, part.y + 0.012 * part.x**2) * smooth(40, 66, part.y)
    area = np.clip(lip_hair + 1.1 * part.spot(0, 101 * who.long, 17, 10) + (who.beard > 0.45) * jaw, 0, 1) * (
        1 - lips
    )
    area = np.asarray(area * cover[rows, columns], np.float32)
    part.darken(area * np.clip(0.7 + 0.3 * part.noise(rng, 1.2), 0, 1), 0.25 + 0.55 * who.beard)
