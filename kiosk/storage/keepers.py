"""Places of this machine that keep the database key: its TPM where it has one, else a file only its owner may read."""

import shutil
import subprocess
from pathlib import Path
from typing import Protocol

_TPM = Path("/dev/tpmrm0")
_TIMEOUT = 30.0
_CREDENTIAL = "kiosk-database"


class Keeper(Protocol):
    """Wraps the key, and unwraps it on this machine only."""

    name: str

    def wrap(self, key: bytes) -> str:
        """Return what to write into the slot; raises OSError when the place does not take it."""

    def unwrap(self, text: str) -> bytes:
        """Return the key; raises OSError or ValueError when another machine wrapped it."""


class FileKeeper:
    """The last resort: the key itself, in the slot's file."""

    name = "file"

    def wrap(self, key: bytes) -> str:
        """Return the key as it will stand in the file."""
        return key.hex()

    def unwrap(self, text: str) -> bytes:
        """Return the key that stands there."""
        return bytes.fromhex(text)


class TpmKeeper:
    """The machine's TPM 2.0, by `systemd-creds`; bound to the chip, not to the firmware's state.

    Ran against a software TPM; never run on hardware so far.  device: as `--tpm2-device` takes it.
    """

    name = "tpm"

    def __init__(self, device: str = "auto") -> None:
        self._device = device

    def wrap(self, key: bytes) -> str:
        """Seal the key to this TPM."""
        # Register 23 belongs to applications and stays as it is.  The usual ones would lock the counter out after a
        # firmware update, with nobody at hand who holds the recovery key; naming none makes systemd 252 fail.
        return self._run("encrypt", "--with-key=tpm2", "--tpm2-pcrs=23", given=key).decode("ascii")

    def unwrap(self, text: str) -> bytes:
        """Let this TPM open the key."""
        return self._run("decrypt", given=text.encode("ascii"))

    def _run(self, verb: str, *options: str, given: bytes) -> bytes:
        command = [
            "systemd-creds",
            verb,
            f"--tpm2-device={self._device}",
            f"--name={_CREDENTIAL}",
            *options,
            "-",
            "-",
        ]
        try:
            result = subprocess.run(command, input=given, capture_output=True, check=True, timeout=_TIMEOUT)
        except subprocess.SubprocessError as error:
            raise OSError("the TPM did not do this") from error
        return result.stdout


def keeper_of_machine(key: bytes) -> Keeper:
    """Return the best keeper that gives this key back."""
    if _TPM.exists() and shutil.which("systemd-creds"):
        keeper = TpmKeeper()
        try:
            if keeper.unwrap(keeper.wrap(key)) == key:
                return keeper
        except (OSError, ValueError):
            return FileKeeper()  # a TPM this user may not use; the doctor says where the key lies
    return FileKeeper()
