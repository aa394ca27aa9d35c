"""Somebody at the page of checks, with a certificate this kiosk issued."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kiosk.documents.paper import paper_from
from kiosk.domain.paper_check import Answer
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import RegisterEntry
from kiosk.domain.roles import Role
from kiosk.services.counter import Officer
from kiosk.services.paper_desk import OpenPaperDesk
from kiosk.ui.pages.paper_check import PaperCheckPage
from kiosk.ui.places import PAPER_CHECK
from kiosk.ui.player import Script, press, type_text
from kiosk.ui.rooms.paper_check import PaperCheckRoom
from tests.ui.window.residents import recorded
from tests.ui.window.shown_window import SUPERVISOR, ShownWindow

BOSS = Officer(SUPERVISOR, "Supervisor Latihan", Role.SUPERVISOR)


class Bench:
    """Somebody at the page of checks, and a certificate this kiosk issued."""

    def __init__(self, window: ShownWindow) -> None:
        self.window = window
        self.kit = window.desk.tools.kit
        make = window.desk.papers
        assert make is not None
        papers = make()
        assert isinstance(papers, OpenPaperDesk)
        visit = recorded(window.counter)
        outcome = papers.issue(BOSS, visit, PaperKind.TEMPORARY_CERTIFICATE, "")
        self.pdf = papers.issuer.pdf(outcome.number)
        with window.counter.store.reading() as ledger:
            entry = ledger.papers.get(outcome.number)
        assert entry is not None
        self.entry: RegisterEntry = entry
        self.letters = paper_from(entry.content).seal.letters

    @property
    def room(self) -> PaperCheckRoom:
        room = self.window.room
        assert isinstance(room, PaperCheckRoom)
        return room

    @property
    def page(self) -> PaperCheckPage:
        return self.room.page

    def press(self, *keys: str) -> None:
        """Press keys and wait for nothing: what is live is never done."""

        def script() -> Script:
            for key in keys:
                yield lambda: True
                press(key)

        self.window.play(script())

    def type(self, text: str, *keys: str) -> None:
        def script() -> Script:
            yield lambda: True
            type_text(text)

        self.window.play(script())
        self.press(*keys)

    def begin(self, key: str = "F6") -> None:
        self.press(key)
        self.until(lambda: self.window.place == PAPER_CHECK and self.window.office.room is not None)
        self.until(self.page.code.hasFocus)

    def until(self, holds: Callable[[], bool]) -> None:
        self.window.until(holds)

    def until_answered(self) -> Answer:
        self.until(lambda: self.room.state.answer is not None)
        answer = self.room.state.answer
        assert answer is not None
        return answer.answer

    def leave(self) -> None:
        self.press("Escape")
        self.until(lambda: self.window.place != PAPER_CHECK and self.window.program.tasks.idle)


def said(widget: QWidget) -> str:
    """Return everything a page says or holds, hidden parts too."""
    parts = []
    for child in (widget, *widget.findChildren(QWidget)):
        parts += [child.accessibleName(), child.accessibleDescription(), child.toolTip()]
        for name in ("text", "whole", "shown_text"):
            value = getattr(child, name, "")
            parts.append(str(value() if callable(value) else value))
    return " ".join(parts)
