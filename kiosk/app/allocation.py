"""How the C library hands out memory: an office PC has little, and pictures come and go in every thread."""

import contextlib
import ctypes
import sys

_TRIM, _MMAP, _ARENAS = -1, -3, -8  # malloc.h of the GNU C library
_LARGE = 4 << 20  # bytes: live pictures, thirty a second, are smaller and stay with the process
_FEW = 2


def give_back_memory() -> None:
    """Let large blocks go back to the system at once, and threads share what is small; before threads are begun.

    By itself the GNU C library keeps an arena for each thread, and raises what it calls large with every picture that
    was freed: the window then holds some 60 MB it does not use.  Elsewhere nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(AttributeError):  # another C library
        tune = ctypes.CDLL(None).mallopt
        for what, value in ((_ARENAS, _FEW), (_MMAP, _LARGE), (_TRIM, _LARGE)):
            tune(what, value)
