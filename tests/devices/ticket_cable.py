"""A ticket printer on a pseudo terminal: the simulators' printer behind a cable that is pulled out, or set too fast."""

import contextlib
import os
import select
import socket
import termios
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

from kiosk.devices.api import Scene
from kiosk.devices.sim.ticket_peer import TicketPeer, peer_of
from tests.devices.contract import PERSON

PRINTERS_SPEED = termios.B9600
PRINTERS_BAUD = "9600"


class TicketCable:
    """Carries bytes between a pseudo terminal behind a lasting name and a printer.

    misheard: what becomes of an answer on a line of another speed: `noise`, or `nothing` at all.
    """

    def __init__(self, name: Path) -> None:
        self.name = name
        self.misheard = "noise"
        self.printer: TicketPeer = peer_of(Scene(person=PERSON))
        self._ends: tuple[int, int] | None = None
        self._line: socket.socket | None = None
        self._carrier: threading.Thread | None = None
        self._pulled = threading.Event()

    def plug(self) -> None:
        """Plug it in, a new terminal under the old name."""
        self.unplug()
        self._pulled.clear()
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(self._ends[1]))
        self._line = socket.create_connection(("127.0.0.1", self.printer.port))
        self._line.sendall(b"\x1dI\x42")
        while not self._line.recv(64).endswith(b"\x00"):  # its name: the printer has the line now
            pass
        self._carrier = threading.Thread(target=self._carry, args=(*self._ends, self._line), daemon=True)
        self._carrier.start()

    def unplug(self) -> None:
        """Pull it out; a second time does nothing."""
        self._pulled.set()
        if self._carrier is None or self._line is None:
            return
        self._carrier.join()
        self._line.close()
        for end in self._ends or ():
            os.close(end)
        self._carrier, self._line, self._ends = None, None, None

    def send(self, content: bytes) -> None:
        """Let the printer say something unasked."""
        assert self._ends is not None
        os.write(self._ends[0], content)

    def _carry(self, near: int, far: int, line: socket.socket) -> None:
        while not self._pulled.is_set():
            ready, _, _ = select.select((near, line), (), (), 0.01)
            if near in ready:
                line.sendall(os.read(near, 4096))
            if line in ready:
                answer = line.recv(4096)
                if not answer:
                    return
                os.write(near, self._as_heard(answer, speed=termios.tcgetattr(far)[5]))

    def _as_heard(self, answer: bytes, *, speed: int) -> bytes:
        if speed == PRINTERS_SPEED:
            return answer
        return bytes(byte ^ 0xE0 for byte in answer) if self.misheard == "noise" else b""


@contextlib.contextmanager
def cabled(name: Path) -> Iterator[TicketCable]:
    """Plug a printer in behind the name; printer and cable are gone at the end."""
    cable = TicketCable(name)
    cable.printer.start()
    with contextlib.closing(cable.printer):
        cable.plug()
        yield cable
        cable.unplug()
