"""What fingers and eyes are called where the hand is plain from the page, and what is said of their worth."""

from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.labels import EYE, FINGER, FINGER_SHORT, REASON
from kiosk.domain.words import Words, msg

NAME: dict[str, str] = {
    Finger.RIGHT_INDEX: msg("Index finger"),
    Finger.RIGHT_MIDDLE: msg("Middle finger"),
    Finger.RIGHT_RING: msg("Ring finger"),
    Finger.RIGHT_LITTLE: msg("Little finger"),
    Finger.LEFT_INDEX: msg("Index finger"),
    Finger.LEFT_MIDDLE: msg("Middle finger"),
    Finger.LEFT_RING: msg("Ring finger"),
    Finger.LEFT_LITTLE: msg("Little finger"),
    Finger.RIGHT_THUMB: FINGER[Finger.RIGHT_THUMB],
    Finger.LEFT_THUMB: FINGER[Finger.LEFT_THUMB],
    Eye.RIGHT: EYE[Eye.RIGHT],
    Eye.LEFT: EYE[Eye.LEFT],
}
SHORT: dict[str, str] = {
    **NAME,
    **{str(finger): label for finger, label in FINGER_SHORT.items() if not finger.value.endswith("thumb")},
}
FULL_NAME: dict[str, str] = {str(part): label for part, label in (*FINGER.items(), *EYE.items())}
TABS = (CaptureKind.LEFT_FOUR, CaptureKind.RIGHT_FOUR, CaptureKind.THUMBS)
# Left to right, as they lie on the plate and as the resident sees the own hands.
ON_PLATE: dict[CaptureKind, tuple[Finger, ...]] = {
    CaptureKind.LEFT_FOUR: (Finger.LEFT_LITTLE, Finger.LEFT_RING, Finger.LEFT_MIDDLE, Finger.LEFT_INDEX),
    CaptureKind.RIGHT_FOUR: (
        Finger.RIGHT_INDEX,
        Finger.RIGHT_MIDDLE,
        Finger.RIGHT_RING,
        Finger.RIGHT_LITTLE,
    ),
    CaptureKind.THUMBS: (Finger.LEFT_THUMB, Finger.RIGHT_THUMB),
}
REASON_ICONS = {
    ExceptionReason.MISSING: "hand-fist",
    ExceptionReason.BANDAGED: "first-aid",
    ExceptionReason.UNREADABLE: "x-circle",
    ExceptionReason.STIFF: "hand-palm",
    ExceptionReason.BLIND: "eye-slash",
}


def absent_word(words: Words, reason: ExceptionReason) -> str:
    """Return why a part is left out, in a word or two: `tidak ada`."""
    if reason is ExceptionReason.BANDAGED:
        return words.say("bandaged")
    if reason is ExceptionReason.STIFF:
        return words.say("stiff")
    if reason is ExceptionReason.UNREADABLE:
        return words.say("unreadable")
    return words.say("blind" if reason is ExceptionReason.BLIND else "not there")


def exception_told(words: Words, part: str, reason: ExceptionReason) -> str:
    """Return an exception as a list shows it: `Jari manis kanan: Luka atau diperban`."""
    return f"{words.say(FULL_NAME[part])}: {words.say(REASON[reason])}"
