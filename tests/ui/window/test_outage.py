"""The centre fails and comes back while people are recorded; nothing counts as delivered before its receipt."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.centre_process import CentreProcess
from kiosk.app.demo_day import Day
from kiosk.domain.biodata import Field
from kiosk.domain.roles import Role
from kiosk.services.accounts import people
from kiosk.services.counter import Officer
from kiosk.services.stages import Stage
from kiosk.services.standing import cause_text
from kiosk.storage.records import PacketState
from kiosk.ui.frame.rail import DELIVERIES
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.pages.search import SearchPage
from kiosk.ui.places import RECORD, SAVED, SEARCH, VISIT
from kiosk.ui.player import Script, press, typing
from kiosk.ui.typist import finish, log_in, record_resident
from kiosk.ui.visit.saved_page import SavedPage
from kiosk.ui.visit.saved_state import SavedState
from kiosk.ui.visit.timeline import NodeState
from tests.ui.window.conftest import Opener
from tests.ui.window.residents import resident, visit_at
from tests.ui.window.shown_window import OFFICER, ShownWindow, hand_of, texts

RECEIVED = 2  # the station of the timeline that stands for the receipt


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreProcess]:
    """A real centre on this machine, and a counter that joined it in `kiosk/` beside it."""
    day = Day(tmp_path, residents=0, seed=1, outage=False)
    day.open_office(lambda _: None)
    yield day.centre
    day.close()


class Receipts:
    """Compares what the page after saving says with the store, each time it says something."""

    def __init__(self, window: ShownWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        window.until(lambda: SAVED in window.office._rooms)
        page = window.office._rooms[SAVED].page
        assert isinstance(page, SavedPage)
        self.page = page
        self.pretended: list[str] = []
        self.seen: set[NodeState] = set()
        show = page.show_state

        def watched(state: SavedState) -> None:
            states = {entry.packet_id: entry.state for entry in window.outbox()}
            show(state)
            assert state.record is not None
            received = {states[packet.packet_id] for packet in state.record.packets}
            self.seen.add(self.received)
            if self.received is NodeState.DONE and received != {PacketState.ACKNOWLEDGED}:
                self.pretended.append(f"shown as received: {states}")

        monkeypatch.setattr(page, "show_state", watched)

    @property
    def received(self) -> NodeState:
        """How the station of the receipt is shown."""
        return self.page.timeline.stations[RECEIVED]._mark._state


class Desk:
    """The counter during the outage: what is done at it, and what it says."""

    def __init__(self, window: ShownWindow, centre: CentreProcess) -> None:
        self.window = window
        self.centre = centre
        self.hand = replace(hand_of(OFFICER), name="Petugas Latihan")
        self.words = window.program.words
        window.play(log_in(window.program, self.hand))

    def states(self) -> set[PacketState]:
        return {entry.state for entry in self.window.outbox()}

    def wait_for_strip(self, told: str) -> None:
        link = self.window.office.strip.link
        self.window.until(lambda: self.words.say(told) in link.accessibleName())

    def save_prepared(self) -> None:
        """Save a resident of whom only the review was left."""
        user = next(user for user in people(self.window.counter) if user.role is Role.OFFICER)
        officer = Officer(user.user_id, user.name, user.role)
        self.window.go(VISIT, visit_at(self.window.counter, Stage.REVIEW, officer=officer))
        self.window.play(finish(self.window.program, self.hand, {}))

    def look_up(self, name: str) -> RecordPage:
        """Find a record by keys and return its page."""

        def script() -> Script:
            press("Ctrl+F")
            yield lambda: self.window.place == SEARCH and self.window.is_settled
            found = self.window.room.page
            assert isinstance(found, SearchPage)
            yield from typing(name)
            yield lambda: bool(found.found.rows)
            press("Return")  # to the first of them
            press("Return")
            yield lambda: self.window.place == RECORD and self.window.is_settled

        self.window.play(script())
        page = self.window.room.page
        assert isinstance(page, RecordPage)
        return page


def delivered_while_one_looks(desk: Desk, receipts: "Receipts") -> None:
    """Save with the centre there, and hold that the page tells of its receipt."""
    desk.save_prepared()
    desk.window.until(lambda: receipts.received is NodeState.DONE)
    assert desk.states() == {PacketState.ACKNOWLEDGED}
    assert desk.words.say("The centre's signed receipt is here.") in texts(receipts.page)
    assert receipts.seen == {NodeState.LATER, NodeState.DONE}


def test_an_outage_is_told_outlived_and_made_good(
    open_window: Opener, centre: CentreProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(open_window(tmp_path / "kiosk"), centre)
    window, words = desk.window, desk.words
    receipts = Receipts(window, monkeypatch)

    delivered_while_one_looks(desk, receipts)
    form = resident(window.counter, 1)
    centre.fail()
    window.press("Return")
    window.play(record_resident(window.program, desk.hand, form))
    desk.wait_for_strip("Centre cut off")

    assert sorted(entry.state for entry in window.outbox()[2:]) == [PacketState.WAITING] * 2
    told = words.say("Waits until the centre is back. Then it is sent by itself.")
    window.until(lambda: told in texts(receipts.page))
    assert receipts.received is NodeState.LATER
    window.go(DELIVERIES)
    assert words.say(cause_text("refused")) in " ".join(texts(window.room.page))

    centre.start()
    window.press("F5")
    window.until(lambda: desk.states() == {PacketState.ACKNOWLEDGED})
    desk.wait_for_strip("Centre connected")
    page = desk.look_up(form[Field.FULL_NAME])

    assert len(page.packets.told) == 2
    assert all(words.say("At the centre") in told for told in page.packets.told)
    assert receipts.pretended == []
