"""Run as a program: hold the sender's lock of a folder until standard input ends."""

import sys
from pathlib import Path

from kiosk.sync.sender_lock import sender_lock

if __name__ == "__main__":
    with sender_lock(Path(sys.argv[1])):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.read()
