"""A biometric service as a device's maker installs it: loopback HTTP with verbs of its own, and a menu of faults.

It answers MOSIPDISC, MOSIPDINFO, STREAM and RCAPTURE, and gives the certificate of its root at /ca.  It does not wait
for a quality to be reached, judge what it sees, register itself, or capture for log-in (CAPTURE); one port has one
device.
"""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import cv2

from kiosk.devices.api import Image, Scene
from kiosk.devices.listener import DRIP_SECONDS
from kiosk.devices.sim import face, irises, slaps
from kiosk.devices.sim.sbi_answers import (
    CODES,
    SIGNED_FAULTS,
    Answer,
    Fields,
    Habits,
    Hardware,
    discovered,
    error,
    informed,
)
from kiosk.devices.sim.sbi_seen import SEEN, Glance
from kiosk.devices.sim.sbi_tokens import root_file
from kiosk.devices.sim.stage import Play, Stage, stream
from kiosk.devices.wall_clock import utc_now

LINE_MENU = (
    "vanish", "silence", "nobody", "slow", "garbage", "cut", "wrong_count", "busy", "refused", "not_registered",
    "not_ready",
)  # fmt: skip
SEEN_FAULTS = {
    "Finger": (*slaps.FAULTS, "wrong_hand", "wrong_person"),
    "Iris": (*irises.FAULTS, "wrong_person"),
    "Face": face.FAULTS,
}
STREAM_SIZE = (600, 800)
RATE = 15  # pictures a second
LONGEST_REQUEST = 1 << 16
SEND_LIMIT = 5.0  # seconds a driver may leave an answer unread, or its own question unsaid
EMPTY_HASH = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
BOUNDARY = "frame"
PLAIN = Habits()


