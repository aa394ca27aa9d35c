"""What one finger's print is worth: numbers that tell noise, blur, weak, dry and wet prints from good ones."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.resolution import MM
from kiosk.domain.captures import Finger, Measure
from kiosk.domain.findings import Finding

Map = npt.NDArray[np.float32]

WINDOW = 7  # pixels (sigma) over which ridges are weighed: about two ridges each way
RIM = 25  # pixels left out at the border, where skin only just touches

# tests/biometrics/test_prints.py measures where the limits lie; good prints are on the far side of each by far.
NO_RIDGES = 0.30  # coherence; pure noise has 0.15, the driest print 0.37
UNCLEAR = 0.62
NOISY = 0.22  # share of energy finer than ridges
LEAST_SPAN = 80.0  # grey levels between plate and ridges
BLURRED = 0.53  # ridge contrast as a share of the span
DRY = 0.37  # share of the area that is dark
WET_DARK = 0.62
WET_LEVEL = 0.46  # mean darkness as a share of the plate's brightness
LEAST_AREA = {
    Finger.RIGHT_THUMB: 260.0,
    Finger.LEFT_THUMB: 260.0,
    Finger.RIGHT_LITTLE: 130.0,
    Finger.LEFT_LITTLE: 130.0,
}
LEAST_AREA_OTHERS = 180.0  # mm2


@dataclass(frozen=True, slots=True)
class PrintQuality:
    """Measured properties of one print.

    coherence: how much ridges run one way, 0..1, middle over the print.  fine: share of energy finer than ridges.
    contrast: grey levels from valley to ridge.  span: grey levels from the plate to the darkest ridges.
    dark: share of the area darker than halfway.  darkness: mean darkness, 0..1 of the plate's brightness.  area: mm2.
    """

    coherence: float
    fine: float
    contrast: float
    span: float
    dark: float
    darkness: float
    area: float

    @property
    def crispness(self) -> float:
        """The contrast as a share of what ink and plate allow."""
        return self.contrast / max(self.span, 1.0)

    def measures(self, part: str) -> tuple[Measure, ...]:
        """Return the numbers under the names they are kept by."""
        named = (
            ("ridge_coherence", self.coherence),
            ("fine_noise", self.fine),
            ("ridge_contrast", self.contrast),
            ("grey_span", self.span),
            ("dark_share", self.dark),
            ("darkness", self.darkness),
            ("crispness", self.crispness),
            ("area_mm2", self.area),
        )
        return tuple(Measure(part, name, round(value, 3)) for name, value in named)


def measure_print(image: Image, mask: Image) -> PrintQuality:
    """Measure one upright finger at 500 ppi; `mask` is 255 where the finger lies."""
    inside = _inside(mask)
    level = image.astype(np.float32)
    smooth = np.asarray(cv2.GaussianBlur(level, (0, 0), 1), np.float32)
    fine, ridge = _weighed(level - smooth), _weighed(smooth - cv2.GaussianBlur(level, (0, 0), 4))
    plate = float(np.percentile(image[mask == 0], 90)) if (mask == 0).any() else 255.0
    ink = float(np.percentile(image[inside], 3))
    values = level[inside]
    return PrintQuality(
        coherence=float(np.median(coherence(smooth)[inside])),
        fine=float(np.median((fine / (fine + ridge + 1e-3))[inside])),
        contrast=float(2 * np.sqrt(2 * np.median(ridge[inside]))),
        span=plate - ink,
        dark=float((values < (plate + ink) / 2).mean()),
        darkness=(plate - float(values.mean())) / max(plate, 1.0),
        area=float((mask > 0).sum()) * MM * MM,
    )


def _inside(mask: Image) -> npt.NDArray[np.bool_]:
    inside = cv2.erode(mask, np.ones((RIM, RIM), np.uint8)) > 0
    return inside if inside.sum() > 500 else mask > 0


def _weighed(detail: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(detail * detail, (0, 0), WINDOW), np.float32)


def coherence(
    level: Map,
) -> Map:
    """How much the slopes around each pixel lie on one line, 0..1 (Bazen and Gerez 2002, from the structure tensor)."""
    across = np.asarray(cv2.Sobel(level, cv2.CV_32F, 1, 0), np.float32)
    down = np.asarray(cv2.Sobel(level, cv2.CV_32F, 0, 1), np.float32)
    xx, yy = _weighed(across), _weighed(down)
    xy = cv2.GaussianBlur(across * down, (0, 0), WINDOW)
    return np.asarray(np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (xx + yy + 1e-3), np.float32)


def judge_print(finger: Finger, quality: PrintQuality) -> tuple[Finding, ...]:
    """Return what is wrong with one print; a print without ridges gets no second reason."""
    part = finger.value
    least = LEAST_AREA.get(finger, LEAST_AREA_OTHERS)
    small: tuple[Finding, ...] = ()
    if quality.area < least:
        small = (Finding.error("finger.too_small", part, area=f"{quality.area:.0f}", least=f"{least:.0f}"),)
    code = _weakness(quality)
    return small if code is None else (*small, Finding.error(code, part))


def _weakness(quality: PrintQuality) -> str | None:
    """Name what spoils the print most; the order matters, since a print without ridges is also blurred and so on."""
    weaknesses = (
        ("finger.no_ridges", quality.coherence < NO_RIDGES),
        ("finger.low_contrast", quality.span < LEAST_SPAN),
        ("finger.noisy", quality.fine > NOISY),
        ("finger.dry", quality.dark < DRY),
        ("finger.wet", quality.dark > WET_DARK and quality.darkness > WET_LEVEL),
        ("finger.blurred", quality.crispness < BLURRED),
        ("finger.unclear", quality.coherence < UNCLEAR),
    )
    return next((code for code, holds in weaknesses if holds), None)
