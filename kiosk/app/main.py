"""The command `kiosk`: one door, one sub-command a job; only the module of the job asked for is imported."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from kiosk.app.command import Command
from kiosk.app.places import VERSION, default_folder
from kiosk.domain.errors import KioskError

# Each command's module; the window must be painted before the others would even be imported.
COMMANDS = {
    "run": "kiosk.app.run",
    "join": "kiosk.app.join",
    "demo": "kiosk.app.demo",
    "rehearse": "kiosk.app.rehearse",
    "devices": "kiosk.app.devices",
    "selftest": "kiosk.app.selftest",
    "bundle": "kiosk.app.bundle",
    "certificate": "kiosk.app.certificate",
    "outbox": "kiosk.app.outbox",
    "send": "kiosk.app.deliver",
    "doctor": "kiosk.app.examine",
}
_WITHOUT_DATA = frozenset({"demo"})


def build_parser(names: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Return the parser of the command line, with these commands."""
    parser = argparse.ArgumentParser(prog="kiosk", description="The counter kiosk for KTP-el enrollment.")
    parser.add_argument("--version", action="version", version=f"kiosk {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        module = cast("Command", importlib.import_module(COMMANDS[name]))
        command = module.add_command(commands)
        command.set_defaults(run=module.run)
        if name not in _WITHOUT_DATA:
            command.add_argument(
                "--data", type=Path, default=default_folder(), help="the kiosk's data folder"
            )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, 1 for an error told in one sentence, 2 for a wrong command line."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    known = given[:1] if given[:1] and given[0] in COMMANDS else list(COMMANDS)
    options = build_parser(known).parse_args(given)
    try:
        return int(options.run(options))
    except KioskError as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("kiosk: stopped; what was saved is safe\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
