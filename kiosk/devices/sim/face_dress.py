"""What surrounds a face: neck and clothes, hair, and a headscarf."""

import numpy as np
import numpy.typing as npt

from kiosk.devices.sim.face_canvas import Canvas, Material, curve, light
from kiosk.devices.sim.face_person import Person
from kiosk.devices.sim.raster import Map, smooth
from kiosk.devices.sim.stage import stream

CLOTHS = (
    (226, 226, 222),
    (34, 46, 84),
    (52, 86, 70),
    (196, 176, 140),
    (70, 70, 76),
    (150, 176, 204),
    (92, 62, 44),
)
SCARVES = (
    (30, 36, 60),
    (206, 186, 160),
    (46, 82, 76),
    (120, 120, 128),
    (232, 224, 214),
    (96, 66, 110),
    (38, 38, 40),
)
SHOULDERS = [
    (20, 52),
    (100, 52),
    (121, 53),
    (141, 60),
    (156, 78),
    (171, 114),
    (187, 154),
    (206, 183),
    (240, 200),
]
SCARF = [(-165, -20), (-137, -2), (-131, 30), (-118, 56), (-90, 80), (-50, 92), (0, 93), (50, 88), (92, 84), (122, 96),
         (150, 126), (190, 164), (240, 195)]  # fmt: skip
OPENING = [(-170, -90), (-66, -2), (-62, 16), (-54, 38), (-36, 56), (-8, 65), (25, 66), (60, 58), (85, 43), (100, 25),
           (107, 11), (111, -2), (300, -90)]  # fmt: skip
BLACK = light(20, 15, 13)


def body(board: Canvas, who: Person) -> None:
    """Draw neck, shoulders and a shirt or a T-shirt."""
    rng = stream("body", who.seed)
    half = curve(np.clip(board.y, 20, 240), SHOULDERS) * np.float32(
        (0.9 if who.woman else 1.02) * rng.uniform(0.96, 1.05)
    )
    cover = board.blur(board.inside(half) * (board.y > 52), 0.6)
    across = np.sqrt(np.clip(1 - (np.abs(board.x) / half) ** 2.4, 0, 1))
    relief = np.asarray(
        across * curve(np.clip(board.y, 20, 290), [(20, 50), (121, 50), (161, 56), (211, 66), (290, 80)])
    )
    skin = np.asarray(
        who.skin * np.array([0.93, 0.9, 0.9], np.float32) * np.ones((*board.shape, 1), np.float32)
    )
    board.lay(cover, Material(skin, (relief - 6).astype(np.float32), gloss=0.2, skin=1.0))
    shirt = rng.random() < 0.6
    neck = (
        149
        + (26 if shirt else 6) * np.clip(1 - (board.x / 58) ** 2, -1, 1)
        - 10 * smooth(40, 75, np.abs(board.x))
    )
    cloth = light(*CLOTHS[int(rng.integers(len(CLOTHS)))])
    folds = 3.2 * board.noise(rng, 50) + board.noise(rng, 20)
    weave = cloth * (1 + 0.05 * board.noise(rng, 0.9) + 0.05 * board.noise(rng, 5))[..., None]
    dressed = smooth(-0.5, 0.5, board.y - neck) * cover
    board.lay(dressed, Material(weave, (relief - 2 + folds).astype(np.float32), gloss=0.04))
    if shirt:
        _collar(board, weave, cover, half)
    under = np.exp(-(np.clip(board.y - 104, 0, 99) ** 2) / 676) * smooth(86, 48, np.abs(board.x))
    board.shade *= 1 - 0.62 * under * smooth(60, 100, board.y)


