"""The technician's page: one part broken as in the story, all well, testing, asking, never tested, no driver."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import sin

from PySide6.QtWidgets import QWidget

from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.clock import Moment
from kiosk.domain.morning import Found
from kiosk.domain.roles import Role
from kiosk.domain.selftest import Measure, Outcome, Part, PartView, Problem, SelfTest, Stage, verdict_of
from kiosk.domain.words import Words
from kiosk.services.taking_along import Taken
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.outside_folders import OutsideFolder
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.pages.devices_state import DevicesState, Running
from kiosk.ui.pages.folder_panel import FolderState
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

# part: measure's name, its usual value, unit, better; minutes after 07.30 it was tested
_USUAL = {
    Part.CAMERA: (Measure("rate", 25.0, "pictures/s", 1), 1),
    Part.SIGNATURE: (Measure("points", 412.0, "points/s", 1), 1),
    Part.FINGERPRINT: (Measure("quality", 66.0, "", 1), 2),
    Part.IRIS: (Measure("quality", 71.0, "", 1), 3),
    Part.CARD_READER: (Measure("time", 0.4, "s", -1), 3),
    Part.CODE_SCANNER: (Measure("time", 0.1, "s", -1), 4),
    Part.DOCUMENT_SCANNER: (Measure("time", 4.2, "s", -1), 33),
    Part.TICKET_PRINTER: (Measure("time", 1.2, "s", -1), 5),
    Part.PAGE_PRINTER: (Measure("supply", 38.0, "%", 1), 5),
    Part.CLOCK: (None, 0),
    Part.DISK: (Measure("days", 46.0, "days", 1), 0),
    Part.DATABASE: (None, 0),
    Part.KEYS: (None, 0),
    Part.LINK: (Measure("sign_in", 0.6, "s", -1), 133),
}
_STAGES = (
    Stage("Driver opened", Outcome.REACHED, 0.012),
    Stage("Name and serial number", Outcome.REACHED, 0.031, "Bersama 4T-22"),
    Stage("Live picture", Outcome.REACHED, 1.04, "25/s"),
)
_FAILED = (
    Stage("Driver opened", Outcome.REACHED, 0.012),
    Stage("Name and serial number", Outcome.FAILED, 5.0),
    Stage("A page scanned", Outcome.NOT_REACHED),
)
_PROBLEMS = {
    Part.DOCUMENT_SCANNER: Problem.NOT_CONNECTED,
    Part.TICKET_PRINTER: Problem.PAPER_LOW,
    Part.LINK: Problem.LINK_DOWN,
}


def _test(part: Part, at: datetime, day: int, problem: Problem = Problem.NONE) -> SelfTest:
    usual, _ = _USUAL[part]
    failed = problem in (Problem.NOT_CONNECTED, Problem.LINK_DOWN)
    stages = _FAILED if failed else _STAGES
    wave = 1 + 0.05 * sin(day * 1.7 + len(part.value))
    measure = None if usual is None or failed else replace(usual, value=round(usual.value * wave, 2))
    return SelfTest(
        part=part,
        at=at,
        verdict=verdict_of(problem, stages),
        stages=stages,
        problem=problem,
        said="no device answers at the port" if failed else "",
        measure=measure,
        device=DeviceIdentity(f"{part.value}.serial", "Bersama", "4T-22 datar USB", "SIM-0007", "1.4"),
    )


def view_of(part: Part, problem: Problem = Problem.NONE) -> PartView:
    """Return a part that was tested each morning for 30 days; with a problem, since four tests ago."""
    morning = NOW.replace(hour=7, minute=30, second=0) + timedelta(minutes=_USUAL[part][1])
    history = []
    for day in range(30):
        has_problem = problem is not Problem.NONE and day >= (26 if problem is Problem.NOT_CONNECTED else 29)
        history.append(
            _test(part, morning - timedelta(days=29 - day), day, problem if has_problem else Problem.NONE)
        )
    working = next((test for test in reversed(history) if not test.said), None)
    return PartView(part, history[-1], working, history[0], tuple(history))


WELL = DevicesState(tuple(view_of(part) for part in Part), NOW)
ONE_BROKEN = DevicesState(tuple(view_of(part, _PROBLEMS.get(part, Problem.NONE)) for part in Part), NOW)
NEVER = DevicesState(tuple(PartView(part, None, None, None, ()) for part in Part), NOW)
TESTING = replace(
    ONE_BROKEN,
    running=Running(Part.DOCUMENT_SCANNER, _FAILED[:1]),
    waiting=frozenset({Part.TICKET_PRINTER, Part.PAGE_PRINTER}),
)
FOUND = Found(
    begun=Moment(NOW.replace(hour=6, minute=2), 0.0, "boot"),
    broken=(Part.DOCUMENT_SCANNER,),
    care=(Part.TICKET_PRINTER, Part.LINK),
    tested=len(Part),
    left=0,
)
MORNING = replace(ONE_BROKEN, found=FOUND)
MORNING_WELL = replace(WELL, found=replace(FOUND, broken=(), care=()))
MORNING_GOES_ON = replace(WELL, found=replace(FOUND, broken=(), care=(), tested=9, left=5))
ASKING = replace(WELL, running=Running(Part.FINGERPRINT, _STAGES[:2], "Lay both thumbs on the plate."))


def without_driver() -> DevicesState:
    """Return the story with a camera whose driver nobody knows, and a name of 60 letters."""
    known = view_of(Part.CAMERA)
    stages = (Stage("Driver opened", Outcome.FAILED), Stage("Live picture", Outcome.NOT_REACHED))
    test = SelfTest(
        part=Part.CAMERA,
        at=NOW,
        verdict=verdict_of(Problem.NO_DRIVER, stages),
        stages=stages,
        problem=Problem.NO_DRIVER,
        said="camera.bersama: no such driver is installed",
        device=DeviceIdentity(
            "camera.bersama", "Perusahaan Perangkat Bersama Nusantara", "Kamera Loket Kecamatan 4K", "0" * 24
        ),
    )
    view = replace(known, last=test, history=(*known.history[:-1], test))
    return replace(WELL, views=(view, *WELL.views[1:]))


FOLDERS = (
    OutsideFolder("/media/teknisi/KINGSTON", "KINGSTON (/media/teknisi/KINGSTON)", is_stick=True),
    OutsideFolder("/home/teknisi/Dokumen", "Dokumen"),
)
SAVED = FolderState(FOLDERS, written="/media/teknisi/KINGSTON/practice-gringsing-1-20260129-094227.pdf")


def _page(words: Words, state: DevicesState, report: FolderState | None = None) -> QWidget:
    page = DevicesPage(words)
    page.show_state(state)
    if state.running is not None:
        page.choose(state.running.part)
    if report is not None:
        page.report.click()
        page.report_panel.show_state(report)
    return framed(words, page, place=DEVICES, role=Role.TECHNICIAN)


def _elsewhere(words: Words) -> QWidget:
    page = DevicesPage(words)
    page.show_state(ONE_BROKEN)
    page.report.click()
    panel = page.report_panel
    panel.what.show_key(Taken.BUNDLE)
    panel.show_state(FolderState(FOLDERS))
    panel.places.rows[-1].click()
    panel.own.setText("/home/teknisi/Laporan loket 2026/Gringsing")
    trouble = (
        words.say("There is no room left."),
        words.say("Nothing of the file is there. Choose another stick."),
    )
    panel.show_state(FolderState(FOLDERS, trouble=trouble))
    return framed(words, page, place=DEVICES, role=Role.TECHNICIAN)


SHOTS = (
    Shot("devices", lambda words: _page(words, ONE_BROKEN)),
    Shot("devices-well", lambda words: _page(words, WELL)),
    Shot("devices-morning", lambda words: _page(words, MORNING)),
    Shot("devices-morning-well", lambda words: _page(words, MORNING_WELL)),
    Shot("devices-morning-goes-on", lambda words: _page(words, MORNING_GOES_ON)),
    Shot("devices-testing", lambda words: _page(words, TESTING)),
    Shot("devices-asking", lambda words: _page(words, ASKING)),
    Shot("devices-never", lambda words: _page(words, NEVER)),
    Shot("devices-report", lambda words: _page(words, ONE_BROKEN, FolderState(FOLDERS))),
    Shot("devices-report-looking", lambda words: _page(words, ONE_BROKEN, FolderState())),
    Shot("devices-report-writing", lambda words: _page(words, WELL, FolderState(FOLDERS, is_writing=True))),
    Shot("devices-report-saved", lambda words: _page(words, ONE_BROKEN, SAVED)),
    Shot("devices-report-trouble", _elsewhere),
    Shot("devices-no-driver", lambda words: _page(words, without_driver())),
)
