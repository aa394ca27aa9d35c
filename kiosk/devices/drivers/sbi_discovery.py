"""Looking for biometric services on this machine: all ports of a range at once, each within the same short time."""

import contextlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from kiosk.devices.api import DeviceError, NotConnectedError, NotSupportedError, WrongAnswerError
from kiosk.devices.drivers.sbi_errors import FINE, error_of
from kiosk.devices.drivers.sbi_http import Service, ask
from kiosk.devices.drivers.sbi_lines import HOST, Lines
from kiosk.devices.drivers.sbi_messages import (
    PURPOSE,
    SPEC,
    DeviceInfo,
    devices_of_discovery,
    devices_of_info,
    discovery_call,
    info_call,
)
from kiosk.devices.drivers.sbi_names import Modality

PORTS = "4501-4600"
SCAN_SECONDS = 1.5
MOST_PORTS = 256
MOST_AT_ONCE = 100
LARGEST_PORT = 65535
_HERE = frozenset({HOST, "localhost"})


def ports_of(text: str) -> tuple[int, ...]:
    """Return the ports of a setting such as `4501-4600` or `4501,4510`; raises `NotSupportedError`."""
    ports: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        numbers = first.strip(), (last if dash else first).strip()
        if not all(number.isdecimal() and len(number) <= len("65535") for number in numbers):
            raise _no_ports()
        ports += range(int(numbers[0]), int(numbers[1]) + 1)
    if not ports or len(ports) > MOST_PORTS or min(ports) < 1 or max(ports) > LARGEST_PORT:
        raise _no_ports()
    return tuple(dict.fromkeys(ports))


def scan(ports: Iterable[int], modality: Modality, deadline: float, lines: Lines) -> tuple[DeviceInfo, ...]:
    """Return the devices of a type that services on these ports tell of by the deadline, in the order of the ports.

    A port that is closed, silent or no biometric service holds no device and is no error.
    """
    with ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="biometric services") as workers:
        answers = [workers.submit(_told_at, port, modality, deadline, lines) for port in ports]
        found = [device for answer in answers for device in answer.result()]
    return tuple(device for device in found if device.digital_id.type.lower() == modality.type.lower())


def told_by(service: Service, modality: Modality, deadline: float, lines: Lines) -> tuple[DeviceInfo, ...]:
    """Return all devices one service tells of.

    MOSIPDINFO is asked first, as every service answers it; MOSIPDISC where that gave nothing.  Raises a `DeviceError`.
    """
    devices = devices_of_info(ask(service, info_call(), deadline, lines), service.port, service.name)
    if devices:
        return devices
    told = ask(service, discovery_call(modality.type), deadline, lines)
    return devices_of_discovery(told, service.port, service.name)


def chosen(devices: Iterable[DeviceInfo], modality: Modality, serial: str) -> DeviceInfo:
    """Return the device with this serial number, or the first one that takes what is needed.

    Raises `NotConnectedError` when it is not among them, `NotSupportedError` for one that cannot do what is needed, and
    the error a device tells of itself.
    """
    named = [device for device in devices if serial in ("", device.digital_id.serial)]
    if not named:
        wanted = f" with the serial number {serial}" if serial else ""
        raise NotConnectedError(
            f"No service tells of a {modality.name}{wanted}; plug it in, and start its service."
        )
    fit = [device for device in named if device.digital_id.sub_type.lower() != modality.unfit] or named
    device = next((device for device in fit if device.error == FINE), fit[0])
    _check(device, modality)
    return device


def service_of(device: DeviceInfo, name: str) -> Service:
    """Return where a device is asked: the address it names, else the port it was found at.

    Raises `WrongAnswerError` for an address that is not on this machine.
    """
    if not device.callback:
        return Service(name, device.port)
    try:
        parts = urlsplit(device.callback)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host not in _HERE or not device.callback.isprintable() or " " in device.callback:
        raise WrongAnswerError(
            f"The {name} wants to be asked at another machine; have its service set up for this one."
        )
    return Service(name, port or device.port, "/" + parts.path.strip("/") + "/" * bool(parts.path.strip("/")))


def _told_at(port: int, modality: Modality, deadline: float, lines: Lines) -> tuple[DeviceInfo, ...]:
    with contextlib.suppress(DeviceError):
        return told_by(Service(modality.name, port), modality, deadline, lines)
    return ()


def _check(device: DeviceInfo, modality: Modality) -> None:
    if device.error != FINE:
        raise error_of(device.error, modality.name)
    if modality.unfit and device.digital_id.sub_type.lower() == modality.unfit:
        raise NotSupportedError(
            f"The {modality.name} takes one finger at a time; use one that takes four at once."
        )
    if device.purpose and device.purpose.lower() != PURPOSE.lower():
        raise NotSupportedError(
            f"The {modality.name} is not set up for registration; have its service set up for it."
        )
    if device.specs and SPEC not in device.specs:
        raise NotSupportedError(
            f"The {modality.name} does not speak version {SPEC} of the interface; update its service."
        )


def _no_ports() -> NotSupportedError:
    return NotSupportedError(
        f"The setting ports is a port, a range or a list of them, such as {PORTS}; at most {MOST_PORTS} ports."
    )
