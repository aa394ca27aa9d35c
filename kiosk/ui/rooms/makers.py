"""Which room stands at which place."""

from collections.abc import Mapping
from functools import partial

from kiosk.ui.frame.rail import APPROVALS, DELIVERIES, DEVICES, DRAFTS, HELP, HOME, PAPERS, QUEUE, SETTINGS
from kiosk.ui.look import Look
from kiosk.ui.office import Maker
from kiosk.ui.places import (
    ARRIVAL,
    DEVICE_LIVE,
    DEVICE_SETUP,
    PAPER_BOOK,
    PAPER_CHECK,
    RECORD,
    SAVED,
    SEARCH,
    TASKS,
    VISIT,
)
from kiosk.ui.rooms.approvals import ApprovalsRoom
from kiosk.ui.rooms.deliveries import DeliveriesRoom, TasksRoom
from kiosk.ui.rooms.device_live import DeviceLiveRoom
from kiosk.ui.rooms.device_setup import DeviceSetUpRoom
from kiosk.ui.rooms.devices import DevicesRoom
from kiosk.ui.rooms.drafts import DraftsRoom
from kiosk.ui.rooms.home import ArrivalRoom, HomeRoom, QueueRoom
from kiosk.ui.rooms.paper_book import PaperBookRoom
from kiosk.ui.rooms.paper_check import PaperCheckRoom
from kiosk.ui.rooms.papers import PapersRoom
from kiosk.ui.rooms.records import RecordRoom, SearchRoom
from kiosk.ui.rooms.saved import SavedRoom
from kiosk.ui.rooms.settings import HelpRoom, SettingsRoom
from kiosk.ui.rooms.visit import VisitRoom


def makers(look: Look) -> Mapping[str, Maker]:
    """Return what makes the room of each place when somebody first goes there."""
    return {
        HOME: HomeRoom,
        QUEUE: QueueRoom,
        ARRIVAL: ArrivalRoom,
        DRAFTS: DraftsRoom,
        VISIT: VisitRoom,
        SAVED: SavedRoom,
        SEARCH: SearchRoom,
        RECORD: RecordRoom,
        PAPERS: PapersRoom,
        APPROVALS: ApprovalsRoom,
        PAPER_BOOK: PaperBookRoom,
        PAPER_CHECK: PaperCheckRoom,
        DELIVERIES: DeliveriesRoom,
        TASKS: TasksRoom,
        DEVICES: DevicesRoom,
        DEVICE_SETUP: DeviceSetUpRoom,
        DEVICE_LIVE: DeviceLiveRoom,
        SETTINGS: partial(SettingsRoom, look=look),
        HELP: HelpRoom,
    }
