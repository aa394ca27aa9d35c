"""The program with PC/SC in it, a process of its own: `python -m kiosk.devices.drivers.pcsc_process`.

    {"do": "readers"}                                 {"readers": [name, ...]}
    {"do": "reader", "reader": part of its name}      {"reader": name}
    {"do": "card", "reader": part of its name,
     "send": hex of a command, "seconds": 1.0}        {"atr": hex, "said": hex of the card's answer}, {} for no card,
                                                      or {"pulled": true} for one that was taken away too early

Instead of any answer: {"code": of PC/SC}.  Nothing is kept between two requests, so that a reader or a service that
went away is found again.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from kiosk.devices.drivers.library_messages import Fields, Message, serve

MISSING = ""
try:
    from smartcard import scard
except ImportError as error:  # told to whoever opens a reader
    MISSING = str(error)

HELD_AGAIN = 1.0  # seconds in which a card that was taken away too early may come back
NO_READER = 0x8010002E
TIMEOUT = 0x8010000A
PULLED = frozenset({0x8010000C, 0x80100069, 0x80100068})  # no card, removed, reset
SECURE_SLOT = "SAM"  # a reader's inner slot, where no card is ever held


class CardServiceError(Exception):
    """PC/SC says no."""

    def __init__(self, code: int) -> None:
        super().__init__(hex(code))
        self.code = code


class PulledError(Exception):
    """The card was taken away while it was read."""


def main() -> None:
    """Answer until the input ends."""
    serve(_answer, missing=MISSING)


def _answer(request: Message) -> Message:
    try:
        with _service() as context:
            return Message(_ANSWERS[request.text("do")](context, request))
    except CardServiceError as error:
        return Message({"code": error.code})


def _list(context: int, request: Message) -> Fields:
    return {"readers": _readers(context)}


def _reader(context: int, request: Message) -> Fields:
    return {"reader": _chosen(_readers(context), request.text("reader"))}


def _card(context: int, request: Message) -> Fields:
    """Wait for a card and read it."""
    reader = _chosen(_readers(context), request.text("reader"))
    command = list(bytes.fromhex(request.text("send")))
    until = time.monotonic() + request.number("seconds")
    known, missed = scard.SCARD_STATE_UNAWARE, False
    while True:
        if known & scard.SCARD_STATE_PRESENT:
            with suppress(PulledError):
                return _read(context, reader, command)
            missed, until = True, min(until, time.monotonic() + HELD_AGAIN)
        left = until - time.monotonic()
        if known and left <= 0:
            return {"pulled": True} if missed else {}
        known = _state(context, reader, known, max(left, 0))


def _state(context: int, reader: str, known: int, seconds: float) -> int:
    """Return how the reader stands once that differs from what is known, or after so many seconds."""
    result, states = scard.SCardGetStatusChange(context, int(seconds * 1000), [(reader, known)])
    if _code(result) != TIMEOUT:
        _check(result)
    state: int = states[0][1] & ~scard.SCARD_STATE_CHANGED
    if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
        raise CardServiceError(NO_READER)
    return state


def _read(context: int, reader: str, command: list[int]) -> Fields:
    """Return what a present card says; raises `PulledError`."""
    result, card, protocol = scard.SCardConnect(
        context, reader, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    )
    _check(result)
    try:
        result, _, _, _, atr = scard.SCardStatus(card)
        _check(result)
        sending = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        result, said = scard.SCardTransmit(card, sending, command)
        _check(result)
    finally:
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    if not said:  # some readers tell of a card that is gone by an answer of no bytes
        raise PulledError
    return {"atr": bytes(atr).hex(), "said": bytes(said).hex()}


@contextmanager
def _service() -> Iterator[int]:
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _check(result)
    try:
        yield context
    finally:
        scard.SCardReleaseContext(context)


def _readers(context: int) -> list[str]:
    result, names = scard.SCardListReaders(context, [])
    if _code(result) != NO_READER:
        _check(result)
    return list(names)


def _chosen(names: list[str], asked: str) -> str:
    """Return the reader whose name holds what was asked for, or the first one for cards."""
    fitting = [name for name in names if (asked in name if asked else SECURE_SLOT not in name)]
    if not fitting:
        raise CardServiceError(NO_READER)
    return fitting[0]


_ANSWERS: Mapping[str, Callable[[int, Message], Fields]] = {
    "readers": _list,
    "reader": _reader,
    "card": _card,
}


def _check(result: int) -> None:
    if _code(result) in PULLED:
        raise PulledError
    if result != scard.SCARD_S_SUCCESS:
        raise CardServiceError(_code(result))


def _code(result: int) -> int:
    return result & 0xFFFFFFFF  # negative on some platforms


if __name__ == "__main__":
    main()
