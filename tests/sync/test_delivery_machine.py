"""Whatever fails, in whatever order: nothing is lost, sent twice or shown as delivered, and the queue drains."""

import hashlib
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.store import Store
from kiosk.wire.messages import ProblemType
from tests.sync.conftest import Kiosk, content_of, identifier
from tests.sync.scripted_centre import ScriptedCentre, served

CALLS = st.sampled_from(
    [
        ("POST", "/v1/sessions"),
        ("POST", "/v1/announcements"),
        ("GET", "/v1/directives"),
        ("GET", "/v1/acknowledgements"),
        ("GET", "/v1/verdicts"),
        ("PATCH", "/v1/uploads/"),
    ]
)
FAULTS = st.sampled_from(["page", "redirect", "gateway", "plain", "shape", "reset"])
PROBLEMS = st.sampled_from(
    [
        (ProblemType.OFFSET, 409),
        (ProblemType.GONE, 410),
        (ProblemType.UNKNOWN_PACKET, 404),
        (ProblemType.LOCKED, 423),
        (ProblemType.UNAUTHORIZED, 401),
        (ProblemType.FAILED, 500),
        (ProblemType.STORAGE_LOW, 503),
    ]
)
ROUNDS_TO_DRAIN = 25


class Deliveries(RuleBasedStateMachine):
    """A kiosk and a centre on loopback, and everything that can come between them."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: dict[str, bytes] = {}
        self.delivered: dict[str, str] = {}

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.centre = self.open.enter_context(served(ScriptedCentre()))
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory())) / "kiosk"
        self.kiosk = Kiosk(folder, self.centre, Store.create(folder, recovery_recipients=()))
        self.open.callback(self._close)
        self.kiosk.join()

    @rule(size=st.sampled_from([0, 1, 5_000, 70_000]), priority=st.integers(1, 3))
    def save(self, size: int, priority: int) -> None:
        number = len(self.saved) + 1
        self.kiosk.save(number, size=size, priority=priority)
        self.saved[identifier(number)] = content_of(number, size)

    @rule(call=CALLS, do=FAULTS)
    def a_call_fails(self, call: tuple[str, str], do: str) -> None:
        self.centre.fault(*call, do)

    @rule(number=st.integers(0, 70_000))
    def the_line_is_cut(self, number: int) -> None:
        self.centre.fault("PATCH", "/v1/uploads/", "cut", number=number)

    @rule(call=st.sampled_from([("POST", "/v1/announcements"), ("PATCH", "/v1/uploads/")]))
    def the_answer_is_lost(self, call: tuple[str, str]) -> None:
        self.centre.fault(*call, "lose")

    @rule(do=st.sampled_from(["stranger", "another", "part", "rot"]))
    def the_packet_is_answered_wrongly(self, do: str) -> None:
        self.centre.fault("PATCH", "/v1/uploads/", do)

    @rule(problem=PROBLEMS)
    def the_centre_refuses(self, problem: tuple[ProblemType, int]) -> None:
        self.centre.fault("PATCH", "/v1/uploads/", problem[0], number=problem[1])

    @rule()
    def the_centre_forgets_what_is_not_whole(self) -> None:
        self.centre.uploads.clear()

    @rule()
    def a_round_is_run(self) -> None:
        self.kiosk.round()

    @rule()
    def the_kiosk_starts_anew(self) -> None:
        self.kiosk.restart()

    @rule(seconds=st.sampled_from([10, 200]))
    def time_passes(self, seconds: int) -> None:
        self.kiosk.machine.pass_time(seconds)

    @rule()
    def the_machine_starts_anew(self) -> None:
        self.kiosk.machine.reboot()
        self.kiosk.restart()

    @precondition(lambda self: self.saved)
    @rule()
    def the_faults_end_and_the_queue_drains_by_itself(self) -> None:
        self.centre.faults.clear()
        self.kiosk.machine.pass_time(3600)
        self._put_back()
        result = self.kiosk.rounds(ROUNDS_TO_DRAIN)

        assert result.waiting == 0
        assert self.centre.packets == self.saved

    @invariant()
    def what_is_delivered_here_is_held_there_with_the_same_bytes(self) -> None:
        for entry in self._entries():
            assert (entry.state is PacketState.ACKNOWLEDGED) == bool(entry.acknowledgement)
            if entry.acknowledgement:
                held = self.centre.packets[entry.packet_id]
                assert hashlib.sha256(held).hexdigest() == entry.sha256
                assert entry.acknowledgement == self.centre.acknowledgements[entry.packet_id]

    @invariant()
    def what_was_delivered_stays_so(self) -> None:
        now = {entry.packet_id: entry.acknowledgement for entry in self._entries() if entry.acknowledgement}

        assert self.delivered.items() <= now.items()
        self.delivered = now

    @invariant()
    def nothing_is_sent_once_the_centre_has_it_and_told_so(self) -> None:
        assert self.centre.sent_again == []

    @invariant()
    def no_packet_disappears(self) -> None:
        assert [entry.packet_id for entry in self._entries()] == list(self.saved)
        for packet_id, data in self.saved.items():
            assert self.kiosk.store.packets.path(packet_id).read_bytes() == data

    def teardown(self) -> None:
        try:
            if self.saved:
                self.the_faults_end_and_the_queue_drains_by_itself()
        finally:
            self.open.close()

    def _close(self) -> None:
        self.kiosk.store.close()

    def _entries(self) -> tuple[OutboxEntry, ...]:
        with self.kiosk.store.reading() as ledger:
            return ledger.outbox.all()

    def _put_back(self) -> None:
        """Do what a person does about packets that were put aside."""
        for entry in self._entries():
            if entry.state is PacketState.QUARANTINED:
                with self.kiosk.store.writing() as ledger:
                    ledger.outbox.put_back(entry.packet_id)


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
