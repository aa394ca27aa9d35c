"""Contactless card readers that PC/SC knows: that a card is there, its answer to reset and its UID.

Of a KTP-el that is all: what its chip holds is given only to a reader with the state's secure module (SAM), and no
program without it reads a name, a NIK or a picture from the card.
"""

from collections.abc import Mapping

from kiosk.devices.api import (
    BusyError,
    Card,
    DeviceError,
    Driver,
    Found,
    Identity,
    Kind,
    NotConnectedError,
    Person,
    RefusedError,
    Setting,
    Settings,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.iso7816 import GET_UID, checked_atr, uid_in
from kiosk.devices.drivers.library_messages import Message
from kiosk.devices.drivers.library_process import Library, LibraryProcess, asked_once
from kiosk.devices.traces import Way, blanked

LIBRARY = Library("card reader", "kiosk.devices.drivers.pcsc_process", "pyscard")
READING = 1.0  # seconds a card that was held there may take beyond the time limit
LIST_LIMIT = 5.0
FIND_LIMIT = 1.5
STATUS_LENGTH = 2

NO_SERVICE = "The system's card service does not run; start pcscd and try again."
NO_READER = "The card reader is not there; plug it in, or change its name in the settings."
MUTE = "The card does not answer; turn it round, or try another card."
UNREAD = "The card was not read; hold it still and try again."
HELD = "Another program holds the card; close it."
FORBIDDEN = "The system does not let this user use the card reader; ask a technician to allow it."

_ERRORS: Mapping[int, tuple[type[DeviceError], str]] = {
    **dict.fromkeys(
        (0x80100012, 0x80100013, 0x80100018, 0x8010001D, 0x8010001E), (NotConnectedError, NO_SERVICE)
    ),
    **dict.fromkeys((0x80100009, 0x80100017, 0x8010002E), (NotConnectedError, NO_READER)),
    **dict.fromkeys((0x8010000F, 0x80100065, 0x80100066, 0x80100067), (WrongAnswerError, MUTE)),
    **dict.fromkeys((0x8010000B, 0x80100010), (BusyError, HELD)),
}
NOT_ALLOWED = 0x8010006A


class PcscCardReader:
    """One reader, by its name or the first there is; found again by the next call after it was lost."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._process = LibraryProcess(LIBRARY)
        self._trace: Trace | None = None

    def connect(self) -> None:
        """See that the reader is there; raises `NotConnectedError`."""
        self._name()

    def identity(self) -> Identity:
        return Identity("", self._name())

    def trace(self, to: Trace | None) -> None:
        self._trace = to

    def card(self, *, timeout: float) -> Card | None:
        """Return the card that is held there, or None; one that is being read may take a second beyond `timeout`.

        Raises `RefusedError` (`pulled`) for a card that was taken away too early, and `TooLateError` for one that
        falls silent while it is read.
        """
        wanted = {"reader": self._reader, "send": GET_UID.hex(), "seconds": timeout}
        try:
            told = _answered(self._process.ask(timeout + READING, do="card", **wanted))
        except DeviceError:
            self._note(Way.LOST)
            raise
        return self._card_of(told)

    def close(self) -> None:
        self._process.close()

    def _card_of(self, told: Message) -> Card | None:
        if "pulled" in told.fields:
            self._note(Way.LOST)
            raise RefusedError(
                "The card was taken away too early; hold it on the reader until it is read.", reason="pulled"
            )
        if "atr" not in told.fields:
            return None
        atr, said = bytes.fromhex(told.text("atr")), bytes.fromhex(told.text("said"))
        self._note_card(atr, said)
        return Card(checked_atr(atr), uid_in(said))

    def _note_card(self, atr: bytes, said: bytes) -> None:
        if self._trace is not None:
            self._trace.line(Way.OPENED)
            self._trace.came(atr)
            self._trace.sent(GET_UID)
            self._trace.came(blanked(said, 0, max(0, len(said) - STATUS_LENGTH)), masked=True)

    def _note(self, way: Way) -> None:
        if self._trace is not None:
            self._trace.line(way)

    def _name(self) -> str:
        return _answered(self._process.ask(LIST_LIMIT, do="reader", reader=self._reader)).text("reader")


def error_of(code: int) -> DeviceError:
    """Return what a code of PC/SC means to a person; one that is not known is a card that was not read."""
    if code == NOT_ALLOWED:
        return RefusedError(FORBIDDEN, reason="not_allowed")
    kind, sentence = _ERRORS.get(code, (WrongAnswerError, UNREAD))
    return kind(sentence)


def _answered(told: Message) -> Message:
    if "code" in told.fields:
        raise error_of(int(told.number("code")))
    return told


def _find() -> tuple[Found, ...]:
    try:
        names = _answered(asked_once(LIBRARY, FIND_LIMIT, do="readers")).fields["readers"]
    except DeviceError:
        return ()
    assert isinstance(names, list)
    return tuple(Found(str(name), {"reader": str(name)}) for name in names)


def _open(settings: Settings, person: Person) -> PcscCardReader:
    reader = PcscCardReader(settings.get("reader", ""))
    try:
        reader.connect()
    except DeviceError:
        reader.close()
        raise
    return reader


DRIVER = Driver(
    name="card_reader.pcsc",
    kind=Kind.CARD_READER,
    title="Contactless card reader (PC/SC): presence, ATR and UID; a KTP-el's chip needs the state's SAM",
    open=_open,
    settings=(Setting("reader", "", "the reader's name or a part of it; empty: the first that takes cards"),),
    find=_find,
    ends_on_close=True,
)
