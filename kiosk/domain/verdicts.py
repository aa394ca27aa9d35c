"""What the centre decided of a packet, after it had acknowledged it."""

from enum import StrEnum


class Decision(StrEnum):
    """The centre's verdicts; which of them need a person is `needs_person`."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    ADJUDICATE = "adjudicate"
    REJECTED = "rejected"
    PRINTED = "printed"


def needs_person(decision: Decision) -> bool:
    """Tell whether somebody at the office has to act on the verdict."""
    return decision in (Decision.DUPLICATE, Decision.ADJUDICATE, Decision.REJECTED)
