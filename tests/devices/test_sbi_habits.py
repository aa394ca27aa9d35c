"""Habits of services in use that differ from the specification: each is met by itself, and the driver works on."""

import json
from pathlib import Path

import pytest

from kiosk.devices.api import BusyError, Camera, NotConnectedError, RefusedError, WrongAnswerError
from kiosk.devices.drivers.sbi_errors import FINE
from kiosk.devices.drivers.sbi_jwt import unsigned_fields
from kiosk.devices.drivers.sbi_messages import (
    biometrics_of,
    devices_of_discovery,
    devices_of_info,
    digital_id,
    error_code,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.sbi_answers import discovered, informed
from kiosk.devices.sim.sbi_tokens import packed
from kiosk.devices.wall_clock import utc_now
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT
from tests.devices.sbi_stand import (
    FACE_CAMERA,
    IRIS_CAMERA,
    SLAP_SCANNER,
    Habits,
    opened,
    service,
    settings_for,
    taken,
)

pytestmark = pytest.mark.timeout(60)

NAME = "camera"
HABITS = {
    "no space behind a header's colon": Habits(spaced=False),
    "quality as a text": Habits(quality="d"),
    "quality as a text with a decimal": Habits(quality=".1f"),
    "no error where there is none": Habits(error="missing"),
    "an error that is null": Habits(error=None),
    "an error that is empty": Habits(error={}),
    "an error's code as a number": Habits(error={"errorCode": 0, "errorInfo": "Success"}),
    "no answer to MOSIPDISC": Habits(discovers=False),
}
STREAM_HABITS = {
    "no space behind a header's colon": Habits(spaced=False),
    "dashes before the declared boundary": Habits(dashes="--"),
    "HTTP/1.0": Habits(http="1.0"),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_capture_is_taken_whatever_the_habit(tmp_path: Path, habit: str) -> None:
    with service(IRIS_CAMERA, habits=HABITS[habit]) as peer, opened(peer, tmp_path) as device:
        pictures = taken(device)

    assert len(pictures.images) == len(pictures.measures) == 2


@pytest.mark.parametrize("habit", STREAM_HABITS)
def test_a_live_picture_is_seen_whatever_the_habit(tmp_path: Path, habit: str) -> None:
    with service(FACE_CAMERA, habits=STREAM_HABITS[habit]) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        seen = [device.frame(timeout=LIMIT).image.shape for _ in range(2)]

    assert seen == [(800, 600, 3)] * 2


@pytest.mark.parametrize(("staged", "error"), [("busy", BusyError), ("not_registered", RefusedError)])
def test_an_error_is_read_under_a_status_that_is_none(
    tmp_path: Path, staged: str, error: type[Exception]
) -> None:
    habits = Habits(status="405 OK")
    with (
        service(IRIS_CAMERA, habits=habits, fault=staged) as peer,
        opened(peer, tmp_path) as device,
        pytest.raises(error),
    ):
        taken(device)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, FINE), ({"error": None}, FINE), ({"error": ""}, FINE), ({"error": "0"}, FINE),
        ({"error": {"errorCode": "0"}}, FINE), ({"error": {"errorCode": 0}}, FINE), ({"error": {}}, FINE),
        ({"error": {"errorCode": "101"}}, "101"), ({"error": {"errorCode": 101}}, "101"),
        ({"error": {"errorcode": "101"}}, "101"), ({"error": 101}, "101"), ({"error": " 101 "}, "101"),
        ({"error": ["101"]}, FINE),
    ],
)  # fmt: skip
def test_an_error_may_be_an_object_a_code_empty_or_missing(told: dict[str, object], code: str) -> None:
    assert error_code(told) == code


def test_one_device_may_be_told_of_without_a_list() -> None:
    told = informed(SLAP_SCANNER, 4501, utc_now())

    one = devices_of_info(json.dumps(told).encode(), 4501, NAME)
    several = devices_of_info(json.dumps([told]).encode(), 4501, NAME)

    assert one == several
    assert [device.digital_id.serial for device in one] == ["SIM-0001"]


def test_a_device_that_is_not_registered_tells_of_itself_unsigned() -> None:
    described = {**discovered(SLAP_SCANNER, 4501, utc_now()), "deviceStatus": "Not Registered"}
    told = {
        "deviceInfo": packed(json.dumps(described).encode()),
        "error": {"errorCode": "100", "errorInfo": "Device not registered"},
    }

    (device,) = devices_of_info(json.dumps([told]).encode(), 4501, NAME)

    assert (device.signed, device.error, device.status) == ("", "100", "Not Registered")
    assert device.digital_id.model == "slap scanner"


@pytest.mark.parametrize("form", [json.dumps, lambda fields: packed(json.dumps(fields).encode()), dict])
def test_what_is_not_signed_may_be_json_base64_or_an_object(form: object) -> None:
    assert unsigned_fields(form({"make": "Acme"}), NAME) == {"make": "Acme"}  # type: ignore[operator]


def test_a_list_of_versions_may_be_one_text() -> None:
    told = {**discovered(SLAP_SCANNER, 4501, utc_now()), "specVersion": "0.9.5"}

    (device,) = devices_of_discovery(json.dumps([told]).encode(), 4501, NAME)

    assert device.specs == ("0.9.5",)


def test_what_a_device_calls_itself_is_no_more_than_a_line() -> None:
    who = {"type": "Finger", "make": "Acme\n\ud800\x07" + "x" * 5000, "serialNo": 17}

    told = digital_id(who, NAME)

    assert told.make == "Acme" + "x" * 93
    assert told.serial == "17"


def test_entries_that_say_nothing_do_not_hide_the_others() -> None:
    good = informed(SLAP_SCANNER, 4501, utc_now())
    told = [{}, {"deviceInfo": "?"}, {"deviceInfo": None, "error": "106"}, "device", good]

    devices = devices_of_info(json.dumps(told).encode(), 4501, NAME)

    assert [device.digital_id.make for device in devices] == ["Kiosk simulators"]


def test_an_error_in_place_of_all_parts_is_read() -> None:
    code, parts = biometrics_of(b'{"error": {"errorCode": "111"}}', NAME)

    assert (code, parts) == ("111", ())


@pytest.mark.parametrize(
    "told", [b"{}", b'{"biometrics": []}', b'{"biometrics": null}', b'{"biometrics": [7]}']
)
def test_an_answer_without_any_part_is_a_wrong_one(told: bytes) -> None:
    with pytest.raises(WrongAnswerError, match="without any capture"):
        biometrics_of(told, NAME)


def test_a_service_with_another_device_is_not_the_one(tmp_path: Path) -> None:
    with service(SLAP_SCANNER) as peer, pytest.raises(NotConnectedError, match="No service tells of"):
        open_device("iris.sbi", settings_for(peer, tmp_path), NobodyAsked())
