"""Printers of others on ports of their own: CUPS's IPP Everywhere printer, and a CUPS server with a queue to it.

Both live in a folder of the test and touch nothing of the machine's own CUPS; a queue of cups-pdf writes where it was
built to.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.devices.lacking import needs, needs_program

UP_LIMIT = 10.0
PDF_BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
PDF_DESCRIPTION = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
PDF_FOLDER = Path("/var/spool/cups-pdf/ANONYMOUS")  # built into it; only what a test printed is taken away
EMPTY, FEW, FULL, ENVELOPES = 0, 5, 250, 25
BUS = """<busconfig><type>system</type><listen>unix:path={path}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>
<allow own="*"/><allow user="*"/></policy></busconfig>"""
SERVER = """Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
<Location />
Order allow,deny
Allow localhost
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow localhost
</Limit>
</Policy>
"""
FILES = """ServerRoot {folder}
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
Printcap
SystemGroup root
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running(*command: str, **environment: str) -> Iterator[None]:
    """Run a program for as long as it is needed, and end it and nothing else."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(UP_LIMIT)


def wait_for(port: int) -> None:
    """Wait until somebody listens at the port."""
    limit = time.monotonic() + UP_LIMIT
    while time.monotonic() < limit:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at port {port}")


class EverywherePrinter:
    """`ippeveprinter`: prints into a folder, and has a tray and a cartridge that can be filled and emptied."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.folder = folder

    @property
    def address(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    def documents(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("*.pdf"))]

    def fill_tray(self, sheets: int) -> None:
        """Leave so many sheets of A4 in its tray, and envelopes in the other one unless there is no paper at all."""
        main = f"size1=iso_a4_210x297mm&type1=stationery&level1={sheets}"
        other = f"size3=iso_dl_110x220mm&type3=envelope&level3={ENVELOPES if sheets else EMPTY}"
        self._form(f"media?{main}&{other}")

    def fill_toner(self, per_cent: int) -> None:
        self._form(f"supplies?supply0=25&supply1={per_cent}")

    def _form(self, form: str) -> None:
        with urllib.request.urlopen(f"http://localhost:{self.port}/{form}") as page:
            page.read()


@contextlib.contextmanager
def everywhere_printer(*options: str) -> Iterator[EverywherePrinter]:
    """Run an IPP Everywhere printer that takes PDF; it wants a message bus, and gets one of its own."""
    bus, printer = (
        needs_program("dbus-daemon", "dbus-daemon"),
        needs_program("ippeveprinter", "cups-ipp-utils"),
    )
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="printer") as made:
        folder = Path(made)
        (folder / "spool").mkdir()
        (folder / "bus.conf").write_text(BUS.format(path=folder / "bus"))
        command = [printer, "-p", str(port), "-n", "localhost", "-r", "off", "-f", "application/pdf"]
        command += ["-k", "-d", str(folder / "spool"), "-s", "600", *options, "Meja 1"]
        with (
            running(bus, f"--config-file={folder / 'bus.conf'}", "--nofork", "--nopidfile"),
            _there(folder / "bus"),
            running(*command, DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={folder / 'bus'}"),
        ):
            wait_for(port)
            yield EverywherePrinter(port, folder / "spool")


@contextlib.contextmanager
def _there(path: Path) -> Iterator[None]:
    limit = time.monotonic() + UP_LIMIT
    while not path.exists() and time.monotonic() < limit:
        time.sleep(0.02)
    yield


@contextlib.contextmanager
def cups_server(queue: str, printer: EverywherePrinter) -> Iterator[str]:
    """Run a CUPS server of its own with one queue to the printer; yields its `host:port`."""
    with _cups_server(queue, "-v", printer.address, "-m", "everywhere") as address:
        yield address


@contextlib.contextmanager
def pdf_queue(queue: str) -> Iterator[str]:
    """Run a CUPS server of its own with one queue of cups-pdf, which writes files into a folder of the machine's."""
    is_there = PDF_BACKEND.exists() and os.geteuid() == 0
    needs("cups-pdf, as root (package printer-driver-cups-pdf)", met=is_there)
    before = set(PDF_FOLDER.glob("*"))
    try:
        with _cups_server(queue, "-v", "cups-pdf:/", "-P", str(PDF_DESCRIPTION)) as address:
            yield address
    finally:
        for path in set(PDF_FOLDER.glob("*")) - before:
            path.unlink()


def taken_pdf(title: str) -> bytes:
    """Return what cups-pdf wrote under a title, and take it away."""
    limit = time.monotonic() + UP_LIMIT
    while time.monotonic() < limit:
        for path in PDF_FOLDER.glob(f"*{title}*.pdf"):
            content = path.read_bytes()
            if content.rstrip().endswith(b"%%EOF"):
                path.unlink()
                return content
        time.sleep(0.05)
    raise AssertionError(f"cups-pdf wrote nothing under {title}")


@contextlib.contextmanager
def _cups_server(queue: str, *how: str) -> Iterator[str]:
    server, admin = needs_program("cupsd", "cups-daemon"), needs_program("lpadmin", "cups-client")
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="cups"))
    try:
        _configure(folder, port)
        command = (server, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf"))
        with running(*command):
            wait_for(port)
            made = (admin, "-h", f"127.0.0.1:{port}", "-p", queue, "-E", *how)
            subprocess.run(made, check=True, capture_output=True)
            yield f"127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path, port: int) -> None:
    folder.chmod(0o755)  # its filters run as nobody in particular
    for name in ("cache", "state", "spool", "tmp", "ppd"):
        (folder / name).mkdir()
    (folder / "tmp").chmod(0o1777)
    (folder / "cupsd.conf").write_text(SERVER.format(port=port))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
