"""emupos, a ticket printer of other hands: started on ports of its own, with faults, and with what it printed.

`scripts/emupos.sh` prepares it.  It draws a ticket as a picture and writes down its text, and knows nothing of ours.
"""

import contextlib
import http.client
import json
import os
import select
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.devices.values import Image as Pixels

PROGRAM = Path(__file__).parents[2] / ".cache" / "emupos" / "emupos"
START_LIMIT = 30.0
WIDE, NARROW = "lebar", "sempit"
_NARROW_PAPER = """
type: printer
name: 58 mm
dpi: 203
width_dots: 384
font_a: { width: 12, height: 24 }
font_b: { width: 9, height: 17 }
code_pages: { 0: PC437 }
default_code_page: 0
drawer_sensor_open_level: high
serial: { baud: 9600, data_bits: 8, parity: none, stop_bits: 1 }
"""


class Emupos:
    """Two printers: `WIDE` (80 mm, cuts, an Epson) on TCP and on a pseudo terminal, `NARROW` (58 mm) on TCP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.api, self.wide, self.narrow = free_ports(3)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def terminal(self) -> Path:
        """The serial port of the wide printer."""
        return self.folder / "emupos" / WIDE

    def start(self) -> None:
        """Start it and wait until it answers."""
        (self.folder / "narrow.yaml").write_text(_NARROW_PAPER, encoding="utf-8")
        (self.folder / "emupos.yaml").write_text(
            json.dumps(self._settings()), encoding="utf-8"
        )  # JSON is YAML
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(PROGRAM), "run", "--config", str(self.folder / "emupos.yaml")],
                stdout=log,
                stderr=log,
                env={**os.environ, "TMPDIR": str(self.folder)},
            )
        deadline = time.monotonic() + START_LIMIT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((self.folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.05)

    def close(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def fault(self, name: str, *, set_to: bool = True) -> None:
        """Let the wide printer have a fault, or be rid of it."""
        self._call("PUT" if set_to else "DELETE", f"/devices/{WIDE}/faults/{name}")

    def tickets(self, printer: str = WIDE) -> list[str]:
        """Return the text of what came out, oldest first."""
        return [path.with_suffix(".txt").read_text(encoding="utf-8") for path in self._receipts(printer)]

    def picture(self, printer: str = WIDE) -> Pixels:
        """Return the newest ticket as it looks."""
        with Image.open(self._receipts(printer)[-1].with_suffix(".png")) as drawn:
            return np.asarray(drawn.convert("L"))

    def clear(self) -> None:
        """Throw away what came out, and let every fault pass."""
        for name in ("paper-near-end", "paper-out", "cover-open", "offline"):
            self.fault(name, set_to=False)
        for path in (self.folder / "receipts").glob("*"):
            path.unlink()

    def _receipts(self, printer: str) -> list[Path]:
        return sorted((self.folder / "receipts").glob(f"{printer}-*.json"))

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self._call("GET", "/devices") == http.HTTPStatus.OK
        return False

    def _call(self, verb: str, path: str) -> int:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.api, timeout=5)) as line:
            line.request(verb, f"/api/v1{path}")
            return line.getresponse().status

    def _settings(self) -> dict[str, object]:
        common = {"type": "printer", "receipts_dir": "receipts"}
        wide = [{"tcp": {"port": self.wide}}, {"serial": {"pty": True, "link": WIDE}}]
        return {
            "schema": 1,
            "api": {"host": "127.0.0.1", "port": self.api},
            "devices": [
                {"id": WIDE, "profile": "epson-tm-t20iii", "connections": wide, **common},
                {
                    "id": NARROW,
                    "profile": "./narrow.yaml",
                    "connections": [{"tcp": {"port": self.narrow}}],
                    **common,
                },
            ],
        }


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens at now."""
    with contextlib.ExitStack() as held:
        doors = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(door.getsockname()[1]) for door in doors]


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Emupos]:
    """Run it for a while."""
    emupos = Emupos(folder)
    with contextlib.closing(emupos):
        emupos.start()
        yield emupos


@contextlib.contextmanager
def running_out(emupos: Emupos, *, after: int) -> Iterator[int]:
    """Give a port that leads to the wide printer, whose paper ends when so many bytes of a ticket have gone by."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        carrier = threading.Thread(target=_carry, args=(door, emupos, after))
        carrier.start()
        yield int(door.getsockname()[1])
        carrier.join()


def _carry(door: socket.socket, emupos: Emupos, left: int) -> None:
    near, _ = door.accept()
    with near, socket.create_connection(("127.0.0.1", emupos.wide)) as far:
        while True:
            ready, _, _ = select.select((near, far), (), ())
            if far in ready:
                near.sendall(far.recv(4096))
            if near in ready:
                came = near.recv(4096)
                if not came:
                    return
                if len(came) > left:
                    far.sendall(came[:left])
                    time.sleep(0.2)  # they are on paper
                    emupos.fault("paper-out")
                    came = came[left:]
                far.sendall(came)
