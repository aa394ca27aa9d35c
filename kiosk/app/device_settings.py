"""Which driver serves a kind, written into the settings of a counter: whole or not at all."""

from dataclasses import replace
from pathlib import Path

from kiosk.devices.api import Kind
from kiosk.services.errors import SettingsUnkeptError
from kiosk.services.kit import DeviceChoice
from kiosk.settings import FILE, SettingsError, read_settings, settings_text
from kiosk.storage.durable import write_durably

BEFORE = f"{FILE}.before"


def keep_choice(folder: Path, kind: Kind, choice: DeviceChoice | None) -> None:
    """Write a choice into the settings as they are on disk now; None takes the kind out.

    What somebody changed in the file by hand stays, and the file as it was lies beside it.  Raises
    `SettingsUnkeptError` where the file cannot be read or written; then it is as before.
    """
    try:
        settings = read_settings(folder)
        devices = {known: kept for known, kept in settings.devices.items() if known is not kind}
        if choice is not None:
            devices[kind] = choice
        ordered = {known: devices[known] for known in Kind if known in devices}
        _write(folder, settings_text(replace(settings, devices=ordered)))
    except SettingsError as error:
        raise SettingsUnkeptError(str(error)) from error
    except OSError as error:
        raise SettingsUnkeptError(
            f"{folder / FILE} cannot be written: {error.strerror}. The devices stay as they were."
        ) from error


def _write(folder: Path, text: str) -> None:
    path = folder / FILE
    if path.exists():
        (folder / BEFORE).write_bytes(path.read_bytes())
    write_durably(path, text.encode("utf-8"), temporary=folder / f".{FILE}.making")
