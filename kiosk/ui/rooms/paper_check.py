"""The room in which papers are checked: three ways to the code, one answer; all is forgotten when it is left."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from kiosk.services.paper_answers import PaperAnswer, PaperCheckDesk
from kiosk.services.pictures import Raster
from kiosk.ui.frame.rail import PLACES
from kiosk.ui.outside_papers import OutsidePaper, outside_papers
from kiosk.ui.pages.paper_check import PaperCheckPage
from kiosk.ui.pages.paper_check_state import NOTHING, PaperCheckState, Way
from kiosk.ui.rooms.paper_check_ways import CameraWay, ScannerWay
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

_PICTURES = (
    "pictures"  # the lane that draws papers too: the library that reads PDFs serves one thread at a time
)
_FILES = "files"


class PaperCheckRoom(Room):
    """Checks one paper after the other."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = PaperCheckPage(site.words)
        self._state = PaperCheckState()
        self._turn = 0  # counts papers: an answer that comes after its paper was put aside is nobody's
        self._from = PLACES[site.officer.role][0].name
        self._camera, self._scanner = CameraWay(self, self._desk), ScannerWay(self)
        page = self._page
        page.code_given.connect(self._check_code)
        page.file_given.connect(self._check_file)
        page.files_wanted.connect(self._look_for_files)
        page.next_wanted.connect(self._next)
        page.back_wanted.connect(lambda: self.go.emit(self._from, None))
        self._camera.stood.connect(self._camera_stood)
        self._camera.framed.connect(self._see)
        self._camera.read.connect(self._check_code)
        self._scanner.stood.connect(self._scanner_stood)
        self._scanner.read.connect(self._check_code)

    @property
    def page(self) -> PaperCheckPage:
        """The page of checks."""
        return self._page

    @property
    def state(self) -> PaperCheckState:
        """How everything stands."""
        return self._state

    def enter(self, argument: object) -> None:
        """Wait for a paper; the argument may be the place to go back to."""
        if isinstance(argument, str):
            self._from = argument
        self._show(PaperCheckState())
        self._scanner.begin()
        self._camera.begin()
        self.settle()

    def whereabouts(self) -> object:
        """Return where one goes back to."""
        return self._from

    def leave(self) -> bool:
        """End what reads codes, and forget everything."""
        self._turn += 1
        self._camera.end()
        self._scanner.end()
        self._state = PaperCheckState()
        self._page.clear()
        return True

    def close(self) -> None:
        """End what reads codes."""
        self._camera.end()
        self._scanner.close()

    def _desk(self) -> PaperCheckDesk:
        """Return the desk; called beside the window, since what it is made of takes time to load."""
        make = self.site.desk.checking
        assert make is not None  # nobody comes here without one
        return make()

    def _check_code(self, letters: str) -> None:
        officer = self.site.officer
        self._check(lambda: self._desk().check_code(officer, letters))

    def _check_file(self, path: str) -> None:
        officer = self.site.officer
        self._check(lambda: self._desk().check_file(officer, path))

    def _check(self, work: Callable[[], PaperAnswer]) -> None:
        if self._state.is_checking:
            return
        self._turn += 1
        self._show(replace(self._state, is_checking=True, trouble=NOTHING))
        self.ask(
            work,
            partial(self._answered, self._turn),
            lane=_PICTURES,
            failed=partial(self._failed, self._turn),
        )

    def _answered(self, turn: int, answer: PaperAnswer) -> None:
        if turn != self._turn:
            return
        self._camera.end()
        self._page.panel.close_panel()
        self._show(replace(self._state, answer=answer, is_checking=False, camera=Way.RESTS))
        self._page.focus_first()

    def _failed(self, turn: int, trouble: Trouble) -> None:
        if turn == self._turn:
            self._show(replace(self._state, is_checking=False, trouble=(trouble.head, trouble.rest)))
            self._camera.begin()

    def _next(self) -> None:
        """Put the paper aside."""
        self._turn += 1
        self._show(replace(self._state, answer=None, is_checking=False, trouble=NOTHING))
        self._camera.begin()
        self._page.focus_first()

    def _look_for_files(self) -> None:
        self.ask(outside_papers, partial(self._offer, self._turn), lane=_FILES)

    def _offer(self, turn: int, files: tuple[OutsidePaper, ...]) -> None:
        if turn == self._turn and not self._page.panel.isHidden():
            self._page.panel.show_files(files)

    def _see(self, raster: Raster) -> None:
        self._page.show_picture(raster)

    def _camera_stood(self, way: Way, trouble: Trouble | None) -> None:
        told = NOTHING
        if trouble is not None:
            other = self.words.say("It goes on by itself. Meanwhile scan the code, or choose a file.")
            told = trouble.head, other
        if (way, told) != (self._state.camera, self._state.camera_told):
            self._show(replace(self._state, camera=way, camera_told=told))

    def _scanner_stood(self, way: Way, trouble: Trouble | None) -> None:
        told = trouble.text if trouble is not None else ""
        if (way, told) != (self._state.scanner, self._state.scanner_told):
            self._show(replace(self._state, scanner=way, scanner_told=told))

    def _show(self, state: PaperCheckState) -> None:
        self._state = state
        self._page.show_state(state)
