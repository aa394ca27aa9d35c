"""An officer who works by keys only: from log-in to *saved*, on the real window, for whoever is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from kiosk.domain.biodata import Field
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import DELIVERIES, DEVICES, HOME
from kiosk.ui.kit.choice import Segments
from kiosk.ui.office import Office
from kiosk.ui.places import ARRIVAL, SAVED, VISIT
from kiosk.ui.player import Script, always, focused, press, typing
from kiosk.ui.program import Program
from kiosk.ui.rooms.visit import VisitRoom
from kiosk.ui.visit.biodata_fields import held_of
from kiosk.ui.visit.capture_bar import Going
from kiosk.ui.visit.parts_page import PartsPage
from kiosk.ui.visit.portrait_page import PortraitPage

Picture = Callable[[str], None]
MOST_CHOICES = 3
MOST_TRIES = 40  # keys at one stage before the script gives up


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hands type: the officer's name, password and PIN, and what is done at each picture-worthy moment.

    settled: what is waited for before that.
    """

    name: str
    password: str
    pin: str
    picture: Picture
    settled: Callable[[], bool] = always


def log_in(program: Program, hand: Hand) -> Script:
    """Type name and password."""
    yield program.entry.login.isVisible
    program.entry.login.focus_first()
    yield from _pictured(hand, "login")
    yield from typing(hand.name)
    press("Return")
    yield from typing(hand.password)
    press("Return")
    yield lambda: program.desk_office is not None and is_at(program, HOME, DEVICES, DELIVERIES)
    yield lambda: program.tasks.idle


def enroll(program: Program, hand: Hand, form: Mapping[Field, str], *, service_key: str = "1") -> Script:
    """Receive one resident who comes for the service of that number key, from arrival to the next resident."""
    yield from record_resident(program, hand, form, service_key=service_key)
    press("Return")
    yield lambda: is_at(program, HOME, VISIT) and _settled(program)


def record_resident(
    program: Program, hand: Hand, form: Mapping[Field, str], *, service_key: str = "1"
) -> Script:
    """Receive one resident from arrival to *saved*."""
    yield from _pictured(hand, "home")
    press("F2")
    yield lambda: is_at(program, ARRIVAL) and program.tasks.idle
    press(service_key)
    yield from _pictured(hand, "arrival")
    press("Return")
    yield lambda: _room(program) is not None and _view(program) is not None
    yield from finish(program, hand, form)


def finish(program: Program, hand: Hand, form: Mapping[Field, str]) -> Script:
    """Go on with the open visit, from the step that is shown, to *saved*."""
    room = _visit(program)
    stages = list(room.stages())
    for stage in stages[stages.index(room.shell.page.stage) :]:
        yield from _do_stage(program, hand, stage, form)
    yield lambda: is_at(program, SAVED) and program.tasks.idle
    yield from _pictured(hand, "saved")


def _pictured(hand: Hand, name: str) -> Script:
    """Let everything be laid out first, and painted where a picture is taken."""
    yield always
    yield hand.settled
    hand.picture(name)


def _office(program: Program) -> Office:
    holder = program.desk_office
    office = getattr(holder, "office", None)
    assert isinstance(office, Office)  # somebody is signed in
    return office


def is_at(program: Program, *places: str) -> bool:
    """Tell whether the room of one of the places is shown."""
    office = _office(program)
    return office.place in places and office.room is not None


def _room(program: Program) -> VisitRoom | None:
    room = _office(program).room
    return room if isinstance(room, VisitRoom) else None


def _visit(program: Program) -> VisitRoom:
    room = _room(program)
    assert room is not None  # the visit is open
    return room


def _view(program: Program) -> VisitView | None:
    room = _room(program)
    return None if room is None else room.view


def _do_stage(program: Program, hand: Hand, stage: Stage, form: Mapping[Field, str]) -> Script:
    room = _visit(program)
    if stage is Stage.SERVICE:  # chosen at arrival
        return
    yield lambda: room.shell.page.stage is stage and _settled(program)
    yield from _pictured(hand, stage.value)
    if stage is Stage.BIODATA:
        yield from _type_form(program, room, form)
    elif stage is Stage.DOCUMENTS:
        press("F6")
        yield lambda: room.documents.primary is not None and room.documents.primary.isEnabled()
    yield from _press_on(program, room, hand, stage)


