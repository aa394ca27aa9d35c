"""The page of papers in words: what stands how, in which mood, with which sign."""

from kiosk.domain.findings import Finding, Severity
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing
from kiosk.domain.words import Words, msg
from kiosk.services.paper_views import BatchTold, IssuedView, KindView, PaperStand
from kiosk.ui.kit.badges import State

STANDS: dict[PaperStand, tuple[str, str, str]] = {
    PaperStand.MAY: (msg("Can"), "success", "check-circle-fill"),
    PaperStand.WANTS_REASON: (msg("Reason"), "warning", "warning-fill"),
    PaperStand.MAY_NOT: (msg("Not yet"), "danger", "x-circle-fill"),
    PaperStand.ISSUED: (msg("Issued"), "neutral", "printer"),
}
"""Word, mood and icon at the right of a line."""

_SHORT: dict[PaperKind, str] = {
    PaperKind.ENROLLMENT_SLIP: msg("Receipt"),
    PaperKind.TEMPORARY_CERTIFICATE: msg("Temporary KTP-el"),
    PaperKind.BIODATA_SHEET: msg("Biodata"),
}
_STATES = {Severity.ERROR: State.BROKEN, Severity.WARNING: State.CARE, Severity.NOTE: State.GOOD}
_NOT_GOOD = frozenset({"paper.not_checked"})


def kind_name(words: Words, kind: PaperKind) -> str:
    """Return what a kind is called, short enough for a key."""
    return words.say(_SHORT[kind])


def verdict_head(words: Words, kind: KindView) -> tuple[str, str]:
    """Return the head of the verdict and its mood."""
    weights = {finding.severity for finding in kind.findings}
    if Severity.ERROR in weights:
        return words.say("Not yet to be issued"), "danger"
    if Severity.WARNING in weights:
        return words.say("Wants a reason"), "warning"
    return words.say("May be issued"), "success"


def state_of(finding: Finding) -> State:
    """Return the sign a finding stands beside."""
    return State.CARE if finding.code in _NOT_GOOD else _STATES[finding.severity]


def issued_head(words: Words, paper: IssuedView) -> tuple[str, str]:
    """Return how a paper stands that was issued, and its mood."""
    match paper.state, paper.printing:
        case PaperState.HANDED_OVER, _:
            return words.say("Handed over"), "success"
        case _, Printing.UNKNOWN:
            return words.say("Did it come out of the printer?"), "warning"
        case _, Printing.FAILED:
            return words.say("Not printed: it does not count yet"), "danger"
    return words.say("Printed, not handed over yet"), "success"


def batch_words(words: Words, told: BatchTold, trouble: str) -> tuple[str, str, str]:
    """Return what came of a batch: head, rest and mood.

    trouble: why the printing ended early, empty where it did not.
    """
    done, waiting = len(told.done), len(told.waiting)
    head = words.count(
        "{count} certificate went to the printer.", "{count} certificates went to the printer.", done
    )
    parts = [trouble]
    if waiting:
        parts.append(
            words.count(
                "{count} is issued and waits in the register to be printed.",
                "{count} are issued and wait in the register to be printed.",
                waiting,
            )
        )
    for name, findings in told.refused:
        parts.append(f"{name}: {' '.join(words.finding(finding) for finding in findings)}")
    if trouble:
        return head, " ".join(part for part in parts if part), "danger"
    return head, " ".join(part for part in parts if part), "warning" if waiting or told.refused else "success"
