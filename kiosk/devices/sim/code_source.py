"""The code scanner's half of a serial line: text with an end mark over a loopback socket, with a menu of faults.

It does not decode pictures, know symbologies or take programming codes; it shows a scene's code once.
"""

import socket

from kiosk.devices.api import Scene
from kiosk.devices.listener import DRIP_SECONDS, Listener
from kiosk.devices.sim.stage import Play, Stage, stream

MENU = ("nobody", "vanish", "slow", "garbage", "cut", "endless")
END = b"\r"
ENDLESS = 9000  # bytes without an end mark: more than any code holds


class CodeSource:
    """Sends the code to whoever listens; one driver at a time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._listener = Listener("code source", self._serve)
        self._waiting: Play | None = None
        self._shown: object = None

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

    def show(self, what: str = "") -> None:
        """Hold the scene's code before the scanner, unless it was seen already."""
        play = self.stage.call()
        if play.fault != "nobody" and play.scene.code and self._shown is not play.scene:
            self._waiting = play

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(DRIP_SECONDS)
        while not self._listener.stopped.is_set():
            play = self._waiting  # looked at before the line, so that no code goes to a driver that has gone
            if _gone(connection):
                return
            if play is not None:
                self._waiting = None
                if not self._play(connection, play):
                    return

    def _play(self, connection: socket.socket, play: Play) -> bool:
        """Send the code, or what the fault makes of it; return whether the connection stays."""
        whole = play.scene.code.encode() + END
        if play.fault is None:
            self._shown = play.scene
            connection.sendall(whole)
        elif play.fault == "garbage":
            connection.sendall(b"\x80\xff" + stream("noise", play.scene.person).bytes(60) + END)
        elif play.fault == "cut":
            connection.sendall(whole[: len(whole) // 2])
        elif play.fault == "endless":
            connection.sendall(b"8" * ENDLESS)
        elif play.fault == "slow":
            return self._drip(connection, whole)
        return play.fault != "vanish"

    def _drip(self, connection: socket.socket, whole: bytes) -> bool:
        """Send a byte now and then until the driver gives up."""
        for byte in whole[: -len(END)]:
            connection.sendall(bytes([byte]))
            if self._listener.stopped.is_set() or _gone(connection):
                return False
        return True


def peer_of(scene: Scene) -> CodeSource:
    """Return the code scanner's peer, not yet started."""
    return CodeSource(Stage(MENU, scene))


def _gone(connection: socket.socket) -> bool:
    """Whether the driver let go; takes a moment."""
    try:
        return not connection.recv(1)
    except TimeoutError:
        return False