def _collar(board: Canvas, weave: Map, cover: Map, half: Map) -> None:
    side = np.abs(board.x)
    outer = smooth(0, 2, side - 8 - 0.9 * np.clip(178 - board.y, 0, 60)) * smooth(0, 2, 64 - side)
    flap = (
        outer * smooth(0, 2, board.y - 128 - 0.25 * side) * smooth(0, 2, 201 - 0.35 * side - board.y) * cover
    )
    flap = np.asarray(flap * smooth(1.5, -1.5, side - np.maximum(half + 1, 58)), np.float32)
    board.shade *= 1 - 0.45 * np.clip(board.blur(flap, 3.5) - flap, 0, 1) * cover
    board.lay(flap, Material(weave * np.float32(1.06), board.relief + 3, gloss=0.05), solid=False)
    board.darken(np.exp(-(((board.x - 3) / 0.8) ** 2)) * smooth(180, 187, board.y), 0.5)


def back_hair(board: Canvas, who: Person) -> None:
    """Draw what hangs behind the neck; under a scarf, its dark inside."""
    if who.scarf:
        hole = smooth(1.02, 0.98, (board.x / 84) ** 2 + ((board.y - 10) / 118) ** 2)
        board.lay(hole, Material(np.full(3, 0.01, np.float32), board.relief))
    elif who.woman and who.style != 3:
        rng = stream("back hair", who.seed)
        end = (95.0, 200.0, 150.0)[who.style]
        points = [
            (-165, -20),
            (-131, 1),
            (-122, 32),
            (-110, 51),
            (-80, 76),
            (-40, 87),
            (20, 90),
            (end, 90),
            (end + 14, 60),
        ]
        half = curve(np.clip(board.y, -165, end + 14), points) * (board.y < end + 14)
        tone = (0.014 + 0.05 * who.grey) * (1 + 0.35 * _locks(board, rng))
        hair = tone[..., None] * np.array([1, 0.86, 0.74], np.float32)
        relief = 30 * np.sqrt(np.clip(1 - (board.x / 100) ** 2, 0, 1)) - 20 + 0 * board.y
        board.lay(board.blur(board.inside(half), 0.8), Material(hair, relief.astype(np.float32), gloss=0.15))


