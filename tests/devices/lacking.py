"""What a test needs of the machine and this one has not: named in the last lines of a run, never skipped in silence."""

import shutil
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec

import pytest

MARK = "not to be had here: "


def needs(reason: str, *, met: bool = False) -> None:
    """Go on where it is met; else skip the test and have the reason told in the last lines.

    reason: what is lacking and which package brings it, such as `pcscd (package pcscd)`.  Also for a fixture; for a
    whole module as `lacking.needs(...)` at its head.
    """
    if not met:
        pytest.skip(MARK + reason, allow_module_level=True)


def needs_program(name: str, package: str) -> str:
    """Return the path of a program, or skip as `needs` does."""
    found = shutil.which(name)
    needs(f"{name} (package {package})", met=found is not None)
    return str(found)


def needs_library(module: str, package: str) -> None:
    """Go on where a Python library is installed, or skip as `needs` does."""
    needs(f"Python's {package} (requirements/devices-linux.txt)", met=find_spec(module) is not None)


def told_lacking(skipped: Iterable[object]) -> tuple[str, ...]:
    """Return a line for each thing that was lacking, with the number of its tests, from the reports of skipped ones."""
    reasons = (reason_of(getattr(report, "longrepr", None)) for report in skipped)
    counted = Counter(reason.partition(MARK)[2] for reason in reasons if MARK in reason)
    return tuple(
        f"{reason}: {number} {'test' if number == 1 else 'tests'} did not run"
        for reason, number in sorted(counted.items(), key=lambda told: told[0].lower())
    )


def reason_of(told: object) -> str:
    """Return why a test was skipped; a report holds file, line and reason, wherever it comes from."""
    return str(told[2]) if isinstance(told, tuple | list) and len(told) == 3 else str(told)
