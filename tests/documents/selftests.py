"""Self-tests of a month, as a report tells them."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from kiosk.app.places import RESOURCES
from kiosk.documents.selftest_report import SelfTestReport
from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.selftest import Measure, Outcome, Part, PartView, Problem, SelfTest, Stage, verdict_of
from kiosk.domain.words import Words

NOW = datetime(2026, 1, 29, 9, 42, tzinfo=timezone(timedelta(hours=7), "WIB"))
INDONESIAN = Words.load(RESOURCES / "locale", "id")
ENGLISH = Words.load(RESOURCES / "locale", "en")
STAGES = (
    Stage("Driver opened", Outcome.REACHED, 0.012),
    Stage("Live picture", Outcome.REACHED, 1.04, "25/s"),
)
DEVICE = DeviceIdentity("camera.opencv", "Bersama", "4T-22", "SN-0007", "1.4")


def one_selftest(
    part: Part, at: datetime, problem: Problem = Problem.NONE, *, rate: float = 25.0
) -> SelfTest:
    """Return one test."""
    stages = STAGES if problem is Problem.NONE else (replace(STAGES[0], outcome=Outcome.FAILED),)
    return SelfTest(
        part=part,
        at=at,
        verdict=verdict_of(problem, stages),
        stages=stages,
        problem=problem,
        measure=Measure("rate", rate, "pictures/s", 1) if problem is Problem.NONE else None,
        device=DEVICE,
    )


def view_of(part: Part, *, failed: int = 0) -> PartView:
    """Return a part tested every morning for ten days, at the last of them broken so often."""
    days = [NOW - timedelta(days=9 - day) for day in range(10)]
    problems = [Problem.NONE] * (10 - failed) + [Problem.NOT_CONNECTED] * failed
    history = tuple(one_selftest(part, at, problem) for at, problem in zip(days, problems, strict=True))
    return PartView(part, history[-1], history[9 - failed], history[0], history)


def report_of(*views: PartView, shown: frozenset[Part] = frozenset(Part)) -> SelfTestReport:
    """Return a report of these parts, all others as well as ever."""
    given = {view.part: view for view in views}
    return SelfTestReport(
        office="33.25.07 Gringsing",
        kiosk_id="gringsing-1",
        version="0.1.0",
        at=NOW,
        by="Agus Prasetyo",
        views=tuple(given.get(part) or view_of(part) for part in Part),
        shown=shown,
    )
