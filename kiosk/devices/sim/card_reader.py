"""The simulated card reader: presence, ATR and UID of an invented card on the simulators' line.

It needs no card service of the system, and so does not go through one; its person holds a card there at once, and its
card knows no command.
"""

import threading
import time

from kiosk.devices.api import Card, Driver, Kind, Person, Settings, WrongAnswerError
from kiosk.devices.sim.frames import Message
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

SHORTEST_ATR, LONGEST_ATR, LONGEST_UID = 2, 33, 16


class SimulatedCardReader(StagedDevice):
    """A `CardReader` on which the scene's person holds a card."""

    def __init__(self, peer: RemotePeer) -> None:
        super().__init__(peer)
        self._closing = threading.Event()

    def card(self, *, timeout: float) -> Card | None:
        until = time.monotonic() + timeout
        card = card_in(self._line.message(b"k", timeout))
        if card is None:
            self._closing.wait(until - time.monotonic())  # nobody comes: as long as was asked for
        return card

    def close(self) -> None:
        self._closing.set()
        super().close()


def card_in(message: Message) -> Card | None:
    """Return the card of a `k` message, None where it tells of none; raises `WrongAnswerError` for what is no card."""
    fields = message.fields()
    if not fields:
        return None
    try:
        atr, uid = (bytes.fromhex(str(fields.get(key))) for key in ("atr", "uid"))
    except ValueError as error:
        raise WrongAnswerError("The reader told of something that is no card; try again.") from error
    if not SHORTEST_ATR <= len(atr) <= LONGEST_ATR or len(uid) > LONGEST_UID:
        raise WrongAnswerError("The card does not answer; turn it round, or try another card.")
    return Card(atr, uid)


def _open(settings: Settings, person: Person) -> SimulatedCardReader:
    return SimulatedCardReader(started_peer("card_peer", settings))


DRIVER = Driver(
    name="card_reader.simulated",
    kind=Kind.CARD_READER,
    title="Simulated card reader",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
