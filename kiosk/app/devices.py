"""`kiosk devices`: which drivers there are and what answers; finding and choosing devices; their traces."""

import argparse
import sys
from functools import partial

from kiosk.app.command import Parsers
from kiosk.app.device_settings import keep_choice
from kiosk.app.device_traces import Tracing, replay
from kiosk.app.drivers import all_drivers
from kiosk.app.wiring import opened_or_practice
from kiosk.devices.api import DeviceError, Kind, Settings
from kiosk.domain.sentences import sentence
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.setting_up import RefusedSettingError, SetUp


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    parser = commands.add_parser("devices", help="list drivers, and open every device that is set up")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--find", action="store_true", help="tell what each driver finds on this machine")
    asked.add_argument(
        "--use",
        nargs="+",
        metavar=("KIND", "DRIVER"),
        help="let DRIVER serve KIND, with KEY=VALUE ... as its settings; without DRIVER: no such device here",
    )
    asked.add_argument(
        "--simulate",
        nargs="+",
        metavar=("KIND", "FAULT"),
        help="let a simulator serve KIND; with FAULT, try that once",
    )
    asked.add_argument(
        "--record",
        nargs=2,
        metavar=("KIND", "FILE"),
        help="test the device of KIND and write what goes over its line",
    )
    asked.add_argument(
        "--replay",
        nargs="+",
        metavar=("FILE", "KEY=VALUE"),
        help="play a trace back to its driver, and tell what it meets",
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; without that, open each configured device once.  Returns 1 when something failed."""
    drivers = all_drivers(options.data)
    if options.replay:
        return replay(drivers, *options.replay)
    with opened_or_practice(options.data) as installation:
        choices = installation.settings.devices
        if options.find or options.use:
            kit = RecordingKit(choices, NobodyAsked(), drivers=drivers)
            set_up = SetUp(installation.counter, kit, drivers, partial(keep_choice, options.data))
            return _find(set_up) if options.find else _use(set_up, options.use)
        if options.record or options.simulate:
            tracing = Tracing(installation.counter, choices, drivers, partial(keep_choice, options.data))
            return tracing.record(*options.record) if options.record else tracing.simulate(*options.simulate)
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


def _find(set_up: SetUp) -> int:
    for kind in Kind:
        for look in set_up.find(kind):
            lines = [f"{found.title}  {_pairs(found.settings)}".rstrip() for found in look.found]
            for line in lines or [look.error or "nothing"]:
                sys.stdout.write(f"{look.driver:<26} {line}\n")
                sys.stdout.flush()
    return 0


def _use(set_up: SetUp, words: list[str]) -> int:
    """Choose a driver; every error is told and changes nothing."""
    name, *rest = words
    if name not in set(Kind):
        return _refused(f"{name} is no kind of device; the kinds are {', '.join(Kind)}.")
    pairs = [pair.partition("=") for pair in rest[1:]]
    if not all(sign for _, sign, _ in pairs):
        return _refused("Settings are given as KEY=VALUE; nothing was changed.")
    choice = DeviceChoice(rest[0], {key: value for key, _, value in pairs}) if rest else None
    try:
        set_up.choose(Kind(name), choice)
    except RefusedSettingError as error:
        return _refused(" ".join(sentence(finding) for finding in error.findings))
    sys.stdout.write(f"{name:<14} {'none' if choice is None else choice.driver}\n")
    return 0


def _refused(told: str) -> int:
    sys.stderr.write(f"{told}\n")
    return 1


def _pairs(settings: Settings) -> str:
    return " ".join(f"{key}={value}" for key, value in settings.items())


def _told(kit: RecordingKit, kind: Kind) -> bool:
    try:
        found = kit.identity(kind)
    except DeviceError as error:
        sys.stdout.write(f"{kind.value:<14} {kit.choices()[kind].driver}: {error}\n")
        return False
    name = " ".join(part for part in (found.make, found.model, found.serial, found.firmware) if part)
    sys.stdout.write(f"{kind.value:<14} {found.driver}: {name}\n")
    return True
