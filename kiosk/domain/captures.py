"""What is captured of a resident: fingers, eyes, portrait, signature, and what each capture carries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.findings import Finding


class Finger(StrEnum):
    """The ten fingers; `position` is the code of ANSI/NIST-ITL 1-2011, table 8."""

    RIGHT_THUMB = "right_thumb"
    RIGHT_INDEX = "right_index"
    RIGHT_MIDDLE = "right_middle"
    RIGHT_RING = "right_ring"
    RIGHT_LITTLE = "right_little"
    LEFT_THUMB = "left_thumb"
    LEFT_INDEX = "left_index"
    LEFT_MIDDLE = "left_middle"
    LEFT_RING = "left_ring"
    LEFT_LITTLE = "left_little"

    @property
    def position(self) -> int:
        """1 (right thumb) to 10 (left little finger)."""
        return list(Finger).index(self) + 1


class Eye(StrEnum):
    """The two eyes; `position` is the code of ANSI/NIST-ITL 1-2011, field 17.003."""

    RIGHT = "right_eye"
    LEFT = "left_eye"

    @property
    def position(self) -> int:
        """1 for the right eye, 2 for the left."""
        return 1 if self is Eye.RIGHT else 2


class CaptureKind(StrEnum):
    """One step at one device."""

    PORTRAIT = "portrait"
    SIGNATURE = "signature"
    RIGHT_FOUR = "right_four"
    LEFT_FOUR = "left_four"
    THUMBS = "thumbs"
    IRISES = "irises"
    DOCUMENT = "document"
    STATEMENT = "statement"  # the resident's signature under "these data are right"


RIGHT_FOUR = (Finger.RIGHT_INDEX, Finger.RIGHT_MIDDLE, Finger.RIGHT_RING, Finger.RIGHT_LITTLE)
LEFT_FOUR = (Finger.LEFT_INDEX, Finger.LEFT_MIDDLE, Finger.LEFT_RING, Finger.LEFT_LITTLE)
THUMBS = (Finger.LEFT_THUMB, Finger.RIGHT_THUMB)

FINGERS_OF: dict[CaptureKind, tuple[Finger, ...]] = {
    CaptureKind.RIGHT_FOUR: RIGHT_FOUR,
    CaptureKind.LEFT_FOUR: LEFT_FOUR,
    CaptureKind.THUMBS: THUMBS,
}
EYES = (Eye.RIGHT, Eye.LEFT)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured property of a part; the name says what, and in which unit (`sharpness`, `ridge_contrast`)."""

    part: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class CapturePart:
    """One encoded image or record of a capture.

    part: a `Finger`, an `Eye`, or the capture's own kind for the whole picture.
    media: `image/x-wsq`, `image/jpeg`, `image/jp2`, `image/png` or `application/json` (strokes).
    width, height: pixels; ppi: pixels an inch, 0 where the device does not know.
    """

    part: str
    media: str
    content: bytes
    width: int
    height: int
    ppi: int = 0


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """Which device made a capture."""

    driver: str
    make: str
    model: str
    serial: str
    firmware: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """The best attempt of one step: its parts, what was measured and found, and how often it was tried."""

    kind: CaptureKind
    parts: tuple[CapturePart, ...]
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    attempts: int
    device: DeviceIdentity
    taken_at: datetime
    signed: bytes | None = None
