"""Memory over rehearsed enrollments: resident size at the end beside that after the first tenth."""

import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.office import practice_rehearsal, residents
from kiosk.services.rehearsal import enroll
from kiosk.services.saving import Saved

FLAT = 1.10


def measure(enrollments: int = 500) -> list[Figure]:
    """Return the figure of resident memory, in MB, and of what it cost in time."""
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as folder, practice_rehearsal(Path(folder) / "kiosk") as rehearsal:
        for number, file in enumerate(residents(enrollments), start=1):
            outcome = enroll(rehearsal, file)
            if not isinstance(outcome, Saved):
                raise SystemExit(f"resident {number} was not saved: {outcome}")
            sizes.append(_resident_megabytes())
    early = max(sizes[: max(1, enrollments // 10)])
    late = max(sizes[-max(1, enrollments // 10) :])
    return [
        Figure(
            f"memory after {enrollments} enrollments", "MB", late, max(sizes), "highest of the first tenth", early,
            aim="flat: at most 1.10 times", holds=late <= early * FLAT,
        )
    ]  # fmt: skip


def _resident_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