class SbiPeer:
    """One service with one device; each connection has a thread of its own."""

    def __init__(self, stage: Stage, hardware: Hardware, habits: Habits = PLAIN) -> None:
        self.stage = stage
        self.hardware = hardware
        self.habits = habits
        self.stopped = threading.Event()
        self.streams = count(1)
        self.streaming = 0  # number of the live picture that goes on, 0 for none
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=partial(self._server.serve_forever, DRIP_SECONDS), name="biometric service", daemon=True
        )

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening and end every thread; a second call does nothing."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def captured(self, order: Fields, play: Play) -> Fields:
        """Return the answer to an order: what was seen, or the error the fault is."""
        code = CODES.get(play.fault or "")
        if self.streaming:
            code = CODES["busy"]
        if code is not None:
            return {"biometrics": [{"specVersion": "0.9.5", "data": "", "hash": "", "error": error(code)}]}
        bio, at = _bio(order), utc_now()
        unseen = frozenset(map(str, _listed(bio.get("exception"))))
        drawn = play if play.fault in SEEN_FAULTS[self.hardware.type] else _in_order(play)
        seen = SEEN[self.hardware.type](Glance(str(bio.get("deviceSubId")), unseen, drawn, at))
        answer = Answer(self.hardware, self.habits, order, at, play.fault)
        entries = answer.biometrics(seen, str(bio.get("previousHash") or EMPTY_HASH))
        return {"biometrics": entries[1:] if play.fault == "wrong_count" else entries}


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # all of them are waited for at the end

    def __init__(self, peer: SbiPeer) -> None:
        self.peer = peer
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in list(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a driver that lets go is no error of the service."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SEND_LIMIT
    server: _Server

    def do_GET(self) -> None:
        self._send(_answer(root_file(), "application/x-pem-file", self._peer.habits))

    def do_MOSIPDISC(self) -> None:
        self._asked()
        if not self._peer.habits.discovers:
            self._send(_answer(b"not found", "text/plain", self._peer.habits, "404 Not Found"))
            return
        self._tell([discovered(self._peer.hardware, self._peer.port, utc_now())])

    def do_MOSIPDINFO(self) -> None:
        self._tell([informed(self._peer.hardware, self._peer.port, utc_now())])

    def do_RCAPTURE(self) -> None:
        order, peer = self._asked(), self._peer
        play = peer.stage.call(str(_bio(order).get("deviceSubId")))
        if play.fault == "nobody":
            peer.stopped.wait(min(60.0, int(str(order.get("timeout") or 0)) / 1000))
        if play.fault in ("vanish", "silence"):
            self._leave(wait=play.fault == "silence")
            return
        told = peer.captured(order, play)
        failed = bool(CODES.get(play.fault or ""))
        status = peer.habits.status if failed else "200 OK"
        whole = _answer(json.dumps(told).encode(), "application/json", peer.habits, status)
        self._play(play, whole, lambda: peer.stage.scene is play.scene)

    def do_STREAM(self) -> None:
        self._asked()
        peer, number = self._peer, next(self._peer.streams)
        fault = peer.stage.now().fault
        if fault in ("busy", "refused", "not_registered", "not_ready"):
            self._tell({"error": error(CODES[fault])})
            return
        peer.streaming = number
        try:
            self._stream(peer, number)
        finally:
            if peer.streaming == number:
                peer.streaming = 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has there
        """Say nothing."""

    @property
    def _peer(self) -> SbiPeer:
        return self.server.peer

    def _asked(self) -> Fields:
        length = min(int(self.headers.get("Content-Length") or 0), LONGEST_REQUEST)
        asked = json.loads(self.rfile.read(length) or b"{}")
        return asked if isinstance(asked, dict) else {}

    def _tell(self, told: object) -> None:
        self._send(_answer(json.dumps(told).encode(), "application/json", self._peer.habits))

    def _send(self, whole: bytes) -> None:
        self.close_connection = True
        self.connection.sendall(whole)

    def _leave(self, *, wait: bool) -> None:
        """Say nothing, for as long as the driver waits."""
        self.close_connection = True
        while wait and not self._peer.stopped.is_set() and not _gone(self.connection):
            pass

    def _stream(self, peer: SbiPeer, number: int) -> None:
        begun = time.monotonic()
        opening = _stream_head(peer.habits)
        while peer.streaming == number:
            play = peer.stage.now()
            whole = opening + _part(play, time.monotonic() - begun, peer.habits)
            if not self._play(play, whole, partial(_still, peer, play)):
                return
            opening = b""
            if peer.stopped.wait(1 / RATE):
                return

    def _play(self, play: Play, whole: bytes, holds: Callable[[], bool]) -> bool:
        """Send the answer, or what the fault makes of it; return whether the connection stays."""
        self.close_connection = True
        if play.fault in ("slow", "silence"):
            return self._dawdle(whole if play.fault == "slow" else b"", whole, holds)
        if (
            play.fault in ("vanish", "busy", "refused", "not_registered", "not_ready")
            and b"json" not in whole
        ):
            return False
        if play.fault == "garbage":
            self.connection.sendall(stream("garbage", play.scene.person).bytes(4096))
        elif play.fault == "cut":
            self.connection.sendall(whole[: len(whole) // 2])
        else:
            self.connection.sendall(whole)
        return play.fault not in ("garbage", "cut")

    def _dawdle(self, dripped: bytes, whole: bytes, holds: Callable[[], bool]) -> bool:
        """Send nothing, or a byte now and then, while the fault holds; then the rest."""
        sent = 0
        while holds() and not self._peer.stopped.is_set():
            self.connection.sendall(dripped[sent : sent + 1])
            sent = min(sent + 1, len(dripped))
            if _gone(self.connection):
                return False
        self.connection.sendall(whole[sent:])
        return True


def sbi_peer(scene: Scene, hardware: Hardware, habits: Habits = PLAIN) -> SbiPeer:
    """Return a service with this device, not yet started; its menu: faults of the line, of what is signed and seen."""
    menu = (*LINE_MENU, *SIGNED_FAULTS, *SEEN_FAULTS[hardware.type])
    return SbiPeer(Stage(menu, scene, refused=frozenset(SIGNED_FAULTS)), hardware, habits)


def _in_order(play: Play) -> Play:
    """Return the call as it looks to who draws it: nothing is wrong with what is seen."""
    return Play(replace(play.scene, fault=None, times=0), play.attempt, None)


def _still(peer: SbiPeer, play: Play) -> bool:
    return peer.stage.now().fault == play.fault


def _answer(content: bytes, media: str, habits: Habits, status: str = "200 OK") -> bytes:
    colon = ": " if habits.spaced else ":"
    lines = (
        f"HTTP/1.1 {status}",
        "CACHE-CONTROL:no-store",
        "LOCATION:http://127.0.0.1",
        f"Content-Length{colon}{len(content)}",
        f"Content-Type{colon}{media}",
        "Connection: Closed",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def _stream_head(habits: Habits) -> bytes:
    media = f"multipart/x-mixed-replace; boundary={habits.dashes}{BOUNDARY}"
    return f"HTTP/{habits.http} 200 OK\r\nContent-Type: {media}\r\nConnection: Closed\r\n\r\n".encode()


def _part(play: Play, at: float, habits: Habits) -> bytes:
    """Draw one picture of the stream, anew each time."""
    wrong = play.fault if play.fault in face.FAULTS else None
    picture = face.live(play.scene.person, play.scene.birth_year, STREAM_SIZE, at=at, flaw=wrong)
    content = _jpeg(picture)
    colon = ": " if habits.spaced else ":"
    head = f"--{BOUNDARY}\r\nContent-Type{colon}image/jpeg\r\nContent-Length{colon}{len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def _jpeg(picture: Image) -> bytes:
    _, content = cv2.imencode(
        ".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90]
    )
    return bytes(content)


def _gone(connection: socket.socket) -> bool:
    """Whether the driver let go; takes a moment."""
    connection.settimeout(DRIP_SECONDS)
    try:
        return not connection.recv(1)
    except TimeoutError:
        return False
    finally:
        connection.settimeout(SEND_LIMIT)


def _bio(order: Fields) -> Fields:
    """Return the first part of an order, where the device and what it is to take are named."""
    listed = _listed(order.get("bio"))
    return listed[0] if listed and isinstance(listed[0], dict) else {}


def _listed(found: object) -> list[object]:
    return found if isinstance(found, list) else []
