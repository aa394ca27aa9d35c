"""What the program knows of the office behind the log-in, without importing any of it."""

from abc import abstractmethod

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.ui.look import Look


class OfficeHolder(QObject):
    """Keeps the office of who is signed in.

    `locked` carries who was there and what to say of the draft; `look_wanted` a changed `Look`; `moved` the place one
    is at, empty for none.
    """

    locked = Signal(str, str)
    look_wanted = Signal(object)
    moved = Signal(str)

    @property
    @abstractmethod
    def is_signed_in(self) -> bool:
        """True once somebody signed in."""

    @abstractmethod
    def let_in(self, officer: object, words: Words, look: Look) -> QWidget:
        """Return the office of an officer: as it was left when the same one comes back."""

    @abstractmethod
    def rebuilt(self, words: Words, look: Look) -> QWidget:
        """Return the office made anew, at the same place."""

    @abstractmethod
    def lock(self) -> None:
        """Lock, if somebody is signed in."""

    @abstractmethod
    def drop(self) -> None:
        """Throw the office away, as after an error in one of its pages."""

    @abstractmethod
    def refresh(self) -> None:
        """Show anew what changed beside the window."""

    @abstractmethod
    def close(self) -> None:
        """Let every room end."""
