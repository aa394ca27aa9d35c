"""The key slots: this machine opens the database by itself, the Dinas by its identity, nobody else at all."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.errors import KeyLostError
from kiosk.storage.keepers import FileKeeper, TpmKeeper
from kiosk.storage.keys import read_machine_slot, read_recovery_slot, write_machine_slot, write_recovery_slot
from kiosk.storage.store import Store
from kiosk.wire.opening import OpeningIdentity

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_machine_slot(tmp_path, KEY, FileKeeper())
    return tmp_path


@pytest.fixture
def tpm(tmp_path: Path) -> Iterator[str]:
    """A software TPM on loopback, as `systemd-creds --tpm2-device` takes it."""
    state = tmp_path / "tpm"
    state.mkdir()
    port = _free_pair()
    command = [
        "swtpm",
        "socket",
        "--tpm2",
        "--tpmstate",
        f"dir={state}",
        "--flags",
        "not-need-init,startup-clear",
    ]
    command += ["--ctrl", f"type=tcp,port={port + 1}", "--server", f"type=tcp,port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _until_listening(port)
        yield f"swtpm:host=127.0.0.1,port={port}"
        process.terminate()


def _free_pair() -> int:
    """Return a port that is free, as is the next one."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = int(first.getsockname()[1])
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
        return port


def _until_listening(port: int) -> None:
    listening = f":{port:04X} 00000000:0000 0A"
    while listening not in Path("/proc/net/tcp").read_text(encoding="ascii"):
        time.sleep(0.02)


def test_the_machine_gives_its_key_back(folder: Path) -> None:
    assert read_machine_slot(folder) == (KEY, "file")


def test_only_the_owner_may_read_the_slot(folder: Path) -> None:
    slot = folder / "keys" / "machine.slot"

    assert slot.stat().st_mode & 0o077 == 0
    assert slot.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"keeper": "cloud", "wrapped": ""}', '{"keeper": "file", "wrapped": "zz"}']
)
def test_a_slot_that_cannot_be_read_is_a_lost_key_not_a_crash(folder: Path, text: str) -> None:
    (folder / "keys" / "machine.slot").write_text(text)

    with pytest.raises(KeyLostError):
        read_machine_slot(folder)


def test_the_dinas_opens_the_recovery_slot_and_nobody_else(folder: Path) -> None:
    dinas, stranger = OpeningIdentity.generate(), OpeningIdentity.generate()
    write_recovery_slot(folder, KEY, (dinas.recipient,))

    assert read_recovery_slot(folder, dinas.secret + "\n") == KEY
    with pytest.raises(KeyLostError):
        read_recovery_slot(folder, stranger.secret)
    with pytest.raises(KeyLostError):
        read_recovery_slot(folder, "not an identity")


def test_the_age_command_opens_the_recovery_slot(folder: Path, tmp_path: Path) -> None:
    dinas = OpeningIdentity.generate()
    write_recovery_slot(folder, KEY, (dinas.recipient,))
    identity = tmp_path / "identity"
    identity.write_text(f"# kept in a safe\n{dinas.secret}\n")

    command = ["age", "--decrypt", "-i", identity, folder / "keys" / "recovery.age"]
    opened = subprocess.run(command, capture_output=True, check=True).stdout

    assert bytes.fromhex(opened.decode()) == KEY


def test_a_store_copied_without_its_machine_slot_is_opened_with_the_recovery_key(tmp_path: Path) -> None:
    dinas = OpeningIdentity.generate()
    store = Store.create(tmp_path / "kiosk", recovery_recipients=(dinas.recipient,))
    with store.writing() as ledger:
        ledger.facts.put("cursor", "17")
    store.close()
    copy = tmp_path / "copy"
    shutil.copytree(store.folder, copy)
    (copy / "keys" / "machine.slot").unlink()

    write_machine_slot(copy, read_recovery_slot(copy, dinas.secret), FileKeeper())
    again = Store.open(copy)

    with again.reading() as ledger:
        assert ledger.facts.get("cursor") == "17"
    again.close()


def test_a_tpm_gives_the_key_back_and_the_slot_does_not_hold_it(tmp_path: Path, tpm: str) -> None:
    keeper = TpmKeeper(tpm)
    write_machine_slot(tmp_path, KEY, keeper)

    assert read_machine_slot(tmp_path, (FileKeeper(), keeper)) == (KEY, "tpm")
    assert KEY.hex() not in (tmp_path / "keys" / "machine.slot").read_text()


def test_another_machines_tpm_does_not_open_the_slot(tmp_path: Path, tpm: str) -> None:
    write_machine_slot(tmp_path, KEY, TpmKeeper(tpm))

    with pytest.raises(KeyLostError):
        read_machine_slot(tmp_path, (TpmKeeper("swtpm:host=127.0.0.1,port=1"),))
