"""`kiosk doctor`: tells whether everything on this machine is whole."""

import argparse
import sys
from pathlib import Path

from kiosk.app.command import Parsers
from kiosk.app.wiring import opened
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.startup import start
from kiosk.storage.store import Store
from kiosk.wire.errors import MessageError
from kiosk.wire.opening import OpeningIdentity

_MARKS = {Health.GOOD: "ok  ", Health.NOTE: "note", Health.BAD: "BAD "}


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser(
        "doctor", help="examine database, packets, audit chain, keys, disk and clock"
    )
    command.add_argument(
        "--repair", action="store_true", help="finish interrupted saves and set strays aside first"
    )
    command.add_argument(
        "--recovery-key",
        type=Path,
        metavar="FILE",
        help="an age identity of the centre, for a lost machine key",
    )
    return command


def run(options: argparse.Namespace) -> int:
    """Examine; returns 1 when something has to be mended."""
    if options.recovery_key:
        restore_key(options.data, options.recovery_key)
    with opened(options.data) as installation:
        if options.repair:
            start(installation.counter)
        checks = examine_counter(installation.counter)
    for check in checks:
        sys.stdout.write(f"{_MARKS[check.health]} {check.name:<9} {check.sentence}\n")
    return 1 if any(check.health is Health.BAD for check in checks) else 0


def restore_key(folder: Path, identity_file: Path) -> None:
    """Let this machine open the database again, and write down that it was done."""
    try:
        identity = OpeningIdentity.parse(identity_file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise MessageError(f"{identity_file} cannot be read; nothing was changed.") from error
    Store.restore_machine_slot(folder, identity.secret)
    with opened(folder) as installation:
        counter = installation.counter
        with counter.store.writing() as ledger:
            ledger.audit.append(counter.clock().wall, "", "restore_key", "machine", identity.recipient)
