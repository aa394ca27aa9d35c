"""What a single-finger module sees of fingers that do not exist: the middle of one print, 256 x 288 grey pixels."""

import cv2
import numpy as np

from kiosk.devices.api import Finger, Image, Slap
from kiosk.devices.sim import slaps
from kiosk.devices.sim.stage import Play, flaw

SIZE = (256, 288)  # width, height at 500 ppi
FLAWS = ("dry", "smudged", "low_contrast")  # what a first attempt may suffer from
FAULTS = (*FLAWS, "wet", "wrong_finger", "wrong_person")
SLAP_OF = {finger: laid for laid in Slap for finger in slaps.FINGERS[laid]}


def seen(play: Play, finger: Finger) -> Image:
    """Return what the sensor sees of the finger, or of another one where that is the fault."""
    wrong = flaw(play, finger, FLAWS)
    laid = _neighbour(finger) if wrong == "wrong_finger" else finger
    return single(play.scene.person + (wrong == "wrong_person"), laid, attempt=play.attempt, flaw=wrong)


def single(seed: int, finger: Finger, *, attempt: int = 0, flaw: str | None = None) -> Image:
    """Return the middle of one finger, cut out of a plate it lies on alone."""
    others = frozenset(slaps.FINGERS[SLAP_OF[finger]]) - {finger}
    plate = slaps.slap(seed, SLAP_OF[finger], others, attempt=attempt, flaw=flaw)
    x, y = _middle(plate)
    left = int(np.clip(x - SIZE[0] // 2, 0, plate.shape[1] - SIZE[0]))
    top = int(np.clip(y - SIZE[1] // 2, 0, plate.shape[0] - SIZE[1]))
    return plate[top : top + SIZE[1], left : left + SIZE[0]]


def _neighbour(finger: Finger) -> Finger:
    fingers = slaps.FINGERS[SLAP_OF[finger]]
    return fingers[fingers.index(finger) - 1]


def _middle(plate: Image) -> tuple[int, int]:
    """Return the middle x, y of where ridges are, also where there is little contrast."""
    quarter = cv2.resize(plate, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_NEAREST).astype(np.float32)
    fine = quarter - cv2.GaussianBlur(quarter, (0, 0), 4)
    strength = cv2.GaussianBlur(fine * fine, (0, 0), 6)
    y, x = np.nonzero(strength > 0.4 * strength.max())
    return int(x.mean() * 4), int(y.mean() * 4)
