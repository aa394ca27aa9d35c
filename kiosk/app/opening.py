"""Opening a counter for the window: locks, store, interrupted saves, devices, sender; all that is heavy to import."""

import random
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.app.bundle import bundler
from kiosk.app.device_settings import keep_choice
from kiosk.app.drivers import all_drivers
from kiosk.app.locks import counter_lock
from kiosk.app.logs import log_to
from kiosk.app.places import RESOURCES, VERSION, note_joined, require_joined_folder
from kiosk.app.wiring import Installation, make_empty, make_practice, opened, tools_of
from kiosk.devices.registry import Drivers
from kiosk.services.capturing import CaptureTools
from kiosk.services.counter import Counter
from kiosk.services.delivering import RoundResult, Sender
from kiosk.services.desk import Desk
from kiosk.services.heartbeats import HeartbeatTeller
from kiosk.services.joining import join_centre
from kiosk.services.kit import RecordingKit
from kiosk.services.morning import MorningTests
from kiosk.services.paper_answers import PaperCheckDesk
from kiosk.services.paper_views import PaperDesk
from kiosk.services.reporting import Reporter
from kiosk.services.setting_up import SetUp
from kiosk.services.standing import standing
from kiosk.services.startup import start
from kiosk.services.taking_along import TakingAlong
from kiosk.services.traces_kept import TraceKeeper
from kiosk.settings import Settings, empty_settings
from kiosk.sync.backoff import QUIET, Pauses

STOP_TIMEOUT = 15.0  # seconds the packet on the line may take when the window closes


@dataclass(frozen=True, slots=True)
class Opened:
    """An open counter; `close` gives everything back."""

    desk: Desk
    settings: Settings
    office: str
    practice: bool
    held: ExitStack

    def close(self) -> None:
        """Stop sending and close devices and store; a second call does nothing."""
        self.held.close()


def open_counter(folder: Path) -> Opened:
    """Open the kiosk of a folder for the window; raises a `KioskError`, and then nothing is held."""
    with ExitStack() as stack:
        log_to(folder)
        stack.enter_context(counter_lock(folder))
        installation = stack.enter_context(opened(folder))
        start(installation.counter)
        installation.counter.reference.regions.warm()
        drivers = all_drivers(folder)
        tools = stack.enter_context(tools_of(installation, drivers=drivers))
        tools.kit.keep_traces(TraceKeeper(installation.counter).keep)
        sender = _sender(installation, tools.kit)
        sender.start()
        stack.callback(sender.stop, timeout=STOP_TIMEOUT)
        known = standing(installation.counter)
        return Opened(
            desk=_desk(folder, installation, tools, sender, drivers),
            settings=installation.settings,
            office=known.office_code,
            practice=known.practice,
            held=stack.pop_all(),
        )
    raise AssertionError("an ExitStack that swallows nothing")


def open_practice(folder: Path) -> Opened:
    """Make a practice office in an empty folder and open it."""
    require_joined_folder()
    make_practice(folder)
    return open_counter(folder)


def open_joined(folder: Path, code: str, centre_url: str) -> Opened:
    """Join a centre and open the counter; a first try that broke off is taken up again."""
    if not folder.exists() or not any(folder.iterdir()):
        make_empty(folder, empty_settings())
    with opened(folder) as installation:
        membership = join_centre(installation.counter, code, centre_url, software=f"kiosk {VERSION}")
    if not membership.practice:
        note_joined(folder)
    return open_counter(folder)


def _sender(installation: Installation, kit: RecordingKit) -> Sender:
    return Sender.of(
        installation.counter,
        pause=partial(_pause, pauses=Pauses(random.random)),
        tell=HeartbeatTeller(installation.counter, kit, f"kiosk {VERSION}"),
    )


def _desk(
    folder: Path, installation: Installation, tools: CaptureTools, sender: Sender, drivers: Drivers
) -> Desk:
    counter = installation.counter
    return Desk(
        counter=counter,
        tools=tools,
        sender=sender,
        version=VERSION,
        key_slot=counter.store.machine_slot_kind,
        set_up=SetUp(counter, tools.kit, drivers, partial(keep_choice, folder)),
        taking=TakingAlong(Reporter(counter, RESOURCES, VERSION), bundler(folder, drivers, counter)),
        morning=_morning(installation, tools.kit),
        papers=partial(_paper_desk, counter, tools.kit),
        checking=partial(_paper_check_desk, counter, tools.kit),
    )


def _paper_desk(counter: Counter, kit: RecordingKit) -> PaperDesk:
    from kiosk.app.papers import paper_desk

    return paper_desk(counter, kit)


def _paper_check_desk(counter: Counter, kit: RecordingKit) -> PaperCheckDesk:
    from kiosk.services.paper_check_desk import OpenPaperCheckDesk

    return OpenPaperCheckDesk(counter, kit)


def _morning(installation: Installation, kit: RecordingKit) -> MorningTests | None:
    begins = installation.settings.morning
    return None if begins is None else MorningTests(installation.counter, kit, begins)


def _pause(result: RoundResult | None, *, pauses: Pauses) -> float:
    return QUIET if result is None else pauses.after(result.cause, result.retry_after)
