"""The command `kiosk`: one door, one sub-command a job."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.app import deliver, demo, devices, examine, join, outbox, rehearse
from kiosk.app.command import Command
from kiosk.app.wiring import VERSION, default_folder
from kiosk.domain.errors import KioskError

COMMANDS: tuple[Command, ...] = (join, demo, rehearse, devices, outbox, deliver, examine)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="kiosk", description="The counter kiosk for KTP-el enrollment.")
    parser.add_argument("--version", action="version", version=f"kiosk {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        command = module.add_command(commands)
        command.set_defaults(run=module.run)
        if module is not demo:
            command.add_argument(
                "--data", type=Path, default=default_folder(), help="the kiosk's data folder"
            )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, 1 for an error told in one sentence, 2 for a wrong command line."""
    options = build_parser().parse_args(arguments)
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
