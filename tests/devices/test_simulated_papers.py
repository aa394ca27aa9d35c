"""The simulated card reader and document scanner keep the contracts of their kinds, and play their scene."""

import json
import time
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import (
    BusyError,
    Card,
    CardReader,
    Device,
    DeviceError,
    DocumentScanner,
    Image,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Scene,
    Simulated,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.card_reader import card_in
from kiosk.devices.sim.document_scanner import joined
from kiosk.devices.sim.frames import Message
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SHORT, SimulatorContract
from tests.devices.contract_paper import CardReaderContract, DocumentScannerContract

pytestmark = pytest.mark.timeout(60)

LINE: dict[str, type[DeviceError] | None] = {
    "vanish": NotConnectedError,
    "silence": TooLateError,
    "slow": TooLateError,
    "garbage": WrongAnswerError,
    "checksum": WrongAnswerError,
    "cut": WrongAnswerError,
    "busy": BusyError,
}
MARKER = b"MARKER-7f3a9c51e2d84b06"


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs: its beginning and its end have tests of their own."""
    keeper = open_device("code_scanner.simulated", {}, NobodyAsked())
    yield
    keeper.close()


class TestSimulatedCardReader(SimulatorContract, CardReaderContract):
    DRIVER = "card_reader.simulated"
    FAULTS: ClassVar = {
        **LINE,
        "pulled": RefusedError,
        "mute": WrongAnswerError,
        **dict.fromkeys(("no_card", "no_uid", "wrong_person")),
    }
    WAITED_OUT = frozenset({"silence", "slow", "no_card"})


class TestSimulatedDocumentScanner(SimulatorContract, DocumentScannerContract):
    DRIVER = "document_scanner.simulated"
    FAULTS: ClassVar = {
        **LINE,
        "wrong_count": WrongAnswerError,
        **dict.fromkeys(("feeder_empty", "jam", "cover_open"), RefusedError),
        **dict.fromkeys(("skewed", "upside_down", "blank", "dark", "blurred", "half")),
    }


def staged(opener: Opener, name: str, scene: Scene) -> Device:
    device = opener(name, {})
    assert isinstance(device, Simulated)
    device.stage(scene)
    return device


def held(opener: Opener, person: int, fault: str | None = None, *, timeout: float = LIMIT) -> Card | None:
    reader = staged(opener, "card_reader.simulated", Scene(person=person, fault=fault))
    assert isinstance(reader, CardReader)
    return reader.card(timeout=timeout)


def scanned(opener: Opener, scene: Scene, *, ppi: int = 75) -> Image:
    """Return the second attempt: only a first one may be poor by chance."""
    scanner = staged(opener, "document_scanner.simulated", scene)
    assert isinstance(scanner, DocumentScanner)
    return [scanner.scan(ppi=ppi, timeout=LIMIT) for _ in range(2)][1].images[0][1]


def test_a_person_has_the_same_card_every_time_and_another_person_another(opener: Opener) -> None:
    own, again, other = held(opener, PERSON), held(opener, PERSON), held(opener, PERSON + 1)

    assert own == again != other
    assert own != held(opener, PERSON, "wrong_person") == other


def test_a_reader_that_tells_no_uid_still_tells_of_the_card(opener: Opener) -> None:
    own, without = held(opener, PERSON), held(opener, PERSON, "no_uid")

    assert own is not None
    assert without == Card(own.atr, b"")


def test_nobody_with_a_card_takes_as_long_as_was_asked_for(opener: Opener) -> None:
    begun = time.monotonic()

    assert held(opener, PERSON, "no_card", timeout=SHORT) is None
    assert time.monotonic() - begun >= SHORT


@pytest.mark.parametrize(
    ("name", "refusal", "says"),
    [
        ("card_reader.simulated", "pulled", "hold it on the reader"),
        ("document_scanner.simulated", "feeder_empty", "lay the paper in it"),
        ("document_scanner.simulated", "jam", "take it out"),
        ("document_scanner.simulated", "cover_open", "close it"),
    ],
)
def test_a_device_that_refuses_says_what_to_do(opener: Opener, name: str, refusal: str, says: str) -> None:
    device = staged(opener, name, Scene(person=PERSON, fault=refusal))

    with pytest.raises(RefusedError, match=says) as refused:
        used(device)

    assert refused.value.reason == refusal


def used(device: Device) -> object:
    if isinstance(device, CardReader):
        return device.card(timeout=LIMIT)
    assert isinstance(device, DocumentScanner)
    return device.scan(ppi=75, timeout=LIMIT)


@pytest.mark.parametrize(
    ("ppi", "shape"), [(75, (877, 620, 3)), (200, (2339, 1654, 3)), (300, (3508, 2480, 3))]
)
def test_a_page_is_a4_at_the_resolution_that_was_asked_for(
    opener: Opener, ppi: int, shape: tuple[int, ...]
) -> None:
    assert scanned(opener, Scene(person=PERSON), ppi=ppi).shape == shape


@pytest.mark.parametrize("ppi", [0, 49, 1200])
def test_another_resolution_is_not_supported(opener: Opener, ppi: int) -> None:
    scanner = staged(opener, "document_scanner.simulated", Scene(person=PERSON))
    assert isinstance(scanner, DocumentScanner)

    with pytest.raises(NotSupportedError):
        scanner.scan(ppi=ppi, timeout=LIMIT)


def test_each_family_has_its_own_paper_and_a_blank_sheet_has_none(opener: Opener) -> None:
    pages = [scanned(opener, Scene(person=PERSON + other)) for other in (0, 0, 1)]
    blank = scanned(opener, Scene(person=PERSON, fault="blank"))

    assert np.array_equal(pages[0], pages[1])
    assert not np.array_equal(pages[0], pages[2])
    assert ink(blank) < 0.002 < ink(pages[0])


def ink(page: Image) -> float:
    return float((page[60:-60, 60:-60].min(axis=2) < 140).mean())


def test_the_marker_stands_in_the_first_row_of_a_page(opener: Opener) -> None:
    page = scanned(opener, Scene(person=PERSON, marker=MARKER))

    assert page[0].tobytes()[: len(MARKER)] == MARKER


@pytest.mark.parametrize("shapes", [[(4, 6), (4, 9)], [(4, 7), (4, 7)], []])
def test_bands_that_do_not_fit_together_are_a_wrong_answer(shapes: list[tuple[int, int]]) -> None:
    with pytest.raises(WrongAnswerError, match="fit together"):
        joined([np.zeros(shape, np.uint8) for shape in shapes])


@given(
    st.dictionaries(st.sampled_from(("atr", "uid", "x")), st.none() | st.integers() | st.text(max_size=80))
)
def test_any_fields_are_a_card_none_or_a_wrong_answer(fields: dict[str, object]) -> None:
    try:
        card = card_in(Message(b"k", json.dumps(fields).encode()))
    except WrongAnswerError:
        return

    assert (card is None) == (not fields)
