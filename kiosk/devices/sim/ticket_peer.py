"""The ticket printer's half of its line: reads ESC/POS, answers how it stands, and keeps its last tickets.

It does not draw, take time to print, know how wide its paper is, or push a status that was not asked for; it knows no
commands but those of tickets, and what it held back when it came to a stop is gone.
"""

import contextlib
import socket
from collections import deque
from collections.abc import Mapping

from kiosk.devices.api import Scene
from kiosk.devices.listener import Listener
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.escpos_reader import Order, Roll, cut_orders
from kiosk.devices.sim.stage import Stage, stream

# What it answers to the four questions of DLE EOT while a fault holds.
GOOD = b"\x12\x12\x12\x12"
HOLDS: Mapping[str, bytes] = {
    "paper_out": b"\x1a\x32\x12\x7e",
    "cover_open": b"\x1a\x16\x12\x12",
    "offline": b"\x1a\x12\x12\x12",
    "overheated": b"\x1a\x52\x52\x12",
    "broken": b"\x1a\x52\x32\x12",
}
STOPS: Mapping[str, bytes] = {"paper_ends": HOLDS["paper_out"], "cutter_jam": b"\x1a\x52\x1a\x12"}
PAPER_LOW = b"\x12\x12\x12\x1e"
MENU = (
    "vanish", "silence", "slow", "garbage", "cut", "mute", "paper_low", "paper_ends", "cutter_jam",
    "vanish_printing", *HOLDS,
)  # fmt: skip
NAMES: Mapping[int, str] = {65: "1", 66: MAKE, 67: "ticket printer", 68: "SIM-0001"}
MOST_KEPT = 20  # tickets
LATE = 1.0  # seconds until a slow printer answers a question
LEFT = 2  # lines that are still printed when paper or line come to an end


class TicketPeer:
    """A printer that one driver at a time is connected to.

    A call of the driver begins with its first question; one behind a ticket that was answered for is the same call's.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._listener = Listener("ticket peer", self._serve)
        self._kept: deque[dict[str, object]] = deque(maxlen=MOST_KEPT)
        self._new_call()

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return self._listener.port

    def start(self) -> None:
        """Begin to listen."""
        self._listener.start()

    def close(self) -> None:
        """Stop listening; a second call does nothing."""
        self._listener.close()

    def kept(self) -> list[dict[str, object]]:
        """Return the last tickets, oldest first: their `lines`, whether they were `cut`, and what was `unknown`."""
        return list(self._kept)

    def _new_call(self) -> None:
        self._scene = self.stage.scene
        self._fault: str | None = None
        self._roll = Roll()
        self._printing = False
        self._answered = False
        self._stopped = False

    def _serve(self, connection: socket.socket) -> None:
        heard = b""
        self._new_call()
        with contextlib.suppress(OSError):
            while not self._listener.stopped.is_set() and (came := connection.recv(1 << 16)):
                orders, heard = cut_orders(heard + came)
                if not all(self._obeyed(connection, order) for order in orders):
                    break
        self._keep(cut=False)

    def _obeyed(self, connection: socket.socket, order: Order) -> bool:
        """Do what an order says; return whether the connection stays."""
        if order.name == "status":
            return self._told(connection, order.content[0])
        if order.name == "name":
            connection.sendall(b"_" + NAMES.get(order.content[0], "").encode() + b"\x00")
        elif not self._holds:
            if order.name in ("sensor", "process"):
                self._answer(connection, order)
            else:
                return self._print(order)
        return True

    @property
    def _holds(self) -> bool:
        """Whether it takes no orders now."""
        return self._stopped or self._fault in HOLDS

    def _told(self, connection: socket.socket, question: int) -> bool:
        """Answer a question; return whether the connection stays."""
        if question == 1:
            self._begin()
        if self._fault == "vanish":
            return False
        if self._fault == "garbage":
            connection.sendall(b"\x80\xff" + stream("noise", question).bytes(60))
        elif self._fault == "slow":
            self._listener.stopped.wait(LATE)
        if self._fault not in ("silence", "garbage") and (self._fault != "cut" or question == 1):
            connection.sendall(self._standing[question - 1 : question])
        return True

    def _begin(self) -> None:
        """Count a call, unless a ticket of this scene is being printed or this is the look behind it."""
        if not self._printing or self._scene is not self.stage.scene:
            self._keep(cut=False)
            self._new_call()
            self._fault = self.stage.call().fault
        elif self._answered:
            self._printing = False

    @property
    def _standing(self) -> bytes:
        if self._stopped:
            return STOPS[str(self._fault)]
        return PAPER_LOW if self._fault == "paper_low" else HOLDS.get(str(self._fault), GOOD)

    def _answer(self, connection: socket.socket, order: Order) -> None:
        if self._fault == "mute":
            return
        self._answered = True
        if order.name == "process":
            connection.sendall(b'7"' + order.content[2:] + b"\x00")
        else:
            connection.sendall(b"\x03" if self._fault == "paper_low" else b"\x00")

    def _print(self, order: Order) -> bool:
        """Put an order on the paper; return whether the connection stays."""
        self._printing = True
        if order.name == "cut":
            self._stopped = self._fault == "cutter_jam"
            self._keep(cut=not self._stopped)
            return True
        self._roll.follow(order)
        if self._fault == "vanish_printing":
            return len(self._roll.lines) < LEFT
        self._stopped = self._fault == "paper_ends" and len(self._roll.lines) >= LEFT
        return True

    def _keep(self, *, cut: bool) -> None:
        roll, self._roll = self._roll, Roll()
        if roll.lines:
            self._kept.append({"lines": roll.lines, "cut": cut, "unknown": roll.unknown.hex()})


def peer_of(scene: Scene) -> TicketPeer:
    """Return the ticket printer's peer, not yet started."""
    return TicketPeer(Stage(MENU, scene))
