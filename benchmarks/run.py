"""`make bench`: every figure beside its baseline from the same run, as a table and as JSON."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from benchmarks import biodata, memory, saving, sealing, search
from benchmarks.figures import Figure, table


def main() -> int:
    """Measure everything; returns 1 when an aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--enrollments", type=int, default=500, help="how many for the memory figure")
    options = parser.parse_args()
    figures: list[Figure] = []
    for measured in (
        saving.measure,
        biodata.measure,
        search.measure,
        sealing.measure,
        lambda: memory.measure(options.enrollments),
    ):
        figures += measured()
        sys.stderr.write(f"{figures[-1].name}: measured\n")
    sys.stdout.write(table(figures))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        machine = {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        }
        told = {"machine": machine, "figures": [figure.told() for figure in figures]}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 1 if any(figure.holds is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
