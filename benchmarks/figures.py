"""One measured figure beside its baseline from the same run, and the table and JSON they are shown in."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """name and unit of what was measured, middle and 95th percentile, the same of the baseline, and the aim in words.

    holds: whether the aim was met; None where there is none.
    """

    name: str
    unit: str
    p50: float
    p95: float
    baseline: str
    baseline_p50: float
    aim: str = ""
    holds: bool | None = None

    @property
    def ratio(self) -> float:
        """How many times the baseline."""
        return self.p50 / self.baseline_p50 if self.baseline_p50 else 0.0

    def told(self) -> dict[str, object]:
        """Return the figure for JSON."""
        return {**asdict(self), "ratio": round(self.ratio, 2)}


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds the work took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def middle(samples: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(samples)


def high(samples: Sequence[float]) -> float:
    """Return the 95th percentile."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as aligned text."""
    head = f"{'what':<46} {'p50':>10} {'p95':>10} {'unit':<5} {'baseline':<38} {'p50':>10} {'times':>6}  aim"
    return "\n".join([head, "-" * len(head), *(_row(figure) for figure in figures)]) + "\n"


def _row(figure: Figure) -> str:
    mark = {True: "held: ", False: "MISSED: ", None: ""}[figure.holds]
    return (
        f"{figure.name:<46} {figure.p50:>10.3f} {figure.p95:>10.3f} {figure.unit:<5} {figure.baseline:<38} "
        f"{figure.baseline_p50:>10.3f} {figure.ratio:>6.2f}  {mark}{figure.aim}"
    )
