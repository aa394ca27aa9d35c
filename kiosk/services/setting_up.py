"""Setting up the devices of a counter: what this machine has, which driver serves a kind, and with which settings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from kiosk.devices.api import Driver, Found, Kind, NotSupportedError, Setting
from kiosk.devices.registry import DriverEntry, Drivers
from kiosk.domain.errors import KioskError
from kiosk.domain.findings import Finding
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.kit import DeviceChoice, RecordingKit

FIND_LIMIT = 5.0  # seconds; drivers promise 3
LONGEST = 300  # characters of one setting

Keep = Callable[[Kind, DeviceChoice | None], None]
"""Writes down which driver serves a kind; where it cannot, it raises a `KioskError` and has changed nothing."""


@dataclass(frozen=True, slots=True)
class DriverView:
    """One driver of a kind.  error: why it cannot be used here; empty where it can."""

    name: str
    title: str
    settings: tuple[Setting, ...] = ()
    simulated: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of device: what serves it (None where nothing does) and what could."""

    kind: Kind
    choice: DeviceChoice | None
    drivers: tuple[DriverView, ...]

    def driver(self, name: str) -> DriverView | None:
        """Return a driver of the kind; None for one that is not installed."""
        return next((driver for driver in self.drivers if driver.name == name), None)


@dataclass(frozen=True, slots=True)
class Look:
    """What one driver found; `error`: why it could not look."""

    driver: str
    found: tuple[Found, ...] = ()
    error: str = ""


class RefusedSettingError(KioskError):
    """What was chosen cannot stand; `findings` say why, each with the setting's key as its field."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("These settings cannot stand; nothing was changed.")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class SetUp:
    """Sets up the devices of one counter.

    keep: writes a choice down, before the kit is told of it.  officer: None for the command at the machine itself.
    """

    counter: Counter
    kit: RecordingKit
    drivers: Drivers
    keep: Keep
    officer: Officer | None = None

    def look(self, kind: Kind) -> KindView:
        """Return how a kind is set up and what could serve it; imports its drivers, which may take a second."""
        names = [entry for entry in self.drivers.list() if entry.kind is kind]
        views = tuple(self._view(entry) for entry in names)
        return KindView(kind, self.kit.choices().get(kind), views)

    def find(self, kind: Kind, *, limit: float = FIND_LIMIT) -> Iterator[Look]:
        """Yield what each driver of a kind finds, as it comes; one that hangs or fails stops no other."""
        looks: SimpleQueue[Look] = SimpleQueue()
        waited = {entry.name for entry in self.drivers.list() if entry.kind is kind}
        for name in waited:
            Thread(target=self._find, args=(name, looks), name=f"find {name}", daemon=True).start()
        until = monotonic() + limit
        while waited:
            try:
                look = looks.get(timeout=max(0.0, until - monotonic()))
            except Empty:
                break
            waited.discard(look.driver)
            yield look
        for name in sorted(waited):
            yield Look(name, error="It did not answer; its device may be busy. Look again in a minute.")

    def judge(self, kind: Kind, choice: DeviceChoice | None) -> tuple[Finding, ...]:
        """Return why a choice cannot stand; nothing where it can."""
        if choice is None:
            return ()
        try:
            driver = self.drivers.load(choice.driver)
        except NotSupportedError:
            return (_unknown_driver(choice.driver),)
        if driver.kind is not kind:
            return (_unknown_driver(choice.driver),)
        known = {setting.key for setting in driver.settings}
        found = [_unknown_setting(key) for key in choice.settings if key not in known]
        found += [_unreadable(key) for key, value in choice.settings.items() if not _stands(value)]
        return tuple(found)

    def choose(self, kind: Kind, choice: DeviceChoice | None) -> None:
        """Let a driver serve a kind from its next use on, without a restart; None: this counter has no such device.

        Called in the lane that uses the kind.  Raises `NotAllowedError`, `RefusedSettingError`, and what `keep` raises;
        then nothing was changed.
        """
        if self.officer is not None:
            require(self.officer, Permission.MANAGE_DEVICES)
        findings = self.judge(kind, choice)
        if findings:
            raise RefusedSettingError(findings)
        before = self.kit.choices().get(kind)
        if choice == before:
            return
        self.keep(kind, choice)
        self.kit.choose(kind, choice)
        user = self.officer.user_id if self.officer is not None else ""
        told = f"{_name(before)} -> {_name(choice)}"
        with self.counter.store.writing() as ledger:
            ledger.audit.append(self.counter.clock().wall, user, "set_up_device", kind.value, told)

    def _view(self, entry: DriverEntry) -> DriverView:
        try:
            driver = self.drivers.load(entry.name)
        except NotSupportedError as error:
            return DriverView(entry.name, entry.name, error=str(error))
        return DriverView(driver.name, driver.title, driver.settings, driver.simulated)

    def _find(self, name: str, looks: "SimpleQueue[Look]") -> None:
        try:
            found = self._found(self.drivers.load(name))
        except KioskError as error:
            looks.put(Look(name, error=str(error)))
        else:
            looks.put(Look(name, found))

    def _found(self, driver: Driver) -> tuple[Found, ...]:
        return driver.find()


def settings_given(driver: DriverView, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that differ from the driver's defaults: only those are written down."""
    defaults = {setting.key: str(setting.default) for setting in driver.settings}
    told = {key: value.strip() for key, value in typed.items()}
    return {key: value for key, value in told.items() if value != defaults.get(key)}


def _stands(value: str) -> bool:
    return len(value) <= LONGEST and value.isprintable()


def _name(choice: DeviceChoice | None) -> str:
    return "none" if choice is None else choice.driver


def _unknown_driver(name: str) -> Finding:
    return Finding.error("setup.driver_unknown", "driver", driver=name)


def _unknown_setting(key: str) -> Finding:
    return Finding.error("setup.setting_unknown", key, setting=key)


def _unreadable(key: str) -> Finding:
    return Finding.error("setup.setting_unreadable", key, setting=key)
