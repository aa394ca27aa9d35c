"""`kiosk rehearse`: whole enrollments in a practice office, one JSON line an outcome, written once it is durable."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.app.command import Parsers
from kiosk.app.locks import counter_lock
from kiosk.app.logs import log_to
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import Installation, opened_or_practice, tools_of
from kiosk.domain.biodata_rules import unknown_keys
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Service
from kiosk.domain.sentences import sentence
from kiosk.services.rehearsal import Already, Outcome, enroll, prepare_rehearsal
from kiosk.services.saving import Refused
from kiosk.services.startup import start
from kiosk.wire.contents import ResidentFile
from kiosk.wire.errors import MessageError


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("rehearse", help="enroll practice residents without a window")
    command.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help="one resident.json a line")
    command.add_argument("--sample", type=int, metavar="N", help="make N residents instead of reading a file")
    command.add_argument(
        "--seed", type=int, default=1, help="which residents, and who stands at the simulators"
    )
    command.add_argument("--schema", action="store_true", help="print the JSON schema of a line")
    return command


def run(options: argparse.Namespace) -> int:
    """Rehearse; returns 0 when every line was saved, already there or refused with findings."""
    if options.schema:
        sys.stdout.write(json.dumps(ResidentFile.model_json_schema(), indent=2) + "\n")
        return 0
    if (options.file is None) == (options.sample is None):
        sys.stderr.write("kiosk: give either FILE.jsonl or --sample N\n")
        return 2
    with opened_or_practice(options.data) as installation, counter_lock(options.data):
        log_to(options.data)
        start(installation.counter)
        lines = _sampled(installation, options) if options.file is None else _read(options.file)
        _rehearse(installation, lines, options.seed)
    return 0


def _rehearse(installation: Installation, lines: Iterable[ResidentFile | Refused], seed: int) -> None:
    with tools_of(installation) as tools:
        rehearsal = prepare_rehearsal(installation.counter, tools, seed=seed)
        for line in lines:
            outcome = line if isinstance(line, Refused) else enroll(rehearsal, line)
            sys.stdout.write(json.dumps(told(outcome)) + "\n")
            sys.stdout.flush()


def _sampled(installation: Installation, options: argparse.Namespace) -> Iterator[ResidentFile]:
    counter = installation.counter
    return practice_residents(
        options.sample, seed=options.seed, today=counter.today(), reference=counter.reference
    )


def _read(path: Path) -> Iterator[ResidentFile | Refused]:
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.strip():
                    yield read_line(line)
    except OSError as error:
        raise MessageError(f"{path} cannot be read: {error.strerror}.") from error


def read_line(line: str) -> ResidentFile | Refused:
    """Return the resident of a line, or the finding that says what is wrong with it."""
    try:
        file = ResidentFile.read(line)
    except MessageError as error:
        return Refused((Finding.error("line.malformed", problem=str(error)),))
    findings = unknown_keys(file.biodata) + _unknown_words(file)
    return Refused(findings) if findings else file


def _unknown_words(file: ResidentFile) -> tuple[Finding, ...]:
    problems = ["the service is not known"] if file.service not in set(Service) else []
    if any(entry.reason not in set(ExceptionReason) for entry in file.exceptions):
        problems.append("the reason of an exception is not known")
    return tuple(Finding.error("line.malformed", problem=problem) for problem in problems)


def told(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as the command prints it."""
    if isinstance(outcome, Refused):
        return {"refused": [_finding(finding) for finding in outcome.findings]}
    if isinstance(outcome, Already):
        return {"already": outcome.packet_id}
    return {"saved": outcome.packet_id}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "sentence": sentence(finding),
    }
