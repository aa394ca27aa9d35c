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
from kiosk.app.demo_window import enroll_in_window, has_display, show_counter
from kiosk.app.logs import log_to
from kiosk.app.places import is_vacant
from kiosk.app.wiring import FolderInUseError

SEEN_RESIDENTS = 6  # how many were served before somebody looks


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("demo", help="play a day at a practice counter")
    command.add_argument(
        "--headless", action="store_true", help="show no window; also the way where there is no display"
    )
    command.add_argument("--out", type=Path, help="where data, logs and papers go (an empty folder)")
    command.add_argument("--residents", type=int, default=40, metavar="N", help="how many come today")
    command.add_argument("--outage", action="store_true", help="let the centre fail in the middle of the day")
    command.add_argument("--seed", type=int, default=7, help="who comes today")
    return command


def run(options: argparse.Namespace) -> int:
    """Show the window in the middle of a practice day; without a display, play the whole day and count it."""
    folder = options.out or Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    if not is_vacant(folder):
        raise FolderInUseError(
            f"{folder} is not empty; nothing was changed. Choose an empty folder with --out."
        )
    folder.mkdir(parents=True, exist_ok=True)
    log_to(folder)
    seen = has_display() and not options.headless
    day = Day(
        folder,
        residents=min(options.residents, SEEN_RESIDENTS) if seen else options.residents - 1,
        seed=options.seed,
        outage=options.outage and not seen,
    )
    try:
        return _show(day) if seen else _play(day, options.residents)
    finally:
        day.close()


def _show(day: Day) -> int:
    """Open the window on a counter that has served a few; the centre runs beside it until it is closed."""
    day.morning(_say)
    _say("Sign in as petugas with the password petugas-latihan. Close the window to end the demo.")
    return show_counter(day)


def _play(day: Day, residents: int) -> int:
    """Play the day to its end, one resident through the window; the last line is JSON counted from both stores."""
    began = time.monotonic()
    day.morning(_say)
    enroll_in_window(day, _say)
    day.deliver_rest(_say)
    counts = count_day(day)
    told = asdict(counts) | {"seconds": round(time.monotonic() - began, 1)}
    sys.stdout.write(json.dumps(told) + "\n")
    good = counts.lost == counts.duplicated == counts.waiting == 0
    return 0 if good and counts.acknowledged == counts.registered == residents else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
