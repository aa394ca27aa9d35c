"""The captures of a visit as lines of the resident's card."""

from collections.abc import Iterator

from kiosk.domain.captures import CaptureKind
from kiosk.domain.requests import captures_required
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.capture_state import CaptureState, state_of
from kiosk.ui.visit.part_words import TABS
from kiosk.ui.visit.resident_card import Check


def recordings(words: Words, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
    """Return heading, lines and advice: how far every capture of the visit is."""
    wanted = captures_required(view.service)
    lines = [line for kind, line in _lines(words, view) if kind in wanted]
    advice = ""
    if view.exceptions and not view.supervisor_sign_off:
        advice = words.say("Exceptions need the supervisor's sign-off, now or at the review.")
    elif _has_passed_warning(view):
        advice = words.say("A warning with its reason does not stop the recording.")
    return words.say("Recording"), tuple(lines), advice


def _lines(words: Words, view: VisitView) -> Iterator[tuple[CaptureKind, Check]]:
    yield CaptureKind.PORTRAIT, _portrait(words, view, state_of(view, CaptureKind.PORTRAIT))
    signed = state_of(view, CaptureKind.SIGNATURE)
    yield CaptureKind.SIGNATURE, Check(words.say("Signature"), _standing(signed))
    fingers = [state_of(view, kind) for kind in TABS]
    if all(state.kept is None and not state.exempt for state in fingers):
        yield CaptureKind.LEFT_FOUR, Check(words.say("Fingerprints"), State.PENDING)
    else:
        yield from ((state.kind, _slap(words, state)) for state in fingers)
    yield CaptureKind.IRISES, _irises(words, state_of(view, CaptureKind.IRISES))


def _standing(state: CaptureState) -> State:
    if state.exempt and not state.parts:
        return State.ABSENT
    if state.kept is None:
        return State.PENDING
    return State.GOOD if state.done else State.CARE


def _portrait(words: Words, view: VisitView, state: CaptureState) -> Check:
    if state.kept is None:
        return Check(words.say("Photo"), State.PENDING)
    if state.errors:
        return Check(words.say("Photo, take again"), State.CARE)
    if view.portrait_approved:
        return Check(words.say("Photo, approved by the resident"), _standing(state))
    return Check(words.say("Photo, attempt {number}", number=state.kept.attempts), State.GOOD)


def _slap(words: Words, state: CaptureState) -> Check:
    name = {
        CaptureKind.LEFT_FOUR: words.say("Left fingerprints"),
        CaptureKind.RIGHT_FOUR: words.say("Right fingerprints"),
        CaptureKind.THUMBS: words.say("Thumbs"),
    }[state.kind]
    return _counted(words, name, state)


def _irises(words: Words, state: CaptureState) -> Check:
    return _counted(words, words.say("Irises"), state)


def _counted(words: Words, name: str, state: CaptureState) -> Check:
    all_parts, good = len(state.parts), len(state.good_parts)
    if not all_parts:
        return Check(words.say("{capture}, left out", capture=name), State.ABSENT)
    if state.kept is None:
        return Check(name, State.PENDING)
    if good < all_parts:
        told = words.say("{capture}, {good} of {all}", capture=name, good=good, all=all_parts)
    elif state.kind is CaptureKind.IRISES:
        told = words.count("{capture}, {count} eye", "{capture}, {count} eyes", good, capture=name)
    else:
        told = words.count("{capture}, {count} finger", "{capture}, {count} fingers", good, capture=name)
    return Check(told, _standing(state))


def _has_passed_warning(view: VisitView) -> bool:
    return any(found.code in view.reasons for capture in view.captures.values() for found in capture.findings)
