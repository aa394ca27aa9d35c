"""What simulated devices behind a biometric service see: drawn fingers, eyes and faces, each cut and in its record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import numpy as np

from kiosk.devices.api import Eye, Finger, Image, Slap
from kiosk.devices.sim import face, irises, sbi_records, slaps
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.ridges import HEIGHT, WIDTH
from kiosk.devices.sim.sbi_records import Coded, Taken
from kiosk.devices.sim.stage import Play, flaw, stream

PORTRAIT, PORTRAIT_SIZE = "portrait", (720, 960)  # width, height
OTHER = {Slap.RIGHT_FOUR: Slap.LEFT_FOUR, Slap.LEFT_FOUR: Slap.RIGHT_FOUR, Slap.THUMBS: Slap.RIGHT_FOUR}
SLAPS = {"1": Slap.LEFT_FOUR, "2": Slap.RIGHT_FOUR, "3": Slap.THUMBS}
EYES = {"1": (Eye.LEFT,), "2": (Eye.RIGHT,), "3": (Eye.LEFT, Eye.RIGHT)}
_KNOWN_AS = {
    "thumb": "Thumb", "index": "IndexFinger", "middle": "MiddleFinger", "ring": "RingFinger", "little": "LittleFinger",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """One part: its sub-type in the interface's words, its record, and the device's own quality, 0-100."""

    sub_type: str
    record: bytes = field(repr=False)
    quality: int


@dataclass(frozen=True, slots=True)
class Glance:
    """One capture: what lies there by its deviceSubId, which parts are not to be taken, how it is played, and when."""

    sub_id: str
    exceptions: frozenset[str]
    play: Play
    at: datetime


def finger_name(finger: Finger) -> str:
    """Return a finger as the interface calls it."""
    side, _, which = finger.value.partition("_")
    return f"{side.capitalize()} {_KNOWN_AS[which]}"


def fingers_seen(glance: Glance) -> tuple[Seen, ...]:
    """Draw what is laid on the plate and cut it into fingers; which is which is told by their order alone."""
    play, asked = glance.play, SLAPS[glance.sub_id]
    wrong = flaw(play, asked, slaps.FLAWS)
    lacking = play.scene.missing | {one for one in Finger if finger_name(one) in glance.exceptions}
    expected = [finger for finger in _left_to_right(asked) if finger not in lacking]
    seen = []
    for finger, piece in zip(expected, _pieces(play, asked, lacking, wrong), strict=False):
        taken = Taken(glance.at, _quality(play, finger, wrong))  # another hand may have other fingers
        seen.append(Seen(finger_name(finger), sbi_records.finger(piece, finger, taken), taken.quality))
    return tuple(seen)


def eyes_seen(glance: Glance) -> tuple[Seen, ...]:
    """Draw the eyes; where the person has none, a closed lid."""
    return tuple(_eye(eye, glance) for eye in EYES[glance.sub_id])


def face_seen(glance: Glance) -> tuple[Seen, ...]:
    """Draw the portrait."""
    play = glance.play
    wrong = flaw(play, PORTRAIT, face.FLAWS)
    taken = Taken(glance.at, _quality(play, PORTRAIT, wrong))
    return (Seen("", sbi_records.face(_portrait(play, wrong), taken), taken.quality),)


SEEN: Mapping[str, Callable[[Glance], tuple[Seen, ...]]] = {
    "Finger": fingers_seen,
    "Iris": eyes_seen,
    "Face": face_seen,
}


def _eye(eye: Eye, glance: Glance) -> Seen:
    play = glance.play
    wrong = "closed" if eye in play.scene.missing else flaw(play, eye, irises.FLAWS)
    taken = Taken(glance.at, _quality(play, eye, wrong))
    record = sbi_records.iris(_iris(play, eye, wrong), eye, taken)
    return Seen(eye.partition("_")[0].capitalize(), record, taken.quality)


# A capture that was refused is no attempt: the next one sees the same, which is not drawn again.
@lru_cache(maxsize=4)
def _pieces(play: Play, asked: Slap, lacking: frozenset[str], wrong: str | None) -> tuple[Coded, ...]:
    laid = OTHER[asked] if wrong == "wrong_hand" else asked
    person = play.scene.person + (wrong == "wrong_person")
    plate = slaps.slap(person, laid, lacking, attempt=play.attempt, flaw=wrong)
    places = slaps.touches(person, laid, lacking, attempt=play.attempt, flaw=wrong)
    cut = (_piece(plate, place, places) for place in places)
    return tuple(Coded.of(marked(piece, play.scene.marker)) for piece in cut)


@lru_cache(maxsize=4)
def _iris(play: Play, eye: Eye, wrong: str | None) -> Coded:
    person = play.scene.person + (wrong == "wrong_person")
    return Coded.of(marked(irises.iris(person, eye, attempt=play.attempt, flaw=wrong), play.scene.marker))


@lru_cache(maxsize=2)
def _portrait(play: Play, wrong: str | None) -> Coded:
    scene = play.scene
    picture = face.portrait(scene.person, scene.birth_year, PORTRAIT_SIZE, attempt=play.attempt, flaw=wrong)
    return Coded.of(marked(picture, scene.marker))


def _left_to_right(laid: Slap) -> tuple[Finger, ...]:
    return tuple(reversed(slaps.FINGERS[laid])) if laid is Slap.LEFT_FOUR else slaps.FINGERS[laid]


def _quality(play: Play, part: str, wrong: str | None) -> int:
    rng = stream("device quality", play.scene.person, part, play.attempt)
    return int(rng.integers(55, 88)) if wrong in (None, "wrong_person") else int(rng.integers(8, 32))


def _piece(plate: Image, place: slaps.Touch, places: list[slaps.Touch]) -> Image:
    """Cut one finger out; what is nearer to another one becomes clean plate."""
    wide, high = 0.74 * HEIGHT * place.size, 1.02 * HEIGHT * place.size
    left, right = max(0, int(place.x - wide)), min(plate.shape[1], int(place.x + wide))
    top, bottom = max(0, int(place.y - high)), min(plate.shape[0], int(place.y + high))
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    own = _far(place, x, y)
    others = [_far(other, x, y) < own for other in places if other is not place]
    piece = plate[top:bottom, left:right].copy()
    if others:
        piece[np.any(others, axis=0)] = int(np.percentile(plate, 80))
    return piece


def _far(place: slaps.Touch, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far a point lies from a finger's middle, in its own lengths and widths."""
    cos, sin = np.cos(place.angle), np.sin(place.angle)
    across = (cos * (x - place.x) + sin * (y - place.y)) / (WIDTH * place.size)
    along = (cos * (y - place.y) - sin * (x - place.x)) / (HEIGHT * place.size)
    return np.asarray(across * across + along * along)
