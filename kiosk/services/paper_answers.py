"""What the window's page of checks shows and asks for; it names nothing that takes memory before it is needed.

PaperFileError      nothing of the file was looked at
  NoFileThereError  there is no such file
  UnreadError       this user may not read it, or nobody can
  TooLargeError     it is larger than any photo of a paper
  NoPictureError    it is neither a PDF nor a picture
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.papers import PaperKind
from kiosk.services.counter import Officer
from kiosk.services.errors import ServiceError
from kiosk.services.pictures import Raster


class PaperFileError(ServiceError):
    """A file could not be looked at; nothing was checked."""


class NoFileThereError(PaperFileError):
    """There is no such file."""


class UnreadError(PaperFileError):
    """The file cannot be read."""


class TooLargeError(PaperFileError):
    """The file is larger than any photo of a paper."""


class NoPictureError(PaperFileError):
    """The file is neither a PDF nor a picture this program reads."""


@dataclass(frozen=True, slots=True)
class PaperOfSeal:
    """What the seal of a genuine paper says, to be held against the sheet and the person before one.

    portrait: AVIF as it stands in the seal, PNG once a `PaperCheckDesk` hands it out; empty where there is none.
    """

    number: str
    kind: PaperKind
    issuer: str
    issued_on: date
    valid_until: date | None
    nik: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    portrait: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """The answer, why, what the seal says (None unless its signature holds), and how old the list is in days."""

    answer: Answer
    cause: Cause
    paper: PaperOfSeal | None
    list_age: int | None


class PaperCheckDesk(Protocol):
    """The three ways to a paper's seal; each asks for the permission, and each check is written down."""

    def check_code(self, officer: Officer, letters: str) -> PaperAnswer:
        """Check the text of a QR code."""

    def check_file(self, officer: Officer, path: str) -> PaperAnswer:
        """Check the paper in a PDF, photo or scan; raises a `PaperFileError`."""

    def watch(self, officer: Officer, show: Callable[[Raster], None], stop: threading.Event) -> str | None:
        """Show what the camera sees until it sees a code, and return its text; None once it is to stop.

        Runs in the camera's lane; raises `KitError` or a `DeviceError`.
        """
