"""The desk at which papers are checked: by their code's text, by a file, by the camera."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.documents.seal_picture import shown_picture
from kiosk.services.counter import Counter, Officer
from kiosk.services.kit import RecordingKit
from kiosk.services.paper_answers import NoFileThereError, PaperAnswer, TooLargeError, UnreadError
from kiosk.services.paper_camera import watch_for_code
from kiosk.services.paper_checking import check_as, check_file_as
from kiosk.services.pictures import Raster

LARGEST = 32 << 20  # bytes of a file that is looked at


@dataclass(frozen=True, slots=True)
class OpenPaperCheckDesk:
    """The desk at an open counter."""

    counter: Counter
    kit: RecordingKit

    def check_code(self, officer: Officer, letters: str) -> PaperAnswer:
        """Check the text of a QR code."""
        return _showable(check_as(self.counter, officer, letters))

    def check_file(self, officer: Officer, path: str) -> PaperAnswer:
        """Check the paper in a PDF, photo or scan; raises a `PaperFileError`."""
        return _showable(check_file_as(self.counter, officer, _read(Path(path))))

    def watch(self, officer: Officer, show: Callable[[Raster], None], stop: threading.Event) -> str | None:
        """Show what the camera sees until it sees a code, and return its text; None once it is to stop."""
        return watch_for_code(self.kit, officer, show, stop)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NoFileThereError(f"There is no file {path}; choose another one.")
        if path.stat().st_size > LARGEST:
            raise TooLargeError(f"{path} has more than {LARGEST >> 20} MB; a photo of a paper has less.")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a zero in it is a ValueError
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadError(f"{path} cannot be read: {why}.") from error


def _showable(answer: PaperAnswer) -> PaperAnswer:
    """Return the answer with the portrait in a form every screen shows."""
    if answer.paper is None:
        return answer
    return replace(answer, paper=replace(answer.paper, portrait=shown_picture(answer.paper.portrait)))
