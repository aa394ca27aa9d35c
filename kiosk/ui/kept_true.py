"""Keeps Python's `None`, `True` and `False` alive under PySide6 6.12, which gives their references away.

Every call that returns nothing (`label.setText("a")`) takes one reference to `None`, every `Signal.emit` one to `True`.
Before Python 3.12 they are counted like any other object: after some thousand calls the interpreter would end with
"none_dealloc: deallocating None".  Since 3.12 they cannot die and nothing is done here.
"""

import ctypes
import sys

_IMMORTAL_SINCE = (3, 12)
_ENOUGH = sys.maxsize // 4
_SLACK = 8  # references that come and go while they are counted


def keep_true() -> None:
    """Give the three more references than Qt will ever take; may be called again."""
    if sys.version_info >= _IMMORTAL_SINCE:
        return
    for single in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(single))
        is_kept = sys.getrefcount(single) > _ENOUGH // 2
        if (
            not is_kept and abs(count.value - sys.getrefcount(single)) <= _SLACK
        ):  # else it is counted elsewhere
            count.value += _ENOUGH
