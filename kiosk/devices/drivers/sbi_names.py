"""How the biometric interface names fingers and eyes, and the numbers of what lies on a plate in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.devices.api import Eye, Finger, Slap


@dataclass(frozen=True, slots=True)
class Modality:
    """A kind of device: its name in our sentences, its type and its unfit sub-type in the interface's words."""

    name: str
    type: str
    unfit: str = ""


FINGERPRINT = Modality("fingerprint scanner", "Finger", "single")
IRIS = Modality("iris camera", "Iris")
FACE = Modality("camera", "Face")

_KNOWN_AS = {
    "thumb": "Thumb", "index": "IndexFinger", "middle": "MiddleFinger", "ring": "RingFinger", "little": "LittleFinger",
}  # fmt: skip


def finger_name(finger: Finger) -> str:
    """Return the interface's name of a finger, as `Left IndexFinger`."""
    side, _, which = finger.value.partition("_")
    return f"{side.capitalize()} {_KNOWN_AS[which]}"


EYE_NAMES: Mapping[Eye, str] = {Eye.RIGHT: "Right", Eye.LEFT: "Left"}

# What lies on the plate from left to right: a left hand has its little finger at the left.
ON_PLATE: Mapping[Slap, tuple[Finger, ...]] = {
    Slap.RIGHT_FOUR: (Finger.RIGHT_INDEX, Finger.RIGHT_MIDDLE, Finger.RIGHT_RING, Finger.RIGHT_LITTLE),
    Slap.LEFT_FOUR: (Finger.LEFT_LITTLE, Finger.LEFT_RING, Finger.LEFT_MIDDLE, Finger.LEFT_INDEX),
    Slap.THUMBS: (Finger.LEFT_THUMB, Finger.RIGHT_THUMB),
}
LEFT, RIGHT, BOTH, WHOLE = "1", "2", "3", "0"  # deviceSubId
SLAP_IDS: Mapping[Slap, str] = {Slap.LEFT_FOUR: LEFT, Slap.RIGHT_FOUR: RIGHT, Slap.THUMBS: BOTH}


def eyes_id(eyes: tuple[Eye, ...]) -> str:
    """Return the deviceSubId that captures these eyes."""
    if len(set(eyes)) > 1:
        return BOTH
    return LEFT if Eye.LEFT in eyes else RIGHT
