"""The sender tells whoever listens of its rounds and of every packet that changed, and when it goes on."""

import threading
from datetime import timedelta

from kiosk.services.counter import Counter
from kiosk.services.deliveries import deliveries
from kiosk.services.delivering import Listeners, RoundResult, Sender
from kiosk.sync.pump import Pump, make_pump
from tests.services.conftest import NOW
from tests.services.packets import put_packet

LONG = 3600.0
LIMIT = 20.0


def ended(sender: Sender) -> None:
    sender.stop(timeout=LIMIT)


def pump_of(counter: Counter) -> Pump:
    """Return a pump that finds no centre: the practice office has none."""
    return make_pump(counter.store, counter.clock)


def test_who_listens_hears_of_a_round_and_of_its_end(counter: Counter) -> None:
    heard, first, second = list[RoundResult](), threading.Event(), threading.Event()
    sender = Sender.of(counter, pause=lambda _: LONG)
    sender.listen(told=lambda result: (heard.append(result), first.set()))
    sender.listen(told=lambda _: second.set())
    sender.start()

    assert first.wait(LIMIT)
    assert second.wait(LIMIT)
    assert heard[0].acknowledged == 0
    assert heard[0].cause is not None
    ended(sender)


def test_between_two_rounds_it_says_when_the_next_begins(counter: Counter) -> None:
    told, states = threading.Event(), list[tuple[bool, object]]()
    sender = Sender.of(counter, pause=lambda _: 90.0)

    def hear(_: RoundResult) -> None:
        states.append((sender.is_sending, sender.resumes_at))
        told.set()

    sender.listen(told=hear)
    before = (sender.is_sending, sender.resumes_at)
    sender.start()

    assert told.wait(LIMIT)
    assert before == (False, None)
    assert states == [(False, NOW.wall + timedelta(seconds=90))]
    assert deliveries(counter, sender=sender).next_attempt == NOW.wall + timedelta(seconds=90)
    ended(sender)


def test_while_a_round_runs_it_is_sending(counter: Counter) -> None:
    put_packet(counter, 1)
    seen, told = list[tuple[bool, object]](), threading.Event()
    sender = Sender(
        pump_of(counter), pause=lambda _: (seen.append((sender.is_sending, sender.resumes_at)), LONG)[1],
        told=lambda _: told.set(),
    )  # fmt: skip
    sender.start()

    assert told.wait(LIMIT)
    assert seen == [(True, None)]
    ended(sender)


def test_a_changed_packet_is_told_to_all_who_listen() -> None:
    listeners, one, other = Listeners(), list[str](), list[str]()
    listeners.changed.extend((one.append, other.append))

    listeners.change("packet")

    assert (one, other) == (["packet"], ["packet"])
