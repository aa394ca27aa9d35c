"""The supervisor decides what officers ask for, by keys: with the own PIN, one by one or many, a no with its reason."""

from kiosk.domain.biodata import Field
from kiosk.domain.change_requests import RequestState
from kiosk.domain.roles import Role
from kiosk.services.approvals import ask_correction, ask_withdrawal
from kiosk.services.counter import Officer
from kiosk.ui.frame.rail import APPROVALS
from kiosk.ui.pages.approvals import ApprovalsPage
from kiosk.wire.contents import CHANGE, ChangeFile
from kiosk.wire.messages import PacketKind
from tests.ui.window.packets import opened
from tests.ui.window.residents import recorded
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, ShownWindow
from tests.ui.window.test_papers import PIN, written

ASKER = Officer(OFFICER, "Petugas Latihan", Role.OFFICER)


def page_with(window: ShownWindow, count: int) -> ApprovalsPage:
    """Go to the approvals by keys; so many things wait."""
    window.press("Alt+5")
    window.until(lambda: window.place == APPROVALS and window.is_settled)
    page = window.room.page
    assert isinstance(page, ApprovalsPage)
    window.until(lambda: len(page.lines.rows) == count)
    return page


def test_a_correction_goes_out_with_both_names_once_the_pin_is_right(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    visit_id = recorded(window.counter)
    ask_correction(window.counter, ASKER, visit_id, {Field.MOTHER_NAME: "SITI AMINAH"}, "salah tulis")
    page = page_with(window, 1)

    page.pin.line.setFocus()
    written(window, "000000", "Return")
    window.until(lambda: bool(page.pin.hint))
    assert PacketKind.AMENDMENT not in {entry.kind for entry in window.outbox()}
    written(window, PIN, "Return")
    window.until(lambda: PacketKind.AMENDMENT in {entry.kind for entry in window.outbox()})
    window.until(lambda: page.lines.rows == ())

    change = ChangeFile.read(opened(window)[PacketKind.AMENDMENT].members[CHANGE].decode())
    assert (change.biodata, change.user_id, change.asked_by) == (
        {"mother_name": "SITI AMINAH"},
        SUPERVISOR,
        OFFICER,
    )


def test_many_are_marked_and_agreed_to_at_once(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    for number in range(3):
        ask_withdrawal(window.counter, ASKER, recorded(window.counter, number), "direkam dua kali")
    page = page_with(window, 3)
    window.press("Space")
    window.press("Down")
    window.press("Space")

    page.pin.line.setFocus()
    written(window, PIN, "F8")
    window.until(lambda: len(page.lines.rows) == 1)

    assert [entry.kind for entry in window.outbox()].count(PacketKind.WITHDRAWAL) == 2


def test_a_no_is_given_with_a_reason_and_nothing_goes_out(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    visit_id = recorded(window.counter)
    ask_withdrawal(window.counter, ASKER, visit_id, "direkam dua kali")
    page = page_with(window, 1)

    page.pin.line.setFocus()
    written(window, PIN, "Tab")
    window.press("Delete")
    written(window, "bukan ganda", "Return")
    window.until(lambda: page.lines.rows == ())

    with window.counter.store.reading() as ledger:
        (kept,) = ledger.change_requests.of_visit(visit_id)
    assert (kept.state, kept.answer) == (RequestState.REFUSED, "bukan ganda")
    assert PacketKind.WITHDRAWAL not in {entry.kind for entry in window.outbox()}
