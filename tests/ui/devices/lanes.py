"""A device that is used beside the window, as in a lane, while the window goes on hearing keys and pens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pytestqt.qtbot import QtBot

LONGEST = 20_000  # milliseconds

Result = TypeVar("Result")


def beside(qtbot: QtBot, work: Callable[[], Result], meanwhile: Callable[[], None]) -> Result:
    """Do `work` in a thread of its own, `meanwhile` on the window's; returns or raises what the work did."""
    with ThreadPoolExecutor(1, thread_name_prefix="beside the window") as lane:
        done = lane.submit(work)
        meanwhile()
        qtbot.waitUntil(done.done, timeout=LONGEST)
    return done.result()
