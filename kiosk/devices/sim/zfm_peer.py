"""The fingerprint module's half of a serial line: its packets over a loopback socket, with a menu of faults.

It matches, enrolls and keeps no prints, its password stands, and sending takes it no time.  Its person lays a finger
down when asked for it and lifts it once its picture was read.  Four bits a pixel leave no room for a scene's marker.
"""

import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from kiosk.devices.api import Finger, Image, Scene
from kiosk.devices.listener import DRIP_SECONDS, Listener
from kiosk.devices.sim import zfm_prints
from kiosk.devices.sim.stage import Play, Stage, stream

LINE_MENU = (
    "nobody", "vanish", "silence", "slow", "garbage", "checksum", "cut", "wrong_count", "endless", "refused", "locked",
    "left_on",
)  # fmt: skip
MENU = (*LINE_MENU, *zfm_prints.FAULTS)
START = b"\xef\x01\xff\xff\xff\xff"
DATA, ANSWER, LAST_DATA = 2, 7, 8
TAKE_PICTURE, SEND_PICTURE, READ_PARAMETERS, VERIFY_PASSWORD = 0x01, 0x0A, 0x0F, 0x13
DONE, DAMAGED, NO_FINGER, NOT_MADE_OUT, WRONG_PASSWORD = b"\x00", b"\x01", b"\x02", b"\x03", b"\x13"
NOTHING_TO_SEND = b"\x0f"
PARAMETERS = struct.pack(">HHHHIHH", 0, 9, 1000, 3, 0xFFFFFFFF, 2, 6)
PACKET = 128  # bytes of a picture in one packet, as `PARAMETERS` says
LONGEST_COMMAND = 64


@dataclass(frozen=True, slots=True)
class _Laid:
    """A finger on the sensor: the call it is laid for, and what the sensor sees."""

    play: Play
    image: Image


class ZfmModule:
    """Answers one driver at a time.

    draw: what the sensor sees of a finger, 256 x 288 grey pixels.  eager: a finger is laid down as soon as the one
    before was lifted, unasked.
    """

    def __init__(
        self, stage: Stage, *, draw: Callable[[Play, Finger], Image] = zfm_prints.seen, eager: bool = False
    ) -> None:
        self.stage = stage
        self._draw = draw
        self._eager: Iterator[Finger] | None = (
            cycle((Finger.LEFT_THUMB, Finger.RIGHT_THUMB)) if eager else None
        )
        self._listener = Listener("fingerprint module", self._serve)
        self._laid: _Laid | None = None
        self._seen: _Laid | None = None

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
        """Lay down the finger that is asked for (`zfm.<finger>`), unless the person lacks it or is not there."""
        finger = Finger(what.removeprefix("zfm."))
        play = self.stage.call(finger)
        there = play.fault != "nobody" and finger not in play.scene.missing
        self._laid = _Laid(play, self._draw(play, finger)) if there else None

    def _serve(self, connection: socket.socket) -> None:
        while (command := _command(connection)) is not None:
            if not self._answered(connection, command):
                return

    def _answered(self, connection: socket.socket, command: bytes) -> bool:
        """Answer one command; return whether the connection stays."""
        if command[:1] == bytes([TAKE_PICTURE]):
            return self._look(connection)
        if command[:1] == bytes([SEND_PICTURE]):
            return self._send(connection)
        connection.sendall(_packet(ANSWER, self._told(command)))
        return True

    def _told(self, command: bytes) -> bytes:
        if command[:1] == bytes([READ_PARAMETERS]):
            return DONE + PARAMETERS
        if command[:1] != bytes([VERIFY_PASSWORD]):
            return DAMAGED
        if self.stage.now().fault == "locked":
            self.stage.call()
            return WRONG_PASSWORD
        return DONE if command[1:] == bytes(4) else WRONG_PASSWORD

    def _look(self, connection: socket.socket) -> bool:
        laid = self._laid
        if laid is not None and laid.play.scene is not self.stage.scene:
            laid = self._laid = None
        fault = None if laid is None else laid.play.fault
        if fault == "vanish":
            return False
        if fault == "silence":
            return _ignore(connection)
        self._seen = laid
        code = NO_FINGER if laid is None else NOT_MADE_OUT if fault == "refused" else DONE
        connection.sendall(_packet(ANSWER, code))
        if laid is None and self._eager is not None:
            self.show(next(self._eager))
        return True

    def _send(self, connection: socket.socket) -> bool:
        seen = self._seen
        if seen is None:
            connection.sendall(_packet(ANSWER, NOTHING_TO_SEND))
            return True
        if self._laid is seen and seen.play.fault != "left_on":
            self._laid = None
        return self._play(connection, seen.play, [_packet(ANSWER, DONE), *_picture(seen.image)])

    def _play(self, connection: socket.socket, play: Play, packets: list[bytes]) -> bool:
        """Send the picture, or what the fault makes of it; return whether the connection stays."""
        whole = b"".join(packets)
        if play.fault == "garbage":
            whole = stream("noise", play.scene.person).bytes(4096)
        elif play.fault == "checksum":
            whole = whole[:-1] + bytes([whole[-1] ^ 0xFF])
        elif play.fault == "wrong_count":
            whole = b"".join(packets[:1] + packets[2:])
        elif play.fault == "endless":
            whole = packets[0] + b"".join(packets[1:-1]) * 2
        elif play.fault == "cut":
            connection.sendall(whole[: len(whole) // 2])
            return _ignore(connection)
        elif play.fault == "slow":
            return self._drip(connection, whole)
        connection.sendall(whole)
        return True

    def _drip(self, connection: socket.socket, whole: bytes) -> bool:
        """Send a byte now and then until the driver gives up."""
        for byte in whole:
            connection.sendall(bytes([byte]))
            if self._listener.stopped.wait(DRIP_SECONDS):
                break
        return False


def peer_of(scene: Scene) -> ZfmModule:
    """Return the module's peer, not yet started."""
    return ZfmModule(Stage(MENU, scene, refused=frozenset(LINE_MENU)))


def _command(connection: socket.socket) -> bytes | None:
    """Return the next command, nothing of one that was damaged, or None once the driver has gone."""
    start = b""
    while start != START:
        came = connection.recv(1)
        if not came:
            return None
        start = (start + came)[-len(START) :]
    head = connection.recv(3, socket.MSG_WAITALL)
    if len(head) < 3:
        return None
    rest = connection.recv(min(int.from_bytes(head[1:]), LONGEST_COMMAND), socket.MSG_WAITALL)
    content, given = rest[:-2], rest[-2:]
    return content if _sum(head + content) == given else b""


def _picture(image: Image) -> list[bytes]:
    """Return the packets of a picture, two pixels a byte."""
    halves = ((image[:, 0::2] & 0xF0) | (image[:, 1::2] >> 4)).tobytes()
    parts = [halves[start : start + PACKET] for start in range(0, len(halves), PACKET)]
    return [*(_packet(DATA, part) for part in parts[:-1]), _packet(LAST_DATA, parts[-1])]


def _packet(kind: int, content: bytes) -> bytes:
    framed = bytes([kind]) + (len(content) + 2).to_bytes(2, "big") + content
    return START + framed + _sum(framed)


def _sum(framed: bytes) -> bytes:
    return (sum(framed) & 0xFFFF).to_bytes(2, "big")


def _ignore(connection: socket.socket) -> bool:
    """Say nothing until the driver gives up."""
    while connection.recv(4096):
        pass
    return False
