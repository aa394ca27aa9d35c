"""What is seen of a device that is tried: values for the screen, none of which is kept anywhere."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from kiosk.biometrics.iris import judge_iris
from kiosk.biometrics.resolution import at_500
from kiosk.biometrics.showing import fitted
from kiosk.biometrics.slap import judge_slap
from kiosk.biometrics.usable import UnusableCaptureError
from kiosk.devices.api import (
    ONE_BY_ONE,
    Card,
    Frame,
    Image,
    Pictures,
    Printed,
    PrinterStatus,
    Stroke,
    WrongAnswerError,
)
from kiosk.domain.captures import FINGERS_OF, CaptureKind, Eye
from kiosk.services.judging import JudgedAttempt
from kiosk.services.pictures import EyeView, Raster, Size, SlapView, eye_shown, raster_of, slap_shown
from kiosk.services.selftest_devices import sharpness_of

PICTURE: Size = (800, 600)
FIGURES_EVERY = 0.25  # seconds: nobody reads faster, and a sharp picture takes some milliseconds to measure
COUNTED = 1.0  # seconds over which pictures are counted
SHOWN_OF_CODE = 4
_WHITE = 255.0

Line = tuple[tuple[float, float], ...]
"""Places of a pen in millimetres, from pen down to pen up."""


@dataclass(frozen=True, slots=True)
class Began:
    """The device is there; identity: make, model and serial number as it tells them."""

    identity: str


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """One picture of the camera: pictures a second, sharpness (`sharpness_of`), light in per cent of white."""

    raster: Raster
    rate: float
    sharpness: float
    light: float


@dataclass(frozen=True, slots=True)
class FingersAsked:
    """Which fingers are to be laid down."""

    kind: CaptureKind


@dataclass(frozen=True, slots=True)
class PlateSeen:
    """A plate with its fingers, each worth 0 to 100."""

    kind: CaptureKind
    slap: SlapView


@dataclass(frozen=True, slots=True)
class EyesSeen:
    """Both eyes, each worth 0 to 100."""

    eyes: tuple[EyeView, ...]


@dataclass(frozen=True, slots=True)
class StrokesSeen:
    """What was drawn so far in a field of that size, in millimetres; rate: points a second while the pen was down."""

    lines: tuple[Line, ...]
    size: tuple[float, float]
    rate: float


class CardState(StrEnum):
    """What became of a card."""

    THERE = "there"
    GONE = "gone"
    PULLED = "pulled"


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card that came or went; its answer to reset and its number in hexadecimal, empty where it went."""

    state: CardState
    atr: str = field(default="", repr=False)
    uid: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A code that was read: its last signs, and how many it has."""

    end: str = field(repr=False)
    length: int


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page that was scanned, small; width and height of the whole one in pixels."""

    raster: Raster
    size: Size


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """How a printer stands."""

    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class PrintedSeen:
    """What a printer says became of its test page."""

    printed: Printed


Seen = (
    Began
    | CameraSeen
    | FingersAsked
    | PlateSeen
    | EyesSeen
    | StrokesSeen
    | CardSeen
    | CodeSeen
    | PageSeen
    | PaperSeen
    | PrintedSeen
)


class CameraMeter:
    """Turns the pictures of a stream into what is shown of them."""

    def __init__(self) -> None:
        self._came: deque[float] = deque()
        self._measured_at = float("-inf")
        self._sharpness = self._light = 0.0

    def seen(self, frame: Frame) -> CameraSeen:
        """Return a picture with its figures; raises `WrongAnswerError` for one that is none."""
        if frame.image.ndim not in (2, 3) or not frame.image.size:
            raise WrongAnswerError("The device gave a picture that is none; unplug it and plug it in again.")
        self._came.append(frame.at)
        while frame.at - self._came[0] > COUNTED:
            self._came.popleft()
        if frame.at - self._measured_at >= FIGURES_EVERY:
            self._measured_at = frame.at
            self._sharpness, self._light = sharpness_of(frame.image), light_of(frame.image)
        image, _ = fitted(frame.image, PICTURE)
        return CameraSeen(raster_of(image), self._rate(), self._sharpness, self._light)

    def _rate(self) -> float:
        seconds = self._came[-1] - self._came[0]
        return (len(self._came) - 1) / seconds if seconds > 0 else 0.0


def light_of(image: Image) -> float:
    """Return how bright a picture is on the whole, in per cent of white."""
    return float(np.mean(image[::4, ::4])) / _WHITE * 100


def plate_seen(pictures: Pictures, kind: CaptureKind) -> PlateSeen:
    """Return a plate judged finger by finger; raises `WrongAnswerError` for what is no plate."""
    plate = _picture(pictures, kind.value)
    try:
        found = judge_slap(plate, FINGERS_OF[kind], ppi=pictures.ppi, one_by_one=ONE_BY_ONE in pictures.notes)
    except UnusableCaptureError as error:
        raise WrongAnswerError(f"The device gave a picture that is none: {error}") from error
    judgements = (found, *(finger.judgement for finger in found.fingers))
    judged = JudgedAttempt(
        parts=(),
        measures=tuple(measure for judgement in judgements for measure in judgement.measures),
        findings=tuple(finding for judgement in judgements for finding in judgement.findings),
    )
    return PlateSeen(kind, slap_shown(at_500(plate, pictures.ppi), kind, judged, most=PICTURE))


def eyes_seen(pictures: Pictures) -> EyesSeen:
    """Return each eye judged by itself; raises `WrongAnswerError` for what is none."""
    try:
        return EyesSeen(tuple(_eye_seen(image, Eye(name)) for name, image in pictures.images))
    except (UnusableCaptureError, ValueError) as error:
        raise WrongAnswerError(f"The device gave a picture that is none: {error}") from error


def strokes_seen(strokes: tuple[Stroke, ...], size: tuple[float, float]) -> StrokesSeen:
    """Return what was drawn so far."""
    points = sum(map(len, strokes))
    seconds = sum(stroke[-1].at - stroke[0].at for stroke in strokes if stroke)
    lines = tuple(tuple((point.x, point.y) for point in stroke) for stroke in strokes if stroke)
    return StrokesSeen(lines, size, points / seconds if seconds > 0 else 0.0)


def card_seen(card: Card | None) -> CardSeen:
    """Return the card in the field, or that there is none."""
    if card is None:
        return CardSeen(CardState.GONE)
    return CardSeen(CardState.THERE, _spaced(card.atr), _spaced(card.uid))


def code_seen(text: str) -> CodeSeen:
    """Return a code of which only the end is shown; nothing of one that is no longer than that end."""
    return CodeSeen(text[-SHOWN_OF_CODE:] if len(text) > SHOWN_OF_CODE else "", len(text))


def page_seen(pictures: Pictures) -> PageSeen:
    """Return a page small enough for the screen."""
    page = _picture(pictures, "page")
    height, width = page.shape[:2]
    return PageSeen(raster_of(fitted(page, PICTURE)[0]), (width, height))


def _picture(pictures: Pictures, part: str) -> Image:
    found = dict(pictures.images).get(part)
    if found is None or not found.size:
        raise WrongAnswerError("The device gave another picture than it was asked for; try again.")
    return found


def _eye_seen(image: Image, eye: Eye) -> EyeView:
    found = judge_iris(image, eye)
    return eye_shown(image, eye, JudgedAttempt((), found.measures, found.findings), most=PICTURE)


def _spaced(content: bytes) -> str:
    return content.hex(" ").upper()
