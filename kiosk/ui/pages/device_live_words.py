"""The words of the page of a device that is tried live: what to do now, how it stands, what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.devices.api import Kind, Printed
from kiosk.domain.captures import CaptureKind
from kiosk.domain.words import Words, msg
from kiosk.services.trying import PRINTERS, WATCHED
from kiosk.services.trying_seen import (
    CardSeen,
    CardState,
    CodeSeen,
    FingersAsked,
    PaperSeen,
    PlateSeen,
    PrintedSeen,
)
from kiosk.ui.kit.badges import STATE_ICONS, State
from kiosk.ui.pages.device_live_state import LiveState, Phase

HIDDEN = "••••"

_DOES: dict[Kind, tuple[str, str]] = {
    Kind.CAMERA: (msg("Look into the camera."), msg("Sit, move, cover the lens: the figures follow.")),
    Kind.CARD_READER: (msg("Lay a card on the reader."), msg("Take it away and lay it there again.")),
    Kind.CODE_SCANNER: (msg("Hold a code before the scanner."), msg("Only its last four signs are shown.")),
    Kind.FINGERPRINT: (
        msg("Lay four fingers of the right hand on the plate."),
        msg("Press lightly, keep still."),
    ),
    Kind.IRIS: (msg("Look into the iris camera."), msg("Both eyes wide open, and keep still.")),
    Kind.SIGNATURE: (msg("Draw a line on the pad."), msg("Lift the pen when you have done.")),
    Kind.DOCUMENT_SCANNER: (msg("The page is being scanned."), msg("This takes some seconds.")),
    Kind.TICKET_PRINTER: (msg("A test ticket is being printed."), msg("Watch the printer.")),
    Kind.PAGE_PRINTER: (msg("A test page is being printed."), msg("Watch the printer.")),
}
_THUMBS = (msg("Lay both thumbs on the sensor, one after the other."), msg("The device says when."))
_ENDED = (msg("The trial has ended."), msg("Enter starts it again."))
_READY: dict[Kind, tuple[str, str]] = {
    Kind.DOCUMENT_SCANNER: (msg("Lay a paper on the glass."), msg("Enter scans it.")),
    Kind.TICKET_PRINTER: (msg("The printer is there."), msg("Enter prints a test ticket.")),
    Kind.PAGE_PRINTER: (msg("The printer is there."), msg("Enter prints a test page.")),
}
ACTS: dict[Kind, str] = {
    Kind.FINGERPRINT: msg("Take again"),
    Kind.IRIS: msg("Take again"),
    Kind.SIGNATURE: msg("Draw again"),
    Kind.DOCUMENT_SCANNER: msg("Scan a page"),
    Kind.TICKET_PRINTER: msg("Print a ticket"),
    Kind.PAGE_PRINTER: msg("Print a page"),
}
START = msg("Start")
_BADGES: dict[Phase, tuple[str, str, str]] = {
    Phase.WAITING: (msg("In use, waits"), "chosen", "hourglass-medium"),
    Phase.OPENING: (msg("Being opened"), "chosen", "hourglass-medium"),
    Phase.LIVE: (msg("Live"), "success", "video-camera-fill"),
    Phase.READY: (msg("Ready"), "success", "check-circle"),
    Phase.TAKING: (msg("Waits for you"), "chosen", "hand-palm"),
    Phase.DONE: (msg("Done"), "success", "check-circle"),
    Phase.ASKING: (msg("Printed?"), "chosen", "question"),
    Phase.AWAY: (msg("Not there"), "danger", "x-circle"),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person is told: head, rest, and the mood of the box."""

    head: str
    rest: str
    mood: str = "chosen"


def badge_of(words: Words, state: LiveState) -> tuple[str, str, str]:
    """Return words, mood and icon of the badge beside the title."""
    if state.phase in (Phase.DONE, Phase.READY) and hint_of(words, state).mood == "warning":
        return words.say("Not good"), "warning", "warning"
    text, mood, icon = _BADGES[state.phase]
    return words.say(text), mood, icon


