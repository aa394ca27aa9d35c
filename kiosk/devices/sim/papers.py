"""Papers of people who do not exist, as a scanner sees them: a family on a sheet that says it is an example."""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.devices.api import Image
from kiosk.devices.sim.raster import blur
from kiosk.devices.sim.stage import stream

FAULTS = ("skewed", "upside_down", "blank", "dark", "blurred", "half")
FLAWS = ("skewed", "dark")  # what may be wrong with a first attempt
PAPER = (210, 297)  # millimetres
MILLIMETRES_AN_INCH = 25.4
WHITE, INK, RULE, STAMP = (246, 245, 240), (34, 34, 42), (120, 122, 130), (58, 66, 150)
LETTER_HEIGHT = 21  # pixels of a capital letter of the font at scale 1
MEN = ("ADI", "CAHYO", "EKO", "GALIH", "INDRA", "JOKO")
WOMEN = ("BUNGA", "DEWI", "FITRI", "HESTI", "KARTIKA", "LESTARI")
LAST = ("PRADANA", "SAPUTRO", "WULANDARI", "NUGRAHA", "ANGGRAINI", "SETYAWAN", "UTAMI", "HIDAYAT")
FAMILY = (("KEPALA KELUARGA", MEN, 1974), ("ISTRI", WOMEN, 1977), ("ANAK", MEN, 2002), ("ANAK", WOMEN, 2007))
COLUMNS = (
    (12, "NO"),
    (22, "NAMA"),
    (82, "NIK"),
    (128, "LAHIR"),
    (158, "HUBUNGAN"),
)  # millimetres from the left
ROWS = (92, 11)  # millimetres: the first row, and how far it is to the next


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes on a sheet in millimetres."""

    sheet: Image
    ppi: int

    def write(self, at: tuple[float, float], text: str, *, height: float = 2.4, bold: bool = False) -> None:
        scale = height / MILLIMETRES_AN_INCH * self.ppi / LETTER_HEIGHT
        thick = max(1, round(scale * (2.4 if bold else 1.4)))
        cv2.putText(
            self.sheet, text, self._place(at), cv2.FONT_HERSHEY_SIMPLEX, scale, INK, thick, cv2.LINE_AA
        )

    def rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        cv2.line(self.sheet, self._place(start), self._place(end), RULE, max(1, self.ppi // 150), cv2.LINE_AA)

    def ring(self, centre: tuple[float, float], radius: float) -> None:
        across, thick = round(radius / MILLIMETRES_AN_INCH * self.ppi), max(1, self.ppi // 75)
        cv2.circle(self.sheet, self._place(centre), across, STAMP, thick, cv2.LINE_AA)

    def _place(self, at: tuple[float, float]) -> tuple[int, int]:
        return round(at[0] / MILLIMETRES_AN_INCH * self.ppi), round(at[1] / MILLIMETRES_AN_INCH * self.ppi)


def page(person: int, ppi: int, *, attempt: int = 0, flaw: str | None = None) -> Image:
    """Return what lies on the glass, RGB, A4 at so many pixels an inch; no two attempts lie quite alike."""
    sheet = _blank(ppi)
    if flaw != "blank":
        _write_family(_Pen(sheet, ppi), person)
    return _seen(_laid(sheet, stream("laid", person, attempt), flaw), flaw)


def _blank(ppi: int) -> Image:
    width, height = (round(side / MILLIMETRES_AN_INCH * ppi) for side in PAPER)
    return np.full((height, width, 3), WHITE, np.uint8)


def _write_family(pen: _Pen, person: int) -> None:
    rng = stream("family", person)
    pen.write((70, 24), "KARTU KELUARGA", height=5, bold=True)
    pen.write((74, 33), f"No. {_number(rng)}", height=3)
    pen.write((12, 50), f"Alamat         : JL. CONTOH NO. {rng.integers(1, 99)}")
    pen.write((12, 57), f"RT/RW          : {rng.integers(1, 9):03d}/{rng.integers(1, 9):03d}")
    pen.write((12, 64), "Desa/Kelurahan : CONTOH")
    _write_table(pen, rng)
    pen.write((58, 170), "CONTOH - BUKAN DOKUMEN RESMI", height=3.2, bold=True)
    pen.write((140, 200), "Pejabat Pencatatan Sipil")
    pen.ring((158, 220), 14)


def _write_table(pen: _Pen, rng: np.random.Generator) -> None:
    first, step = ROWS
    last = str(rng.choice(LAST))
    for left, name in COLUMNS:
        pen.write((left, first - step), name, bold=True)
    for row, (tie, names, year) in enumerate(FAMILY):
        called = names[2 * int(rng.integers(0, 3)) + row // 2]  # no child is called as its parent
        line = (str(row + 1), f"{called} {last}", _number(rng), _birth_date(rng, year), tie)
        for (left, _), text in zip(COLUMNS, line, strict=True):
            pen.write((left, first + row * step), text)
        pen.rule((10, first + row * step + 4), (200, first + row * step + 4))


def _number(rng: np.random.Generator) -> str:
    """Return sixteen digits of a region that does not exist."""
    return "9999" + "".join(map(str, rng.integers(0, 10, 12)))


def _birth_date(rng: np.random.Generator, year: int) -> str:
    return f"{rng.integers(1, 29):02d}-{rng.integers(1, 13):02d}-{year + rng.integers(0, 4)}"


def _laid(sheet: Image, rng: np.random.Generator, flaw: str | None) -> Image:
    """Turn and shift the sheet as a hand lays it; beside it is the lid."""
    height, width = sheet.shape[:2]
    angle = float(rng.uniform(6, 9) if flaw == "skewed" else rng.uniform(-0.5, 0.5))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += rng.uniform(-0.004, 0.004, 2) * width
    if flaw == "half":
        turn[1, 2] -= height / 2
    laid = cv2.warpAffine(sheet, turn, (width, height), borderValue=(225, 225, 225))
    return np.asarray(laid[::-1, ::-1] if flaw == "upside_down" else laid, np.uint8)


def _seen(laid: Image, flaw: str | None) -> Image:
    if flaw == "dark":
        return np.asarray(laid * 0.35, np.uint8)
    if flaw == "blurred":
        return np.asarray(blur(laid.astype(np.float32), laid.shape[1] / 200), np.uint8)
    return np.ascontiguousarray(laid)
