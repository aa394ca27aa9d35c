"""How the technician's page shows a part: its icon, its state, and the time of its test."""

from kiosk.devices.api import Kind
from kiosk.domain.selftest import DEVICES, Outcome, Part, Problem, SelfTest, Verdict
from kiosk.domain.words import Words
from kiosk.ui.kit.badges import State
from kiosk.ui.lamps import ICONS
from kiosk.ui.pages.devices_state import DevicesState

PART_ICONS: dict[Part, str] = {
    **{part: ICONS[Kind(part.value)] for part in DEVICES},
    Part.CLOCK: "clock",
    Part.DISK: "hard-drives",
    Part.DATABASE: "database",
    Part.KEYS: "key",
    Part.LINK: "cloud",
}
_STATES: dict[Verdict, State] = {
    Verdict.GOOD: State.GOOD,
    Verdict.CARE: State.CARE,
    Verdict.BROKEN: State.BROKEN,
    Verdict.DUE: State.GOOD,
    Verdict.ABSENT: State.ABSENT,
}
STAGE_STATES: dict[Outcome, State] = {
    Outcome.REACHED: State.GOOD,
    Outcome.FAILED: State.BROKEN,
    Outcome.NOT_REACHED: State.ABSENT,
    Outcome.DUE: State.PENDING,
}


def state_of(test: SelfTest | None) -> State:
    """Return how a part stands by its last test; a line that is cut off is no broken part, work goes on."""
    if test is None:
        return State.PENDING
    if test.problem is Problem.LINK_DOWN:
        return State.OFFLINE
    return _STATES[test.verdict]


def tested_at(words: Words, state: DevicesState, test: SelfTest | None) -> str:
    """Return the time of a test of today, the day of an earlier one."""
    if test is None:
        return ""
    at = state.here(test.at)
    return words.time(at) if at.date() == state.now.date() else f"{at:%d-%m}"
