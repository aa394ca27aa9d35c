"""The camera's half of HTTP: a loopback source of a motion-JPEG stream and of stills, with a menu of faults.

It does not simulate focus, exposure or a lens, and its person sits down at once.  Stills are PNG: a marker lasts.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count

import cv2

from kiosk.devices.api import Image, Scene
from kiosk.devices.listener import DRIP_SECONDS, knock
from kiosk.devices.sim import face
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import LINE_FAULTS, Play, Stage, flaw, stream

LINE_MENU = ("vanish", "silence", "slow", "garbage", "cut", "busy", "refused")
MENU = (*LINE_MENU, *face.FAULTS)
PORTRAIT = "portrait"
STILL_SIZE = (960, 1280)  # width, height
STREAM_SIZE = (600, 800)
RATE = 30  # pictures a second, as a camera for portraits sends
LONGEST_REQUEST = 8192
SEND_LIMIT = 5.0  # seconds a driver may leave its pictures unread
REFUSALS = {"busy": "503 Service Unavailable", "refused": "403 Forbidden"}
BOUNDARY = "picture"
STREAM_HEAD = (
    f"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary={BOUNDARY}\r\n\r\n".encode()
)


class PictureSource:
    """Serves `/stream` and `/still`; a thread listens and each connection has one of its own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listening = threading.Thread(target=self._listen, name="picture source", daemon=True)
        self._lock = threading.Lock()
        self._served: dict[socket.socket, threading.Thread] = {}

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Begin to listen."""
        self._listening.start()

    def close(self) -> None:
        """Stop listening and end every thread; a second call does nothing."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        knock(self.port)
        self._listening.join()
        self._listener.close()
        with self._lock:
            served = dict(self._served)
        for connection, thread in served.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(SEND_LIMIT)
            thread = threading.Thread(target=self._serve, args=(connection,), name="pictures", daemon=True)
            with self._lock:
                self._served[connection] = thread
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            path = _asked_path(connection)
            if path == "/stream":
                self._stream(connection)
            elif path == "/still":
                self._still(connection)
        with self._lock:
            del self._served[connection]

    def _still(self, connection: socket.socket) -> None:
        play = self.stage.call(PORTRAIT)
        scene = play.scene
        wrong = None if play.fault in LINE_FAULTS else flaw(play, PORTRAIT, face.FLAWS)
        picture = face.portrait(scene.person, scene.birth_year, STILL_SIZE, attempt=play.attempt, flaw=wrong)
        content = _encoded(marked(picture, scene.marker), ".png")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {len(content)}\r\n\r\n"
        self._play(connection, play, head.encode() + content, lambda: self.stage.scene is scene)

    def _stream(self, connection: socket.socket) -> None:
        opening, due = STREAM_HEAD, time.monotonic()
        for number in count():
            play = self.stage.now()
            whole = opening + _part(play, number / RATE)
            if not self._play(connection, play, whole, partial(self._still_holds, play)):
                return
            opening = b""
            # What drawing took is made good, what a fault took is not.
            due = max(due + 1 / RATE, time.monotonic() - 1 / RATE)
            if self._stopped.wait(due - time.monotonic()):
                return

    def _still_holds(self, play: Play) -> bool:
        return self.stage.now().fault == play.fault

    def _play(self, connection: socket.socket, play: Play, whole: bytes, holds: Callable[[], bool]) -> bool:
        """Send the answer, or what the fault makes of it; return whether the connection stays."""
        if play.fault not in LINE_FAULTS:
            connection.sendall(whole)
            return True
        if play.fault in ("silence", "slow"):
            return self._dawdle(connection, whole if play.fault == "slow" else b"", whole, holds)
        connection.sendall(_spoilt(play, whole))
        return False

    def _dawdle(
        self, connection: socket.socket, dripped: bytes, whole: bytes, holds: Callable[[], bool]
    ) -> bool:
        """Send nothing, or a byte now and then, while the fault holds; then the rest."""
        sent = 0
        while holds() and not self._stopped.is_set():
            connection.sendall(dripped[sent : sent + 1])
            sent = min(sent + 1, len(dripped))
            if _gone(connection):
                return False
        connection.sendall(whole[sent:])
        return True


def peer_of(scene: Scene) -> PictureSource:
    """Return the camera's peer, not yet started."""
    return PictureSource(Stage(MENU, scene))


def _part(play: Play, at: float) -> bytes:
    """One picture of the stream, drawn as a sensor would: anew each time."""
    scene, wrong = play.scene, play.fault if play.fault in face.FAULTS else None
    content = _encoded(face.live(scene.person, scene.birth_year, STREAM_SIZE, at=at, flaw=wrong), ".jpg")
    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def _spoilt(play: Play, whole: bytes) -> bytes:
    """Return what the driver gets before the connection ends."""
    if play.fault == "garbage":
        return stream("garbage", play.scene.person).bytes(4096)
    if play.fault == "cut":
        return whole[: len(whole) // 2]
    if play.fault in REFUSALS and whole.startswith(b"HTTP"):
        return f"HTTP/1.1 {REFUSALS[play.fault]}\r\nContent-Length: 0\r\n\r\n".encode()
    return b""


def _gone(connection: socket.socket) -> bool:
    """Whether the driver let go; takes a moment."""
    connection.settimeout(DRIP_SECONDS)
    try:
        return not connection.recv(LONGEST_REQUEST)
    except TimeoutError:
        return False
    finally:
        connection.settimeout(SEND_LIMIT)


def _asked_path(connection: socket.socket) -> str:
    request = b""
    while b"\r\n\r\n" not in request and len(request) < LONGEST_REQUEST:
        chunk = connection.recv(LONGEST_REQUEST)
        if not chunk:
            return ""
        request += chunk
    words = request.split(maxsplit=2)
    return words[1].decode("ascii", "replace") if len(words) > 1 else ""


def _encoded(picture: Image, ending: str) -> bytes:
    options = [cv2.IMWRITE_PNG_COMPRESSION, 1] if ending == ".png" else [cv2.IMWRITE_JPEG_QUALITY, 90]
    _, content = cv2.imencode(ending, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), options)
    return bytes(content)
