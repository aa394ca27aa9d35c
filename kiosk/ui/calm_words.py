"""What the calm page says: after a crash, after a start that failed."""

from typing import Protocol

from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words
from kiosk.ui.pages.calm import CalmState


class Told(Protocol):
    """An error in two short sentences."""

    @property
    def head(self) -> str:
        """What happened."""

    @property
    def rest(self) -> str:
        """What to do."""


def crashed(words: Words, reference: str) -> CalmState:
    """Return what is said when a part of the window failed."""
    return CalmState(
        head=words.say("Something went wrong in the program"),
        safe=words.say("Everything that was shown as saved is safe. Drafts are kept to the last field."),
        todo=words.say("Press Enter to go on. If it happens again, call the technician."),
        reference=reference,
        can_go_on=True,
    )


def interrupted(words: Words) -> CalmState:
    """Return what is said when the window died and was started again."""
    return CalmState(
        head=words.say("The program stopped and was started again"),
        safe=words.say("Everything that was shown as saved is safe. Drafts are kept to the last field."),
        todo=words.say("Press Enter, sign in, and go on with the draft."),
        reference="",
        can_go_on=True,
    )


def unopened(words: Words, error: KioskError, told: Told | None) -> CalmState:
    """Return what is said when the counter could not be opened: why, where that is known in words."""
    return CalmState(
        head=words.say("The counter could not be opened") if told is None else told.head.rstrip("."),
        safe=words.say("Packets on this machine are sealed and safe."),
        todo=words.say("Try again. If it does not help, call the technician.") if told is None else told.rest,
        reference=f"{type(error).__name__}: {error}",
        can_go_on=True,
    )
