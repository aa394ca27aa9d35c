"""Where things lie on this machine: the program's resources, a kiosk's data, and the note of a joined one."""

import os
import sys
from pathlib import Path

import kiosk
from kiosk.domain.errors import KioskError

RESOURCES = Path(kiosk.__file__).parent.parent / "resources"
VERSION = "0.1.0"
_NOTE = "joined"


class DataMissingError(KioskError):
    """The machine belongs to a real kiosk whose data folder cannot be found."""


def default_folder() -> Path:
    """Return where a kiosk lives unless `--data` says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "kiosk"
    return Path.home() / ".local" / "share" / "kiosk"


def is_vacant(folder: Path) -> bool:
    """Tell whether a folder does not exist or is empty."""
    try:
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return False  # something is there; whoever opens it is told what is wrong with it


def machine_note() -> Path:
    """Return the file that names the data folder of the kiosk this machine was joined as.

    `KIOSK_MACHINE_NOTE` names another one, for machines on which several kiosks are tried.
    """
    if named := os.environ.get("KIOSK_MACHINE_NOTE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", str(Path.home()))) / "kiosk" / _NOTE
    shared = Path("/var/lib/kiosk")
    return (shared if os.access(shared.parent, os.W_OK) else Path.home() / ".config" / "kiosk") / _NOTE


def note_joined(folder: Path) -> None:
    """Note machine-wide where the data of the joined kiosk lie."""
    note = machine_note()
    note.parent.mkdir(parents=True, exist_ok=True)
    making = note.with_name(f".{note.name}.making")
    making.write_text(f"{folder.resolve()}\n", encoding="utf-8")
    making.replace(note)


def require_joined_folder() -> None:
    """Raise `DataMissingError` when this machine was joined and the folder of that kiosk is gone.

    A practice office that opens in its place would take residents whose records nobody ever sees.
    """
    note = machine_note()
    if not note.is_file():
        return
    named = _named_in(note)
    if not named:
        raise DataMissingError(
            f"This machine is a real kiosk, but {note}, which names its data folder, cannot be read. "
            f"Nothing was made in its place. If the kiosk was given up, remove {note}."
        )
    folder = Path(named)
    if is_vacant(folder):
        raise DataMissingError(
            f"This machine is a real kiosk, but its data folder {folder} is missing. Nothing was made in its place. "
            f"Connect the disk it lies on; if the kiosk was given up, remove {note}."
        )


def _named_in(note: Path) -> str:
    """Return the folder a note names, empty where it cannot be read."""
    try:
        return note.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
