"""`kiosk send`: delivers what waits and tells the centre how the counter stands, without a window."""

import argparse
import sys

from kiosk.app.command import Parsers
from kiosk.app.logs import log_to
from kiosk.app.places import VERSION
from kiosk.app.wiring import opened
from kiosk.services.heartbeats import HeartbeatTeller
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.startup import start
from kiosk.sync.pump import RoundResult, make_pump


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("send", help="deliver the outbox to the centre")
    command.add_argument("--until-empty", action="store_true", help="go on until nothing waits")
    return command


def run(options: argparse.Namespace) -> int:
    """Run one round, or rounds until nothing waits; returns 1 when something still waits."""
    with opened(options.data) as installation:
        log_to(options.data)
        start(installation.counter)
        kit = RecordingKit(installation.settings.devices, NobodyAsked())
        try:
            tell = HeartbeatTeller(installation.counter, kit, f"kiosk {VERSION}")
            pump = make_pump(installation.counter.store, installation.counter.clock, tell=tell)
            result = pump.run_until_empty() if options.until_empty else pump.round()
        finally:
            kit.close()
    sys.stdout.write(told(result) + "\n")
    return 1 if result.waiting else 0


def told(result: RoundResult) -> str:
    """Return one sentence about a round."""
    text = f"{result.acknowledged} received by the centre, {result.waiting} waiting"
    return f"{text} ({result.cause.value})" if result.cause else text
