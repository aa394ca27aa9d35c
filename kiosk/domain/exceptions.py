"""Captures that cannot be made of a body, with the reason, and what such a reason asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.findings import Finding
from kiosk.domain.free_text import read_text, shown

DETAIL_LONGEST = 200


class ExceptionReason(StrEnum):
    """Why a finger, an eye or a signature cannot be captured."""

    MISSING = "missing"
    BANDAGED = "bandaged"
    UNREADABLE = "unreadable"
    STIFF = "stiff"
    BLIND = "blind"
    CANNOT_SIGN = "cannot_sign"


@dataclass(frozen=True, slots=True)
class CaptureException:
    """One part that cannot be captured.

    part: a `Finger`, an `Eye`, or the capture kind `signature` or `statement`.
    """

    part: str
    reason: ExceptionReason
    detail: str = ""


_OF_FINGERS = frozenset(
    {
        ExceptionReason.MISSING,
        ExceptionReason.BANDAGED,
        ExceptionReason.UNREADABLE,
        ExceptionReason.STIFF,
    }
)
_OF_EYES = frozenset(
    {
        ExceptionReason.MISSING,
        ExceptionReason.BANDAGED,
        ExceptionReason.UNREADABLE,
        ExceptionReason.BLIND,
    }
)
_OF_SIGNING = frozenset({ExceptionReason.CANNOT_SIGN})
# Every other reason cannot be seen in a picture, or nobody should have to show it.
_SEEN = frozenset({ExceptionReason.MISSING, ExceptionReason.BANDAGED})


def reasons_for(part: str) -> frozenset[ExceptionReason]:
    """Return the reasons that make sense for a part; none for a part that is never left out (the portrait)."""
    if part in frozenset(Finger):
        return _OF_FINGERS
    if part in frozenset(Eye):
        return _OF_EYES
    if part in (CaptureKind.SIGNATURE, CaptureKind.STATEMENT):
        return _OF_SIGNING
    return frozenset()


def judge_exceptions(
    exceptions: tuple[CaptureException, ...], *, photographed: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with the exceptions of a visit; the field of a finding is the part.

    photographed: the parts of which a picture was taken; None where the office asks for none.
    """
    findings: list[Finding] = []
    seen: set[str] = set()
    for exception in exceptions:
        if exception.part in seen:
            findings.append(Finding.error("exception.repeated", exception.part, part=shown(exception.part)))
        seen.add(exception.part)
        findings.extend(_judge_one(exception))
        findings.extend(_judge_photo(exception, photographed))
    if set(Finger) <= exempt_parts(exceptions):
        findings.append(Finding.warning("exception.no_fingers"))
    return tuple(findings)


def _judge_one(exception: CaptureException) -> tuple[Finding, ...]:
    part = exception.part
    reasons = reasons_for(part)
    if not reasons:
        return (Finding.error("exception.part_unknown", part, part=shown(part)),)
    if exception.reason not in reasons:
        return (
            Finding.error("exception.reason_unfit", part, part=shown(part), reason=str(exception.reason)),
        )
    findings = read_text(exception.detail, field=part, longest=DETAIL_LONGEST).findings
    if exception.reason is ExceptionReason.BANDAGED:
        return (Finding.note("exception.will_heal", part, part=shown(part)), *findings)
    return findings


def _judge_photo(exception: CaptureException, photographed: Collection[str] | None) -> tuple[Finding, ...]:
    if photographed is None or not photo_required(exception.reason) or exception.part in photographed:
        return ()
    return (Finding.error("exception.photo_missing", exception.part, part=shown(exception.part)),)


def exempt_parts(exceptions: tuple[CaptureException, ...]) -> frozenset[str]:
    """Return the parts nobody has to capture."""
    return frozenset(exception.part for exception in exceptions)


def needs_supervisor(exceptions: tuple[CaptureException, ...]) -> bool:
    """Tell whether a supervisor has to sign off: for every exception, at once or later."""
    return bool(exceptions)


def photo_required(reason: ExceptionReason) -> bool:
    """Tell whether a picture can prove the reason, where the office asks for one."""
    return reason in _SEEN
