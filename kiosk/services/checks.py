"""The checks of a portrait as an officer reads them: each made of the findings and measures of one judgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.biometrics.portrait import PART, Colour
from kiosk.domain.captures import Measure
from kiosk.domain.findings import Finding, Severity
from kiosk.services.looking import CaptureView


class CheckCode(StrEnum):
    """What is checked, in the order of the list.

    Glasses and the mouth are not judged by any of our judges, so there is no check of them: the officer looks.
    """

    ONE_FACE = "one_face"
    EYES_OPEN = "eyes_open"
    STRAIGHT = "straight"
    IN_FRAME = "in_frame"
    EVEN_LIGHT = "even_light"
    SHARP = "sharp"
    BACKGROUND = "background"


class CheckState(StrEnum):
    """What a check says; `open`: it cannot be judged without exactly one face."""

    PASSED = "passed"
    WARN = "warn"
    FAIL = "fail"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    values: what was measured, fit to be shown: count, degrees, share (%), pixels, light, sharpness, colour
    (`red`, `blue`, `other`).  findings: what was found, with their own sentences; none when passed.
    """

    code: CheckCode
    state: CheckState
    values: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()


FINDINGS_OF: dict[CheckCode, frozenset[str]] = {
    CheckCode.ONE_FACE: frozenset({"portrait.no_face", "portrait.several_faces"}),
    CheckCode.EYES_OPEN: frozenset({"portrait.eyes_closed"}),
    CheckCode.STRAIGHT: frozenset({"portrait.tilted", "portrait.turned"}),
    CheckCode.IN_FRAME: frozenset({"portrait.not_in_frame", "portrait.too_far", "portrait.coarse"}),
    CheckCode.EVEN_LIGHT: frozenset(
        {"portrait.too_dark", "portrait.too_bright", "portrait.light_from_one_side"}
    ),
    CheckCode.SHARP: frozenset({"portrait.blurred"}),
    CheckCode.BACKGROUND: frozenset(
        {
            "portrait.background_uneven",
            "portrait.background_not_red",
            "portrait.background_not_blue",
        }
    ),
}
# A value's name, the measure it is made of, and by how much: what people read are whole numbers.
_VALUES: dict[CheckCode, tuple[tuple[str, str, float], ...]] = {
    CheckCode.ONE_FACE: (("count", "faces", 1),),
    CheckCode.STRAIGHT: (("degrees", "roll", 1),),
    CheckCode.IN_FRAME: (("share", "outside", 100), ("pixels", "eye_distance", 1)),
    CheckCode.EVEN_LIGHT: (("share", "light_apart", 100), ("light", "face_light", 1)),
    CheckCode.SHARP: (("sharpness", "sharpness", 1),),
}


def checks_of(capture: CaptureView) -> tuple[Check, ...]:
    """Return the checks of a kept portrait."""
    return checks_from(capture.findings, capture.measures)


def checks_from(findings: Iterable[Finding], measures: Iterable[Measure]) -> tuple[Check, ...]:
    """Return the checks of one judgement, all of them, in order."""
    found = tuple(findings)
    measured = {measure.name: measure.value for measure in measures if measure.part == PART}
    return tuple(_check(code, found, measured) for code in CheckCode)


def _check(code: CheckCode, findings: tuple[Finding, ...], measured: dict[str, float]) -> Check:
    mine = tuple(finding for finding in findings if finding.code in FINDINGS_OF[code])
    if not mine and _is_open(code, measured):
        return Check(code, CheckState.OPEN)
    return Check(code, _state(mine), _values(code, measured), mine)


def _is_open(code: CheckCode, measured: dict[str, float]) -> bool:
    return ("faces" if code is CheckCode.ONE_FACE else "roll") not in measured


def _state(findings: tuple[Finding, ...]) -> CheckState:
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return CheckState.FAIL
    return CheckState.WARN if Severity.WARNING in severities else CheckState.PASSED


def _values(code: CheckCode, measured: dict[str, float]) -> tuple[tuple[str, str], ...]:
    if code is CheckCode.BACKGROUND:
        return _colour(measured)
    return tuple(
        (name, f"{abs(measured[measure]) * times:.0f}")
        for name, measure, times in _VALUES.get(code, ())
        if measure in measured
    )


def _colour(measured: dict[str, float]) -> tuple[tuple[str, str], ...]:
    names = ("background_light", "background_a", "background_b", "background_uneven")
    if not all(name in measured for name in names):
        return ()
    return (("colour", Colour(*(measured[name] for name in names)).name),)
