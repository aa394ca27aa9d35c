"""A serial cable between a driver and a simulated device: a pseudo terminal that is plugged, unplugged and disturbed.

The device at the other end is a peer of `kiosk.devices.sim`, which waits at a loopback port.  Where the driver has set
another speed than the device's, both hear noise, as on a real line; parity is not told by a pseudo terminal.
"""

import contextlib
import os
import select
import socket
import termios
import threading
import tty
from pathlib import Path

FLIPPED = bytes(byte ^ 0xA5 for byte in range(256))
STEP = 0.05


class Cable:
    """A cable to the device at `port`, behind a name that stays when it is plugged again."""

    def __init__(self, name: Path, port: int, *, baud: int) -> None:
        self.name = name
        self._port = port
        self._speed = getattr(termios, f"B{baud}")
        self._pulled = threading.Event()
        self._pump: threading.Thread | None = None
        self._driver_side = -1

    def plug(self) -> None:
        """Connect both ends; a device that hangs up is unplugged."""
        self.unplug()
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        device = socket.create_connection(("127.0.0.1", self._port), 5)
        self._pulled = threading.Event()
        self._pump = threading.Thread(
            target=self._carry, args=(ours, theirs, device, self._pulled), name="cable"
        )
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(theirs))
        self._driver_side = ours
        self._pump.start()

    def unplug(self) -> None:
        """Pull it; a second time does nothing."""
        self._pulled.set()
        if self._pump is not None:
            self._pump.join()

    def disturb(self, content: bytes) -> None:
        """Let the driver hear bytes that no device sent."""
        _sent(self._driver_side, content)

    def _carry(self, ours: int, theirs: int, device: socket.socket, pulled: threading.Event) -> None:
        with device:
            while not pulled.is_set():
                ready, _, _ = select.select((ours, device.fileno()), (), (), STEP)
                if device.fileno() in ready and not self._to_driver(ours, theirs, device):
                    break
                if ours in ready:
                    device.sendall(self._heard(theirs, os.read(ours, 4096)))
        os.close(ours)
        os.close(theirs)

    def _to_driver(self, ours: int, theirs: int, device: socket.socket) -> bool:
        """Pass on what came; return whether the device is still there."""
        came = device.recv(4096)
        _sent(ours, self._heard(theirs, came))
        return bool(came)

    def _heard(self, theirs: int, content: bytes) -> bytes:
        fits = termios.tcgetattr(theirs)[4] == self._speed
        return content if fits else content.translate(FLIPPED)


def _sent(end: int, content: bytes) -> None:
    """Write; what nobody reads within a second is lost, as on a real line."""
    while content and select.select((), (end,), (), 1)[1]:
        with contextlib.suppress(BlockingIOError):
            content = content[os.write(end, content[:512]) :]
