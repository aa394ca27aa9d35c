"""What is settled at a review and in which order, read from the visit; and what was recorded, for the card."""

from enum import Enum, auto

from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind
from kiosk.domain.exceptions import exempt_parts
from kiosk.domain.requests import captures_required
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.services.steps import Step
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.shell import STAGE_WORDS

_SLAPS = tuple(FINGERS_OF)


class Matter(Enum):
    """One thing to settle, in the order of the work."""

    EXCEPTIONS = auto()
    CHECK = auto()
    STATEMENT = auto()
    SIGN_OFF = auto()


Told = tuple[State, str]


def matters_of(words: Words, view: VisitView, *, check_skipped: bool) -> dict[Matter, Told]:
    """Return what this visit has to settle, each with its state and the words beside it."""
    matters = {}
    if view.exceptions:
        matters[Matter.EXCEPTIONS] = _exceptions(words, view)
    if any(kind in view.captures for kind in _SLAPS):
        matters[Matter.CHECK] = _check(words, view, skipped=check_skipped)
    if CaptureKind.STATEMENT in captures_required(view.service):
        matters[Matter.STATEMENT] = _statement(words, view)
    signed = bool(view.officer_sign_off)
    told = words.say("Signed") if signed else words.say("Not signed yet")
    matters[Matter.SIGN_OFF] = (State.GOOD if signed else State.PENDING, told)
    return matters


def next_matter(view: VisitView, *, check_skipped: bool) -> Matter:
    """Return the first that is not settled; the sign-off when all are."""
    lacks = {finding.field for state in view.stages if state.stage is Stage.REVIEW for finding in state.lacks}
    if view.exceptions and not view.supervisor_sign_off:
        return Matter.EXCEPTIONS
    can_check = any(kind in view.captures for kind in _SLAPS)
    if can_check and view.verified is None and not check_skipped and not view.officer_sign_off:
        return Matter.CHECK
    if CaptureKind.STATEMENT in captures_required(view.service) and _statement_lacks(view, lacks):
        return Matter.STATEMENT
    return Matter.SIGN_OFF


def why_not(words: Words, view: VisitView) -> str:
    """Return what keeps the visit from the officer's sign-off; empty when nothing does."""
    before = [state for state in view.stages if not state.done and state.stage is not Stage.REVIEW]
    if before:
        return words.finding(before[0].lacks[0])
    matter = next_matter(view, check_skipped=True)
    if matter is Matter.EXCEPTIONS:
        return words.say("The supervisor has not agreed yet")
    return words.say("The resident's signature is missing") if matter is Matter.STATEMENT else ""


def recorded(words: Words, view: VisitView) -> tuple[Check, ...]:
    """Return one line a step of the visit: what was recorded, or that it is still open."""
    return tuple(
        Check(_line(words, view, state.stage), State.GOOD if state.done else State.CARE)
        for state in view.stages
        if state.stage not in (Stage.SERVICE, Stage.REVIEW)
    )


def _line(words: Words, view: VisitView, stage: Stage) -> str:
    name = words.say(STAGE_WORDS[stage])
    exempt = exempt_parts(view.exceptions)
    if stage is Stage.BIODATA and view.reasons:
        count = len(view.reasons)
        return f"{name}, {words.count('{count} reason noted', '{count} reasons noted', count)}"
    parts = {
        Stage.FINGERS: tuple(finger for slap in _SLAPS for finger in FINGERS_OF[slap]),
        Stage.IRISES: EYES,
    }.get(stage, ())
    left_out = sum(part in exempt for part in parts)
    if left_out:
        told = words.count("{count} exception", "{count} exceptions", left_out)
        return f"{name}: {len(parts) - left_out}, {told}"
    return name


def _exceptions(words: Words, view: VisitView) -> Told:
    if view.supervisor_sign_off:
        return State.GOOD, words.count("{count} agreed to", "{count} agreed to", len(view.exceptions))
    return State.CARE, words.say("Not agreed to yet")


def _check(words: Words, view: VisitView, *, skipped: bool) -> Told:
    if view.verified is None:
        return State.PENDING, words.say("Gone on without") if skipped else words.say("Not done yet")
    return (State.CARE, words.say("Look at it")) if view.verified else (State.GOOD, words.say("Agrees"))


def _statement(words: Words, view: VisitView) -> Told:
    if CaptureKind.STATEMENT.value in exempt_parts(view.exceptions):
        return State.ABSENT, words.say("Cannot sign")
    capture = view.captures.get(CaptureKind.STATEMENT)
    if capture is None:
        return State.PENDING, words.say("Not signed yet")
    if capture.findings:
        return State.CARE, words.say("Sign again")
    return State.GOOD, words.say("Signed {time}", time=words.time(capture.taken_at))


def _statement_lacks(view: VisitView, lacks: set[str | None]) -> bool:
    if CaptureKind.STATEMENT.value in exempt_parts(view.exceptions):
        return False
    capture = view.captures.get(CaptureKind.STATEMENT)
    return capture is None or Step.STATEMENT.value in lacks
