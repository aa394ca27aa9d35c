"""Running the real command in a process of its own, for tests that kill it."""

import json
import subprocess
import sys
from pathlib import Path

KIOSK = [sys.executable, "-m", "kiosk.app.main"]


def kiosk(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*KIOSK, *arguments, "--data", str(data)], capture_output=True, text=True, check=False, timeout=300
    )


def rehearse_command(data: Path, *, sample: int, seed: int = 3) -> list[str]:
    """Return the command line of a rehearsal."""
    return [*KIOSK, "rehearse", "--sample", str(sample), "--seed", str(seed), "--data", str(data)]


def outcomes(text: str) -> list[dict[str, object]]:
    """Return the whole lines of a rehearsal's output; a killed one may leave half a line."""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def saved_in(text: str) -> list[str]:
    """Return the packets that were told as saved."""
    return [str(outcome["saved"]) for outcome in outcomes(text) if "saved" in outcome]


def outbox_of(data: Path) -> list[dict[str, object]]:
    """Return the outbox as the command tells it."""
    result = kiosk("outbox", "--json", data=data)
    if result.returncode:
        raise AssertionError(result.stderr)
    return list(json.loads(result.stdout))
