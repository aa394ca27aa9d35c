"""The processes with makers' libraries that a test's drivers have started."""

import os
from pathlib import Path


def child_of_this_process(program: str) -> int:
    """Return the living child that runs this program, by the last part of its module's name."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, *_ = status.read_text(encoding="utf-8").rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if parent == str(os.getpid()) and state != "Z" and program in command:
            return int(status.parent.name)
    raise AssertionError(f"no child runs {program}")
