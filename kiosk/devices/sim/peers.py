"""The program of the simulators' peers, a process of its own: `python -m kiosk.devices.sim.peers`.

The first line of its output is the port of its door.  A connection there is one peer, which stays as long as it does
(`cues.py` has what is said on it).  The program ends when its input ends: closed by the kiosk, or gone with it.
"""

import contextlib
import os
import signal
import socket
import sys
import threading
from importlib import import_module
from typing import Protocol, runtime_checkable

from kiosk.devices.api import NotSupportedError
from kiosk.devices.sim.cues import Cue, decode_cue, encode_cue, scene_of
from kiosk.devices.sim.stage import Stage

_POLITE = 3  # a little behind the window: hardware has a processor of its own


class PeerOfADevice(Protocol):
    """What waits for a driver at a port, and plays its stage."""

    stage: Stage

    @property
    def port(self) -> int: ...

    def start(self) -> None: ...

    def close(self) -> None: ...


@runtime_checkable
class PeerOfHands(Protocol):
    """A peer whose person does something when it is told to."""

    def show(self, what: str = "") -> None: ...


@runtime_checkable
class PeerOfPaper(Protocol):
    """A peer that keeps what it printed."""

    def kept(self) -> list[dict[str, object]]:
        """Return it, oldest first, as JSON holds it."""


def main() -> None:
    """Open the door and keep it open until the input ends; never returns."""
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is told to the kiosk as well, which closes us
    door = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_welcome, args=(door,), name="door", daemon=True).start()
    sys.stdout.write(f"{door.getsockname()[1]}\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    os._exit(0)  # threads may draw on; nothing of theirs is worth waiting for


def _welcome(door: socket.socket) -> None:
    while True:
        connection, _ = door.accept()
        threading.Thread(target=_attend, args=(connection,), name="peer's cues", daemon=True).start()


def _attend(connection: socket.socket) -> None:
    """Keep one peer for as long as the connection stays."""
    with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):
        first = lines.readline()
        if not first:
            return
        with contextlib.closing(_made(decode_cue(first))) as peer:
            peer.start()
            connection.sendall(encode_cue({"port": peer.port, "menu": peer.stage.menu}))
            for line in lines:
                connection.sendall(encode_cue(_obeyed(peer, decode_cue(line))))


def _made(cue: Cue) -> PeerOfADevice:
    module = import_module(f"kiosk.devices.sim.{cue['open']}")  # what it draws with need not be there before
    peer: PeerOfADevice = module.peer_of(scene_of(cue))
    return peer


def _obeyed(peer: PeerOfADevice, cue: Cue) -> Cue:
    if isinstance(peer, PeerOfHands) and "show" in cue:
        peer.show(str(cue["show"]))
        return {}
    if isinstance(peer, PeerOfPaper) and "kept" in cue:
        return {"kept": peer.kept()}
    try:
        peer.stage.set(scene_of(cue))
    except NotSupportedError as error:
        return {"refused": str(error)}
    return {}


if __name__ == "__main__":
    main()
