"""Files on sticks and in a person's own folders that may hold a paper: the newest first."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from kiosk.ui.outside_folders import outside_folders

MOST = 5
_MOST_LOOKED_AT = 2000  # names in one folder
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"})
_OWN = (
    QStandardPaths.StandardLocation.DownloadLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.PicturesLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
)


@dataclass(frozen=True, slots=True)
class OutsidePaper:
    """One file; place: the stick or folder it lies in."""

    path: str
    name: str
    place: str
    is_stick: bool = False


def outside_papers() -> tuple[OutsidePaper, ...]:
    """Return the newest files that may hold a paper, those on sticks before all others; may take a second."""
    sticks = {folder.path: folder.name for folder in outside_folders() if folder.is_stick}
    own = {path: Path(path).name for place in _OWN if (path := QStandardPaths.writableLocation(place))}
    found = [*_newest(sticks, is_stick=True), *_newest(own, is_stick=False)]
    return tuple(found[:MOST])


def _newest(folders: dict[str, str], *, is_stick: bool) -> list[OutsidePaper]:
    dated = [(at, path, place) for folder, place in folders.items() for at, path in _papers_in(Path(folder))]
    dated.sort(reverse=True)
    return [OutsidePaper(str(path), path.name, place, is_stick) for _, path, place in dated[:MOST]]


def _papers_in(folder: Path) -> Iterator[tuple[float, Path]]:
    """Yield files with when they were changed; a folder that is gone or closed to this user has none."""
    with suppress(OSError):
        for _, path in zip(range(_MOST_LOOKED_AT), folder.iterdir(), strict=False):
            if path.suffix.lower() in _ENDINGS and not path.name.startswith("."):
                with suppress(OSError):
                    if path.is_file():
                        yield path.stat().st_mtime, path
