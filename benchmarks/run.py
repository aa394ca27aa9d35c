"""`make bench`: every figure beside its baseline from the same run, as a table and as JSON."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import biodata, devices, memory, papers, saving, sealing, search, window, window_memory
from benchmarks.figures import Figure, table

MEASURES: dict[str, Callable[[], list[Figure]]] = {
    "saving": saving.measure,
    "biodata": biodata.measure,
    "search": search.measure,
    "sealing": sealing.measure,
    "devices": devices.measure,
    "papers": papers.measure,
    "memory": memory.measure,
    "window": window.measure,
    "window_memory": window_memory.measure,
}
_OVER_ENROLLMENTS = {"memory": memory.measure, "window_memory": window_memory.measure}


def main() -> int:
    """Measure everything, or what was asked for; returns 1 when an aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--enrollments", type=int, default=500, help="how many for the memory figures")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES, help="leave the others out")
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.only:
        over = _OVER_ENROLLMENTS.get(name)
        figures += over(options.enrollments) if over else MEASURES[name]()
        sys.stderr.write(f"{name}: measured\n")
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
