"""The centre's keys: one to sign with, one to open packets with, and the recipients kiosks seal to."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from central.errors import CentreFolderError
from kiosk.wire.encoding import from_base64url, to_base64url
from kiosk.wire.errors import MessageError
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.signing import SigningKey

SIGNING = "signing.key"
OPENING = "opening.agekey"
RECIPIENTS = "recipients.txt"


@dataclass(frozen=True, slots=True)
class DoorKeys:
    """What the front door needs: it signs and hands out recipients, and cannot open a packet."""

    signing: SigningKey = field(repr=False)
    recipients: tuple[str, ...]


def create_keys(folder: Path) -> OpeningIdentity:
    """Write new keys and return the offline recovery identity, which is kept nowhere."""
    folder.mkdir(mode=0o700)
    opening, recovery = OpeningIdentity.generate(), OpeningIdentity.generate()
    _write(folder / SIGNING, to_base64url(SigningKey.generate().raw))
    _write(folder / OPENING, f"# opens packets; only the judging worker may read it\n{opening.secret}")
    _write(folder / RECIPIENTS, f"{opening.recipient}\n{recovery.recipient}")
    return recovery


def read_door_keys(folder: Path) -> DoorKeys:
    """Return the keys of the front door; raises `CentreFolderError`."""
    try:
        signing = SigningKey(from_base64url(_read(folder / SIGNING).strip()))
    except MessageError as error:
        raise CentreFolderError(f"{folder / SIGNING} is damaged; restore it from the backup.") from error
    return DoorKeys(signing, tuple(_read(folder / RECIPIENTS).split()))


def read_opening_identity(folder: Path) -> str:
    """Return the age identity that opens packets; raises `CentreFolderError`.

    A key that kiosks do not seal to would have every packet judged foreign, so it is told before the first.
    """
    try:
        identity = OpeningIdentity.parse(_read(folder / OPENING))
    except MessageError as error:
        raise CentreFolderError(f"{folder / OPENING}: {error}") from error
    if identity.recipient not in _read(folder / RECIPIENTS).split():
        raise CentreFolderError(
            f"{folder / OPENING} is not the key that kiosks seal to; nothing was judged. Restore the right one."
        )
    return identity.secret


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise CentreFolderError(f"{path} cannot be read: {error.strerror}.") from error
