"""What the counter tells the centre of itself: its parts, what waits, its disk; nothing of any resident."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.selftest import DEVICES, Part, PartView, Problem, SelfTest, Verdict
from kiosk.services.counter import Counter
from kiosk.services.kit import DeviceState, KitState, RecordingKit
from kiosk.services.selftest import look_at_parts, problem_of
from kiosk.services.standing import Standing, standing
from kiosk.wire.messages import Heartbeat, Offered, PartTold


@dataclass(frozen=True, slots=True)
class HeartbeatTeller:
    """Tells how a counter stands; software: name and version.

    A device is told of by its newest self-test, and where it was used since by what that use showed.
    """

    counter: Counter
    kit: RecordingKit
    software: str

    def __call__(self, serial: int) -> Heartbeat | None:
        """Return the heartbeat of that serial; None before the kiosk joined a centre."""
        known = standing(self.counter)
        if not known.kiosk_id:
            return None
        return Heartbeat(
            kiosk_id=known.kiosk_id,
            serial=serial,
            software=self.software,
            parts=self._parts(),
            backlog_count=known.waiting,
            backlog_bytes=known.waiting_bytes,
            backlog_oldest=known.oldest_waiting,
            disk_free=known.disk_free_bytes,
            services=_offered(known),
        )

    def _parts(self) -> tuple[PartTold, ...]:
        states = {Part(state.kind.value): state for state in self.kit.states()}
        now = self.counter.clock().wall
        told = (_told(view, states.get(view.part), now) for view in look_at_parts(self.counter))
        return tuple(part for part in told if part is not None)


def _told(view: PartView, state: DeviceState | None, now: datetime) -> PartTold | None:
    verdict, problem = _judged(view.last, state if view.part in DEVICES else None)
    if verdict is None:
        return None
    is_tested = view.last is not None and view.last.verdict is verdict
    return PartTold(
        part=view.part.value,
        verdict=verdict.value,
        problem=problem.value,
        since=_since(view, verdict) if is_tested else now,
    )


def _judged(last: SelfTest | None, state: DeviceState | None) -> tuple[Verdict | None, Problem]:
    if state is not None and state.state is KitState.FAILED and state.error is not None:
        return Verdict.BROKEN, problem_of(state.error)
    if last is None:
        return None, Problem.NONE
    if last.verdict is Verdict.BROKEN and state is not None and state.state is KitState.READY:
        return Verdict.GOOD, Problem.NONE
    return last.verdict, last.problem


def _since(view: PartView, verdict: Verdict) -> datetime:
    """Return when the first of the newest tests in a row that said the same was made."""
    assert view.last is not None
    first = view.last.at
    for test in reversed(view.history):
        if test.verdict is not verdict:
            break
        first = test.at
    return first


def _offered(known: Standing) -> tuple[Offered, ...]:
    return (Offered.BIODATA,) if known.disk_gate else (Offered.RECORDING, Offered.BIODATA)
