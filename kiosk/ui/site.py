"""What every room of the window is built with: the desk it works at, who is signed in, the words, the lanes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer
from kiosk.services.desk import Desk
from kiosk.services.kit import DeviceState
from kiosk.ui.page import KeyHelp, Page
from kiosk.ui.tasks import DB, Tasks
from kiosk.ui.troubles import Trouble, trouble_of

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Site:
    """The desk, the officer at it, and how the screen speaks and works.

    office: region code of the district.
    """

    desk: Desk
    officer: Officer
    office: str
    words: Words
    tasks: Tasks

    @property
    def counter(self) -> Counter:
        """The counter of the desk."""
        return self.desk.counter


class Room(QObject):
    """One page, or several that belong together, with the services behind them.

    `go` asks the window for another place, with what that place should show.  A room never knows another one.
    """

    go = Signal(str, object)
    changed = Signal()  # something was saved or changed that other places show
    look_wanted = Signal(object)  # the window should look otherwise
    troubled = Signal(object)  # a `Trouble` the room has no place of its own for

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.site = site
        self.words = site.words
        self._unsettled = False

    @property
    def page(self) -> QWidget:
        """The page to be shown; rooms override it."""
        raise NotImplementedError

    def furnish(self) -> Iterator[None]:
        """Make, piece by piece, what takes long to make; the room is whole when it ends."""
        yield from ()

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the page, for help."""
        return self.page.keys() if isinstance(self.page, Page) else ()

    def focus_first(self) -> None:
        """Put the keyboard where the person goes on."""
        if isinstance(self.page, Page):
            self.page.focus_first()

    def enter(self, argument: object) -> None:
        """Prepare for being shown; `argument` is what `go` carried."""

    def settle(self) -> None:
        """Put the keyboard where the person goes on, once: when the first state since `enter` is shown."""
        if self._unsettled:
            self._unsettled = False
            self.focus_first()

    def begin(self, argument: object) -> None:
        """Enter, with the keyboard on the page itself until its first state is there."""
        self._unsettled = True
        self.enter(argument)

    def whereabouts(self) -> object:
        """Return what `enter` would need to come back here."""
        return None

    def leave(self) -> bool:
        """End what runs while the room is shown; returns False where the room has to be stayed in."""
        return True

    def refresh(self) -> None:
        """Read again what others may have changed."""

    def hear_device(self, state: DeviceState) -> None:
        """Hear that a device of the kit stands differently; rooms that use one override it."""

    def close(self) -> None:
        """Let go of timers and threads for good."""

    def ask(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        *,
        lane: str = DB,
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Do `work` in a lane and hand its result, or what went wrong in words, back here."""
        tell = failed or self.troubled.emit
        self.site.tasks.run(self, lane, work, done=done, failed=lambda error: tell(self.trouble(error)))

    def trouble(self, error: KioskError) -> Trouble:
        """Return an error in the words of the screen."""
        return trouble_of(error, self.words)
