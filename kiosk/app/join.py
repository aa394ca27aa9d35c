"""`kiosk join`: makes this machine a kiosk of a centre."""

import argparse
import sys

from kiosk.app.command import Parsers
from kiosk.app.places import VERSION, is_vacant, note_joined
from kiosk.app.wiring import make_empty, opened
from kiosk.services.joining import join_centre
from kiosk.settings import Settings, empty_settings, practice_settings
from kiosk.wire.join_code import JoinCode


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("join", help="join this kiosk to its centre")
    command.add_argument("code", metavar="CODE", help="the one-time code from the office's slip")
    command.add_argument("--centre", required=True, metavar="URL", help="the centre's address")
    command.add_argument("--simulate", action="store_true", help="start with simulated devices")
    return command


def run(options: argparse.Namespace) -> int:
    """Join; a first try that broke off is taken up again with the same key."""
    JoinCode.parse(options.code)
    if is_vacant(options.data):
        make_empty(options.data, _settings(options))
    with opened(options.data) as installation:
        membership = join_centre(
            installation.counter, options.code, options.centre, software=f"kiosk {VERSION}"
        )
    if not membership.practice:
        note_joined(options.data)
    mark = " (practice)" if membership.practice else ""
    sys.stdout.write(f"joined as {membership.kiosk_id} of office {membership.office}{mark}\n")
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    return practice_settings() if options.simulate else empty_settings()
