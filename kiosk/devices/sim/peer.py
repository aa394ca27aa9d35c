"""The device's half of the simulators' protocol: a loopback listener with a menu of faults.

It does not simulate people taking their time, warming up of the hardware, or a second program on the same device other
than by the fault `busy`.
"""

import contextlib
import json
import socket
from collections.abc import Callable

from kiosk.devices.api import Identity, Scene, WrongAnswerError
from kiosk.devices.listener import DRIP_SECONDS, Listener
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.frames import CHECKSUM, HEADER, Message, decode, encode, encode_fields, payload_length
from kiosk.devices.sim.stage import LINE_FAULTS, Play, Stage, stream, without_fault

LINE_MENU = (
    "vanish", "silence", "nobody", "slow", "garbage", "checksum", "cut", "wrong_count", "busy", "refused",
)  # fmt: skip

GROWS_SECONDS = 0.04  # between two looks at what is being written

Request = dict[str, object]
Reply = tuple[bytes, ...]


class Peer:
    """Answers one driver at a time; `answer` draws what a capture shows, as the call is to be played."""

    def __init__(self, identity: Identity, stage: Stage, answer: Callable[[Request, Play], Reply]) -> None:
        self.stage = stage
        self._identity = identity
        self._answer = answer
        self._listener = Listener(f"peer {identity.model}", self._serve)

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

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(WrongAnswerError):
            while not self._listener.stopped.is_set() and (message := _read(connection)) is not None:
                if not self._reply(connection, message):
                    return

    def _reply(self, connection: socket.socket, message: Message) -> bool:
        """Answer one request; return whether the connection stays."""
        if message.kind == b"I":
            known = self._identity
            connection.sendall(
                encode_fields(
                    b"i", make=known.make, model=known.model, serial=known.serial, firmware=known.firmware
                )
            )
            return True
        request: Request = json.loads(message.payload)
        play = self.stage.call(str(request.get("part", "")))
        fault = play.fault if play.fault in LINE_FAULTS else None
        if fault in ("silence", "nobody"):
            return _ignore(connection)
        if fault == "vanish":
            return False
        if fault in ("busy", "refused"):
            connection.sendall(encode_fields(b"e", code=fault, reason="quality"))
            return True
        return self._play(
            connection, fault, self._answer(request, play if fault is None else without_fault(play))
        )

    def _play(self, connection: socket.socket, fault: str | None, reply: Reply) -> bool:
        whole = b"".join(reply)
        if fault == "garbage":
            connection.sendall(stream("garbage", self.stage.scene.person).bytes(4096))
        elif fault == "checksum":
            connection.sendall(whole[:-1] + bytes([whole[-1] ^ 0xFF]))
        elif fault == "cut":
            connection.sendall(whole[: len(whole) // 2])
        elif fault == "wrong_count":
            connection.sendall(b"".join(reply[1:]) or encode(b"d", b'{"count": 1, "ppi": 0}'))
        elif fault == "slow":
            self._drip(connection, whole)
        else:
            self._send(connection, reply)
        return fault not in ("garbage", "cut")

    def _send(self, connection: socket.socket, reply: Reply) -> None:
        """Send the answer; what is told while it grows comes as it grows."""
        for message in reply:
            connection.sendall(message)
            if HEADER.unpack_from(message)[1] == b"l":
                self._listener.stopped.wait(GROWS_SECONDS)

    def _drip(self, connection: socket.socket, whole: bytes) -> None:
        for byte in whole:
            connection.sendall(bytes([byte]))
            if self._listener.stopped.wait(DRIP_SECONDS):
                return


def line_peer(
    model: str, scene: Scene, faults: tuple[str, ...], answer: Callable[[Request, Play], Reply]
) -> Peer:
    """Return a peer of the simulators' line; its menu is the line's faults and those of its pictures."""
    stage = Stage((*LINE_MENU, *faults), scene)
    return Peer(Identity(MAKE, model, "SIM-0001", "1"), stage, answer)


def _read(connection: socket.socket) -> Message | None:
    """Return the next request, or None once the driver has gone."""
    header = connection.recv(HEADER.size, socket.MSG_WAITALL)
    if len(header) < HEADER.size:
        return None
    return decode(header, connection.recv(payload_length(header) + CHECKSUM.size, socket.MSG_WAITALL))


def _ignore(connection: socket.socket) -> bool:
    """Say nothing until the driver gives up."""
    while connection.recv(4096):
        pass
    return False
