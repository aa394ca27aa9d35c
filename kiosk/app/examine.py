"""`kiosk doctor`: tells whether everything on this machine is whole."""

import argparse
import sys

from kiosk.app.command import Parsers
from kiosk.app.wiring import opened
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.startup import start

_MARKS = {Health.GOOD: "ok  ", Health.NOTE: "note", Health.BAD: "BAD "}


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser(
        "doctor", help="examine database, packets, audit chain, keys, disk and clock"
    )
    command.add_argument(
        "--repair", action="store_true", help="finish interrupted saves and set strays aside first"
    )
    return command


def run(options: argparse.Namespace) -> int:
    """Examine; returns 1 when something has to be mended."""
    with opened(options.data) as installation:
        if options.repair:
            start(installation.counter)
        checks = examine_counter(installation.counter)
    for check in checks:
        sys.stdout.write(f"{_MARKS[check.health]} {check.name:<9} {check.sentence}\n")
    return 1 if any(check.health is Health.BAD for check in checks) else 0
