"""Putting the program together: a counter from a data folder, its kit from the settings, its sender from both."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.clock import system_moment
from kiosk.app.places import RESOURCES, is_vacant, require_joined_folder
from kiosk.biometrics.portrait import FaceFinder
from kiosk.devices.registry import INSTALLED, Drivers
from kiosk.domain.errors import KioskError
from kiosk.domain.reference import Reference, load_reference
from kiosk.services.capturing import CaptureTools
from kiosk.services.counter import Counter
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.practice import make_practice_office
from kiosk.settings import FILE, Settings, practice_settings, read_settings, settings_text
from kiosk.storage.durable import sync_folder
from kiosk.storage.store import Store
from kiosk.sync.judged_clock import JudgedClock


class FolderInUseError(KioskError):
    """The folder holds something else, so that no practice office is made in it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One counter of this machine: where it lives, its settings, and what use cases need."""

    folder: Path
    settings: Settings
    counter: Counter


def reference() -> Reference:
    """Return the code lists and regions that ship with the program."""
    return load_reference(RESOURCES)


@contextmanager
def opened(folder: Path) -> Iterator[Installation]:
    """Open the kiosk in a folder and close it again; raises `NoKioskHereError` or another `StorageError`."""
    settings = read_settings(folder)
    store = Store.open(folder)
    try:
        yield _installation(folder, settings, store)
    finally:
        store.close()


@contextmanager
def opened_or_practice(folder: Path) -> Iterator[Installation]:
    """Open the kiosk in a folder; where there is none, make a practice office, but only in an empty folder."""
    if is_vacant(folder):
        require_joined_folder()
        make_practice(folder)
        sys.stderr.write(f"A practice office was made in {folder}; nothing in it is real.\n")
    with opened(folder) as installation:
        yield installation


def make_practice(folder: Path) -> None:
    """Make a practice office; its opening identity lies beside it, so that its packets can be looked into."""
    with _made_whole(folder) as making:
        with _created(making, practice_settings()) as store:
            identity = make_practice_office(_installation(making, practice_settings(), store).counter)
        keys = making / "practice"
        keys.mkdir(mode=0o700)
        (keys / "opening.agekey").write_text(identity.secret + "\n", encoding="ascii")


def make_empty(folder: Path, settings: Settings) -> None:
    """Make an empty store and its settings file; raises `FolderInUseError` where something else lies."""
    with _made_whole(folder) as making, _created(making, settings):
        pass


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """Lend a folder beside `folder` that takes its place once all is made: killed before, nothing was made."""
    if not is_vacant(folder):
        raise FolderInUseError(f"{folder} is not empty; nothing was changed. Choose an empty folder.")
    making = folder.with_name(f".{folder.name}.making")
    if making.exists():
        shutil.rmtree(making)  # what a killed program began; nobody ever worked in it
    yield making
    if folder.exists():
        folder.rmdir()
    making.rename(folder)
    sync_folder(folder.parent)


@contextmanager
def _created(folder: Path, settings: Settings) -> Iterator[Store]:
    store = Store.create(folder, recovery_recipients=())
    try:
        (folder / FILE).write_text(settings_text(settings), encoding="utf-8")
        yield store
    finally:
        store.close()


@contextmanager
def tools_of(installation: Installation, *, drivers: Drivers = INSTALLED) -> Iterator[CaptureTools]:
    """Lend the devices of the settings and what judges their pictures; closes every device at the end."""
    kit = RecordingKit(installation.settings.devices, NobodyAsked(), drivers=drivers)
    try:
        yield CaptureTools(kit, FaceFinder.load())
    finally:
        kit.close()


def _installation(folder: Path, settings: Settings, store: Store) -> Installation:
    counter = Counter(
        store=store,
        reference=reference(),
        clock=JudgedClock.of(system_moment, store),
        random=os.urandom,
        zone=settings.tzinfo,
    )
    return Installation(folder, settings, counter)
