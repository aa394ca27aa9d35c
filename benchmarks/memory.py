"""Memory over rehearsed enrollments, in a process of its own: resident size at the end beside that of the first tenth.

`python -m benchmarks.memory N` prints the size after each enrollment, in MB, as JSON.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.office import practice_rehearsal, residents
from kiosk.services.rehearsal import enroll
from kiosk.services.saving import Saved

FLAT = 1.10


def measure(enrollments: int = 500) -> list[Figure]:
    """Return the figure of resident memory: what other figures left behind would hide what this one needs."""
    command = [sys.executable, "-m", "benchmarks.memory", str(enrollments)]
    sizes = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    tenth = max(1, enrollments // 10)
    early, late = max(sizes[:tenth]), max(sizes[-tenth:])
    return [
        Figure(
            f"memory after {enrollments} enrollments", "MB", late, max(sizes), "highest of the first tenth", early,
            aim="flat: at most 1.10 times", holds=late <= early * FLAT,
        )
    ]  # fmt: skip


def sizes_over(enrollments: int) -> list[float]:
    """Return the resident size after each of so many enrollments, in MB."""
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as folder, practice_rehearsal(Path(folder) / "kiosk") as rehearsal:
        for number, file in enumerate(residents(enrollments), start=1):
            outcome = enroll(rehearsal, file)
            if not isinstance(outcome, Saved):
                raise SystemExit(f"resident {number} was not saved: {outcome}")
            sizes.append(resident_megabytes())
    return sizes


def resident_megabytes() -> float:
    """Return the resident size of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(sizes_over(int(sys.argv[1]))))
