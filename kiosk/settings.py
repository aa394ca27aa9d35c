"""The settings of one counter: `kiosk.toml` in its data folder, frozen, handed down by the composition root."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from pathlib import Path

from kiosk.devices.api import Kind
from kiosk.domain.errors import KioskError
from kiosk.domain.morning import BEGINS
from kiosk.services.kit import DeviceChoice

FILE = "kiosk.toml"
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
SIMULATED = {
    Kind.CAMERA: DeviceChoice("camera.simulated"),
    Kind.FINGERPRINT: DeviceChoice("fingerprint.simulated"),
    Kind.IRIS: DeviceChoice("iris.simulated"),
    Kind.SIGNATURE: DeviceChoice("signature.simulated"),
    Kind.CODE_SCANNER: DeviceChoice("code_scanner.simulated"),
    Kind.CARD_READER: DeviceChoice("card_reader.simulated"),
    Kind.DOCUMENT_SCANNER: DeviceChoice("document_scanner.simulated"),
    Kind.TICKET_PRINTER: DeviceChoice("ticket_printer.simulated"),
    Kind.PAGE_PRINTER: DeviceChoice("page_printer.simulated"),
}


class SettingsError(KioskError):
    """The settings file cannot be read as settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """zone: WIB, WITA or WIT.  devices: the driver of each kind the counter has.

    morning: from when on, in the office's day, every part is tested by itself; None for never.
    """

    zone: str
    devices: Mapping[Kind, DeviceChoice]
    morning: time | None = BEGINS

    @property
    def tzinfo(self) -> tzinfo:
        """The office's time zone; Indonesia has no summer time."""
        return timezone(timedelta(hours=ZONES[self.zone]), self.zone)


def practice_settings() -> Settings:
    """Return what a practice office starts with: every device simulated, and tested when somebody asks for it."""
    return Settings("WIB", SIMULATED, morning=None)


def empty_settings() -> Settings:
    """Return what a real office starts with: no device chosen yet."""
    return Settings("WIB", {})


def read_settings(folder: Path) -> Settings:
    """Read the settings of a data folder; raises `SettingsError` naming what is wrong."""
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return empty_settings()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}. The records are safe; mend or remove the file."
        ) from error
    return _read(path, table)


def settings_text(settings: Settings) -> str:
    """Return the settings as the file holds them."""
    lines = ["# Settings of this counter; the set-up page writes this file.", "", "[office]"]
    lines += [f'zone = "{settings.zone}"', "", "[selftest]"]
    lines += [f'morning = "{settings.morning:%H:%M}"' if settings.morning is not None else 'morning = ""']
    for kind, choice in settings.devices.items():
        lines += ["", f"[devices.{kind.value}]", f'driver = "{choice.driver}"']
        lines += [f"{_quoted(key)} = {_quoted(value)}" for key, value in choice.settings.items()]
    return "\n".join(lines) + "\n"


def _read(path: Path, table: Mapping[str, object]) -> Settings:
    office, devices = table.get("office", {}), table.get("devices", {})
    if not isinstance(office, dict) or not isinstance(devices, dict):
        raise SettingsError(f"{path}: [office] and [devices.<kind>] are tables.")
    zone = office.get("zone", "WIB")
    if zone not in ZONES:
        raise SettingsError(f"{path}: zone is one of {', '.join(ZONES)}.")
    return Settings(
        str(zone),
        {_kind(path, name): _choice(path, name, found) for name, found in devices.items()},
        _morning(path, table.get("selftest", {})),
    )


def _morning(path: Path, selftest: object) -> time | None:
    found = selftest.get("morning", f"{BEGINS:%H:%M}") if isinstance(selftest, dict) else None
    try:
        return time.fromisoformat(str(found)) if found != "" else None
    except ValueError as error:
        raise SettingsError(
            f'{path}: morning in [selftest] is a time such as "06:00", or "" for never.'
        ) from error


def _kind(path: Path, name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as error:
        raise SettingsError(f"{path}: {name} is no kind of device.") from error


def _choice(path: Path, name: str, found: object) -> DeviceChoice:
    if not isinstance(found, dict) or not isinstance(found.get("driver"), str):
        raise SettingsError(f"{path}: [devices.{name}] names no driver.")
    rest = {str(key): str(value) for key, value in found.items() if key != "driver"}
    return DeviceChoice(str(found["driver"]), rest)


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, which JSON's is but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
