"""Devices of a test, closed at its end; and a test for every fault that a contract class names."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from serial.urlhandler import protocol_socket

from kiosk.devices.api import Device, Settings
from kiosk.devices.registry import open_device
from kiosk.services.kit import NobodyAsked

pytest.register_assert_rewrite("tests.devices.contract", "tests.devices.contract_habits")

Opener = Callable[[str, Settings], Device]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    faults = getattr(metafunc.cls, "FAULTS", {})
    if "fault" in metafunc.fixturenames:
        metafunc.parametrize("fault", sorted(fault for fault in faults if faults[fault] is not None))
    if "poor" in metafunc.fixturenames:
        metafunc.parametrize("poor", sorted(fault for fault in faults if faults[fault] is None))


@pytest.fixture(scope="session", autouse=True)
def _sockets_close_at_once() -> Iterator[None]:
    """Let pyserial not sleep a third of a second after each socket it closes: ours are at hand again at once."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(protocol_socket, "time", SimpleNamespace(sleep=lambda _: None))
        yield


@pytest.fixture
def opener() -> Iterator[Opener]:
    """Open devices by driver name; all of them are closed at the end."""
    opened: list[Device] = []

    def open_one(name: str, settings: Settings) -> Device:
        opened.append(open_device(name, settings, NobodyAsked()))
        return opened[-1]

    yield open_one
    for device in opened:
        device.close()
