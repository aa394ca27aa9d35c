"""What a rule found: a code, its weight and the values it speaks of; never a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error stops, a warning asks for a reason, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one rule, at one field, with the values its sentence needs (already fit to be shown)."""

    code: str
    severity: Severity
    field: str | None = None
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def error(cls, code: str, field: str | None = None, /, **values: str) -> "Finding":
        """Return a finding that stops the work until it is mended."""
        return cls(code, Severity.ERROR, field, tuple(values.items()))

    @classmethod
    def warning(cls, code: str, field: str | None = None, /, **values: str) -> "Finding":
        """Return a finding that may be passed with a reason."""
        return cls(code, Severity.WARNING, field, tuple(values.items()))

    @classmethod
    def note(cls, code: str, field: str | None = None, /, **values: str) -> "Finding":
        """Return a finding that only tells."""
        return cls(code, Severity.NOTE, field, tuple(values.items()))


def stops(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def unanswered(findings: tuple[Finding, ...], reasons: dict[str, str]) -> tuple[Finding, ...]:
    """Return the warnings for which no reason was given (`reasons`: finding code -> reason)."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.WARNING and not reasons.get(finding.code, "").strip()
    )
