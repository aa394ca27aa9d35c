"""A card service of a test's own, and the card half of its virtual reader, in bytes."""

import contextlib
import os
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.devices.lacking import needs, needs_library, needs_program

START_LIMIT, END_LIMIT = 10.0, 3.0
SLOTS = 2  # a virtual reader has two, at neighbouring ports
READER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
NAME = "Virtual PCD 00 00"
SETTINGS = 'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{0:#x}\nLIBPATH {1}\nCHANNELID {0:#x}\n'
LENGTH = struct.Struct(">H")
OFF, ON, RESET, ATR = b"\x00", b"\x01", b"\x02", b"\x04"
CARD_ATR = bytes.fromhex("3b8180018080")
CARD_UID = bytes.fromhex("04a1b2c3d4e5f6")
GET_UID = bytes.fromhex("ffca000000")
NOT_KNOWN = bytes.fromhex("6d00")


class CardService:
    """A pcscd in a folder of its own: its own view of /run, so that it meets no other one."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_ports()
        self.socket = folder / "run" / "pcscd" / "pcscd.comm"
        self._settings = folder / "readers"
        self._settings.mkdir()
        self.socket.parent.mkdir(parents=True)
        (self._settings / "virtual").write_text(SETTINGS.format(self.port, READER), encoding="ascii")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it can be asked."""
        own_run = f"mount --bind {self.socket.parents[1]} /run && exec pcscd -f -c {self._settings}"
        self._process = subprocess.Popen(
            ["unshare", "--map-root-user", "--mount", "sh", "-c", own_run],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        limit = time.monotonic() + START_LIMIT
        while not _answers(self.socket) or not _listens(self.port):
            assert self._process.poll() is None, "pcscd ended"
            assert time.monotonic() < limit, "pcscd does not answer"
            time.sleep(0.05)

    def wait_until_empty(self) -> None:
        """Wait until it has seen that no card is held there any more: it looks now and then."""
        from smartcard import scard  # noqa: PLC0415  not on every machine

        _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        state, limit = scard.SCARD_STATE_UNAWARE, time.monotonic() + START_LIMIT
        while not state & scard.SCARD_STATE_EMPTY and time.monotonic() < limit:
            _, told = scard.SCardGetStatusChange(context, 500, [(NAME, state)])
            state = told[0][1] if told else scard.SCARD_STATE_EMPTY
        scard.SCardReleaseContext(context)

    def stop(self) -> None:
        """Stop it, as when the system does."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(END_LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.socket.unlink(missing_ok=True)


@dataclass
class Answers:
    """What a card says: to a reset, and to commands; None: nothing at all, it is mute."""

    atr: bytes | None = CARD_ATR
    to: dict[bytes, bytes | None] = field(default_factory=lambda: {GET_UID: CARD_UID + b"\x90\x00"})
    pulled_by: bytes = b""  # the command at which it is taken away


class VirtualCard:
    """A card in the field of the virtual reader, from its making until `pull`."""

    def __init__(self, port: int, answers: Answers) -> None:
        self.gone = threading.Event()
        self._answers = answers
        self._line = socket.create_connection(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, name="card")
        self._thread.start()

    def pull(self) -> None:
        """Take the card away; a second call does nothing."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while (asked := self._heard()) is not None and asked != self._answers.pulled_by:
                said = self._answers.atr if asked == ATR else self._said(asked)
                if said is not None:
                    self._line.sendall(LENGTH.pack(len(said)) + said)
            self._line.shutdown(socket.SHUT_RDWR)
        self.gone.set()

    def _said(self, asked: bytes) -> bytes | None:
        if asked in (OFF, ON, RESET):
            return None
        return self._answers.to.get(asked, NOT_KNOWN)

    def _heard(self) -> bytes | None:
        head = self._line.recv(LENGTH.size, socket.MSG_WAITALL)
        if len(head) < LENGTH.size:
            return None
        return self._line.recv(*LENGTH.unpack(head), socket.MSG_WAITALL)


@contextmanager
def held(service: CardService, answers: Answers | None = None) -> Iterator[VirtualCard]:
    """Hold a card on the reader."""
    card = VirtualCard(service.port, answers or Answers())
    try:
        yield card
    finally:
        card.pull()
        service.wait_until_empty()


def needs_card_service() -> None:
    """Skip, and have it told, where no pcscd of our own can be started."""
    needs_library("smartcard", "pyscard")
    needs_program("pcscd", "pcscd")
    needs(f"{READER} (package vsmartcard-vpcd)", met=READER.exists())
    own = ["unshare", "--map-root-user", "--mount", "mount", "--bind", "/run", "/run"]
    needs("a name space for mounts (unshare)", met=subprocess.run(own, check=False).returncode == 0)


def _free_ports() -> int:
    """Return the first of two neighbouring ports that nobody holds."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first, contextlib.suppress(OSError):
            port = int(first.getsockname()[1])
            with socket.create_server(("127.0.0.1", port + SLOTS - 1)):
                return port


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(os.fspath(path)) == 0


def _listens(port: int) -> bool:
    listening = Path("/proc/net/tcp").read_text(encoding="ascii")
    return f":{port:04X} 00000000:0000 0A" in listening
