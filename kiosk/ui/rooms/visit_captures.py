"""The devices of a visit: attempts in the lane of their device, pictures for the page, failures told and outlived."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.devices.api import Kind
from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.requests import DocumentKind
from kiosk.services import drafting, pictures
from kiosk.services.capturing import DEVICE_OF, Drawn, keep_strokes, take
from kiosk.services.kit import DeviceState, KitState
from kiosk.services.neighbours import KIND_AT
from kiosk.services.papers_shown import photograph_paper
from kiosk.services.stages import Stage
from kiosk.services.staging import stage_resident
from kiosk.ui.kit.badges import State
from kiosk.ui.lamps import KIND_WORDS
from kiosk.ui.rooms.visit_desk import VisitDesk
from kiosk.ui.rooms.visit_live import Live
from kiosk.ui.troubles import Trouble, trouble_of

Samples = tuple[tuple[tuple[float, float, float, float], ...], ...]
PROBE = 2000  # milliseconds between two looks for a device that went away


class Captures(QObject):
    """Everything the pages of a visit ask of devices; `statement_taken` once the resident signed."""

    statement_taken = Signal()

    def __init__(self, room: VisitDesk) -> None:
        super().__init__(room)
        self._room = room
        self.working = False  # a device was asked and has not answered
        self.live = Live(room)
        self._probe = QTimer(self)
        self._probe.setInterval(PROBE)
        self._probe.timeout.connect(self._look_for_device)
        self._connect_portrait()
        self._connect_others()
        room.entered.connect(self.prepare)
        room.stopped.connect(self.stop_working)

    def prepare(self, stage: Stage) -> None:
        """Show on the stage's page what was taken, and how its device stands."""
        self._probe.stop()
        show = {
            Stage.PORTRAIT: self._load_portrait,
            Stage.SIGNATURE: self._load_signature,
            Stage.IRISES: self._load_irises,
        }.get(stage)
        if show is not None:
            show()
        kind = KIND_AT.get(stage)
        for state in self._room.site.desk.tools.kit.states():
            if state.kind is kind:
                self.hear(state)

    def hear(self, state: DeviceState) -> None:
        """Tell the page of the device; one that went away is looked for until it is back."""
        stage = self._room.shell.page.stage
        if KIND_AT.get(stage) is not state.kind:
            return
        words = self._room.words
        if state.state is KitState.FAILED and state.error is not None:
            self._show_device(stage, State.BROKEN, trouble_of(state.error, words).text)
            if state.kind is not Kind.CAMERA:  # the live picture looks for its camera itself
                self._probe.start()
            return
        self._probe.stop()
        if state.state is KitState.READY:
            name = words.say(KIND_WORDS[state.kind])
            self._room.shell.page.show_trouble("")  # what it failed with is over
            self._show_device(stage, State.GOOD, words.say("{device} is ready", device=name))

    def is_out(self, stage: Stage) -> bool:
        """Tell whether a stage cannot be done, since its device failed or none is set up; one signs without any."""
        kind, kit = KIND_AT.get(stage), self._room.site.desk.tools.kit
        if kind is None or kind is Kind.SIGNATURE:
            return False
        failed = {state.kind for state in kit.states() if state.state is KitState.FAILED}
        return kind in failed or kind not in kit.choices()

    def take(self, kind: CaptureKind) -> None:
        """Take one attempt at the device of the kind."""
        self.live.end()
        self._room.shell.page.show_trouble("")
        self._show_working(True)
        self._room.do(self._attempt(kind), partial(self._taken, kind), lane=DEVICE_OF[kind].value)

    def _attempt(self, kind: CaptureKind) -> Callable[[], object]:
        tools, view = self._room.site.desk.tools, self._room.view
        attempt = self._room.act(take, kind, tools=tools)

        def staged() -> None:
            if view is not None:
                stage_resident(tools.kit, view)
            attempt()

        return staged

    def keep_drawn(self, kind: CaptureKind, strokes: Samples, size: tuple[float, float]) -> None:
        """Keep what was signed on the window itself."""
        drawn = Drawn.of(strokes, size)
        self._room.do(self._room.act(keep_strokes, drawn, kind=kind), partial(self._taken, kind))

    def stop_working(self) -> None:
        """Let the page know that the device is not asked any more."""
        self._show_working(False)

    def close(self) -> None:
        """End the live picture and the looking."""
        self._probe.stop()
        self.live.end()

    def _connect_portrait(self) -> None:
        page = self._room.portrait
        page.live_wanted.connect(self._show_live)
        page.take_wanted.connect(lambda: self.take(CaptureKind.PORTRAIT))
        page.approved.connect(lambda: self._room.do(self._room.act(drafting.approve_portrait)))
        page.left_open.connect(self._room.go_on)
        self.live.framed.connect(page.show_frame)
        self.live.failed.connect(lambda trouble: page.show_device(State.BROKEN, trouble.text))

    def _connect_others(self) -> None:
        room = self._room
        room.signature.take_wanted.connect(self.take)
        room.signature.drawn.connect(partial(self.keep_drawn, CaptureKind.SIGNATURE))
        room.fingers.take_wanted.connect(self.take)
        room.fingers.kind_shown.connect(self._load_slap)
        room.fingers.left_open.connect(room.go_on)
        room.fingers.exceptions_dropped.connect(self._drop_exceptions)
        room.irises.take_wanted.connect(lambda: self.take(CaptureKind.IRISES))
        room.irises.left_open.connect(room.go_on)
        room.irises.exceptions_dropped.connect(self._drop_exceptions)
        room.documents.photo_wanted.connect(self._photograph)
        for page in (room.portrait, room.signature, room.fingers, room.irises):
            page.reason_given.connect(room.give_reason)
        for page in (room.signature, room.fingers, room.irises):
            page.exception_claimed.connect(self._claim)
        room.signature.exception_dropped.connect(self._drop_exceptions)

    def _show_live(self, wanted: bool) -> None:
        view = self._room.view
        if not wanted or view is None:
            self.live.end()
            return
        year = view.biodata.birth_date.year if view.biodata else self._room.site.counter.today().year
        self.live.begin(view, year)

    def _taken(self, kind: CaptureKind) -> None:
        self._show_working(False)
        load: dict[CaptureKind, Callable[[], None]] = {
            CaptureKind.PORTRAIT: self._load_portrait,
            CaptureKind.SIGNATURE: self._load_signature,
            CaptureKind.STATEMENT: self.statement_taken.emit,
            CaptureKind.IRISES: self._load_irises,
        }
        load.get(kind, partial(self._load_slap, kind))()

    def _show_working(self, working: bool) -> None:
        self.working = working
        room, page = self._room, self._room.shell.page
        for capturing in (room.portrait, room.signature, room.fingers, room.irises):
            if page is capturing:
                capturing.show_working(working=working)

    def _show_device(self, stage: Stage, state: State, told: str) -> None:
        room = self._room
        for page in (room.portrait, room.fingers, room.irises):
            if page.stage is stage:
                page.show_device(state, told)

    def _claim(self, parts: tuple[str, ...], reason: ExceptionReason, detail: str) -> None:
        view = self._room.view
        if view is None:
            return
        kept = tuple(claim for claim in view.exceptions if claim.part not in parts)
        claims = (*kept, *(CaptureException(part, reason, detail) for part in parts))
        self._room.do(self._room.act(drafting.claim_exceptions, claims))

    def _drop_exceptions(self, parts: tuple[str, ...]) -> None:
        view = self._room.view
        if view is not None:
            kept = tuple(claim for claim in view.exceptions if claim.part not in parts)
            self._room.do(self._room.act(drafting.claim_exceptions, kept))

    def _photograph(self, paper: DocumentKind) -> None:
        page, kit = self._room.documents, self._room.site.desk.tools.kit
        page.show_working(paper)
        self._room.do(
            self._room.act(photograph_paper, paper, kit=kit),
            partial(page.show_working, None),
            lane=Kind.CAMERA.value,
        )

    def _load_portrait(self) -> None:
        self._load(pictures.portrait_raster, self._room.portrait.show_picture)

    def _load_signature(self) -> None:
        self._load(pictures.signature_raster, self._room.signature.show_picture)

    def _load_irises(self) -> None:
        self._load(pictures.iris_views, self._room.irises.show_eyes)

    def _load_slap(self, kind: CaptureKind) -> None:
        look = partial(pictures.slap_view, kind=kind)
        self._load(look, lambda slap: self._room.fingers.show_slap(slap, kind))

    def _load(self, look: Callable[..., object], show: Callable[..., None]) -> None:
        """Read a picture in a lane of its own, so that nothing typed waits for it."""
        view = self._room.view
        if view is None:
            return
        work = partial(look, self._room.site.counter, view.visit_id)
        self._room.ask(work, show, lane="pictures", failed=self._room.tell)

    def _look_for_device(self) -> None:
        kind = KIND_AT.get(self._room.shell.page.stage)
        if kind is not None and self._room.site.tasks.is_free(kind.value):
            kit = self._room.site.desk.tools.kit
            self._room.ask(partial(kit.identity, kind), lane=kind.value, failed=self._still_away)

    def _still_away(self, trouble: Trouble) -> None:
        """Do nothing: the kit told of it, and the next look comes by itself."""
