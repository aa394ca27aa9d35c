"""What happens around a visit: arriving, waiting, laying aside, ending, finding, correcting, taking back; by keys."""

from kiosk.domain.biodata import Field
from kiosk.services.queue import drafts, queue
from kiosk.services.stages import Stage
from kiosk.storage.records import VisitState
from kiosk.ui.frame.rail import DRAFTS, HOME, QUEUE
from kiosk.ui.kit.buttons import Button
from kiosk.ui.pages.arrival import ArrivalPage
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.pages.search import SearchPage
from kiosk.ui.places import ARRIVAL, RECORD, SAVED, SEARCH, VISIT
from kiosk.ui.player import Script, press, typing
from kiosk.wire.contents import CHANGE, ChangeFile
from kiosk.wire.messages import PacketKind
from tests.ui.window.packets import opened
from tests.ui.window.residents import recorded, resident, visit_at, waiting
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, ShownWindow, texts


def press_all(window: ShownWindow, *keys: str) -> None:
    """Press one key after the other, each once all before was answered."""

    def script() -> Script:
        for key in keys:
            press(key)
            yield lambda: window.is_settled

    window.play(script())


def type_at(window: ShownWindow, text: str, *, then: str = "Return") -> None:
    """Type a text where the keyboard is, and press a key."""

    def script() -> Script:
        yield lambda: window.is_settled
        yield from typing(text)
        press(then)
        yield lambda: window.is_settled

    window.play(script())


def state_of(window: ShownWindow, visit_id: str) -> VisitState:
    with window.counter.store.reading() as ledger:
        visit = ledger.visits.get(visit_id)
    assert visit is not None
    return visit.state


def test_a_resident_arrives_into_the_queue_and_is_called_next(window: ShownWindow) -> None:
    window.sign_in()

    press_all(window, "F2", "1")
    assert window.place == ARRIVAL
    assert isinstance(window.room.page, ArrivalPage)
    press_all(window, "F6")

    assert window.place == HOME
    lines = queue(window.counter)
    assert [line.ticket for line in lines] == ["A-001"]

    press_all(window, "Return")
    window.until(lambda: window.place == VISIT and window.is_settled)

    assert window.visit.view is not None
    assert window.visit.view.visit_id == lines[0].visit_id
    assert queue(window.counter) == ()


def test_a_visit_is_laid_aside_with_f9_and_taken_up_again_from_the_drafts(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = waiting(window.counter)
    window.go(VISIT, visit_id)
    window.visit.biodata.cells[Field.FULL_NAME].way_in.setFocus()
    type_at(window, "siti rahayu")

    press_all(window, "F9", "Down", "Return")
    window.until(lambda: window.place == SAVED and window.is_settled)
    words = window.program.words
    line = drafts(window.counter)[0]

    assert state_of(window, visit_id) is VisitState.PARKED
    assert line.parked_because
    assert words.say("Kept, not complete") in texts(window.room.page)

    press_all(window, "F3")
    window.until(lambda: window.place == DRAFTS and window.is_settled)
    press_all(window, "Return")
    window.until(lambda: window.place == VISIT and window.is_settled)

    assert window.visit.view is not None
    assert window.visit.view.visit_id == visit_id
    assert window.visit.biodata.cells[Field.FULL_NAME].way_in.text() == "SITI RAHAYU"
    assert state_of(window, visit_id) is not VisitState.PARKED


def test_a_visit_is_ended_unserved_from_the_queue_with_its_reason(window: ShownWindow) -> None:
    window.sign_in()
    first, second = waiting(window.counter), waiting(window.counter, 1)
    window.go(QUEUE)

    press_all(window, "Delete", "Space", "Return")
    window.until(lambda: state_of(window, first) is VisitState.ENDED)

    assert [line.visit_id for line in queue(window.counter)] == [second]
    change = ChangeFile.read(opened(window)[PacketKind.VISIT].members[CHANGE].decode())
    assert change.reason == window.program.words.say("Did not come when called")


def found(window: ShownWindow, text: str) -> RecordPage:
    """Find a record by keys and return its page."""

    def script() -> Script:
        press("Ctrl+F")
        yield lambda: window.place == SEARCH and window.is_settled
        page = window.room.page
        assert isinstance(page, SearchPage)
        yield from typing(text)
        yield lambda: bool(page.found.rows)
        press("Return")
        press("Return")
        yield lambda: window.place == RECORD and window.is_settled

    window.play(script())
    page = window.room.page
    assert isinstance(page, RecordPage)
    return page


def test_an_officer_asks_for_a_correction_and_nothing_goes_out(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = recorded(window.counter)
    found(window, resident(window.counter)[Field.FULL_NAME])
    press_all(window, "Space")
    type_at(window, window.program.words.say("Mother's name"))
    type_at(window, "siti aminah")
    type_at(window, "salah tulis")
    window.settle()

    assert window.program.words.say("Asked.") in texts(window.room.page)
    assert PacketKind.AMENDMENT not in {entry.kind for entry in window.outbox()}
    with window.counter.store.reading() as ledger:
        (asked,) = ledger.change_requests.of_visit(visit_id)
    assert (asked.asked_by, asked.changes, asked.reason) == (
        OFFICER,
        {"mother_name": "SITI AMINAH"},
        "salah tulis",
    )


def test_a_record_is_found_and_corrected_by_keys(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    recorded(window.counter)
    form = resident(window.counter)

    page = found(window, form[Field.FULL_NAME])
    assert form[Field.FULL_NAME] in texts(page)
    assert page.withdraw.isVisible()
    assert page.amend.isVisible()
    press_all(window, "Space")
    type_at(window, window.program.words.say("Mother's name"))
    type_at(window, "siti aminah")
    type_at(window, "salah tulis")
    window.until(lambda: PacketKind.AMENDMENT in {entry.kind for entry in window.outbox()})
    window.settle()

    change = ChangeFile.read(opened(window)[PacketKind.AMENDMENT].members[CHANGE].decode())
    assert change.biodata == {"mother_name": "SITI AMINAH"}
    assert change.reason == "salah tulis"
    assert window.program.words.say("Saved.") in texts(page)
    assert len(page.packets.told) == 3


def test_a_supervisor_takes_a_record_back_with_a_reason(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    visit_id = recorded(window.counter)
    page = found(window, resident(window.counter)[Field.NIK][:10])
    assert page.withdraw.isVisible()

    page.withdraw.setFocus()
    press_all(window, "Space")
    type_at(window, "dua kali direkam")
    window.until(lambda: PacketKind.WITHDRAWAL in {entry.kind for entry in window.outbox()})
    window.settle()

    change = ChangeFile.read(opened(window)[PacketKind.WITHDRAWAL].members[CHANGE].decode())
    assert change.reason == "dua kali direkam"
    assert change.user_id == SUPERVISOR
    with window.counter.store.reading() as ledger:
        kept = ledger.residents.by_visit(visit_id)
    assert kept is not None
    assert kept.withdrawn
    assert not page.amend.isVisible()


def test_f1_tells_the_keys_of_the_step_and_esc_goes_back_to_it(window: ShownWindow) -> None:
    window.sign_in()
    window.go(VISIT, visit_at(window.counter, Stage.DOCUMENTS))
    page = window.visit.shell.page

    keys = {button.shown_key for button in page.bar.findChildren(Button) if button.shown_key}
    press_all(window, "F1")
    window.until(
        lambda: keys <= set(texts(window.room.page))
    )  # new rows are seen a turn after they were made
    press_all(window, "Escape")

    assert keys
    assert window.place == VISIT
    assert window.visit.shell.page is page
