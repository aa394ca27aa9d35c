"""What pictures took goes back to the system once they are gone."""

import subprocess
import sys

_SCRIPT = """
import threading
from kiosk.app.allocation import give_back_memory
{tuned}
kept = []

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

def pictures():
    del [bytearray(16_000_000)][:]
    for _ in range(3):
        taken = [bytearray(5_000_000) for _ in range(8)]
        kept.append(bytearray(1000))
        del taken

before = resident()
workers = [threading.Thread(target=pictures) for _ in range(6)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(resident() - before)
"""


def _kept(tuned: str) -> int:
    """Return the bytes a process still holds after six threads took and let go of pictures."""
    script = _SCRIPT.format(tuned=tuned)
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return int(told.stdout)


def test_pictures_that_are_gone_leave_little_behind() -> None:
    assert _kept("give_back_memory()") < 4_000_000
