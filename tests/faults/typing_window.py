"""Works in the real window by keys, offscreen, and tells each key before it is pressed; whoever started it may kill it.

`python -m tests.faults.typing_window`: one line of JSON on its input is one window, forked off so that the program is
imported once.  What it tells are lines of JSON: `pid`, `stage`, `visit`, `key`, `pin`, `saved`, `stuck`, and `gone`.
"""

import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

import kiosk.app.opening
import kiosk.ui.building
from kiosk.app.practice_residents import practice_residents
from kiosk.app.window import window_start
from kiosk.app.wiring import reference
from kiosk.domain.biodata import Field
from kiosk.domain.biodata_rules import form_from_texts
from kiosk.services.practice import practice_people
from kiosk.services.stages import Stage
from kiosk.ui import typist
from kiosk.ui.application import _end_in_order
from kiosk.ui.frame.rail import DRAFTS
from kiosk.ui.kit.choice import Segments
from kiosk.ui.places import ARRIVAL, SAVED, VISIT
from kiosk.ui.player import Player, Script, always, focused, press, type_text
from kiosk.ui.program import Program
from kiosk.ui.rooms.drafts import DraftsRoom
from kiosk.ui.rooms.visit import VisitRoom
from kiosk.ui.theme import dress
from kiosk.ui.visit.biodata_fields import held_of
from kiosk.ui.visit.writing import writing_of

PROGRAM = (kiosk.app.opening, kiosk.ui.building)  # imported here, so that no window waits for it
LIMIT = 40.0  # seconds at one step before a window gives up
STUCK = 3  # exit code
DAY = date(2026, 11, 25)
AS_CHOSEN = "?"  # one of the answers of a pair, or an entry of a list that is not taken yet

Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Order:
    """One window: whose, on which folder, which resident is typed, and at which stage the hands rest.

    new: a resident arrives; else the first draft is taken up.
    """

    folder: str
    who: str
    seed: int
    new: bool = False
    until: str = ""


def wanted_form(seed: int) -> dict[Field, str]:
    """Return what the form keeps of an invented resident once all of it was typed."""
    (file,) = practice_residents(1, seed=seed, today=DAY, reference=reference())
    return {field: kept_text(field, text) for field, text in form_from_texts(file.biodata).items()}


def kept_text(field: Field, text: str) -> str:
    """Return what the form keeps of a text typed into a field."""
    if field.value.startswith("has_"):
        return held_of(text)
    if ":" in text or field is Field.VILLAGE:  # an entry of a code list
        return text
    writing = writing_of(field)
    return writing.told(writing.arrange(text, len(text))[0])


def work(program: Program, order: Order, tell: Tell) -> Script:
    """Sign in, open the visit, and do stage after stage until `order.until`, or until it is saved."""
    person = next(person for person in practice_people() if person.entry.user_id == order.who)
    hand = typist.Hand(order.who, person.password, person.pin, lambda _: None)
    yield from typist.log_in(program, hand)
    yield from _arrival(program) if order.new else _draft(program, tell)
    yield lambda: typist._view(program) is not None
    room = typist._visit(program)
    assert room.view is not None
    tell(visit=room.view.visit_id, form=dict(room.view.form))
    while typist._office(program).place == VISIT:
        yield lambda: typist._settled(program)
        stage = room.shell.page.stage
        tell(stage=stage.value)
        if stage.value == order.until:
            return
        yield from _stage(program, room, stage, (hand, wanted_form(order.seed), tell))
    assert typist._office(program).place == SAVED
    tell(saved=True)


def _arrival(program: Program) -> Script:
    press("F2")
    yield lambda: typist.is_at(program, ARRIVAL) and program.tasks.idle
    press("1")
    press("Return")


def _draft(program: Program, tell: Tell) -> Script:
    press("Alt+3")
    yield lambda: typist.is_at(program, DRAFTS) and program.tasks.idle
    room = typist._office(program).room
    assert isinstance(room, DraftsRoom)
    line = room._page.drafts.line
    tell(draft=line.visit_id if line else "")
    press("Return")


