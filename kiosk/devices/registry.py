"""The drivers there are: installed ones, listed without importing one, and those the program itself hands over."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint

from kiosk.devices.api import (
    Device,
    Driver,
    Kind,
    NotSupportedError,
    Person,
    Settings,
    installed_drivers,
    load_driver,
)


@dataclass(frozen=True, slots=True)
class DriverEntry:
    """One installed driver.

    kind: None when the name begins with no known kind.  driver: its descriptor once it was imported.
    error: why it cannot be used, or None; without `probe_drivers` only what the name itself tells.
    """

    name: str
    kind: Kind | None
    module: str
    error: str | None = None
    driver: Driver | None = None


@dataclass(frozen=True, slots=True)
class Drivers:
    """What can be opened by name: every installed driver, and `extra` ones handed over, such as those of a window.

    Of two that bear one name, the one handed over is meant.
    """

    extra: tuple[Driver, ...] = ()

    def list(self) -> tuple[DriverEntry, ...]:
        """Return every driver by name; none that is installed is imported."""
        found = {name: _entry(entry) for name, entry in installed_drivers().items()}
        found |= {driver.name: _handed_over(driver) for driver in self.extra}
        return tuple(found[name] for name in sorted(found))

    def probe(self) -> tuple[DriverEntry, ...]:
        """Import every driver; one that fails is an entry with its error and stops no other."""
        return tuple(self._probed(entry) for entry in self.list())

    def load(self, name: str) -> Driver:
        """Return the driver's descriptor; raises `NotSupportedError` with the reason."""
        driver = next((driver for driver in self.extra if driver.name == name), None) or load_driver(name)
        if not name.startswith(f"{driver.kind}."):
            raise NotSupportedError(
                f"The driver {name} calls itself a {driver.kind}; its name must begin with its kind."
            )
        return driver

    def open(self, name: str, settings: Settings, person: Person) -> Device:
        """Open a device by its driver's name.

        Settings that are not given get their defaults.  Raises `NotSupportedError` for an unknown driver or setting,
        and whatever `DeviceError` the driver meets on its way to the device.
        """
        driver = self.load(name)
        known = {setting.key: setting.default for setting in driver.settings}
        unknown = sorted(set(settings) - set(known))
        if unknown:
            raise NotSupportedError(
                f"The driver {name} has no setting {', '.join(unknown)}; change the settings: "
                f"it knows {', '.join(sorted(known)) or 'none'}."
            )
        return driver.open(known | dict(settings), person)

    def _probed(self, entry: DriverEntry) -> DriverEntry:
        try:
            driver = self.load(entry.name)
        except NotSupportedError as error:
            return DriverEntry(entry.name, entry.kind, entry.module, str(error))
        return DriverEntry(entry.name, driver.kind, entry.module, entry.error, driver)


INSTALLED = Drivers()


def list_drivers() -> tuple[DriverEntry, ...]:
    """Return every installed driver by name; none of them is imported."""
    return INSTALLED.list()


def probe_drivers() -> tuple[DriverEntry, ...]:
    """Import every installed driver; one that fails is an entry with its error and stops no other."""
    return INSTALLED.probe()


def load(name: str) -> Driver:
    """Return an installed driver's descriptor; raises `NotSupportedError` with the reason."""
    return INSTALLED.load(name)


def open_device(name: str, settings: Settings, person: Person) -> Device:
    """Open a device by its installed driver's name, as `Drivers.open` does."""
    return INSTALLED.open(name, settings, person)


def _entry(entry: EntryPoint) -> DriverEntry:
    start = entry.name.partition(".")[0]
    if start in set(Kind):
        return DriverEntry(entry.name, Kind(start), entry.module)
    return DriverEntry(entry.name, None, entry.module, f"{start} is no kind of device")


def _handed_over(driver: Driver) -> DriverEntry:
    return DriverEntry(driver.name, driver.kind, driver.open.__module__, driver=driver)
