"""The figures beside what is seen of a device: a line each, with how that is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.devices.api import Trouble
from kiosk.domain.labels import EYE
from kiosk.domain.words import Words, msg
from kiosk.services.pictures import ACCEPTED, EyeView
from kiosk.services.selftest_devices import LEAST_RATE, LEAST_SHARPNESS
from kiosk.services.trying_seen import (
    CameraSeen,
    CardSeen,
    CardState,
    CodeSeen,
    EyesSeen,
    PageSeen,
    PaperSeen,
    PlateSeen,
    Seen,
    StrokesSeen,
)
from kiosk.ui.kit.badges import State
from kiosk.ui.pages.device_live_words import code_told
from kiosk.ui.visit.part_words import FULL_NAME, ON_PLATE

DARKEST, BRIGHTEST = 20.0, 85.0  # per cent of white beyond which nobody would take a portrait
LEAST_POINTS = 40.0  # a second; with fewer the lines of a signature get corners
TROUBLES: dict[Trouble, str] = {
    Trouble.PAPER_OUT: msg("Out of paper"),
    Trouble.PAPER_LOW: msg("Paper nearly out"),
    Trouble.COVER_OPEN: msg("Cover open"),
    Trouble.PAPER_JAM: msg("Paper jam"),
    Trouble.SUPPLY_OUT: msg("Toner is out"),
    Trouble.SUPPLY_LOW: msg("Toner nearly out"),
    Trouble.OFFLINE: msg("Switched off line"),
    Trouble.PAUSED: msg("Paused"),
    Trouble.OTHER: msg("Stands still"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line at the side: what it is, what came out, and how that is."""

    name: str
    told: str
    state: State = State.GOOD


def figures_of(words: Words, seen: Seen | None) -> tuple[Figure, ...]:
    """Return the lines at the side; none of what has no figures."""
    told = _FIGURES.get(type(seen))
    return () if told is None else told(words, seen)


def _camera(words: Words, seen: CameraSeen) -> tuple[Figure, ...]:
    number = words.number(round(seen.rate))
    light = f"{words.number(round(seen.light))} %"
    dark, bright = seen.light < DARKEST, seen.light > BRIGHTEST
    if dark or bright:
        light = f"{light}, {words.say('too dark') if dark else words.say('too bright')}"
    sharp = seen.sharpness >= LEAST_SHARPNESS
    told = words.decimal(seen.sharpness, 1)
    return (
        Figure(words.say("Pictures a second"), number, _good(seen.rate >= LEAST_RATE)),
        Figure(words.say("Sharpness"), told if sharp else f"{told}, {words.say('blurred')}", _good(sharp)),
        Figure(words.say("Light"), light, _good(not (dark or bright))),
    )


def _plate(words: Words, seen: PlateSeen) -> tuple[Figure, ...]:
    found = {finger.finger: finger for finger in seen.slap.fingers}
    lines = []
    for finger in ON_PLATE[seen.kind]:
        name = words.say(FULL_NAME[finger])
        if finger in found:
            quality = found[finger].quality
            lines.append(Figure(name, str(quality), _good(quality >= ACCEPTED)))
        else:
            lines.append(Figure(name, words.say("not seen"), State.ABSENT))
    return tuple(lines)


def _eyes(words: Words, seen: EyesSeen) -> tuple[Figure, ...]:
    return tuple(_eye(words, eye) for eye in seen.eyes)


def _eye(words: Words, eye: EyeView) -> Figure:
    return Figure(words.say(EYE[eye.eye]), str(eye.quality), _good(eye.quality >= ACCEPTED))


def _strokes(words: Words, seen: StrokesSeen) -> tuple[Figure, ...]:
    points = sum(map(len, seen.lines))
    return (
        Figure(words.say("Lines"), words.number(len(seen.lines))),
        Figure(words.say("Points"), words.number(points)),
        Figure(
            words.say("Points a second"), words.number(round(seen.rate)), _good(seen.rate >= LEAST_POINTS)
        ),
    )


def _card(words: Words, seen: CardSeen) -> tuple[Figure, ...]:
    if seen.state is not CardState.THERE:
        return ()
    return Figure(words.say("Number (UID)"), seen.uid or "–"), Figure(words.say("Answer (ATR)"), seen.atr)


def _code(words: Words, seen: CodeSeen) -> tuple[Figure, ...]:
    return (
        Figure(words.say("Code"), code_told(seen)),
        Figure(words.say("Signs"), words.number(seen.length)),
    )


def _page(words: Words, seen: PageSeen) -> tuple[Figure, ...]:
    width, height = seen.size
    return (Figure(words.say("Pixels"), f"{width} × {height}"),)


def _printer(words: Words, seen: PaperSeen) -> tuple[Figure, ...]:
    status = seen.status
    if not status.told:
        return (Figure(words.say("Paper and cover"), words.say("it does not say"), State.PENDING),)
    troubles = [
        Figure(words.say(TROUBLES[one]), "", State.BROKEN if one in status.stops else State.CARE)
        for one in sorted(status.troubles)
    ]
    fine = [] if troubles else [Figure(words.say("Paper and cover"), words.say("in order"))]
    supplies = [Figure(supply.name, f"{supply.level} %") for supply in status.supplies if supply.level >= 0]
    return (*troubles, *fine, *supplies)


def _good(is_good: bool) -> State:
    return State.GOOD if is_good else State.CARE


_FIGURES: Mapping[type, Callable[[Words, Any], tuple[Figure, ...]]] = {
    CameraSeen: _camera,
    PlateSeen: _plate,
    EyesSeen: _eyes,
    StrokesSeen: _strokes,
    CardSeen: _card,
    CodeSeen: _code,
    PageSeen: _page,
    PaperSeen: _printer,
}
