"""Settings that go to others: the same, and no secret in them."""

import pytest

from kiosk.devices.api import Kind
from kiosk.services.kit import DeviceChoice
from kiosk.services.open_settings import without_secrets


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("port", "/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("password", "00c0ffee", "***"),
        ("password", "", ""),
        ("api_token", "abc", "***"),
        ("Private-Key", "abc", "***"),
        ("mapping", "upside", "upside"),
        ("url", "http://admin:geheim@10.0.0.2:4501/x", "http://***@10.0.0.2:4501/x"),
        (
            "url",
            "http://10.0.0.2/x?device=1&access_token=geheim&a=b",
            "http://10.0.0.2/x?device=1&access_token=***&a=b",
        ),
        ("url", "ipp://printer.local/ipp/print", "ipp://printer.local/ipp/print"),
    ],
)
def test_a_secret_is_hidden_and_what_helps_stays(key: str, value: str, shown: str) -> None:
    choices = {Kind.CAMERA: DeviceChoice("camera.x", {key: value})}

    assert without_secrets(choices) == {Kind.CAMERA: DeviceChoice("camera.x", {key: shown})}
