"""The answers of a paper's check in words: short enough to be read out over a counter."""

from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.papers import PaperKind
from kiosk.domain.words import Words, msg

ANSWERS: dict[Answer, str] = {
    Answer.VALID: msg("Genuine and valid"),
    Answer.EXPIRED: msg("Genuine, but no longer valid"),
    Answer.WITHDRAWN: msg("Taken back: it does not count any more"),
    Answer.NOT_GENUINE: msg("Not genuine"),
    Answer.CANNOT_TELL: msg("Cannot be told"),
}
CAUSES: dict[Cause, str] = {
    Cause.NONE: "",
    Cause.NO_SEAL: msg("No code of a kiosk was found. Hold the whole code into the light, without a fold."),
    Cause.ALTERED: msg("The code was changed after it was signed."),
    Cause.UNKNOWN_KEY: msg("No kiosk the centre knows signed this code."),
    Cause.NOT_IN_REGISTER: msg(
        "This kiosk signed it, but its register does not know the number. Ask the Dinas."
    ),
    Cause.OLD_LIST: msg("It was genuine when issued. Whether it was taken back since is not known here."),
}
KINDS: dict[PaperKind, str] = {
    PaperKind.ENROLLMENT_SLIP: msg("Receipt of recording"),
    PaperKind.TEMPORARY_CERTIFICATE: msg("Temporary certificate"),
    PaperKind.BIODATA_SHEET: msg("Biodata sheet"),
}


def age_words(words: Words, list_age: int | None) -> str:
    """Return how old the list is that the answer rests on."""
    if list_age is None:
        return words.say("There is no list of keys and withdrawn papers here yet.")
    if not list_age:
        return words.say("The list is of today.")
    return words.count("The list is {count} day old.", "The list is {count} days old.", list_age)
