"""A peer in the process of peers as its driver has it: where it listens, its menu of faults, and what it is told."""

import contextlib
import socket
import threading

from kiosk.devices.api import NotConnectedError, NotSupportedError, Scene
from kiosk.devices.sim.cues import Cue, decode_cue, encode_cue, scene_fields
from kiosk.devices.sim.peer_process import SHARED, PeerProcess

OPEN_LIMIT = 15.0  # seconds, among them for importing what is drawn with
TELL_LIMIT = 5.0


class RemotePeer:
    """One connection to the program of peers, which keeps the peer as long as it lasts; any thread may tell it."""

    def __init__(self, process: PeerProcess, connection: socket.socket) -> None:
        self.port = 0
        self.menu: tuple[str, ...] = ()
        self._process = process
        self._connection = connection
        self._answers = connection.makefile("rb")
        self._lock = threading.Lock()
        self._closed = False

    @classmethod
    def start(cls, module: str, scene: Scene) -> "RemotePeer":
        """Return a peer that listens; raises `NotConnectedError` when there is none in time."""
        process = SHARED.take()
        try:
            connection = socket.create_connection(("127.0.0.1", process.port), OPEN_LIMIT)
        except OSError as error:
            SHARED.give_back(process)
            raise NotConnectedError("The simulators do not answer; open the device again.") from error
        peer = cls(process, connection)
        try:
            peer._open(module, scene)
        except NotConnectedError:
            peer.close()
            raise
        return peer

    def stage(self, scene: Scene) -> None:
        """Play this scene from the next call on; raises `NotSupportedError` for a fault that is not on the menu."""
        refused = self._ask({"scene": scene_fields(scene)}).get("refused")
        if refused:
            raise NotSupportedError(str(refused))

    def show(self, what: str = "") -> None:
        """Let the scene's person do what the device waits for, such as hold a code before it.

        what: the message key it was asked by, where it asks.
        """
        self._ask({"show": what})

    def kept(self) -> list[dict[str, object]]:
        """Return what a peer that prints has printed, oldest first."""
        kept = self._ask({"kept": True})["kept"]
        assert isinstance(kept, list)
        return kept

    def close(self) -> None:
        """Let go of the peer; a second call does nothing."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)  # wakes a call of another thread
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._answers.close()
            self._connection.close()
        SHARED.give_back(self._process)

    def _open(self, module: str, scene: Scene) -> None:
        told = self._ask({"open": module, "scene": scene_fields(scene)})
        port, menu = told["port"], told["menu"]
        assert isinstance(port, int)
        assert isinstance(menu, list)
        self.port, self.menu = port, tuple(menu)
        self._connection.settimeout(TELL_LIMIT)

    def _ask(self, cue: Cue) -> Cue:
        with self._lock:
            if self._closed:
                raise NotConnectedError("The simulator was closed; open it again.")
            try:
                self._connection.sendall(encode_cue(cue))
                line = self._answers.readline()
            except OSError as error:
                raise NotConnectedError("The simulator does not answer; open it again.") from error
        if not line:
            raise NotConnectedError("The simulator went away; open it again.")
        return decode_cue(line)
