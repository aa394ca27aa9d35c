"""Portraits and a live picture of people who do not exist: lit from the material maps, moved by a warp.

The face is drawn once a person; a frame warps it, so that breathing, blinking and drifting cost little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.devices.api import Image
from kiosk.devices.sim.face_canvas import HIGH, LEFT, TOP, WIDE, Canvas, light
from kiosk.devices.sim.face_dress import back_hair, body, hair, scarf
from kiosk.devices.sim.face_features import EYES, MOUTH, eyes, mouth
from kiosk.devices.sim.face_head import head
from kiosk.devices.sim.face_person import person
from kiosk.devices.sim.raster import Map, grid, noise, resized, warped
from kiosk.devices.sim.stage import stream

SCALE = 1.5  # pixels a millimetre of the drawing
HEAD = 236.0  # crown to chin in mm
HEAD_SHARE = 0.62  # of the picture's height
RED, BLUE = (178, 34, 34), (30, 70, 160)
FLAWS = ("eyes_closed", "blur", "turned", "off_centre")  # what a first attempt may suffer from
FAULTS = (
    *FLAWS, "no_face", "two_faces", "mouth_open", "dark", "bright", "roll", "far", "near",
)  # fmt: skip
LIDS = (1.0, 0.45, 0.0)
MARGIN = 8.0  # mm drawn around a part that is lit by itself


@dataclass(frozen=True, slots=True)
class Pose:
    """How a head is held: degrees, size as a factor, shift as a share of the picture."""

    yaw: float = 0.0
    roll: float = 0.0
    size: float = 1.0
    across: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen: lids 1 open .. 0 closed, mouth 0 closed .. 1 open."""

    lids: float = 1.0
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits before which cloth, how large the picture is (width, height) and what is wrong with it."""

    seed: int
    birth_year: int
    size: tuple[int, int]
    flaw: str | None


def portrait(
    seed: int, birth_year: int, size: tuple[int, int], *, attempt: int = 0, flaw: str | None = None
) -> Image:
    """Return one still picture, RGB, size = (width, height); red behind the face for an odd birth year, else blue."""
    rng = stream("portrait", seed, attempt)
    pose = Pose(
        rng.normal(0, 1),
        rng.normal(0, 0.8),
        1 + rng.normal(0, 0.01),
        rng.normal(0, 0.006),
        rng.normal(0, 0.004),
    )
    return _picture(Sitting(seed, birth_year, size, flaw), pose, rng)


def live(seed: int, birth_year: int, size: tuple[int, int], *, at: float, flaw: str | None = None) -> Image:
    """Return the picture `at` seconds: the person breathes, drifts a little and blinks."""
    sway = stream("sway", seed).uniform(0, 6.3, 6)

    def wave(index: int, hertz: float) -> float:
        return float(np.sin(6.283 * hertz * at + sway[index]))

    pose = Pose(
        2.0 * wave(0, 0.13),
        0.9 * wave(2, 0.11),
        1 + 0.008 * wave(3, 0.24),
        0.006 * wave(4, 0.1),
        0.004 * wave(5, 0.24),
    )
    since = (at + sway[1]) % 3.7
    lids = float(np.interp(since, (0, 0.08, 0.14, 0.3), (1, 0, 0, 1)))
    grain = stream("grain", int(at * 30) % 64)
    return _picture(Sitting(seed, birth_year, size, flaw), pose, grain, lids=lids)


def _picture(sitting: Sitting, pose: Pose, rng: np.random.Generator, *, lids: float = 1.0) -> Image:
    flaw, size = sitting.flaw, sitting.size
    look = Look(
        0.0 if flaw == "eyes_closed" else min(LIDS, key=lambda lid: abs(lid - lids)),
        0.75 * (flaw == "mouth_open"),
    )
    picture = _backdrop(RED if sitting.birth_year % 2 else BLUE, size).copy()
    for who, held in _people(sitting.seed, pose, flaw):
        _place(picture, _drawn(who, look), held)
    if flaw in ("dark", "bright"):
        picture = np.asarray(cv2.convertScaleAbs(picture, alpha=0.25 if flaw == "dark" else 1.8), np.uint8)
    if flaw == "blur":
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), size[1] / 150), np.uint8)
    return _grained(picture, rng)


def _people(seed: int, pose: Pose, flaw: str | None) -> Iterator[tuple[int, Pose]]:
    changed = {
        "turned": Pose(pose.yaw + 20, pose.roll, pose.size, pose.across, pose.down),
        "roll": Pose(pose.yaw, pose.roll + 14, pose.size, pose.across, pose.down),
        "far": Pose(pose.yaw, pose.roll, pose.size * 0.6, pose.across, pose.down),
        "near": Pose(pose.yaw, pose.roll, pose.size * 1.5, pose.across, pose.down),
        "off_centre": Pose(pose.yaw, pose.roll, pose.size, pose.across + 0.22, pose.down),
        "two_faces": Pose(pose.yaw, pose.roll, pose.size * 0.7, pose.across - 0.2, pose.down),
    }
    if flaw == "two_faces":
        yield seed + 7919, Pose(-pose.yaw, -pose.roll, 0.62, 0.24, 0.03)
    if flaw != "no_face":
        yield seed, changed.get(flaw or "", pose)


@lru_cache(maxsize=4)
def _backdrop(colour: tuple[int, int, int], size: tuple[int, int]) -> Image:
    """Draw a plain cloth, a little darker towards its corners."""
    width, height = size
    x, y = (
        np.linspace(-1, 1, width, dtype=np.float32)[None, :],
        np.linspace(-1, 1, height, dtype=np.float32)[:, None],
    )
    lit = light(*colour) * (1.03 - 0.08 * (x * x + (y + 0.2) ** 2))[..., None]
    return _film(np.asarray(lit, np.float32))


@lru_cache(maxsize=6)
def _drawn(seed: int, look: Look) -> tuple[Image, Image]:
    """Draw the person (RGBA, premultiplied) and the relief for turning; both SCALE pixels a millimetre."""
    board, lit, alpha, relief = _bare(seed)
    lit = lit.copy()
    for draw, amount, area in ((eyes, look.lids, EYES), (mouth, look.gap, MOUTH)):
        left, right, top, bottom = area
        part = board.window(left - MARGIN, right + MARGIN, top - MARGIN, bottom + MARGIN).copied()
        draw(part, person(seed), amount)
        inner, outer = part.span(*area), board.span(*area)
        shown = _lit(part)[inner[1], inner[0]]
        lit[outer[1], outer[0]][: shown.shape[0], : shown.shape[1]] = shown
    film = _film(lit).astype(np.float32) * alpha[..., None]
    return np.asarray(np.dstack([film, 255 * alpha]), np.uint8), relief


@lru_cache(maxsize=2)
def _bare(seed: int) -> tuple[Canvas, Map, Map, Image]:
    """Draw the person without eyes and mouth: material maps, lit colours, cover, and the relief as bytes."""
    who = person(seed)
    board = Canvas(SCALE)
    back_hair(board, who)
    body(board, who)
    skull = head(board, who)
    hair(board, who, skull)
    if who.scarf:
        scarf(board, who)
    relief = board.blur(board.relief * np.clip(board.blur(np.maximum(skull, 0.6 * board.cover), 8), 0, 1), 7)
    return board, _lit(board), np.clip(board.cover, 0, 1), np.asarray(np.clip(relief * 2, 0, 255), np.uint8)


def _lit(board: Canvas) -> Map:
    """Key light from the upper left, soft fill, skin that lets red light through, gloss and hollows."""
    fine, wide = _slopes(board, 0.45), _slopes(board, 2.2)
    key = np.array([-0.45, -0.55, 1.0]) / np.sqrt(0.45**2 + 0.55**2 + 1)
    sharp, soft = _towards(fine, key), _towards(wide, key)
    fill = np.clip(_towards(fine, np.array([0.24, 0.14, 0.96])), 0, 1)
    hollow = (
        np.clip(1 - 0.055 * np.clip(board.blur(board.relief, 7) - board.relief, 0, 9), 0.45, 1) * board.shade
    )
    lit = np.empty_like(board.colour)
    for channel, (wrap, mix) in enumerate(((0.30, 0.75), (0.16, 0.35), (0.10, 0.15))):
        mixed = np.float32(mix) * board.skin
        around = 0.05 + np.float32(wrap - 0.05) * board.skin
        direct = np.clip((sharp + (soft - sharp) * mixed + around) / (1 + around), 0, 1)
        ambient = (0.2 + 0.34 * fill) * hollow
        lit[..., channel] = board.colour[..., channel] * (0.8 * direct * (0.5 + 0.5 * hollow) + ambient)
    half = key + np.array([0, 0, 1])
    shine = np.clip(_towards(fine, half / np.linalg.norm(half)), 0, 1)
    shine4 = shine**4
    lit += (board.gloss * (0.16 * shine4**3 * shine**2 + 0.22 * shine4**15) + board.glint)[..., None]
    return lit


def _slopes(board: Canvas, millimetres: float) -> tuple[Map, Map]:
    relief = board.blur(board.relief, millimetres)
    x = np.asarray(cv2.Sobel(relief, cv2.CV_32F, 1, 0, scale=board.scale / 8), np.float32)
    y = np.asarray(cv2.Sobel(relief, cv2.CV_32F, 0, 1, scale=board.scale / 8), np.float32)
    gentle = 1 / np.maximum(1, np.sqrt(x * x + y * y) / 3.2)
    return np.asarray(-x * gentle, np.float32), np.asarray(-y * gentle, np.float32)


def _towards(slopes: tuple[Map, Map], direction: npt.NDArray[np.float64]) -> Map:
    x, y = slopes
    along = x * np.float32(direction[0]) + y * np.float32(direction[1]) + np.float32(direction[2])
    return np.asarray(along / np.sqrt(x * x + y * y + 1), np.float32)


def _film(linear: Map) -> Image:
    """Linear light to sRGB bytes, with a soft shoulder."""
    table = np.arange(4096, dtype=np.float32) / 2048
    table = np.where(table > 0.7, 0.7 + 0.3 * (1 - np.exp(-(table - 0.7) / 0.3)), table) ** (1 / 2.2)
    return np.asarray((255 * table).astype(np.uint8)[np.clip(linear * 2048, 0, 4095).astype(np.uint16)])


def _place(picture: Image, drawn: tuple[Image, Image], pose: Pose) -> None:
    """Lay the person into the picture, turned and moved."""
    height, width = picture.shape[:2]
    zoom = HEAD_SHARE * height / HEAD * pose.size / SCALE
    turn = cv2.getRotationMatrix2D(((0 - LEFT) * SCALE, (60 - TOP) * SCALE), -pose.roll, zoom)
    middle = turn @ np.array([(0 - LEFT) * SCALE, (0 - TOP) * SCALE, 1])
    turn[:, 2] += (width * (0.5 + pose.across) - middle[0], height * (0.47 + pose.down) - middle[1])
    layer = drawn[0] if abs(pose.yaw) < 0.2 else _turned(*drawn, pose.yaw)
    moved = cv2.warpAffine(
        layer, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    behind = cv2.multiply(picture, cv2.merge([255 - moved[..., 3]] * 3), scale=1 / 255)
    picture[:] = cv2.add(behind, moved[..., :3])


def _turned(layer: Image, relief: Image, yaw: float) -> Image:
    """Near parts move further when the head turns."""
    x, y = grid(int(WIDE * SCALE), int(HIGH * SCALE))
    push = np.float32(0.5 * SCALE * np.sin(np.radians(yaw)))
    depth = relief.astype(np.float32)
    for _ in range(3):  # where each place came from: found by coming closer step by step
        depth = 0.5 * (depth + warped(relief.astype(np.float32), x - push * depth, y))
    moved = cv2.remap(layer, x - push * depth, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def _grained(picture: Image, rng: np.random.Generator) -> Image:
    """Add the sensor's noise and a little sharpening, as cameras do."""
    height, width = picture.shape[:2]
    grain = resized(noise(rng, (height // 4 + 1, width // 4 + 1), 1.2), width // 4 + 1, height // 4 + 1)
    whole = np.tile(grain, (4, 4))[:height, :width] * np.float32(2.0)
    return np.asarray(cv2.add(picture, cv2.merge([whole] * 3), dtype=cv2.CV_8U), np.uint8)
