"""Which findings a form may show by now: a form that was hardly begun is not red."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding, Severity
from kiosk.services.looking import VisitView

_FIELDS = {known.value: known for known in Field}
# What is also true of a good entry while it is still being typed.
_UNFINISHED = frozenset(
    {
        "field.missing", "field.unreadable", "nik.missing", "nik.length", "family_card_no.missing",
        "family_card_no.length", "date.unreadable", "date.short_year", "date.impossible", "date.too_long_ago",
        "name.one_word", "name.no_letters", "name.abbreviation", "code.unknown", "certificate.number_missing",
        "certificate.not_held", "parent.unknown", "village.unknown", "head_of_family.other_name",
    }
)  # fmt: skip
# About the whole visit: told in the resident's card.
_OF_CARD = "eligibility."


@dataclass(slots=True)
class Walk:
    """Where the person has been in the form of one visit; it only grows.

    left: fields gone through, or asked for by the primary button.  typing: the field that was
    typed into since it has the keyboard.
    """

    left: set[Field] = field(default_factory=set)
    typing: Field | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told at one field."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


NOTHING = Told()


def field_of(finding: Finding) -> Field | None:
    """Return the field a finding speaks of, None where it speaks of the visit."""
    return _FIELDS.get(finding.field or "")


def is_of_card(finding: Finding) -> bool:
    """Tell whether a finding is told in the resident's card: a note about the service."""
    return finding.severity is Severity.NOTE and finding.code.startswith(_OF_CARD)


def told_by_field(
    findings: Iterable[Finding], walk: Walk, is_empty: Callable[[Field], bool]
) -> dict[Field | None, Told]:
    """Return what may be told now, by field; under None what speaks of the whole visit."""
    gathered: dict[Field | None, list[Finding]] = {}
    for finding in findings:
        place = field_of(finding)
        if not is_of_card(finding) and not _is_held(finding, place, walk, is_empty):
            gathered.setdefault(place, []).append(finding)
    return {place: _told(found) for place, found in gathered.items()}


def open_warnings(told: Told, reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the warnings that still want a reason."""
    return tuple(finding for finding in told.warnings if not reasons.get(finding.code, "").strip())


def blocking(view: VisitView) -> tuple[Finding, ...]:
    """Return all that keeps the form from being finished: errors, and warnings without a reason."""
    return tuple(
        finding
        for finding in view.findings
        if finding.severity is Severity.ERROR
        or (finding.severity is Severity.WARNING and not view.reasons.get(finding.code, "").strip())
    )


def _is_held(finding: Finding, place: Field | None, walk: Walk, is_empty: Callable[[Field], bool]) -> bool:
    if place is None or place in walk.left:
        return False
    return is_empty(place) or (place is walk.typing and finding.code in _UNFINISHED)


def _told(found: list[Finding]) -> Told:
    errors, warnings, notes = (
        tuple(finding for finding in found if finding.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    )
    return Told(errors, warnings, notes)