def _locks(board: Canvas, rng: np.random.Generator) -> Map:
    """Noise drawn out downwards, like long hair."""
    rows, columns = board.shape
    coarse = rng.standard_normal(
        (max(4, int(rows / (board.scale * 40))), int(columns / (board.scale * 0.9)) + 3), np.float32
    )
    stretched = np.repeat(coarse, rows // coarse.shape[0] + 1, axis=0)[:rows]
    drawn = board.blur(stretched.astype(np.float32), 0.1)
    return np.asarray(np.resize(drawn[:, :columns], (rows, columns)), np.float32)


def hair(board: Canvas, who: Person, head: Map) -> None:
    """Draw the hair over the forehead and at the sides: short, or parted and combed down."""
    if who.scarf:
        return
    rng = stream("hair", who.seed)
    cover = _combed(board, who, rng) if who.woman else _cropped(board, who, rng, head)
    shadow = np.clip(board.blur(cover, 5) - cover, 0, 1) * head
    board.darken(shadow, 0.7 if who.woman else 0.45)
    below = np.maximum(board.y + 36, 0) * (0.25 if who.woman else 1)  # long hair hangs on below the dome
    tall = np.minimum(board.y + 36, 0) + below
    dome = 99 * np.sqrt(np.clip(1 - (board.x / 97) ** 2 - (tall / 100) ** 2, 0, 1))
    board.lay(cover, Material(BLACK + np.float32(0.05 * who.grey), (dome + 4).astype(np.float32), gloss=0.12))
    lines, tones = _long_hairs(who, rng) if who.woman else _short_hairs(who, rng)
    drawn, tone = board.strands(lines, tones, 0.5)
    strands = tone[..., None] * np.array([1, 0.86, 0.74], np.float32)
    drawn = drawn * 0.85 * smooth(0.05, 0.5, cover)
    board.lay(drawn.astype(np.float32), Material(strands, gloss=0.25), solid=False)
    shine = 1.5 * np.exp(-(((board.y + 0.0016 * board.x**2 + 90) / 20) ** 2)) * cover
    board.colour *= 1 + shine[..., None].astype(np.float32)


def _combed(board: Canvas, who: Person, rng: np.random.Generator) -> Map:
    """Long hair parted in the middle or tied back: everything outside the opening for the face."""
    end = (95.0, 200.0, 150.0, 34.0)[who.style]
    outer = curve(
        np.clip(board.y, -165, end),
        [(-165, -20), (-134, -2), (-128, 40), (-100, 74), (-40, 93), (20, 95), (end, 92)],
    )
    top = -64 + 0.6 * who.hairline
    inner = curve(
        np.clip(board.y, top, 60), [(top, 0), (top + 5, 24), (-40, 56), (-6, 68), (20, 71), (60, 70)]
    )
    edge = 0.8 * board.noise(rng, 12)
    inside = smooth(-0.8, 0.8, np.abs(board.x) + edge - inner) + (board.y < top)
    ends = smooth(5, -5, board.y - end + 5 * board.noise(rng, 4) + 10 * smooth(76, 92, np.abs(board.x)))
    return board.blur(np.clip(inside, 0, 1) * board.inside(outer + edge) * ends, 0.8)


def _cropped(board: Canvas, who: Person, rng: np.random.Generator, head: Map) -> Map:
    """Short hair: the scalp outside the face's opening, rough at its edge, thinner at the sides."""
    thick = (5, 9, 13, 8)[who.style]
    scalp = (
        1
        - (np.abs(board.x) / (77.5 * who.wide + 0.3 * thick)) ** 2.1
        - (np.abs(board.y + 36) / (84 + thick)) ** 2.1
    )
    edge = 0.9 * board.noise(rng, 3) + 1.3 * board.noise(rng, 14)
    high, reach = 63 - who.hairline, 66.5 * who.wide
    opening = (np.abs(board.x) / (reach + 0.05 * np.clip(-board.y, 0, 40))) ** 3.2
    opening = opening + np.clip(-board.y / high, 0, 3) ** 2.9 * (board.y < 0)
    face = smooth(1.06, 0.98, opening + 0.014 * edge)
    cover = smooth(-0.01, 0.03, scalp + 0.012 * edge) * (1 - face) * smooth(14, -8, board.y + 2 * edge)
    cover = cover * (1 - 0.55 * smooth(-52, 4, board.y + edge) * head)
    return board.blur(np.asarray(cover, np.float32), 0.9)


def _tones(who: Person, rng: np.random.Generator, count: int) -> Map:
    dark = 0.008 + 0.016 * rng.random(count) ** 2 + 0.03 * who.grey
    grey = rng.random(count) < who.grey**1.3 * 0.85
    return np.where(grey, rng.uniform(0.05, 0.11, count), dark).astype(np.float32)


def _short_hairs(who: Person, rng: np.random.Generator) -> tuple[Map, Map]:
    count = 2400
    x, y = rng.uniform(-88, 88, count), rng.uniform(-138, 20, count)
    part = float(rng.choice([-36, 34]))
    away = np.arctan2(y + 10, 0.9 * x)
    swept = np.where(x > part, -0.25, np.pi + 0.25) + 0.5 * np.sign(x - part) * np.clip(
        (y + 118) / 60, 0, 1.3
    )
    angle = (swept if who.style in (1, 2) else away) + rng.normal(0, 0.25 + 0.5 * (who.style == 3), count)
    side = np.clip((y + 58) / 30, 0, 1)
    angle = angle * (1 - side) + side * np.pi / 2
    long = rng.uniform(7, 13, count) * (1 - 0.45 * side)
    step = np.linspace(0, 1, 5)
    lines = np.stack(
        [
            x[:, None] + (np.cos(angle) * long)[:, None] * step,
            y[:, None] + (np.sin(angle) * long)[:, None] * step,
        ],
        -1,
    )
    return lines.astype(np.float32), _tones(who, rng, count)


def _long_hairs(who: Person, rng: np.random.Generator) -> tuple[Map, Map]:
    """Hairs from the parting over the head and down, in locks."""
    count, end = 1500, (95.0, 200.0, 150.0, 30.0)[who.style]
    lock = rng.integers(0, 70, count)
    place = np.clip(rng.uniform(0, 1, 70)[lock] + rng.normal(0, 0.03, count), 0, 1)[:, None]
    step = np.linspace(0, 1, 12)[None, :]
    inner_x, inner_y = _guide(step, (0, 30, 56, 68, 71, 71)), _guide(step, (-64, -58, -38, -6, 40, end))
    outer_x, outer_y = _guide(step, (0, 58, 84, 94, 95, 92)), _guide(step, (-131, -116, -80, -10, 50, end))
    wave = 1.5 * np.sin(6 * step + rng.uniform(0, 6.3, 70)[lock][:, None]) * step
    side = rng.choice([-1, 1], 70)[lock][:, None]
    x = side * (inner_x + (outer_x - inner_x) * place + wave)
    y = inner_y + (outer_y - inner_y) * place
    tones = _tones(who, rng, count) * rng.uniform(0.5, 1.7, 70)[lock].astype(np.float32)
    return np.stack([x, y], -1).astype(np.float32), tones


def _guide(step: npt.NDArray[np.float64], values: tuple[float, ...]) -> Map:
    knots = np.linspace(0, 1, len(values))
    return curve(np.asarray(step, np.float32), list(zip(knots.tolist(), values, strict=True)))


def scarf(board: Canvas, who: Person) -> None:
    """Draw a hijab: cloth around the face that falls over the shoulders in folds."""
    rng = stream("scarf", who.seed)
    half = curve(np.clip(board.y, -165, 240), SCARF)
    tall = np.where(board.y > 0, board.y / np.float32(who.long), board.y).astype(np.float32)
    opening = curve(tall, OPENING) * np.float32(who.wide)
    hole = board.blur(board.inside(opening), 0.5)
    cover = board.blur(board.inside(half), 0.7) * (1 - hole)
    relief = _folds(board, rng, half, opening)
    weave = 1 + 0.04 * board.noise(rng, 0.9) + 0.03 * board.noise(rng, 8)
    cloth = light(*SCARVES[int(rng.integers(len(SCARVES)))]) * weave[..., None]
    board.darken(np.clip(board.blur(cover, 4.5) - cover, 0, 1) * hole, 0.8)
    board.shade += (1 - 0.3 * np.exp(-(((board.y - 112) / 14) ** 2)) - board.shade) * cover
    board.lay(
        np.asarray(cover, np.float32),
        Material(np.asarray(cloth, np.float32), relief, gloss=0.05),
    )


def _folds(board: Canvas, rng: np.random.Generator, half: Map, opening: Map) -> Map:
    """Return the relief of the cloth: along the face, and round below the chin."""
    sweep = board.noise(rng, 45)
    off = np.abs(board.x) - opening
    deep = curve(
        np.clip(board.y, -165, 240),
        [(-165, 0), (-128, 34), (-100, 76), (-50, 97), (40, 96), (100, 84), (150, 80), (240, 90)],
    )
    relief = deep * np.sqrt(np.clip(1 - (np.abs(board.x) / np.maximum(half, 1)) ** 2.2, 0, 1))
    relief += (
        smooth(118, 90, board.y)
        * smooth(-110, -30, board.y)
        * 2.2
        * np.sin(off / 4.2 + 2 * sweep)
        * smooth(0, 5, off)
    )
    side = float(rng.choice([-1, 1]))
    round_chin = np.hypot(board.x - side * 26, 1.05 * (board.y - 92))
    turn = np.arctan2(board.y - 92, board.x - side * 26)
    low = smooth(96, 128, board.y)
    relief += low * 3.8 * np.sin(round_chin / 7.6 + 1.4 * sweep + 1.3 * turn) * smooth(10, 60, round_chin)
    return np.asarray(relief, np.float32)
