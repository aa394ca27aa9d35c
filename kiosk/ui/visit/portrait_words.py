"""The checks of a portrait in the words of the screen: what is checked, and at the right what came out."""

from kiosk.domain.labels import BACKGROUND
from kiosk.domain.requests import Background
from kiosk.domain.words import Words, msg
from kiosk.services.preview import Check, CheckCode, CheckState
from kiosk.ui.kit.badges import State

STATES: dict[CheckState, State] = {
    CheckState.PASSED: State.GOOD,
    CheckState.WARN: State.CARE,
    CheckState.FAIL: State.BROKEN,
    CheckState.OPEN: State.PENDING,
}
TITLES: dict[CheckCode, str] = {
    CheckCode.ONE_FACE: msg("One face, the whole head is seen"),
    CheckCode.EYES_OPEN: msg("Eyes open, seen clearly"),
    CheckCode.STRAIGHT: msg("Facing straight ahead"),
    CheckCode.IN_FRAME: msg("Face inside the frame"),
    CheckCode.EVEN_LIGHT: msg("Even light"),
    CheckCode.SHARP: msg("Sharp, not blurred"),
}
_PASSED: dict[CheckCode, str] = {
    CheckCode.ONE_FACE: msg("1 face"),
    CheckCode.EYES_OPEN: msg("good"),
    CheckCode.STRAIGHT: msg("tilted {degrees}°"),
    CheckCode.IN_FRAME: msg("fits"),
    CheckCode.EVEN_LIGHT: msg("even"),
    CheckCode.SHARP: msg("enough"),
}
_FOUND: dict[str, str] = {
    "portrait.no_face": msg("no face"),
    "portrait.several_faces": msg("{count} faces"),
    "portrait.eyes_closed": msg("eyes closed"),
    "portrait.tilted": msg("tilted {degrees}°"),
    "portrait.turned": msg("turned aside"),
    "portrait.not_in_frame": msg("outside the frame"),
    "portrait.too_far": msg("too far away"),
    "portrait.coarse": msg("a little far away"),
    "portrait.too_dark": msg("too dark"),
    "portrait.too_bright": msg("too bright"),
    "portrait.light_from_one_side": msg("one side {share} % darker"),
    "portrait.blurred": msg("blurred"),
    "portrait.background_uneven": msg("not plain"),
    "portrait.background_not_red": msg("not red"),
    "portrait.background_not_blue": msg("not blue"),
}
_COLOURS = {"red": msg("red"), "blue": msg("blue"), "other": msg("another colour")}


def title_of(words: Words, code: CheckCode, wanted: Background | None) -> str:
    """Return what is checked."""
    if code is CheckCode.BACKGROUND:
        return words.say("{background}, plain", background=background_named(words, wanted))
    return words.say(TITLES[code])


def background_named(words: Words, background: Background | None) -> str:
    """Return the name of a background; of any where the birth date is not known."""
    return words.say("Background") if background is None else words.say(BACKGROUND[background])


def outcome_of(words: Words, check: Check) -> str:
    """Return what came out of a check, in a few words."""
    if check.state is CheckState.OPEN:
        return ""
    values = dict(check.values)
    if check.findings:
        return words.say(_FOUND.get(check.findings[0].code, ""), **(values | dict(check.findings[0].values)))
    if check.code is CheckCode.BACKGROUND:
        return words.say(_COLOURS.get(values.get("colour", ""), ""))
    return words.say(_PASSED[check.code], **values)


def good_of_all(words: Words, checks: tuple[Check, ...]) -> str:
    """Return what came out of a portrait: what failed first, else how many checks are good."""
    failed = [check for check in checks if check.state is CheckState.FAIL]
    if failed:
        return outcome_of(words, failed[0])
    good = sum(check.state is CheckState.PASSED for check in checks)
    return words.say("{good} of {all} good", good=good, all=len(checks))
