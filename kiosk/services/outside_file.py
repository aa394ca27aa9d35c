"""Files people take along: written whole or not at all, outside the data folder, and never over another one.

NotWrittenError           nothing was written
  InsideDataError         the place lies in the data folder
  FileThereError          a file of this name is there
  NoFolderThereError      there is no such folder
  MayNotWriteError        this user may not write there, or nobody may
  NoRoomThereError        the disk or stick is full
"""

import errno
from pathlib import Path

from kiosk.services.errors import ServiceError
from kiosk.storage.durable import write_durably


class NotWrittenError(ServiceError):
    """The file could not be written; nothing of it is there."""


class InsideDataError(NotWrittenError):
    """The place lies in the data folder, where only the program itself writes."""


class FileThereError(NotWrittenError):
    """A file of this name is there already; it is as it was."""


class NoFolderThereError(NotWrittenError):
    """There is no such folder."""


class MayNotWriteError(NotWrittenError):
    """Nothing may be written there."""


class NoRoomThereError(NotWrittenError):
    """The disk or stick is full."""


_KINDS: dict[int, type[NotWrittenError]] = {
    errno.ENOENT: NoFolderThereError,
    errno.ENOTDIR: NoFolderThereError,
    errno.EACCES: MayNotWriteError,
    errno.EPERM: MayNotWriteError,
    errno.EROFS: MayNotWriteError,
    errno.ENOSPC: NoRoomThereError,
    errno.EDQUOT: NoRoomThereError,
}


def require_outside(path: Path, data: Path, *, over: bool = False) -> None:
    """Raise a `NotWrittenError` where a file cannot be put; asked before what takes long.

    data: the data folder.  over: a file of this name may be replaced.
    """
    try:
        _require(path, data, over=over)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error


def write_outside(path: Path, content: bytes, data: Path, *, over: bool = False) -> None:
    """Write the file whole, or leave nothing of it; raises a `NotWrittenError`."""
    require_outside(path, data, over=over)
    making = path.with_name(f".{path.name}.making")
    try:
        write_durably(path, content, temporary=making)
    except (OSError, ValueError) as error:
        _take_away(making)
        raise _not_written(path, error) from error


def _require(path: Path, data: Path, *, over: bool) -> None:
    if path.resolve().is_relative_to(data.resolve()):
        raise InsideDataError(
            f"{path} lies in the data folder, which is the program's own; nothing was written. "
            "Choose a stick or another folder."
        )
    if path.is_dir():
        raise FileThereError(f"{path} is a folder; nothing was written. Give the name of a file in it.")
    if path.exists() and not over:
        raise FileThereError(f"{path} is there already and stays as it was. Choose another name.")
    if not path.parent.is_dir():
        raise NoFolderThereError(
            f"There is no folder {path.parent}; nothing was written. Choose another one."
        )


def _not_written(path: Path, error: OSError | ValueError) -> NotWrittenError:
    number = error.errno if isinstance(error, OSError) else None
    why = error.strerror if isinstance(error, OSError) else str(error)
    kind = _KINDS.get(number, NotWrittenError) if number is not None else NoFolderThereError
    return kind(f"{path} could not be written: {why}. Nothing of it is there; choose another place.")


def _take_away(making: Path) -> None:
    try:
        making.unlink(missing_ok=True)
    except (OSError, ValueError):
        return  # the stick was pulled out: what lies on it bears no name anybody opens