def hint_of(words: Words, state: LiveState) -> Hint:
    """Return what to do now, or what went wrong."""
    if state.trouble and state.phase is not Phase.AWAY:
        return Hint(state.trouble, state.advice, "warning")
    return _HINTS.get(state.phase, _doing)(words, state)


def act_of(words: Words, state: LiveState) -> str:
    """Return what Enter does; empty while there is nothing to do."""
    if state.phase not in (Phase.READY, Phase.DONE):
        return ""
    if state.kind in WATCHED or (state.phase is Phase.READY and state.kind not in _READY):
        return words.say(START)
    return words.say(ACTS[state.kind])


def code_told(seen: CodeSeen) -> str:
    """Return a code as it may be shown: its end alone."""
    return f"{HIDDEN} {seen.end}".strip()


def event_told(words: Words, seen: CardSeen | CodeSeen) -> tuple[str, str]:
    """Return an event in words: what happened, and its details."""
    match seen:
        case CodeSeen():
            return words.say("Code read"), code_told(seen)
        case CardSeen(CardState.THERE, _, uid):
            return words.say("Card seen"), uid
        case CardSeen(CardState.PULLED):
            return words.say("Taken away too early"), ""
    return words.say("Card gone"), ""


def event_icon(seen: CardSeen | CodeSeen) -> str:
    """Return the icon of an event."""
    if isinstance(seen, CodeSeen) or seen.state is CardState.THERE:
        return STATE_ICONS[State.GOOD]
    return STATE_ICONS[State.CARE if seen.state is CardState.PULLED else State.ABSENT]


def _claimed(words: Words, state: LiveState) -> str:
    if isinstance(state.seen, PrintedSeen) and state.seen.printed is Printed.PRINTED:
        return words.say("The printer says that it has printed.")
    return words.say("The printer took it and cannot say more.")


def _done(words: Words, state: LiveState) -> Hint:
    say = words.say
    if state.came_out is False:
        return Hint(
            say("It did not come out well."),
            say("Look at paper, cover, cable and toner, then print again."),
            "warning",
        )
    if state.kind in PRINTERS:
        return Hint(say("The printer prints."), "", "success")
    findings = _plate_findings(words, state)
    if findings:
        return Hint(findings, say("Enter takes it again."), "warning")
    return Hint(say("This is what the device saw."), say("Enter takes it again."), "success")


def _plate_findings(words: Words, state: LiveState) -> str:
    if not isinstance(state.seen, PlateSeen):
        return ""
    return " ".join(words.finding(finding) for finding in state.seen.slap.findings)


def _away(words: Words, state: LiveState) -> Hint:
    found = words.say("It is looked for and goes on by itself.")
    return Hint(state.trouble, f"{state.advice} {found}".strip(), "danger")


def _waiting(words: Words, state: LiveState) -> Hint:
    say = words.say
    return Hint(
        say("The device is in use."), say("This begins as soon as it is free; no capture is disturbed.")
    )


def _opening(words: Words, state: LiveState) -> Hint:
    return Hint(words.say("The device is being opened."), "")


def _asking(words: Words, state: LiveState) -> Hint:
    return Hint(words.say("Did it come out whole and readable?"), _claimed(words, state))


def _ready(words: Words, state: LiveState) -> Hint:
    if isinstance(state.seen, PaperSeen) and state.seen.status.stops:
        return Hint(
            words.say("The printer stands still."), words.say("Mend it, then print to try it."), "warning"
        )
    head, rest = _READY.get(state.kind, _ENDED)
    return Hint(words.say(head), words.say(rest))


def _doing(words: Words, state: LiveState) -> Hint:
    thumbs = isinstance(state.seen, FingersAsked) and state.seen.kind is CaptureKind.THUMBS
    head, rest = _THUMBS if thumbs else _DOES[state.kind]
    return Hint(words.say(head), words.say(rest))


_HINTS: Mapping[Phase, Callable[[Words, LiveState], Hint]] = {
    Phase.AWAY: _away,
    Phase.WAITING: _waiting,
    Phase.OPENING: _opening,
    Phase.ASKING: _asking,
    Phase.READY: _ready,
    Phase.DONE: _done,
}
