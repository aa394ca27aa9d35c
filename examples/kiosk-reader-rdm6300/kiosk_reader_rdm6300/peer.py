"""The reader's peer: speaks as the reader does, on a loopback port, so that the driver is tried without one.

`python -m kiosk_reader_rdm6300.peer [FAULT]` prints its port and serves until its standard input ends.
"""

import socket
import sys
import threading
from collections.abc import Callable

CARD = bytes.fromhex("0a00c0ffee")
PAUSE = 0.05  # seconds between two frames of a card that lies there


def frame(card: bytes) -> bytes:
    """Return the frame of a card's five bytes."""
    checksum = 0
    for byte in card:
        checksum ^= byte
    return b"\x02" + f"{card.hex()}{checksum:02x}".upper().encode("ascii") + b"\x03"


WHOLE = frame(CARD)
FAULTS: dict[str, Callable[[], bytes]] = {
    "none": lambda: WHOLE,
    "silence": lambda: b"",
    "checksum": lambda: WHOLE[:11] + b"00" + WHOLE[13:],
    "garbage": lambda: b"\x02" + bytes(range(200, 213)),
    "cut": lambda: WHOLE[:7],
}


def main() -> None:
    """Serve one reader after the other."""
    fault = sys.argv[1] if len(sys.argv) > 1 else "none"
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, fault), daemon=True).start()
        sys.stdout.write(f"{door.getsockname()[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()


def _serve(door: socket.socket, fault: str) -> None:
    stopped = threading.Event()
    while True:
        line, _ = door.accept()
        with line:
            try:
                while not stopped.wait(PAUSE):
                    line.sendall(FAULTS[fault]())
                    if fault == "cut":
                        break
            except OSError:
                continue


if __name__ == "__main__":
    main()
