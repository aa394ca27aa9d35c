"""The end of a visit: the resident's statement, the 1:1 check, who signs, and the save."""

from functools import partial

from PySide6.QtCore import QObject

from kiosk.devices.api import Kind
from kiosk.domain.captures import CaptureKind
from kiosk.domain.roles import Role
from kiosk.services import accounts, drafting, pictures
from kiosk.services.errors import LockedOutError, NoPasswordError, WrongSecretError
from kiosk.services.saving import Refused, Saved, save
from kiosk.services.stages import Stage
from kiosk.services.verifying import verify_resident
from kiosk.ui.places import SAVED
from kiosk.ui.rooms.saved import After
from kiosk.ui.rooms.visit_captures import Captures
from kiosk.ui.rooms.visit_desk import VisitDesk
from kiosk.ui.troubles import Trouble


class Review(QObject):
    """Everything the page of review asks for."""

    def __init__(self, room: VisitDesk, captures: Captures) -> None:
        super().__init__(room)
        self._room = room
        room.entered.connect(self.prepare)
        captures.statement_taken.connect(self.load_statement)
        page = room.review
        page.stage_wanted.connect(room.go_to)
        page.check_wanted.connect(self._check)
        page.statement_wanted.connect(partial(self._ask_pad, captures))
        room.stopped.connect(self._stop_working)
        page.statement_drawn.connect(partial(captures.keep_drawn, CaptureKind.STATEMENT))
        page.officer_signed.connect(self._sign)
        page.supervisor_signed.connect(self._sign_exceptions)
        page.save_wanted.connect(self._save)

    def prepare(self, stage: Stage) -> None:
        """Tell the page who may sign, when it is about to be seen."""
        if stage is Stage.REVIEW:
            self._room.ask(partial(accounts.people, self._room.site.counter), self._show_people)
            self.load_statement()

    def _ask_pad(self, captures: Captures) -> None:
        self._room.review.show_signing(working=True)
        captures.take(CaptureKind.STATEMENT)

    def _stop_working(self) -> None:
        self._room.review.show_signing(working=False)
        self._room.review.show_checking(working=False)

    def load_statement(self) -> None:
        """Show the resident's statement as it was signed."""
        self._room.review.show_signing(working=False)
        view = self._room.view
        if view is not None:
            look = partial(
                pictures.signature_raster, self._room.site.counter, view.visit_id, kind=CaptureKind.STATEMENT
            )
            self._room.ask(look, self._room.review.show_statement, lane="pictures", failed=self._room.tell)

    def _show_people(self, people: tuple[accounts.Person, ...]) -> None:
        supervisors = tuple((user.user_id, user.name) for user in people if user.role is Role.SUPERVISOR)
        self._room.review.show_people(supervisors)

    def _check(self) -> None:
        kit = self._room.site.desk.tools.kit
        self._room.review.show_checking(working=True)
        self._room.do(
            self._room.act(verify_resident, kit=kit),
            partial(self._room.review.show_checking, working=False),
            lane=Kind.FINGERPRINT.value,
        )

    def _sign_exceptions(self, user_id: str, pin: str) -> None:
        view, counter = self._room.view, self._room.site.counter
        if view is None:
            return

        def sign() -> None:
            supervisor = accounts.confirm_pin(counter, user_id, pin)
            drafting.sign_off_exceptions(counter, supervisor, view.visit_id)

        self._room.review.show_wrong_pin("")
        self._room.do(sign, failed=self._refused_pin)

    def _sign(self, pin: str) -> None:
        view, counter, officer = self._room.view, self._room.site.counter, self._room.site.officer
        if view is None:
            return

        def sign() -> Saved | Refused:
            accounts.confirm_pin(counter, officer.user_id, pin)
            drafting.sign_off(counter, officer, view.visit_id)
            return save(counter, officer, view.visit_id)

        self._room.review.show_wrong_pin("")
        self._room.review.show_saving(saving=True)
        self._room.ask(sign, self._saved, failed=self._refused_pin)

    def _save(self) -> None:
        self._room.review.show_saving(saving=True)
        self._room.ask(self._room.act(save), self._saved, failed=self._refused_pin)

    def _saved(self, outcome: object) -> None:
        self._room.review.show_saving(saving=False)
        if isinstance(outcome, Refused):
            self._room.do(lambda: None)
            told = " ".join(self._room.words.finding(finding) for finding in outcome.findings[:3])
            self._room.review.show_trouble(self._room.words.say("Not saved yet."), told)
            return
        view, self._room.view = self._room.view, None
        self._room.shell.leave()
        self._room.changed.emit()
        if view is not None:
            self._room.go.emit(SAVED, After(view))

    def _refused_pin(self, trouble: Trouble) -> None:
        self._room.review.show_saving(saving=False)
        if isinstance(trouble.error, WrongSecretError | LockedOutError | NoPasswordError):
            self._room.review.show_wrong_pin(trouble.text)
        else:
            self._room.tell(trouble)
