"""What the window is given: the counter, the devices and their judges, and the sender."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.services.capturing import CaptureTools
from kiosk.services.counter import Counter
from kiosk.services.delivering import Sender
from kiosk.services.morning import MorningTests
from kiosk.services.paper_answers import PaperCheckDesk
from kiosk.services.paper_views import PaperDesk
from kiosk.services.setting_up import SetUp
from kiosk.services.taking_along import TakingAlong


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a page's actions work with; `sender` is None where nothing is delivered.

    version: of the program.  key_slot: who keeps the machine's key: `tpm`, `keyring` or `file`.  set_up: changes which
    driver serves a kind; None where nothing is kept.  taking: writes what a technician takes along; None where nothing
    is kept.  morning: what is tested by itself; None for nothing.  papers: makes the supervisor's desk of papers
    once it is asked for, since what draws them takes memory; None where no papers are issued.  checking: makes the desk
    at which papers are checked, in the same way; None where none are.
    """

    counter: Counter
    tools: CaptureTools
    sender: Sender | None
    version: str = ""
    key_slot: str = ""
    set_up: SetUp | None = None
    taking: TakingAlong | None = None
    morning: MorningTests | None = None
    papers: Callable[[], PaperDesk] | None = None
    checking: Callable[[], PaperCheckDesk] | None = None
