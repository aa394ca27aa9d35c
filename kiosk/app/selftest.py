"""`kiosk selftest`: test one part of the counter or all of them, and keep what came of it."""

import argparse
import json
import sys

from kiosk.app.command import Parsers
from kiosk.app.drivers import all_drivers
from kiosk.app.wiring import opened_or_practice
from kiosk.domain.selftest import ADVICE, Part, SelfTest, Verdict
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.selftest import SelfTester
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
    return parser


def run(options: argparse.Namespace) -> int:
    """Test what was asked for; returns 1 when something is broken."""
    parts = [Part(name) for name in options.part] or list(Part)
    with opened_or_practice(options.data) as installation:
        kit = RecordingKit(installation.settings.devices, NobodyAsked(), drivers=all_drivers(options.data))
        kit.keep_traces(TraceKeeper(installation.counter).keep)
        tester = SelfTester(installation.counter, kit)
        try:
            tests = [_tested(tester, part, options) for part in parts]
        finally:
            kit.close()
    return 1 if any(test.verdict is Verdict.BROKEN for test in tests) else 0


def _tested(tester: SelfTester, part: Part, options: argparse.Namespace) -> SelfTest:
    test = tester.test(part, asked=_ask if options.ask else _nobody)
    sys.stdout.write(f"{json.dumps(_fields(test))}\n" if options.json else _told(test))
    sys.stdout.flush()
    return test


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


def _fields(test: SelfTest) -> dict[str, object]:
    return {
        "part": test.part.value,
        "verdict": test.verdict.value,
        "problem": test.problem.value,
        "said": test.said,
        "at": test.at.isoformat(),
        "measure": None if test.measure is None else {"value": test.measure.value, "unit": test.measure.unit},
        "stages": [
            {
                "name": stage.name,
                "outcome": stage.outcome.value,
                "seconds": round(stage.seconds, 3),
                "told": stage.told,
            }
            for stage in test.stages
        ],
    }
