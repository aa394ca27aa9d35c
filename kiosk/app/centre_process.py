"""A practice centre on this machine, run as the separate program it is: started, stopped and asked by command."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from kiosk.domain.errors import KioskError

START_TIMEOUT = 30.0
STOP_TIMEOUT = 10.0


class CentreProcessError(KioskError):
    """The centre's program did not do what it was told."""


class CentreProcess:
    """The centre of one folder; `serve` and `judge` are two processes, as in a real one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._judge: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address kiosks reach it at."""
        return f"http://127.0.0.1:{self._port}"

    def command(self, *arguments: str) -> str:
        """Run one command of the centre and return what it printed; raises `CentreProcessError`."""
        result = subprocess.run(
            [*_program(), *arguments, "--data", str(self._folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise CentreProcessError(f"central {arguments[0]}: {result.stderr.strip()}")
        return result.stdout.strip()

    def start(self) -> None:
        """Open the front door, at the same port as before, and let the worker judge."""
        port_file = self._folder / "port"
        port_file.unlink(missing_ok=True)
        self._server = self._spawn("serve", "--port", str(self._port), "--port-file", str(port_file))
        deadline = time.monotonic() + START_TIMEOUT
        while not (port_file.exists() and port_file.read_text(encoding="ascii").strip()):
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise CentreProcessError(f"The centre did not start; see {self._folder / 'serve.log'}.")
            time.sleep(0.05)
        self._port = int(port_file.read_text(encoding="ascii"))
        if self._judge is None:
            self._judge = self._spawn("judge", "--watch")

    def fail(self) -> None:
        """Kill the front door as a power cut would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait(STOP_TIMEOUT)
            self._server = None

    def stop(self) -> None:
        """End both processes."""
        for process in (self._server, self._judge):
            if process is not None:
                process.terminate()
                try:
                    process.wait(STOP_TIMEOUT)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(STOP_TIMEOUT)
        self._server = self._judge = None

    def stats(self) -> dict[str, object]:
        """Return what the centre's own store holds, every object read and compared."""
        return dict(json.loads(self.command("stats", "--json", "--verify")))

    def _spawn(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*_politely(), *_program(), name, *arguments, "--data", str(self._folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def _politely() -> list[str]:
    """Return what puts a program behind the window: a real centre has a machine of its own."""
    return ["nice", "-n", "10"] if shutil.which("nice") else []


def _program() -> list[str]:
    return [sys.executable, "-m", "central.main"]
