"""How one finger or eye stands, as hands, eyes and pictures mark it: colour, shape and number together."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.pictures import quality_of
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.capture_state import CaptureState
from kiosk.ui.visit.part_words import FULL_NAME, absent_word


@dataclass(frozen=True, slots=True)
class PartMark:
    """State and worth of a part; quality: None while it was not measured.  word: why it is left out."""

    state: State = State.PENDING
    quality: int | None = None
    word: str = ""


def marks_of(
    words: Words, view: VisitView, state: CaptureState, parts: tuple[str, ...]
) -> dict[str, PartMark]:
    """Return the marks of the parts of one capture."""
    left_out = {exception.part: absent_word(words, exception.reason) for exception in view.exceptions}
    return {
        part: PartMark(State.ABSENT, word=left_out[part]) if part in left_out else _measured(state, part)
        for part in parts
    }


def _measured(state: CaptureState, part: str) -> PartMark:
    kept = state.kept
    if kept is None:
        return PartMark()
    quality = quality_of(kept.findings, kept.measures, part)
    if quality is None:
        return PartMark()
    return PartMark(State.GOOD if part in state.good_parts else State.BROKEN, quality)


def mark_told(words: Words, part: str, mark: PartMark) -> str:
    """Return a mark as a sentence for readers: `Jari manis kanan: 28, belum cukup`."""
    name = words.say(FULL_NAME[part])
    if mark.state is State.ABSENT:
        return f"{name}: {mark.word}"
    if mark.quality is None:
        return words.say("{part}: not taken yet", part=name)
    if mark.state is State.GOOD:
        return words.say("{part}: {quality}, enough", part=name, quality=mark.quality)
    return words.say("{part}: {quality}, not enough yet", part=name, quality=mark.quality)


def marks_told(words: Words, marks: Mapping[str, PartMark]) -> str:
    """Return all marks as one description."""
    return "; ".join(mark_told(words, part, mark) for part, mark in marks.items())


def worst_of(state: CaptureState) -> Finding | None:
    """Return what was found of the poorest finger or eye; None where none is poor."""
    kept, parts = state.kept, frozenset(state.parts)
    poor = [found for found in state.errors if found.field in parts]
    if kept is None or not poor:
        return None
    return min(poor, key=lambda found: quality_of(kept.findings, kept.measures, found.field or "") or 0)
