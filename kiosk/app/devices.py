"""`kiosk devices`: which drivers there are, which are chosen, and what answers."""

import argparse
import sys

from kiosk.app.command import Parsers
from kiosk.app.drivers import all_drivers
from kiosk.app.wiring import opened_or_practice
from kiosk.devices.api import DeviceError, Kind
from kiosk.services.kit import NobodyAsked, RecordingKit


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    return commands.add_parser("devices", help="list drivers, and open every device that is set up")


def run(options: argparse.Namespace) -> int:
    """Open each configured device once; returns 1 when one does not answer."""
    with opened_or_practice(options.data) as installation:
        choices = installation.settings.devices
    drivers = all_drivers(options.data)
    for entry in drivers.list():
        sys.stdout.write(f"driver    {entry.name}\n")
    kit = RecordingKit(choices, NobodyAsked(), drivers=drivers)
    try:
        failures = sum(not _told(kit, kind) for kind in choices)
    finally:
        kit.close()
    if not choices:
        sys.stdout.write("No device is set up yet.\n")
    return 1 if failures else 0


def _told(kit: RecordingKit, kind: Kind) -> bool:
    try:
        found = kit.identity(kind)
    except DeviceError as error:
        sys.stdout.write(f"{kind.value:<14} {kit.choices()[kind].driver}: {error}\n")
        return False
    name = " ".join(part for part in (found.make, found.model, found.serial, found.firmware) if part)
    sys.stdout.write(f"{kind.value:<14} {found.driver}: {name}\n")
    return True
