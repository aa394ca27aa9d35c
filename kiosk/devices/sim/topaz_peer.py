"""The signature pad's half of a serial line: five-byte frames over a loopback socket, with a menu of faults.

It sends a signature as fast as it can, shows nothing on a screen, and its person writes only when asked.
"""

import queue
import socket

from kiosk.devices.api import Scene, Stroke
from kiosk.devices.listener import DRIP_SECONDS, Listener
from kiosk.devices.sim import signatures
from kiosk.devices.sim.stage import Play, Stage, stream

LINE_MENU = (
    "nobody",
    "hovers",
    "vanish",
    "silence",
    "slow",
    "garbage",
    "cut",
    "endless",
    "lost_bytes",
    "noise",
)
MENU = (*LINE_MENU, *signatures.FAULTS)
NOTHING_CAME = frozenset({"hovers", "endless"})  # beside the faults of any line
CORNER = (400, 350)  # what the pad reports at its upper left
POINTS_A_MM = 410 / 25.4
AWAY, NEAR, DOWN = 0x80, 0xC0, 0xC1
HOVERING = 4  # frames before and after a stroke
ENDLESS = 13_000  # frames of a pen that lies on the pad
CUT = 102  # bytes from the first touch on: in the midst of a frame
EAGER_SECONDS = 0.45  # between two signatures that nobody asked for
SLOW = 4  # times as slow as other simulated devices: one frame takes a second


class TopazPeer:
    """Sends to whoever listens; one driver at a time.  eager: the person signs again and again, unasked."""

    def __init__(self, stage: Stage, *, eager: bool = False) -> None:
        self.stage = stage
        self._eager = eager
        self._listener = Listener("signature pad", self._serve)
        self._asked: queue.SimpleQueue[Play] = queue.SimpleQueue()

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
        """Sign now (`topaz.sign`)."""
        self._asked.put(self.stage.call("signature"))

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(DRIP_SECONDS)
        while not self._listener.stopped.is_set() and not _gone(connection):
            play = self._next()
            if play is not None and not self._play(connection, play):
                return

    def _next(self) -> Play | None:
        if self._eager and not self._listener.stopped.wait(EAGER_SECONDS):
            self.show()
        try:
            return self._asked.get_nowait()
        except queue.Empty:
            return None

    def _play(self, connection: socket.socket, play: Play) -> bool:
        """Send what is written, or what the fault makes of it; return whether the connection stays."""
        if play.fault in ("nobody", "silence"):
            return True
        whole = _written(play)
        if play.fault == "slow":
            return self._drip(connection, play, whole)
        connection.sendall(_spoilt(play, whole))
        return play.fault != "vanish"

    def _drip(self, connection: socket.socket, play: Play, whole: bytes) -> bool:
        """Send a byte now and then until the driver gives up, or another scene is played."""
        for byte in whole:
            if play.scene is not self.stage.scene:
                return True
            connection.sendall(bytes([byte]))
            if self._listener.stopped.wait(SLOW * DRIP_SECONDS) or _gone(connection):
                return False
        return True


def peer_of(scene: Scene) -> TopazPeer:
    """Return the pad's peer, not yet started."""
    return TopazPeer(Stage(MENU, scene, refused=NOTHING_CAME))


def frame(status: int, x: float, y: float) -> bytes:
    """Return the frame of a place in millimetres from the upper left corner."""
    across, down = (round(start + mm * POINTS_A_MM) for start, mm in zip(CORNER, (x, y), strict=True))
    return bytes([status, across & 0x7F, across >> 7, down & 0x7F, down >> 7])


def _written(play: Play) -> bytes:
    if play.fault == "hovers":
        return frame(NEAR, 20, 20) * 20
    strokes = signatures.signature(play.scene.person, attempt=play.attempt, flaw=play.fault)
    return b"".join(map(_stroke, strokes)) + frame(AWAY, 0, 0) * HOVERING


def _stroke(stroke: Stroke) -> bytes:
    first, last = stroke[0], stroke[-1]
    drawn = b"".join(frame(DOWN, point.x, point.y) for point in stroke)
    return frame(NEAR, first.x, first.y) * HOVERING + drawn + frame(NEAR, last.x, last.y) * HOVERING


def _spoilt(play: Play, whole: bytes) -> bytes:
    """Return what the driver gets of the signature."""
    if play.fault == "garbage":
        return stream("noise", play.scene.person).bytes(4096)
    if play.fault == "endless":
        return frame(DOWN, 20, 20) * ENDLESS
    if play.fault == "cut":
        return whole[: whole.index(bytes([DOWN])) + CUT]
    if play.fault == "vanish":
        return whole[: len(whole) // 2]
    return _disturbed(play.fault, whole)


def _disturbed(fault: str | None, whole: bytes) -> bytes:
    """Return it with bytes lost or added here and there, or as it was."""
    if fault == "lost_bytes":
        return b"".join(whole[start : start + 100] for start in range(0, len(whole), 103))
    if fault == "noise":
        return b"\x55\xff\x00".join(whole[start : start + 200] for start in range(0, len(whole), 200))
    return whole


def _gone(connection: socket.socket) -> bool:
    """Whether the driver let go; takes a moment."""
    try:
        return not connection.recv(1)
    except TimeoutError:
        return False
