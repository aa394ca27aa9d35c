import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.exceptions import (
    CaptureException,
    ExceptionReason,
    exempt_parts,
    judge_exceptions,
    needs_supervisor,
    photo_required,
    reasons_for,
)

OF_BODY = {ExceptionReason.MISSING, ExceptionReason.BANDAGED, ExceptionReason.UNREADABLE}


def _weights(*exceptions: CaptureException, photographed: set[str] | None = None) -> list[tuple[str, str]]:
    findings = judge_exceptions(exceptions, photographed=photographed)
    return [(finding.code, finding.severity.value) for finding in findings]


@pytest.mark.parametrize("finger", Finger)
def test_a_finger_may_be_missing_bandaged_unreadable_or_stiff(finger: Finger) -> None:
    assert reasons_for(finger) == OF_BODY | {ExceptionReason.STIFF}


@pytest.mark.parametrize("eye", Eye)
def test_an_eye_may_be_missing_bandaged_unreadable_or_blind(eye: Eye) -> None:
    assert reasons_for(eye) == OF_BODY | {ExceptionReason.BLIND}


@pytest.mark.parametrize("kind", [CaptureKind.SIGNATURE, CaptureKind.STATEMENT])
def test_who_cannot_write_cannot_sign(kind: CaptureKind) -> None:
    assert reasons_for(kind) == {ExceptionReason.CANNOT_SIGN}


@pytest.mark.parametrize(
    "part", [CaptureKind.PORTRAIT, CaptureKind.RIGHT_FOUR, CaptureKind.IRISES, "", "nose"]
)
@pytest.mark.parametrize("reason", ExceptionReason)
def test_nothing_else_is_ever_left_out(part: str, reason: ExceptionReason) -> None:
    assert ("exception.part_unknown", "error") in _weights(CaptureException(part, reason))


@pytest.mark.parametrize("part", [*Finger, *Eye, CaptureKind.SIGNATURE])
@pytest.mark.parametrize("reason", ExceptionReason)
def test_a_reason_goes_with_its_part_or_is_an_error(part: str, reason: ExceptionReason) -> None:
    found = _weights(CaptureException(part, reason))

    assert (("exception.reason_unfit", "error") in found) == (reason not in reasons_for(part))


def test_a_missing_finger_gives_no_finding() -> None:
    assert _weights(CaptureException(Finger.LEFT_RING, ExceptionReason.MISSING)) == []


def test_what_is_bandaged_will_heal() -> None:
    assert _weights(CaptureException(Finger.LEFT_RING, ExceptionReason.BANDAGED)) == [
        ("exception.will_heal", "note")
    ]


def test_a_part_named_twice_is_an_error() -> None:
    ring = CaptureException(Finger.LEFT_RING, ExceptionReason.MISSING)

    assert _weights(ring, ring) == [("exception.repeated", "error")]


def test_no_finger_at_all_is_asked_about() -> None:
    all_ten = [CaptureException(finger, ExceptionReason.MISSING) for finger in Finger]

    assert _weights(*all_ten) == [("exception.no_fingers", "warning")]
    assert _weights(*all_ten[1:]) == []


@pytest.mark.parametrize("reason", ExceptionReason)
def test_a_picture_is_asked_only_of_what_it_can_show(reason: ExceptionReason) -> None:
    part = next(
        part for part in (Finger.LEFT_RING, Eye.LEFT, CaptureKind.SIGNATURE) if reason in reasons_for(part)
    )
    exception = CaptureException(part, reason)
    seen = reason in (ExceptionReason.MISSING, ExceptionReason.BANDAGED)

    assert photo_required(reason) == seen
    assert (("exception.photo_missing", "error") in _weights(exception, photographed=set())) == seen
    assert "exception.photo_missing" not in dict(_weights(exception, photographed={part}))
    assert "exception.photo_missing" not in dict(_weights(exception))


def test_the_detail_is_a_text_like_any_other() -> None:
    def judged(detail: str) -> list[tuple[str, str]]:
        return _weights(CaptureException(Finger.LEFT_RING, ExceptionReason.MISSING, detail))

    assert judged("lost at work, 2019") == []
    assert judged("a\0b") == [("text.control_character", "error")]
    assert judged("x" * 10_000_000) == [("text.too_long", "error")]


def test_findings_stand_at_the_part() -> None:
    exception = CaptureException(Eye.LEFT, ExceptionReason.STIFF)

    assert [finding.field for finding in judge_exceptions((exception,))] == [Eye.LEFT]


def test_every_exception_needs_a_supervisor_and_exempts_its_part() -> None:
    exceptions = (
        CaptureException(Finger.LEFT_RING, ExceptionReason.MISSING),
        CaptureException(Eye.LEFT, ExceptionReason.BLIND),
    )

    assert needs_supervisor(exceptions)
    assert not needs_supervisor(())
    assert exempt_parts(exceptions) == {Finger.LEFT_RING, Eye.LEFT}


@given(
    st.lists(st.builds(CaptureException, st.text(), st.sampled_from(ExceptionReason), st.text()), max_size=5)
)
@settings(deadline=None)
def test_parts_nobody_knows_are_errors_that_can_be_shown(exceptions: list[CaptureException]) -> None:
    findings = judge_exceptions(tuple(exceptions))

    assert bool(findings) == bool(exceptions)
    assert all(value.isprintable() for finding in findings for _, value in finding.values)
