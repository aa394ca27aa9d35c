"""The rooms of delivering: where all packets stand, and what the centre's verdicts leave to do."""

from functools import partial

from PySide6.QtCore import QObject

from kiosk.domain.roles import Permission, allows
from kiosk.services.deliveries import Deliveries, deliveries
from kiosk.services.mending import put_all_back
from kiosk.services.searching import tasks
from kiosk.ui.frame.rail import DELIVERIES, PAPERS
from kiosk.ui.page import Page
from kiosk.ui.pages.deliveries import DeliveriesPage
from kiosk.ui.pages.deliveries_tasks import TaskLine, TasksPage
from kiosk.ui.places import RECORD, TASKS
from kiosk.ui.site import Room, Site


class DeliveriesRoom(Room):
    """Shows the outbox, and tries at once when asked."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = DeliveriesPage(site.words)
        self._page.try_wanted.connect(self._try)
        self._page.tasks_wanted.connect(lambda decision: self.go.emit(TASKS, decision))
        self._page.put_back_wanted.connect(self._put_back)

    @property
    def page(self) -> Page:
        """The page of deliveries."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show where everything stands."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self.ask(partial(deliveries, self.site.counter, sender=self.site.desk.sender), self._show)

    def _show(self, known: Deliveries) -> None:
        counter = self.site.counter
        self._page.show_state(known, counter.here(counter.clock().wall))
        self.settle()

    def _try(self) -> None:
        if (sender := self.site.desk.sender) is not None:
            sender.hurry()
        self.refresh()

    def _put_back(self) -> None:
        counter, officer = self.site.counter, self.site.officer
        self.ask(partial(put_all_back, counter, officer), lambda _: self._try())


class TasksRoom(Room):
    """What the centre's verdicts leave to do."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = TasksPage(site.words)
        self._decision = ""
        self._page.record_wanted.connect(lambda visit_id: self.go.emit(RECORD, visit_id))
        self._page.paper_wanted.connect(self._show_paper)
        self._page.back_wanted.connect(lambda: self.go.emit(DELIVERIES, None))

    @property
    def page(self) -> Page:
        """The page of tasks."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the tasks of one verdict, or of all."""
        self._decision = argument if isinstance(argument, str) else self._decision
        self.refresh()

    def whereabouts(self) -> object:
        """Return the verdict."""
        return self._decision

    def refresh(self) -> None:
        """Read the tasks anew."""
        self.ask(self._read, self._show)

    def _show_paper(self, visit_id: str) -> None:
        """Go where the paper is taken back; who may not do that sees the record and asks a supervisor."""
        may = allows(self.site.officer.role, Permission.VOID_CERTIFICATE)
        self.go.emit(PAPERS if may else RECORD, visit_id)

    def _read(self) -> tuple[TaskLine, ...]:
        counter = self.site.counter
        return tuple(
            TaskLine(
                visit_id=task.entry.visit_id,
                full_name=task.resident.full_name if task.resident else "",
                ticket=task.ticket,
                decision=task.decision.value,
                reason=task.entry.verdict_reason,
                since=counter.here(task.entry.created.wall),
                paper=task.paper,
            )
            for task in tasks(counter, self.site.officer)
            if self._decision in ("", task.decision.value)
        )

    def _show(self, lines: tuple[TaskLine, ...]) -> None:
        counter = self.site.counter
        self._page.show_state(lines, counter.here(counter.clock().wall))
        self.settle()
