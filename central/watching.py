"""Watching for packets to judge; what cannot be judged yet is opened again when something changed, or now and then."""

from datetime import datetime

from central.judging import Judge

LOOK_AGAIN = 60.0  # seconds; a file may have been restored meanwhile


class Watch:
    """Judges what arrives; remembers what it could not judge, so that it is neither opened nor told of all the time."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._stuck: tuple[str, ...] = ()
        self._looked = 0.0

    def look(self, now: datetime, seconds: float) -> int:
        """Judge what there is and return how many were decided; seconds: of a clock that only goes forward."""
        waiting = self._judge.waiting_ids()
        if not waiting or (waiting == self._stuck and seconds - self._looked < LOOK_AGAIN):
            return 0
        decided = self._judge.judge_waiting(now)
        self._stuck = () if decided else waiting
        self._looked = seconds
        return decided