def _settled(program: Program) -> bool:
    """Tell whether everything asked for was answered; the live picture is never done."""
    room = _room(program)
    return program.tasks.is_idle_but("camera", "standing") and not (
        room is not None and room.captures.working
    )


def _type_form(program: Program, room: VisitRoom, form: Mapping[Field, str]) -> Script:
    """Type each field where the keyboard is, and Enter to the next; both pages."""
    page = room.biodata
    for _ in range(4 * len(page.cells)):
        if room.shell.page is not page:
            return
        yield from _fill(room, focused(), form)
        press("Return")
        yield lambda: _settled(program)


def _fill(room: VisitRoom, widget: QWidget, form: Mapping[Field, str]) -> Script:
    here = _field_at(room, widget)
    if here is None:
        if isinstance(widget, QComboBox) and not widget.currentText():  # the reason of a warning
            yield from typing(widget.itemText(0))
    elif room.view is not None and room.view.form.get(here, "") != form.get(here, ""):
        yield from _type_into(widget, form.get(here, ""))


def _field_at(room: VisitRoom, widget: QWidget) -> Field | None:
    for field, cell in room.biodata.cells.items():
        for control in cell.controls:
            if widget is control or control.isAncestorOf(widget):
                return field
    return None


def _type_into(widget: QWidget, text: str) -> Script:
    """Type what an officer would: the words of a list where the form keeps a code."""
    if isinstance(widget, Segments):
        yield from _choose(widget, text)
        return
    place = widget.findData(text) if isinstance(widget, QComboBox) else -1
    press("Ctrl+A")
    yield from typing(widget.itemText(place) if isinstance(widget, QComboBox) and place >= 0 else text)


def _choose(segments: Segments, text: str) -> Script:
    """Choose by the arrow keys, from the first one on."""
    wanted = held_of(text) or text
    if wanted and segments.key != wanted:
        press("Left")
        yield always
    for _ in range(MOST_CHOICES):
        if wanted and segments.key != wanted:
            press("Right")
            yield always


def _press_on(program: Program, room: VisitRoom, hand: Hand, stage: Stage) -> Script:
    """Press what the page's primary key is until the next stage is there; takes again what will not do."""
    for _ in range(MOST_TRIES):
        if _left(program, room, stage):
            return
        yield from _next_key(room, hand, stage)
        yield partial(_has_answered, program, room, stage)
        if not _left(program, room, stage):
            yield from _pictured(hand, f"{stage.value}-taken")
    raise AssertionError(f"the stage {stage.value} does not come to its end")


def _has_answered(program: Program, room: VisitRoom, stage: Stage) -> bool:
    return _left(program, room, stage) or _settled(program)


def _left(program: Program, room: VisitRoom, stage: Stage) -> bool:
    return _office(program).place != VISIT or room.shell.page.stage is not stage


def _next_key(room: VisitRoom, hand: Hand, stage: Stage) -> Script:
    page = room.shell.page
    if isinstance(page, PortraitPage):
        _portrait_key(page, room.view)
        return
    if isinstance(page, PartsPage):
        _parts_key(page.going())
        return
    if stage is Stage.REVIEW:
        yield from _review_key(room, hand)
        return
    if page.primary is not None and page.primary.isEnabled():
        press("Return")
    else:
        press("F5")


def _portrait_key(page: PortraitPage, view: VisitView | None) -> None:
    if page.buttons.retake.isVisible():
        press("F5")
    elif page.primary is not None and page.primary.isEnabled():
        press("Return")
    elif view is not None and view.portrait_approved:
        _give_reason()
    else:
        press("F6")


def _parts_key(going: Going) -> None:
    if going is Going.AGAIN:
        press("F5")
    elif going is Going.WAITING:
        _give_reason()
    else:
        press("Return")


def _give_reason() -> None:
    press("Ctrl+R")
    press("Return")


def _review_key(room: VisitRoom, hand: Hand) -> Script:
    page = room.review
    if isinstance(focused(), QLineEdit) and page.pin.isAncestorOf(focused()):
        yield from typing(hand.pin)
        press("Return")
    else:
        press("Space")
    yield lambda: QApplication.activePopupWidget() is None
