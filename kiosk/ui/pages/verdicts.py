"""What a verdict of the centre looks like, and what somebody at the counter does about it."""

from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words, msg

# mood and icon
VERDICT_LOOK: dict[Decision, tuple[str, str]] = {
    Decision.ACCEPTED: ("success", "checks"),
    Decision.DUPLICATE: ("warning", "copy"),
    Decision.ADJUDICATE: ("warning", "magnifying-glass"),
    Decision.REJECTED: ("danger", "x-circle"),
    Decision.PRINTED: ("success", "identification-card"),
}
_TO_DO: dict[Decision, str] = {
    Decision.ACCEPTED: msg("Nothing to do. The card is being made."),
    Decision.DUPLICATE: msg("Call the resident. Ask where they were recorded before, and tell the Dinas."),
    Decision.ADJUDICATE: msg("The centre looks at it again. Wait, or ask the Dinas."),
    Decision.REJECTED: msg("Call the resident and record again what the centre refused."),
    Decision.PRINTED: msg("The card is ready to be collected."),
}


def what_to_do(words: Words, decision: Decision) -> str:
    """Return what to do about a verdict."""
    return words.say(_TO_DO[decision])


def reason_told(reason: str) -> str:
    """Return the centre's own reason as a sentence; empty where it gave none."""
    said = reason.strip().removesuffix(".")
    return f"{said[:1].upper()}{said[1:]}." if said else ""
