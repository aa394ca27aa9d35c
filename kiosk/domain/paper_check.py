"""What can be said of a paper without asking anybody: genuine or not, valid or not, and when nothing can be said."""

from datetime import date
from enum import StrEnum

FRESH_DAYS = 7  # how old a list may be for its silence to say that a paper was not taken back


class Answer(StrEnum):
    """The five answers."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NOT_GENUINE = "not_genuine"
    CANNOT_TELL = "cannot_tell"


class Cause(StrEnum):
    """Why a paper is not genuine, or nothing can be told."""

    NONE = ""
    NO_SEAL = "no_seal"  # no code of ours was found: unreadable, cut, or no paper of a kiosk
    ALTERED = "altered"  # the signature does not hold
    UNKNOWN_KEY = "unknown_key"  # signed by a key that is not on the list
    NOT_IN_REGISTER = (
        "not_in_register"  # by this kiosk's key, and unknown to its register: it was set up anew
    )
    OLD_LIST = "old_list"  # genuine when issued; whether it was taken back since is not known here


def judge_seal(
    valid_until: date | None, *, today: date, withdrawn: bool, list_age: int | None
) -> tuple[Answer, Cause]:
    """Return the answer for a seal whose signature holds.

    valid_until: what it says of its last day.  withdrawn: the paper stands on the list.  list_age: days since the list
    was made; None without a list.
    """
    if withdrawn:
        return Answer.WITHDRAWN, Cause.NONE
    if valid_until is not None and today > valid_until:
        return Answer.EXPIRED, Cause.NONE
    if list_age is None or list_age > FRESH_DAYS:
        return Answer.CANNOT_TELL, Cause.OLD_LIST
    return Answer.VALID, Cause.NONE


def judge_unknown_key(list_age: int | None) -> tuple[Answer, Cause]:
    """Return the answer for a seal by a key that is not on the list: a new kiosk may be missing from an old one."""
    if list_age is None or list_age > FRESH_DAYS:
        return Answer.CANNOT_TELL, Cause.UNKNOWN_KEY
    return Answer.NOT_GENUINE, Cause.UNKNOWN_KEY
