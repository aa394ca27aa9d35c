"""A bare program that sleeps and wakes; prints, until its input ends, when it came late and by how much, as JSON.

`[[seconds of the system's monotonic clock, milliseconds], ...]`, those of 10 ms and more.
"""

import json
import sys
import threading
import time

INTERVAL = 0.005  # seconds
TOLD = 10.0  # milliseconds


def main() -> None:
    """Wait and watch."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    late: list[tuple[float, float]] = []
    last = time.monotonic()
    while not ended.is_set():
        time.sleep(INTERVAL)
        now = time.monotonic()
        gap = (now - last - INTERVAL) * 1000
        if gap >= TOLD:
            late.append((now, gap))
        last = now
    sys.stdout.write(json.dumps(late))


if __name__ == "__main__":
    main()
