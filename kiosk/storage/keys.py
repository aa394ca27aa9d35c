"""The database key and its slots: one for this machine, so that sending goes on unattended; one for the Dinas.

`keys/machine.slot` (JSON) says which keeper holds the key and what it needs to give it back.
`keys/recovery.age` is the key sealed to the centre's recipients, for a kiosk whose machine is gone.
"""

import json
import os
from pathlib import Path

import pyrage

from kiosk.storage.durable import write_durably
from kiosk.storage.engine import told_apart
from kiosk.storage.errors import KeyLostError
from kiosk.storage.keepers import FileKeeper, Keeper, TpmKeeper

KEY_BYTES = 32
FOLDER = "keys"
_MACHINE = "machine.slot"
_RECOVERY = "recovery.age"


def new_key() -> bytes:
    """Return a new database key from the system's random source."""
    return os.urandom(KEY_BYTES)


def write_machine_slot(folder: Path, key: bytes, keeper: Keeper) -> None:
    """Let the keeper hold the key of the database in `folder`."""
    slots = folder / FOLDER
    slots.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps({"keeper": keeper.name, "wrapped": keeper.wrap(key)})
    _write(slots / _MACHINE, text.encode("ascii"))


def read_machine_slot(
    folder: Path, keepers: tuple[Keeper, ...] = (FileKeeper(), TpmKeeper())
) -> tuple[bytes, str]:
    """Return the database key and who kept it; raises `KeyLostError` when this machine cannot give it back."""
    try:
        slot = json.loads((folder / FOLDER / _MACHINE).read_bytes())
        keeper = {known.name: known for known in keepers}[slot["keeper"]]
        key = keeper.unwrap(slot["wrapped"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyLostError(
            "This machine cannot open the database: its key slot is missing or was made elsewhere. "
            "Nothing is lost; the Dinas can open it by `kiosk doctor --recovery-key FILE`."
        ) from error
    return key, keeper.name


def write_recovery_slot(folder: Path, key: bytes, recipients: tuple[str, ...]) -> None:
    """Seal the database key to the centre's recipients (age X25519); replaces an earlier slot."""
    if not recipients:
        return
    keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    _write(folder / FOLDER / _RECOVERY, pyrage.encrypt(key.hex().encode("ascii"), keys))


def read_recovery_slot(folder: Path, identity: str) -> bytes:
    """Return the database key, given an age identity of the centre; raises `KeyLostError`."""
    try:
        sealed = (folder / FOLDER / _RECOVERY).read_bytes()
        opened = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity.strip())])
    except (OSError, pyrage.DecryptError, pyrage.IdentityError) as error:
        raise KeyLostError(
            "The recovery key does not open this kiosk's database; nothing was changed."
        ) from error
    return bytes.fromhex(opened.decode("ascii"))


def _write(path: Path, data: bytes) -> None:
    with told_apart():
        write_durably(path, data, temporary=path.with_suffix(".tmp"))
