"""Captures of devices that sign: those of one visit are one chain, and the visit's papers say how it is joined."""

import json
from collections.abc import Iterator

import pytest

from kiosk.biometrics.portrait import FaceFinder
from kiosk.devices.api import Kind, Scene
from kiosk.devices.drivers.sbi_jwt import text_of, token_of, unpacked
from kiosk.domain.captures import CaptureKind
from kiosk.domain.requests import Service
from kiosk.services.arrivals import arrive, draft_of
from kiosk.services.capturing import CaptureTools, take
from kiosk.services.counter import Counter, Officer
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit

JPEG_2000 = b"\xff\x4f\xff\x51"  # how a codestream begins
SIGNING = {
    Kind.FINGERPRINT: DeviceChoice("fingerprint.simulated_sbi"),
    Kind.IRIS: DeviceChoice("iris.simulated_sbi"),
}


@pytest.fixture
def tools() -> Iterator[CaptureTools]:
    kit = RecordingKit(SIGNING, NobodyAsked())
    kit.stage(Scene(person=21))
    yield CaptureTools(kit, FaceFinder.load())
    kit.close()


def notes(counter: Counter, visit_id: str) -> dict[str, tuple[str, ...]]:
    """Return what is noted of each step of a visit that was captured."""
    return {one.step: one.notes for one in draft_of(counter, visit_id).operations if one.notes}


def test_the_captures_of_one_visit_are_one_chain_and_the_next_visit_begins_another(
    counter: Counter, officer: Officer, tools: CaptureTools
) -> None:
    first, second = (arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id for _ in range(2))
    take(counter, officer, first, CaptureKind.THUMBS, tools=tools)
    take(counter, officer, first, CaptureKind.IRISES, tools=tools)
    take(counter, officer, second, CaptureKind.THUMBS, tools=tools)

    noted = notes(counter, first)
    assert noted["thumbs"] == ("hash_chain_bytes",)
    assert noted["irises"][0] == "hash_chain_texts"
    assert noted["irises"][1].startswith("chained_to_")
    assert notes(counter, second) == {"thumbs": ("hash_chain_bytes",)}


def test_of_an_attempt_that_was_not_kept_nothing_is_noted(
    counter: Counter, officer: Officer, tools: CaptureTools
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    good = take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)
    before = notes(counter, visit_id)
    tools.kit.stage(Scene(person=21, fault="low_contrast"))
    poor = take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)

    assert (good.kept, poor.kept) == (True, False)
    assert notes(counter, visit_id) == before == {"thumbs": ("hash_chain_bytes",)}


@pytest.mark.parametrize("kind", [CaptureKind.THUMBS, CaptureKind.IRISES])
def test_no_image_stands_in_the_evidence_in_the_form_in_which_it_is_kept(
    counter: Counter, officer: Officer, tools: CaptureTools, kind: CaptureKind
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    take(counter, officer, visit_id, kind, tools=tools)
    with counter.store.reading() as ledger:
        capture = ledger.captures.get(visit_id, kind)

    assert capture is not None
    assert capture.signed is not None
    records = [
        unpacked(text_of(token_of(entry["data"], "device").payload, "bioValue"), "device")
        for entry in json.loads(capture.signed)["biometrics"]
    ]
    assert all(JPEG_2000 in record for record in records)
    assert {part.media for part in capture.parts} <= {"image/x-wsq", "image/png"}
