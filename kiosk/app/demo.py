"""`kiosk demo`: a scripted day at a practice counter, with a centre on this machine that fails at noon."""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from kiosk.app.command import Parsers
from kiosk.app.demo_counts import count_day
from kiosk.app.demo_day import Day
from kiosk.app.logs import log_to
from kiosk.app.places import is_vacant
from kiosk.app.wiring import FolderInUseError


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("demo", help="play a day at a practice counter")
    command.add_argument(
        "--headless", action="store_true", help="no window (the window comes with a later version)"
    )
    command.add_argument("--out", type=Path, help="where data, logs and papers go (an empty folder)")
    command.add_argument("--residents", type=int, default=40, metavar="N", help="how many come today")
    command.add_argument("--outage", action="store_true", help="let the centre fail in the middle of the day")
    command.add_argument("--seed", type=int, default=7, help="who comes today")
    return command


def run(options: argparse.Namespace) -> int:
    """Play the day; the last line is JSON counted from the stores of kiosk and centre."""
    folder = options.out or Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    if not is_vacant(folder):
        raise FolderInUseError(
            f"{folder} is not empty; nothing was changed. Choose an empty folder with --out."
        )
    folder.mkdir(parents=True, exist_ok=True)
    log_to(folder)
    began = time.monotonic()
    day = Day(folder, residents=options.residents, seed=options.seed, outage=options.outage)
    try:
        day.play(_say)
        counts = count_day(day)
    finally:
        day.close()
    told = asdict(counts) | {"seconds": round(time.monotonic() - began, 1)}
    sys.stdout.write(json.dumps(told) + "\n")
    good = counts.lost == counts.duplicated == counts.waiting == 0
    return 0 if good and counts.acknowledged == counts.registered == options.residents else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
