"""The demo's day as the window shows it: a counter in the middle of its morning, or one enrollment played by keys."""

import os
import sys
from itertools import islice

from kiosk.app.demo_day import Day, DemoError, Say
from kiosk.app.practice_residents import practice_residents
from kiosk.app.window import show_window, window_start
from kiosk.app.wiring import Installation, opened
from kiosk.domain.biodata import Form
from kiosk.domain.biodata_rules import form_from_texts
from kiosk.domain.requests import Priority, Service
from kiosk.domain.roles import Role
from kiosk.services.arrivals import arrive
from kiosk.services.counter import Counter, Officer
from kiosk.services.drafting import read_form
from kiosk.services.practice import practice_people
from kiosk.ui.playing import play_enrollment

_WAITING = (
    (Service.FIRST_ENROLLMENT, Priority.WITH_INFANT),
    (Service.FIRST_ENROLLMENT, Priority.ELDERLY),
    (Service.REPLACEMENT_LOST, Priority.NONE),
    (Service.FIRST_ENROLLMENT, Priority.NONE),
    (Service.BIODATA_SHEET, Priority.NONE),
    (Service.CHANGED_DATA, Priority.NONE),
    (Service.FIRST_ENROLLMENT, Priority.NONE),
)


def has_display() -> bool:
    """Tell whether somebody could see a window."""
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def enroll_in_window(day: Day, say: Say) -> None:
    """Record one more resident through the real widgets, unseen; the pictures lie in `pictures/`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with opened(day.folder / "kiosk") as installation:
        form = _walk_in(installation.counter, day)
    officer = practice_people()[0]
    secrets = (officer.entry.name, officer.password, officer.pin)
    count = play_enrollment(window_start(day.folder / "kiosk"), secrets, form, day.folder / "pictures")
    say(
        f"One resident was recorded through the window, by keys; {count} pictures in {day.folder / 'pictures'}."
    )


def show_counter(day: Day) -> int:
    """Let people come, and show the window until it is closed."""
    with opened(day.folder / "kiosk") as installation:
        _fill_waiting_room(installation)
    return show_window(day.folder / "kiosk")


def _walk_in(counter: Counter, day: Day) -> Form:
    """Return the form of somebody who comes after all others of the day, about whose data there is nothing to ask."""
    people = practice_residents(
        day.residents + 30, seed=day.seed, today=counter.today(), reference=counter.reference
    )
    for file in islice(people, day.residents, None):
        form = form_from_texts(file.biodata)
        if not file.exceptions and not read_form(counter, form).findings:
            return form
    raise DemoError("Nobody was found for the window; try another --seed.")


def _fill_waiting_room(installation: Installation) -> None:
    with installation.counter.store.reading() as ledger:
        user = next(user for user in ledger.users.all() if user.role is Role.OFFICER)
    officer = Officer(user.user_id, user.name, user.role)
    for service, priority in _WAITING:
        arrive(installation.counter, officer, service, priority=priority)
