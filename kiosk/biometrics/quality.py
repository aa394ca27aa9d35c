"""One number for a finger or an eye, for people: 0 to 100, where 40 is exactly the limit of acceptance.

Every measure is set between the worst that is seen (0), its limit (40) and the best that is seen (100), and the part is
worth what its worst measure is.  What was found has the last word: an error keeps the number below 40, none keeps it
from falling below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.biometrics import iris, ridges
from kiosk.domain.captures import Eye, Finger, Measure
from kiosk.domain.findings import Finding, Severity

ACCEPTED = 40
BEST = 100


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the values of one measure lie; rising or falling."""

    name: str
    worst: float
    limit: float
    best: float

    def score(self, value: float) -> float:
        """Return the number for one value, in two straight lines that meet at the limit."""
        good = (value - self.limit) / (self.best - self.limit)
        if good >= 0:
            return ACCEPTED + (BEST - ACCEPTED) * min(good, 1.0)
        return ACCEPTED * max(0.0, 1.0 - (value - self.limit) / (self.worst - self.limit))


# In each row the better of the scales counts: a print is wet only where it is dark all over and dark in the mean.
_OF_FINGERS = (
    (_Scale("ridge_coherence", 0.15, ridges.UNCLEAR, 1.0),),
    (_Scale("fine_noise", 0.6, ridges.NOISY, 0.0),),
    (_Scale("grey_span", 0.0, ridges.LEAST_SPAN, 200.0),),
    (_Scale("crispness", 0.0, ridges.BLURRED, 0.8),),
    (_Scale("dark_share", 0.0, ridges.DRY, 0.6),),
    (_Scale("dark_share", 1.0, ridges.WET_DARK, 0.4), _Scale("darkness", 0.8, ridges.WET_LEVEL, 0.25)),
)
_OF_EYES = (
    (_Scale("light", 0.0, iris.DARKEST, 160.0),),
    (_Scale("iris_width", 60.0, iris.LEAST_WIDTH, 260.0),),
    (_Scale("pupil_share", 0.0, iris.PUPIL[0], 0.45),),
    (_Scale("pupil_share", 1.0, iris.PUPIL[1], 0.45),),
    (_Scale("seen", 0.2, iris.LEAST_SEEN, 1.0),),
    (_Scale("focus", 0.0, iris.LEAST_FOCUS, 10.0),),
    (_Scale("away", 1.5, iris.MOST_AWAY, 0.0),),
    (_Scale("glare", 0.4, iris.MOST_GLARE, 0.0),),
)


def quality_of(findings: Iterable[Finding], measures: Iterable[Measure], part: str) -> int | None:
    """Return what a finger or an eye is worth, from what is kept of its capture; None where it was not measured."""
    measured: dict[str, float] = {}
    for measure in measures:
        if measure.part == part:
            measured.setdefault(measure.name, measure.value)
    rows = _rows(part)
    if not measured or not rows:
        return None
    score = round(min(_best(row, measured) for row in rows))
    spoilt = any(found.field == part and found.severity is Severity.ERROR for found in findings)
    return min(score, ACCEPTED - 1) if spoilt else max(score, ACCEPTED)


def _rows(part: str) -> tuple[tuple[_Scale, ...], ...]:
    if part in frozenset(Eye):
        return _OF_EYES
    if part not in frozenset(Finger):
        return ()
    least = ridges.LEAST_AREA.get(Finger(part), ridges.LEAST_AREA_OTHERS)
    return (*_OF_FINGERS, (_Scale("area_mm2", 0.0, least, 2 * least),))


def _best(row: tuple[_Scale, ...], measured: Mapping[str, float]) -> float:
    """Return the best of a row; a measure that is missing, as of an eye nobody found, is worth nothing."""
    return max((scale.score(measured[scale.name]) for scale in row if scale.name in measured), default=0.0)
