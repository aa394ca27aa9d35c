"""The hash chain of one person's captures: over all of them, whichever device makes them, and anew for the next one."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.api import (
    BusyError,
    Chained,
    Device,
    Kind,
    NotConnectedError,
    Pictures,
    Scene,
    Sitting,
    WrongAnswerError,
)
from kiosk.devices.drivers.sbi_chain import FIRST, variant_of
from kiosk.devices.drivers.sbi_jwt import text_of, token_of, unpacked
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit, person_of
from tests.devices.contract import PERSON
from tests.devices.sbi_stand import IRIS_CAMERA, SLAP_SCANNER, opened, service, settings_for, taken

ANNA, BUDI = person_of("visit of Anna"), person_of("visit of Budi")


def links(pictures: Pictures) -> list[tuple[bytes, str]]:
    """Return the records of a capture with their links."""
    assert pictures.signed is not None
    entries = json.loads(pictures.signed)["biometrics"]
    return [
        (unpacked(text_of(token_of(entry["data"], "device").payload, "bioValue"), "device"), entry["hash"])
        for entry in entries
    ]


def served(device: Device, sitting: Sitting | None) -> Pictures:
    assert isinstance(device, Chained)
    device.serve(sitting)
    return taken(device)


def chained_to(pictures: Pictures) -> str:
    """Return the link a capture says it was chained to."""
    prefix = "chained_to_"
    return next((note.removeprefix(prefix) for note in pictures.notes if note.startswith(prefix)), FIRST)


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[RecordingKit]:
    """A kit whose scanner joins its chain as bytes, and whose iris camera joins it as texts."""
    with service(SLAP_SCANNER) as scanner, service(IRIS_CAMERA) as camera:
        choices = {
            Kind.FINGERPRINT: DeviceChoice("fingerprint.sbi", settings_for(scanner, tmp_path)),
            Kind.IRIS: DeviceChoice("iris.sbi", settings_for(camera, tmp_path)),
        }
        with contextlib.closing(RecordingKit(choices, NobodyAsked())) as made:
            yield made


def lent(kit: RecordingKit, kind: Kind, person: str) -> Pictures:
    with kit.lend(kind, person=person) as device:
        return taken(device)


def test_the_chain_goes_on_from_capture_to_capture_of_one_sitting(tmp_path: Path) -> None:
    sitting = Sitting(ANNA)
    with service() as peer, opened(peer, tmp_path) as device:
        first, second = served(device, sitting), served(device, sitting)

    assert variant_of([*links(first), *links(second)]) == "hash_chain_bytes"
    assert chained_to(second) == links(first)[-1][1]
    assert sitting.link == links(second)[-1][1]


def test_without_a_sitting_each_capture_begins_a_chain_of_its_own(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        captures = [served(device, None) for _ in range(2)]

    assert [variant_of(links(one)) for one in captures] == ["hash_chain_bytes"] * 2
    assert [one.notes for one in captures] == [("hash_chain_bytes",)] * 2


def test_the_chain_runs_over_all_devices_each_joining_it_in_its_own_way(kit: RecordingKit) -> None:
    fingers, eyes = lent(kit, Kind.FINGERPRINT, ANNA), lent(kit, Kind.IRIS, ANNA)

    assert (fingers.notes[0], eyes.notes[0]) == ("hash_chain_bytes", "hash_chain_texts")
    assert chained_to(eyes) == links(fingers)[-1][1]
    assert variant_of(links(eyes), previous=links(fingers)[-1][1]) == "hash_chain_texts"


def test_the_next_person_begins_a_new_chain_and_so_does_one_who_comes_back(kit: RecordingKit) -> None:
    captures = [lent(kit, Kind.FINGERPRINT, person) for person in (ANNA, BUDI, BUDI, ANNA)]

    assert [chained_to(one) == FIRST for one in captures] == [True, True, False, True]


def test_a_test_of_the_device_between_two_captures_is_no_part_of_the_chain(kit: RecordingKit) -> None:
    first = lent(kit, Kind.FINGERPRINT, ANNA)
    tried = lent(kit, Kind.FINGERPRINT, "")
    second = lent(kit, Kind.FINGERPRINT, ANNA)

    assert chained_to(tried) == FIRST
    assert chained_to(second) == links(first)[-1][1]


@pytest.mark.parametrize(
    ("staged", "error"),
    [("broken_chain", WrongAnswerError), ("busy", BusyError), ("vanish", NotConnectedError)],
)
def test_a_capture_that_was_not_believed_does_not_move_the_chain_on(
    tmp_path: Path, staged: str, error: type[Exception]
) -> None:
    sitting = Sitting(ANNA)
    with service() as peer, opened(peer, tmp_path) as device:
        first = served(device, sitting)
        peer.stage.set(Scene(person=PERSON, fault=staged, times=1))
        with pytest.raises(error):
            served(device, sitting)
        again = served(device, sitting)

    assert variant_of([*links(first), *links(again)]) == "hash_chain_bytes"


def test_the_token_of_a_person_tells_nothing_of_the_visit() -> None:
    visit = "0199a1b2-0000-7000-8000-000000000001"

    assert visit not in person_of(visit)
    assert person_of(visit) != person_of(visit[:-1] + "2")
