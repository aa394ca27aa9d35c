"""How far one capture of a visit has come, read from what the visit still lacks."""

from dataclasses import dataclass

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import exempt_parts
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.requests import parts_of
from kiosk.services.looking import CaptureView, VisitView
from kiosk.services.stages import Stage

_NOT_FOUND = frozenset({"step.missing", "portrait.not_approved"})


@dataclass(frozen=True, slots=True)
class CaptureState:
    """One capture: what is kept, which parts are exempt, and what is lacking in words of findings."""

    kind: CaptureKind
    kept: CaptureView | None
    exempt: frozenset[str]
    lacks: tuple[Finding, ...]

    @property
    def done(self) -> bool:
        """True when nothing is lacking."""
        return not self.lacks

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What was found in the kept capture and stops it."""
        return tuple(found for found in self._found if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Warnings for which no reason was given."""
        return tuple(found for found in self._found if found.severity is Severity.WARNING)

    @property
    def _found(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.lacks if found.code not in _NOT_FOUND)

    @property
    def parts(self) -> tuple[str, ...]:
        """The fingers or eyes that have to be captured."""
        return tuple(part for part in parts_of(self.kind) if part not in self.exempt)

    @property
    def good_parts(self) -> tuple[str, ...]:
        """Those of them that were captured well enough."""
        if self.kept is None or any(found.field == self.kind for found in self.errors):
            return ()
        poor = {found.field for found in self.errors}
        return tuple(part for part in self.parts if part not in poor)


def state_of(view: VisitView, kind: CaptureKind) -> CaptureState:
    """Return how far a capture has come."""
    exempt = exempt_parts(view.exceptions).intersection(parts_of(kind))
    fields = {kind.value, *parts_of(kind)}
    taken_in = [
        state for state in view.stages if state.stage is not Stage.REVIEW
    ]  # which tells of exceptions
    lacks = [found for state in taken_in for found in state.lacks if found.field in fields]
    return CaptureState(kind, view.captures.get(kind), exempt, tuple(lacks))
