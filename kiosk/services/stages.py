"""The nine stages of a visit as an officer walks through them; several steps may stand behind one stage."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.captures import CaptureKind
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Service, captures_required
from kiosk.services.steps import Progress, Step


class Stage(StrEnum):
    """One page, or one group of pages, of a visit."""

    SERVICE = "service"
    BIODATA = "biodata"
    DOCUMENTS = "documents"
    CONSENT = "consent"
    PORTRAIT = "portrait"
    SIGNATURE = "signature"
    FINGERS = "fingers"
    IRISES = "irises"
    REVIEW = "review"


STEPS_OF: dict[Stage, tuple[Step, ...]] = {
    Stage.SERVICE: (),
    Stage.BIODATA: (Step.BIODATA,),
    Stage.DOCUMENTS: (Step.DOCUMENTS,),
    Stage.CONSENT: (Step.CONSENT,),
    Stage.PORTRAIT: (Step.PORTRAIT,),
    Stage.SIGNATURE: (Step.SIGNATURE,),
    Stage.FINGERS: (Step.LEFT_FOUR, Step.RIGHT_FOUR, Step.THUMBS),
    Stage.IRISES: (Step.IRISES,),
    Stage.REVIEW: (Step.EXCEPTIONS, Step.STATEMENT, Step.SIGN_OFF),
}

_CAPTURED_AT: dict[Stage, CaptureKind] = {
    Stage.PORTRAIT: CaptureKind.PORTRAIT,
    Stage.SIGNATURE: CaptureKind.SIGNATURE,
    Stage.FINGERS: CaptureKind.RIGHT_FOUR,
    Stage.IRISES: CaptureKind.IRISES,
}


@dataclass(frozen=True, slots=True)
class StageState:
    """What a stage still lacks; nothing when it is done."""

    stage: Stage
    lacks: tuple[Finding, ...]

    @property
    def done(self) -> bool:
        """True when nothing is lacking."""
        return not self.lacks


def stages_for(service: Service) -> tuple[Stage, ...]:
    """Return the stages this service walks through, in their order."""
    wanted = captures_required(service)
    return tuple(stage for stage in Stage if stage not in _CAPTURED_AT or _CAPTURED_AT[stage] in wanted)


def stage_states(service: Service, progress: Progress) -> tuple[StageState, ...]:
    """Return how far each stage of the service has come; the service itself was chosen at arrival."""
    lacking = {state.step: state.lacks for state in progress.states}
    return tuple(
        StageState(stage, tuple(finding for step in STEPS_OF[stage] for finding in lacking.get(step, ())))
        for stage in stages_for(service)
    )
