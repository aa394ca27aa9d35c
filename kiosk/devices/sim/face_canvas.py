"""The drawing board of a face: millimetres from between the eyes, y down; material maps that are lit later."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from kiosk.devices.sim import raster
from kiosk.devices.sim.raster import Map, smooth

LEFT, TOP, WIDE, HIGH = -245.0, -165.0, 490.0, 400.0  # the whole board in mm


def light(red: float, green: float, blue: float) -> Map:
    """Return an sRGB colour (0..255) as linear light (0..1)."""
    return np.asarray((np.array([red, green, blue]) / 255) ** 2.2, np.float32)


def curve(at: Map, points: Sequence[tuple[float, float]]) -> Map:
    """Return a smooth function of `at` through the points."""
    places, values = np.array(points, float).T
    fine = np.linspace(places[0], places[-1], 400)
    return np.asarray(np.interp(at, fine, PchipInterpolator(places, values)(fine)), np.float32)


@dataclass(frozen=True, slots=True)
class Material:
    """What is laid on: colour (linear), relief in mm or None to keep what is there, gloss, and how much it is skin."""

    colour: Map
    relief: Map | None = None
    gloss: float = 0.0
    skin: float = 0.0


class Canvas:
    """Maps of one scale: colour, relief, cover, gloss, skin, own light; x is one row, y one column, in mm."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        width, height = int(WIDE * scale), int(HIGH * scale)
        self.x: Map = ((np.arange(width, dtype=np.float32) + 0.5) / scale + LEFT)[None, :].astype(np.float32)
        self.y: Map = ((np.arange(height, dtype=np.float32) + 0.5) / scale + TOP)[:, None].astype(np.float32)
        self.colour: Map = np.zeros((height, width, 3), np.float32)
        self.relief: Map = np.zeros((height, width), np.float32)
        self.cover: Map = np.zeros((height, width), np.float32)
        self.gloss: Map = np.zeros((height, width), np.float32)
        self.skin: Map = np.zeros((height, width), np.float32)
        self.shade: Map = np.ones((height, width), np.float32)
        self.glint: Map = np.zeros((height, width), np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.y.shape[0], self.x.shape[1]

    def window(self, left: float, right: float, top: float, bottom: float) -> "Canvas":
        """Return a part of the board; drawing in it draws on the whole."""
        columns, rows = self.span(left, right, top, bottom)
        part = object.__new__(Canvas)
        part.scale, part.x, part.y = self.scale, self.x[:, columns], self.y[rows]
        for name in ("colour", "relief", "cover", "gloss", "skin", "shade", "glint"):
            setattr(part, name, getattr(self, name)[rows, columns])
        return part

    def span(self, left: float, right: float, top: float, bottom: float) -> tuple[slice, slice]:
        """Return the columns and the rows between these millimetres."""
        first_x, first_y = float(self.x[0, 0]), float(self.y[0, 0])
        columns = slice(
            max(0, int((left - first_x) * self.scale)), max(1, int((right - first_x) * self.scale))
        )
        return columns, slice(
            max(0, int((top - first_y) * self.scale)), max(1, int((bottom - first_y) * self.scale))
        )

    def copied(self) -> "Canvas":
        """Return a board of its own with the same maps."""
        copy = object.__new__(Canvas)
        for name, value in vars(self).items():
            setattr(copy, name, value.copy() if isinstance(value, np.ndarray) else value)
        return copy

    def spot(self, x: float, y: float, wide: float, high: float) -> Map:
        """Return a soft spot of height 1 around a place."""
        across = np.exp(-0.5 * ((self.x - np.float32(x)) / np.float32(wide)) ** 2)
        return np.asarray(
            across * np.exp(-0.5 * ((self.y - np.float32(y)) / np.float32(high)) ** 2), np.float32
        )

    def blur(self, drawn: Map, millimetres: float) -> Map:
        """Return the map blurred by a spread in millimetres."""
        return raster.blur(drawn, millimetres * self.scale)

    def noise(self, rng: np.random.Generator, millimetres: float) -> Map:
        """Return smooth noise with spots of this size."""
        return raster.noise(rng, self.shape, max(1.0, millimetres * self.scale))

    def darken(self, cover: Map, share: float) -> None:
        """Take away a share of the colour, blue and green a little more than red."""
        self.colour *= 1 - (np.float32(share) * cover)[..., None] * np.array([0.85, 1, 1.05], np.float32)

    def lay(self, cover: Map, material: Material, *, solid: bool = True) -> None:
        """Lay a material over what is there; `cover` 0..1.  A solid one hides the background."""
        self.colour += (material.colour - self.colour) * cover[..., None]
        if material.relief is not None:
            self.relief += (material.relief - self.relief) * cover
        self.gloss += (np.float32(material.gloss) - self.gloss) * cover
        self.skin += (np.float32(material.skin) - self.skin) * cover
        if solid:
            np.maximum(self.cover, cover, out=self.cover)

    def strands(
        self, lines: npt.NDArray[np.float32], tones: npt.NDArray[np.float32], wide: float
    ) -> tuple[Map, Map]:
        """Draw hairs (count x points x 2, in mm); return how much they cover and how light each place is, 0..1."""
        cover, tone = np.zeros(self.shape, np.uint8), np.zeros(self.shape, np.uint8)
        first = (float(self.x[0, 0]), float(self.y[0, 0]))
        pixels = np.round((lines - first) * self.scale * 16).astype(np.int32)
        thick = max(1, round(wide * self.scale))
        for line, level in zip(pixels, np.clip(tones * 900, 1, 255).astype(int).tolist(), strict=True):
            cv2.polylines(
                tone, [line], isClosed=False, color=level, thickness=thick, lineType=cv2.LINE_AA, shift=4
            )
            cv2.polylines(
                cover, [line], isClosed=False, color=255, thickness=thick, lineType=cv2.LINE_AA, shift=4
            )
        thin = min(1.0, 0.4 + 0.6 * wide * self.scale)
        return cover.astype(np.float32) * np.float32(thin / 255), tone.astype(np.float32) / np.float32(900)

    def inside(self, half: Map, soft: float = 0.6) -> Map:
        """Return 1 where |x| is less than `half` (one value a row, mm), with a soft rim."""
        return smooth(soft, -soft, np.abs(self.x) - half) * (half > 0.5)
