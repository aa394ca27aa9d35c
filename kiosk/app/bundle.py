"""`kiosk bundle`: one file for whoever helps from afar, also of a counter whose database does not open."""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from kiosk.app.catalogue import words_of
from kiosk.app.clock import system_moment
from kiosk.app.command import Parsers
from kiosk.app.drivers import all_drivers
from kiosk.app.places import RESOURCES, VERSION, is_vacant
from kiosk.app.window_settings import read_window_settings, window_text
from kiosk.app.wiring import opened
from kiosk.devices.registry import Drivers
from kiosk.domain.errors import KioskError
from kiosk.services.bundling import Bundler
from kiosk.services.counter import Counter
from kiosk.services.faults import NoKioskHereError
from kiosk.services.open_settings import without_secrets
from kiosk.services.outside_file import require_outside, write_outside
from kiosk.services.reporting import Reporter
from kiosk.services.traces_kept import traces_as_files
from kiosk.settings import read_settings, settings_text


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "bundle", help="write report, logs and facts of this machine into one zip file"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="where to; not in the data folder")
    parser.add_argument("--force", action="store_true", help="replace a file of this name")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the bundle; raises a `KioskError` where nothing was written."""
    if is_vacant(options.data):
        raise NoKioskHereError(f"There is no kiosk in {options.data}; nothing was written.")
    require_outside(options.file, options.data, over=options.force)
    with ExitStack() as stack:
        reporter, at = _reporter(options.data, stack), system_moment().wall
        counter = reporter.counter if isinstance(reporter, Reporter) else None
        at = at if counter is None else counter.here(at)
        made = bundler(options.data, all_drivers(options.data), counter)
        content = made.bundle(reporter, words_of(options.data), at)
    write_outside(options.file, content, options.data, over=options.force)
    sys.stdout.write(f"{options.file}  {len(content) >> 10} kB\n")
    return 0


def bundler(folder: Path, drivers: Drivers, counter: Counter | None) -> Bundler:
    """Return what makes the bundles of a folder; without an open counter they have no traces."""
    further = dict if counter is None else partial(traces_as_files, counter)
    return Bundler(folder, VERSION, drivers, partial(_shown_settings, folder), further)


def _reporter(folder: Path, stack: ExitStack) -> Reporter | KioskError:
    """Return the reporter of the open counter, or why it does not open: then the rest is needed all the more."""
    try:
        installation = stack.enter_context(opened(folder))
    except KioskError as error:
        return error
    return Reporter(installation.counter, RESOURCES, VERSION)


def _shown_settings(folder: Path) -> str:
    settings, window = read_settings(folder), read_window_settings(folder)
    kept = settings_text(replace(settings, devices=without_secrets(settings.devices)))
    return f"{kept}\n# window.toml\n{window_text(window)}"
