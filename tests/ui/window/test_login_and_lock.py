"""Signing in, locking and signing in again: a draft is never lost by it, and wrong passwords are told and counted."""

from dataclasses import replace

from PySide6.QtCore import Qt

from kiosk.domain.biodata import Field
from kiosk.services.looking import look_at
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import DRAFTS, HOME
from kiosk.ui.places import VISIT
from kiosk.ui.player import Script, press, typing
from kiosk.ui.typist import log_in
from tests.ui.window.residents import resident, visit_at, waiting
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, ShownWindow, hand_of, texts


def try_password(window: ShownWindow, name: str, password: str) -> None:
    """Type a name and a password, and wait for the answer."""
    login = window.program.entry.login

    def script() -> Script:
        yield lambda: login.isVisible() and window.is_settled
        login.name.setFocus(Qt.FocusReason.OtherFocusReason)
        press("Ctrl+A")
        yield from typing(name)
        press("Return")
        press("Ctrl+A")
        yield from typing(password)
        press("Return")
        yield lambda: window.is_settled

    window.play(script())


def test_a_name_that_is_typed_while_the_counter_opens_stays_in_its_field(window: ShownWindow) -> None:
    hand = replace(hand_of(OFFICER), name="Petugas Latihan")

    window.play(log_in(window.program, hand))

    assert window.office.site.officer.user_id == OFFICER
    assert window.place == HOME


def test_a_wrong_password_is_told_with_the_tries_that_are_left(window: ShownWindow) -> None:
    words = window.program.words

    try_password(window, OFFICER, "salah")
    told = texts(window.program.entry.login)

    assert words.say("That is wrong.") in told
    assert words.count("{count} more try.", "{count} more tries.", 4) in told
    try_password(window, OFFICER, "petugas-latihan")
    assert window.place == HOME


def test_after_five_wrong_passwords_the_seconds_are_counted_down(window: ShownWindow) -> None:
    words, login = window.program.words, window.program.entry.login

    for _ in range(6):
        try_password(window, OFFICER, "salah")

    def wait(seconds: int) -> str:
        return words.count("Try again in {count} second.", "Try again in {count} seconds.", seconds)

    def left() -> int | None:
        told = texts(login)
        return next((seconds for seconds in range(31) if wait(seconds) in told), None)

    first = left()
    assert words.say("Too many wrong tries.") in texts(login)
    assert first is not None
    window.until(lambda: (left() or 0) in range(1, first - 1))
    try_password(window, SUPERVISOR, "supervisor-latihan")  # others are not held up by it
    assert window.office.site.officer.user_id == SUPERVISOR


def type_a_name(window: ShownWindow) -> Script:
    """Type a name into the open form."""
    name = window.visit.biodata.cells[Field.FULL_NAME].way_in
    name.setFocus()
    yield name.hasFocus
    yield from typing("siti rahayu")


def test_the_idle_lock_keeps_the_draft_and_a_supervisor_goes_on_with_it(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = waiting(window.counter)
    window.go(VISIT, visit_id)
    window.play(type_a_name(window))
    window.program.idle.set_minutes(1 / 60_000)
    window.program.idle.begin()
    window.until(window.program.entry.login.isVisible)
    window.settle()
    window.program.idle.set_minutes(5)
    kept = look_at(window.counter, visit_id).form

    assert kept[Field.FULL_NAME] == "SITI RAHAYU"
    assert window.program.words.say("What was typed is kept.") in " ".join(texts(window.program.entry.login))
    assert window.program.entry.login.password.line.text() == ""

    try_password(window, SUPERVISOR, "supervisor-latihan")
    assert window.office.site.officer.user_id == SUPERVISOR

    window.press("F3")
    window.until(lambda: window.place == DRAFTS and window.is_settled)
    window.press("Return")
    window.until(lambda: window.place == VISIT and window.is_settled)

    assert window.visit.view is not None
    assert window.visit.view.visit_id == visit_id
    assert window.visit.shell.page.stage is Stage.BIODATA
    assert window.visit.biodata.cells[Field.FULL_NAME].way_in.text() == "SITI RAHAYU"


def test_f12_locks_at_once_and_the_same_officer_comes_back_to_the_same_place(window: ShownWindow) -> None:
    window.sign_in()
    window.go(VISIT, visit_at(window.counter, Stage.CONSENT))
    office, page = window.office, window.visit.shell.page

    window.press("F12")
    locked = window.program.entry.login.isVisible()
    try_password(window, OFFICER, "petugas-latihan")

    assert locked
    assert window.office is office
    assert window.visit.shell.page is page
    assert page.isVisible()
    assert page.stage is Stage.CONSENT
    assert window.visit.view is not None
    assert window.visit.view.form == resident(window.counter)
