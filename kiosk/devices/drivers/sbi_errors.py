"""The error codes of biometric services as errors named by what a person can do.

Codes 100-112 and 202 are the interface's own; 113-123, 500-503, 551 and 604-999 are those services in use have added,
and the rest of 500-599 is each vendor's own.
"""

from collections.abc import Callable, Mapping

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)

FINE = "0"

_Made = Callable[[str], DeviceError]


def _refused(reason: str) -> _Made:
    return lambda sentence: RefusedError(sentence, reason=reason)


_NOTHING_SEEN = (TooLateError, "The {name} saw nothing it could take in time; try again.")
_IN_USE = (BusyError, "Another program or call holds the {name}; close it, or wait.")
_NOT_THERE = (NotConnectedError, "The service runs, but knows of no such {name}; plug it in.")
_MISUNDERSTOOD = (
    WrongAnswerError,
    "The {name} does not understand what it was asked (error {code}); update its service.",
)
_NO_PART = (_refused("quality"), "The {name} gave no picture of a part; clean it and try again.")
_OTHER_PURPOSE = (
    NotSupportedError,
    "The {name} is set up for something else (error {code}); have its service set up for registration.",
)
_NO_STREAM = (
    WrongAnswerError,
    "The {name} cannot show a live picture now (error {code}); try again, or start its service anew.",
)
_AT_A_LOSS = (
    WrongAnswerError,
    "The {name} reports an error it does not know itself (error {code}); start its service anew.",
)
_VENDORS_OWN = (
    _refused("vendor"),
    "The {name} refuses with an error of its maker's own ({code}); look it up in its manual.",
)

_TABLE: Mapping[str, tuple[_Made, str]] = {
    "100": (
        _refused("not_registered"),
        "The {name} is not registered; have it registered, or use another device.",
    ),
    "101": _NOTHING_SEEN,
    "102": (
        _refused("quality"),
        "The {name} could make no record of what it saw; clean it and try again.",
    ),
    "103": (
        _refused("tamper"),
        "The {name} says it was opened or changed; do not use it, and tell a technician.",
    ),
    "104": (
        _refused("management_server"),
        "The {name} does not reach its management server; see to the network, and try again.",
    ),
    "105": (_refused("orientation"), "The {name} saw it turned; lay or hold it straight and try again."),
    "106": _NOT_THERE,
    "107": (_refused("key_expired"), "The key of the {name} has ended; have its maker renew it."),
    "108": (_refused("key_missing"), "The {name} lacks a key; have its maker set it up."),
    "109": (
        NotSupportedError,
        "The {name} cannot take so many at once; use another device, or leave the step open.",
    ),
    "110": (BusyError, "The {name} is not ready yet; wait a moment and try again."),
    "111": _IN_USE,
    "112": _MISUNDERSTOOD,
    "202": _NOT_THERE,
    "500": _MISUNDERSTOOD,
    "501": _MISUNDERSTOOD,
    "502": _MISUNDERSTOOD,
    "503": _NOT_THERE,
    "551": _OTHER_PURPOSE,
    "700": (TooLateError, "The {name} stopped before it had taken anything; try again."),
    "701": _NOTHING_SEEN,
    "703": _IN_USE,
    "704": _NOT_THERE,
    "705": _NOT_THERE,
    "706": _OTHER_PURPOSE,
    "707": _NO_PART,
    "708": _NO_PART,
    **dict.fromkeys(map(str, range(113, 124)), _MISUNDERSTOOD),
    **dict.fromkeys(map(str, range(604, 611)), _NO_STREAM),
}


def error_of(code: str, name: str) -> DeviceError:
    """Return the error behind a code other than `FINE`; `name`: of the device in sentences."""
    is_vendors = code.isdecimal() and code.startswith("5") and len(code) == len("500")
    made, sentence = _TABLE.get(code, _VENDORS_OWN if is_vendors else _AT_A_LOSS)
    return made(sentence.format(name=name, code=code[:12]))
