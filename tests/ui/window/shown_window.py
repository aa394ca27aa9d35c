"""The real window on a counter of its own: scripts are played on it, the store is read beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt import exceptions
from pytestqt.qtbot import QtBot

from kiosk.services.counter import Counter
from kiosk.services.desk import Desk
from kiosk.services.practice import practice_people
from kiosk.storage.records import OutboxEntry
from kiosk.ui.building import CounterOffice
from kiosk.ui.office import Office
from kiosk.ui.player import Player, Script, press
from kiosk.ui.program import Program
from kiosk.ui.rooms.visit import VisitRoom
from kiosk.ui.site import Room
from kiosk.ui.typist import Hand, log_in

OFFICER, SUPERVISOR, TECHNICIAN = "petugas", "supervisor", "teknisi"
LIMIT = 45.0  # seconds one step may take before the script counts as stuck
LONGEST = 240_000  # milliseconds of a whole script


class ShownWindow:
    """One program with its window."""

    def __init__(self, program: Program, folder: Path, qtbot: QtBot) -> None:
        self.program = program
        self.folder = folder
        self.qtbot = qtbot

    @property
    def desk(self) -> Desk:
        opened = self.program._opened
        assert opened is not None
        assert isinstance(opened.desk, Desk)
        return opened.desk

    @property
    def counter(self) -> Counter:
        return self.desk.counter

    @property
    def office(self) -> Office:
        holder = self.program.desk_office
        assert isinstance(holder, CounterOffice)
        assert holder.office is not None
        return holder.office

    @property
    def place(self) -> str:
        return self.office.place

    @property
    def room(self) -> Room:
        room = self.office.room
        assert room is not None
        return room

    @property
    def visit(self) -> VisitRoom:
        room = self.office._rooms["visit"]
        assert isinstance(room, VisitRoom)
        return room

    @property
    def is_settled(self) -> bool:
        """True when all that was asked for was answered and is shown; the live picture is never done."""
        holder = self.program.desk_office
        office = holder.office if isinstance(holder, CounterOffice) else None
        return self.program.tasks.is_idle_but("camera") and (office is None or office.room is not None)

    def play(self, script: Script, *, limit: float = LIMIT) -> None:
        """Play a script to its end; fails with the sentence of an assertion in it, or with what it waits for."""
        ended: list[str] = []
        player = Player(_told(script, ended), limit=limit)
        player.finished.connect(lambda: ended.append(""))
        player.stuck.connect(lambda told: ended.append(f"nothing comes of {told}"))
        player.begin()
        self.qtbot.waitUntil(lambda: bool(ended), timeout=LONGEST)
        player.close()
        if ended[0]:
            self.program.window.grab().save(str(self.folder.parent / "stuck.png"))
            pytest.fail(ended[0])

    def until(self, holds: Callable[[], bool], *, seconds: float = LIMIT) -> None:
        """Wait until something holds."""
        try:
            self.qtbot.waitUntil(holds, timeout=round(seconds * 1000))
        except exceptions.TimeoutError:
            self.program.window.grab().save(str(self.folder.parent / "stuck.png"))
            raise

    def settle(self) -> None:
        """Wait until everything asked for was answered."""
        self.until(lambda: self.is_settled)

    def sign_in(self, who: str = OFFICER) -> None:
        """Sign somebody of the practice people in, by keys."""
        self.play(log_in(self.program, hand_of(who)))

    def go(self, place: str, argument: object = None) -> None:
        """Go to a place as the rail does, and wait until it shows its state."""
        self.office.go(place, argument)
        self.until(lambda: self.place == place and self.office.room is not None and self.is_settled)

    def press(self, keys: str) -> None:
        """Press a key once the window has the keyboard, and wait for what it does."""

        def script() -> Script:
            yield lambda: True
            press(keys)
            yield lambda: self.is_settled

        self.play(script())

    def outbox(self) -> tuple[OutboxEntry, ...]:
        with self.counter.store.reading() as ledger:
            return ledger.outbox.all()


def _told(script: Script, ended: list[str]) -> Script:
    try:
        yield from script
    except AssertionError as error:
        ended.append(str(error) or "an assertion of the script")


def hand_of(who: str) -> Hand:
    """Return the hands of one of the practice people; no pictures are taken."""
    person = next(person for person in practice_people() if person.entry.user_id == who)
    return Hand(who, person.password, person.pin, lambda _: None)


def texts(widget: QWidget) -> list[str]:
    """Return every text that can be seen in a widget, in no order."""
    said = []
    for child in widget.findChildren(QWidget):
        text = getattr(child, "whole", None) or getattr(child, "text", None)
        told = text() if callable(text) else text
        if isinstance(told, str) and told and child.isVisible():
            said.append(told)
    return said