def _stage(
    program: Program, room: VisitRoom, stage: Stage, hands: tuple[typist.Hand, dict[Field, str], Tell]
) -> Script:
    hand, form, tell = hands
    if stage is Stage.BIODATA:
        yield from _type(room, form, tell)
    elif stage is Stage.DOCUMENTS and room.documents.primary is not None:
        if not room.documents.primary.isEnabled():
            press("F6")
        yield room.documents.primary.isEnabled
    elif stage is Stage.REVIEW:
        yield from _sign(program, room, hand, tell)
        return
    yield from typist._press_on(program, room, hand, stage)


def _type(room: VisitRoom, form: dict[Field, str], tell: Tell) -> Script:
    """Type from the first field on, field after field by Enter, without ever waiting for the disk."""
    page = room.biodata
    page.cells[Field.NIK].way_in.setFocus()
    for _ in range(4 * len(page.cells)):
        here = typist._field_at(room, focused())
        assert room.view is not None
        if here is not None and room.view.form.get(here, "") != form.get(here, ""):
            yield from _type_field(room, here, form.get(here, ""), tell)
        elif here is None and page.inner and focused() is page.primary:
            return
        press("Return")
        yield always
        if room.shell.page is not page:
            return


def _type_field(room: VisitRoom, field: Field, text: str, tell: Tell) -> Script:
    widget = focused()
    if isinstance(widget, Segments):
        tell(key=field.value, may=AS_CHOSEN)
        yield from typist._choose(widget, text)
    elif isinstance(widget, QComboBox):
        press("Ctrl+A")
        place = widget.findData(text)
        for letter in widget.itemText(place):
            tell(key=field.value, may=AS_CHOSEN)
            type_text(letter)
            yield from _breath()
        press("Return")
    else:
        yield from _type_line(field, text, tell)
    tell(key=field.value, may=text)


def _type_line(field: Field, text: str, tell: Tell) -> Script:
    press("Ctrl+A")
    for count in range(1, len(text) + 1):
        tell(key=field.value, may=kept_text(field, text[:count]))
        type_text(text[count - 1])
        yield from _breath()


def _breath() -> Script:
    """Let the window answer, three steps a key: fifty keys a second."""
    for _ in range(3):
        yield always


def _sign(program: Program, room: VisitRoom, hand: typist.Hand, tell: Tell) -> Script:
    """Do what the review asks for; tell of the PIN before the key that signs and saves."""
    while not typist._left(program, room, Stage.REVIEW):
        if isinstance(focused(), QLineEdit) and room.review.pin.isAncestorOf(focused()):
            type_text(hand.pin)
            tell(pin=True)
            press("Return")
        else:
            press("Space")
        yield lambda: typist._has_answered(program, room, Stage.REVIEW)


def show(order: Order, tell: Tell) -> int:
    """Run one window until it is closed or killed; returns its exit code."""
    application = QApplication(["kiosk"])
    dress(application)
    program = Program(application, window_start(Path(order.folder)))
    pulse = _end_in_order(program)
    player = Player(work(program, order, tell), limit=LIMIT)

    def stuck(waits_for: str) -> None:
        faulthandler.dump_traceback()
        tell(
            stuck=waits_for,
            busy=dict(program.tasks._busy),
            page=type(program.entry.pages.currentWidget()).__name__,
        )
        application.exit(STUCK)

    player.stuck.connect(stuck)
    program.begin()
    player.begin()
    code = application.exec()
    pulse.stop()
    player.close()
    program.close()
    return code


def tell(**told: object) -> None:
    """Tell a line with its moment, in one write."""
    os.write(1, json.dumps({"at": time.monotonic(), **told}).encode() + b"\n")


def main() -> None:
    """Fork off a window for every order, one after the other."""
    reference().regions.warm()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            os._exit(show(order, tell))
        tell(pid=pid)
        tell(gone=os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


if __name__ == "__main__":
    main()
