"""A practice office to measure in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.app.demo_day import Day
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import make_practice, opened, reference, tools_of
from kiosk.services.rehearsal import Rehearsal, prepare_rehearsal
from kiosk.wire.contents import ResidentFile

TODAY = date(2026, 1, 5)


def residents(count: int) -> list[ResidentFile]:
    """Return invented residents, the same ones every time."""
    return list(practice_residents(count, seed=5, today=TODAY, reference=reference()))


@contextmanager
def practice_rehearsal(folder: Path) -> Iterator[Rehearsal]:
    """Open a new practice office with its simulators."""
    make_practice(folder)
    with opened(folder) as installation, tools_of(installation) as tools:
        yield prepare_rehearsal(installation.counter, tools, seed=5)


@contextmanager
def joined_office(folder: Path) -> Iterator[Path]:
    """Lend the folder of a kiosk that joined a centre; the centre's own processes run until the end."""
    day = Day(folder, residents=0, seed=5, outage=False)
    try:
        day.open_office(lambda _: None)
        yield folder / "kiosk"
    finally:
        day.close()
