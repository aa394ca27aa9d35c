"""The camera's live picture for the screen, judged a few times a second, so that the resident sits right beforehand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.biometrics.judgements import FaceFound, PortraitJudgement
from kiosk.biometrics.portrait import judge_portrait
from kiosk.biometrics.showing import filled
from kiosk.biometrics.usable import UnusableCaptureError
from kiosk.devices.api import Camera, Frame, Kind, TooLateError, WrongAnswerError
from kiosk.domain.findings import Finding, Severity
from kiosk.services.capturing import CaptureTools
from kiosk.services.checks import Check, CheckCode, CheckState, checks_from, checks_of
from kiosk.services.errors import KitError
from kiosk.services.pictures import Raster, Size, raster_of

__all__ = [
    "Check",
    "CheckCode",
    "CheckState",
    "FacePlace",
    "Preview",
    "PreviewFrame",
    "checks_of",
    "next_frame",
]

JUDGE_EVERY = 0.33  # seconds: a face is found and judged in 10 ms, and nobody reads faster
PATIENCE, SLICE = 5.0, 0.25  # seconds without a picture until the camera is given up; how soon a stop is seen
# How many pixels a still has is not known from the stream, so too few of them only warn here.
_OF_SIZE = frozenset({"portrait.too_far", "portrait.coarse"})

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FacePlace:
    """Where both eyes lie in the raster's pixels (x, y); left and right as seen in the picture."""

    left_eye: Point
    right_eye: Point


@dataclass(frozen=True, slots=True)
class PreviewFrame:
    """One picture of the stream.

    checks: None unless this picture was judged; then `face` is None where there is not exactly one.
    at: seconds of the monotonic clock when it came.
    """

    raster: Raster
    face: FacePlace | None
    checks: tuple[Check, ...] | None
    at: float


@dataclass(frozen=True, slots=True)
class Preview:
    """The live picture for a resident born in `birth_year`; `most`: the raster's width and height.

    Camera and face finder belong to the thread that runs it: take the portrait there too, once it has stopped.
    """

    tools: CaptureTools
    birth_year: int
    most: Size = (412, 550)

    def run(self, show: Callable[[PreviewFrame], None], stop: threading.Event) -> None:
        """Call `show` with picture after picture until `stop` is set; raises `KitError` or a `DeviceError`."""
        with self.tools.kit.lend(Kind.CAMERA) as device:
            if not isinstance(device, Camera):
                raise KitError("The device set up as the camera is none.")
            judged_at = float("-inf")
            while (frame := next_frame(device, stop)) is not None:
                is_due = frame.at - judged_at >= JUDGE_EVERY
                judged_at = frame.at if is_due else judged_at
                show(self._shown(frame, is_due=is_due))

    def _shown(self, frame: Frame, *, is_due: bool) -> PreviewFrame:
        judgement = self._judged(frame) if is_due else None
        image, seen = filled(frame.image, self.most)
        return PreviewFrame(
            raster=raster_of(image),
            face=_place(judgement.face, seen) if judgement and judgement.face else None,
            checks=_checks(judgement) if judgement else None,
            at=frame.at,
        )

    def _judged(self, frame: Frame) -> PortraitJudgement:
        try:
            return judge_portrait(frame.image, self.tools.finder, birth_year=self.birth_year)
        except UnusableCaptureError as error:
            raise WrongAnswerError(f"The device gave a picture that is none: {error}") from error


def next_frame(camera: Camera, stop: threading.Event) -> Frame | None:
    """Return the next picture; None once it is to stop.  A camera that stays silent raises `TooLateError`."""
    for _ in range(round(PATIENCE / SLICE) - 1):
        if stop.is_set():
            return None
        try:
            return camera.frame(timeout=SLICE)
        except TooLateError:
            continue
    return camera.frame(timeout=SLICE)


def _place(face: FaceFound, seen: tuple[float, float, float]) -> FacePlace:
    left, top, scale = seen
    eyes = (((x - left) * scale, (y - top) * scale) for x, y in (face.left_eye, face.right_eye))
    return FacePlace(*eyes)


def _checks(judgement: PortraitJudgement) -> tuple[Check, ...]:
    return checks_from(map(_softened, judgement.findings), judgement.measures)


def _softened(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARNING) if finding.code in _OF_SIZE else finding
