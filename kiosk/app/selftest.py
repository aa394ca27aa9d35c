"""`kiosk selftest`: test one part of the counter or all of them, and keep what came of it."""

import argparse
import json
import sys
from pathlib import Path

from kiosk.app.catalogue import words_of
from kiosk.app.command import Parsers
from kiosk.app.drivers import all_drivers
from kiosk.app.places import RESOURCES, VERSION
from kiosk.app.wiring import Installation, opened_or_practice
from kiosk.domain.selftest import ADVICE, Part, SelfTest, Verdict
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.outside_file import require_outside, write_outside
from kiosk.services.reporting import Reporter
from kiosk.services.selftest import SelfTester
from kiosk.services.selftest_fields import selftest_fields
from kiosk.services.traces_kept import TraceKeeper


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    parser = commands.add_parser("selftest", help="test a device, or every part of the counter")
    parser.add_argument(
        "part", nargs="*", choices=[[], *Part], default=[], metavar="PART", help="what to test"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a part")
    parser.add_argument(
        "--ask", action="store_true", help="ask at the keyboard for what only a person can do"
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write the report of these parts as a PDF; not in the data folder",
    )
    parser.add_argument("--force", action="store_true", help="replace a file of this name")
    return parser


def run(options: argparse.Namespace) -> int:
    """Test what was asked for; returns 1 when something is broken."""
    parts = [Part(name) for name in options.part] or list(Part)
    if options.report is not None:  # before tests that take minutes
        require_outside(options.report, options.data, over=options.force)
    with opened_or_practice(options.data) as installation:
        kit = RecordingKit(installation.settings.devices, NobodyAsked(), drivers=all_drivers(options.data))
        kit.keep_traces(TraceKeeper(installation.counter).keep)
        tester = SelfTester(installation.counter, kit)
        try:
            tests = [_tested(tester, part, options) for part in parts]
        finally:
            kit.close()
        if options.report is not None:
            _write_report(installation, frozenset(parts), options)
    return 1 if any(test.verdict is Verdict.BROKEN for test in tests) else 0


def _tested(tester: SelfTester, part: Part, options: argparse.Namespace) -> SelfTest:
    test = tester.test(part, asked=_ask if options.ask else _nobody)
    sys.stdout.write(f"{json.dumps(selftest_fields(test))}\n" if options.json else _told(test))
    sys.stdout.flush()
    return test


def _write_report(installation: Installation, parts: frozenset[Part], options: argparse.Namespace) -> None:
    reporter = Reporter(installation.counter, RESOURCES, VERSION)
    content = reporter.report(words_of(options.data), parts)
    write_outside(options.report, content, options.data, over=options.force)
    sys.stderr.write(f"The report lies in {options.report}.\n")


def _ask(question: str) -> bool:
    sys.stderr.write(f"{question} Enter when it is done, s to leave it out: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() != "s"


def _nobody(question: str) -> bool:
    return False


def _told(test: SelfTest) -> str:
    figure = f"  {test.measure.value:g} {test.measure.unit}" if test.measure is not None else ""
    lines = [f"{test.part.value:<18}{test.verdict.value}{figure}"]
    lines += [f"    {stage.outcome.value:<12}{stage.name}  {stage.told}".rstrip() for stage in test.stages]
    if test.said:
        lines.append(f"    {test.said}")
    lines += [f"    {number}. {advice}" for number, advice in enumerate(ADVICE[test.problem], 1)]
    return "\n".join(lines) + "\n"
