"""The PC/SC card reader on a card service of its own, with a virtual reader and a card that speaks bytes."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.api import (
    BusyError,
    Card,
    CardReader,
    Device,
    DeviceError,
    NotConnectedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.card_pcsc import error_of
from kiosk.devices.registry import load, open_device
from kiosk.devices.traces import Step, Way
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, SHORT
from tests.devices.contract_paper import CardReaderContract
from tests.devices.replay import kept, recorded
from tests.devices.virtual_card import (
    CARD_ATR,
    CARD_UID,
    GET_UID,
    NAME,
    Answers,
    CardService,
    held,
    needs_card_service,
)

pytestmark = pytest.mark.timeout(60)

DRIVER = "card_reader.pcsc"
SEEN = 1.2  # seconds until the service has seen a card come or go
SECOND_SLOT = "Virtual PCD 00 01"
SUCCESS = b"\x90\x00"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardService]:
    needs_card_service()
    with pytest.MonkeyPatch.context() as patch:
        running = CardService(tmp_path_factory.mktemp("pcscd"))
        patch.setenv("PCSCLITE_CSOCK_NAME", str(running.socket))
        running.start()
        yield running
        running.stop()


class TestPcscCardReader(CardReaderContract):
    DRIVER = DRIVER

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _card(cls, service: CardService) -> Iterator[None]:
        with held(service):
            yield


@pytest.fixture(scope="module")
def reader(service: CardService) -> Iterator[CardReader]:
    """One open reader for most tests: it lives through every fault."""
    device = open_device(DRIVER, {}, NobodyAsked())
    assert isinstance(device, CardReader)
    yield device
    device.close()


def opened(opener: Opener, name: str = "") -> CardReader:
    device = opener(DRIVER, {"reader": name})
    assert isinstance(device, CardReader)
    return device


def answering(said: bytes | None) -> Answers:
    return Answers(to={GET_UID: said})


def test_a_card_tells_its_answer_to_reset_and_its_uid(reader: CardReader, service: CardService) -> None:
    with held(service):
        assert reader.card(timeout=LIMIT) == Card(CARD_ATR, CARD_UID)


def test_no_card_is_no_error_and_takes_as_long_as_was_asked_for(reader: CardReader) -> None:
    begun = time.monotonic()

    card = reader.card(timeout=0.5)

    assert card is None
    assert 0.5 <= time.monotonic() - begun < 0.5 + SEEN


def test_a_card_that_is_held_there_later_is_seen_when_it_comes(
    reader: CardReader, service: CardService
) -> None:
    found: list[Card | None] = []
    waiting = threading.Thread(target=lambda: found.append(reader.card(timeout=LIMIT)))
    waiting.start()
    time.sleep(0.3)

    with held(service):
        waiting.join()

    assert found == [Card(CARD_ATR, CARD_UID)]


def test_a_reader_that_tells_no_uid_still_tells_that_a_card_is_there(
    reader: CardReader, service: CardService
) -> None:
    with held(service, answering(bytes.fromhex("6a81"))):
        assert reader.card(timeout=LIMIT) == Card(CARD_ATR, b"")


def test_a_card_that_comes_back_at_once_is_read_after_all(reader: CardReader, service: CardService) -> None:
    found: list[Card | None] = []
    waiting = threading.Thread(target=lambda: found.append(reader.card(timeout=LIMIT)))
    with held(service, Answers(pulled_by=GET_UID)) as shy:
        waiting.start()
        shy.gone.wait(LIMIT)
    with held(service):
        waiting.join()

    assert found == [Card(CARD_ATR, CARD_UID)]


def test_a_card_that_does_not_come_up_is_a_wrong_answer(reader: CardReader, service: CardService) -> None:
    with held(service, Answers(atr=b"\x3b" * 60)), pytest.raises(WrongAnswerError, match="does not answer"):
        reader.card(timeout=LIMIT)


def test_a_card_that_answers_no_reset_is_not_there(reader: CardReader, service: CardService) -> None:
    with held(service, Answers(atr=None)):
        assert reader.card(timeout=SEEN) is None


def test_a_card_that_falls_silent_ends_in_time_and_the_next_one_is_read(
    reader: CardReader, service: CardService
) -> None:
    with held(service, answering(None)):
        time.sleep(SEEN)
        begun = time.monotonic()
        with pytest.raises(TooLateError):
            reader.card(timeout=SHORT)
        lasted = time.monotonic() - begun

    with held(service):
        card = reader.card(timeout=LIMIT)

    assert lasted < 3
    assert card == Card(CARD_ATR, CARD_UID)


def test_a_service_that_stopped_is_named_and_found_again_without_opening_anew(
    reader: CardReader, service: CardService
) -> None:
    service.stop()
    try:
        for _ in range(2):
            with pytest.raises(NotConnectedError, match="start pcscd"):
                reader.card(timeout=LIMIT)
    finally:
        service.start()

    with held(service):
        assert reader.card(timeout=LIMIT) == Card(CARD_ATR, CARD_UID)


def test_a_service_that_stops_while_a_card_is_waited_for_ends_the_call(
    reader: CardReader, service: CardService
) -> None:
    stopping = threading.Timer(0.5, service.stop)
    stopping.start()
    try:
        with pytest.raises(NotConnectedError, match="start pcscd"):
            reader.card(timeout=LIMIT)
    finally:
        stopping.join()
        service.start()


def test_a_reader_that_is_not_there_is_not_connected(opener: Opener, service: CardService) -> None:
    with pytest.raises(NotConnectedError, match="plug it in"):
        opened(opener, "ACR1252")


def test_a_reader_is_chosen_by_its_name(opener: Opener, service: CardService) -> None:
    first, second = opened(opener), opened(opener, SECOND_SLOT)

    with held(service):
        seen = [first.card(timeout=LIMIT), second.card(timeout=SHORT)]

    assert seen == [Card(CARD_ATR, CARD_UID), None]
    assert [device.identity().model for device in (first, second)] == [NAME, SECOND_SLOT]


def test_the_readers_of_the_machine_are_found(service: CardService) -> None:
    found = load(DRIVER).find()

    assert [device.settings for device in found] == [{"reader": NAME}, {"reader": SECOND_SLOT}]


def test_without_a_service_no_reader_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "nobody"))

    assert load(DRIVER).find() == ()


def test_a_close_from_another_thread_ends_a_call_that_waits(opener: Opener, service: CardService) -> None:
    reader = opened(opener)
    closing = threading.Timer(0.5, reader.close)
    closing.start()

    with pytest.raises(NotConnectedError, match="closed"):
        reader.card(timeout=600)
    closing.join()


def test_a_card_that_another_program_holds_is_busy(reader: CardReader, service: CardService) -> None:
    from smartcard import scard  # noqa: PLC0415  not on every machine

    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    with held(service):
        assert reader.card(timeout=LIMIT) is not None
        scard.SCardConnect(context, NAME, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
        with pytest.raises(BusyError, match="Another program"):
            reader.card(timeout=LIMIT)
        scard.SCardReleaseContext(context)


FAULTS: dict[str, tuple[Answers, type[DeviceError], str]] = {
    "pulled": (Answers(pulled_by=GET_UID), RefusedError, "too early"),
    "cut": (answering(CARD_UID[:1]), WrongAnswerError, "number came damaged"),
    "checksum": (Answers(atr=CARD_ATR[:-1] + b"\x81"), WrongAnswerError, "reset is damaged"),
}


@pytest.mark.parametrize("wrong", FAULTS)
def test_a_fault_ends_with_its_error_and_its_trace_plays_back_to_the_same(
    reader: CardReader, service: CardService, wrong: str
) -> None:
    answers, error, says = FAULTS[wrong]
    trace = recorded(as_device(reader), DRIVER)

    met = failed(reader, service, answers)
    again = failed(reader, service, answers_of(kept(trace)))

    assert type(met) is error
    assert says in str(met)
    assert (type(again), str(again)) == (error, str(met))


def test_a_trace_tells_no_uid(reader: CardReader, service: CardService) -> None:
    trace = recorded(as_device(reader), DRIVER)
    with held(service):
        reader.card(timeout=LIMIT)

    steps = kept(trace)

    assert [step.content for step in steps] == [b"", CARD_ATR, GET_UID, bytes(len(CARD_UID)) + SUCCESS]
    assert [step.masked for step in steps] == [False, False, False, True]


def as_device(reader: CardReader) -> Device:
    assert isinstance(reader, Device)
    return reader


def failed(reader: CardReader, service: CardService, answers: Answers) -> DeviceError | None:
    """Return the error a card ends with."""
    with held(service, answers):
        try:
            reader.card(timeout=LIMIT)
        except DeviceError as error:
            return error
    return None


def answers_of(steps: tuple[Step, ...]) -> Answers:
    """Return a card that says what a trace holds."""
    came = [step.content for step in steps if step.way is Way.IN]
    lost = any(step.way is Way.LOST for step in steps)
    if not came:
        return Answers(pulled_by=GET_UID) if lost else Answers()
    return Answers(atr=came[0], to={GET_UID: came[1]})


@pytest.mark.parametrize(
    ("code", "error", "says"),
    [
        (0x8010001D, NotConnectedError, "start pcscd"),
        (0x8010002E, NotConnectedError, "plug it in"),
        (0x80100066, WrongAnswerError, "turn it round"),
        (0x8010000B, BusyError, "close it"),
        (0x8010006A, RefusedError, "ask a technician"),
        (0x80100016, WrongAnswerError, "hold it still"),
        (0x8BADF00D, WrongAnswerError, "hold it still"),
    ],
)
def test_a_code_of_the_service_is_an_error_that_says_what_to_do(
    code: int, error: type[DeviceError], says: str
) -> None:
    found = error_of(code)

    assert type(found) is error
    assert says in str(found)
