"""Finding a device among all ports: quickly, whatever listens there, and the right one of several."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.devices.api import (
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
    load_driver,
)
from kiosk.devices.drivers.sbi_discovery import SCAN_SECONDS, chosen, ports_of, scan, service_of
from kiosk.devices.drivers.sbi_http import Call, Service, ask
from kiosk.devices.drivers.sbi_lines import Lines
from kiosk.devices.drivers.sbi_messages import DeviceInfo, DigitalId
from kiosk.devices.drivers.sbi_names import FINGERPRINT, IRIS
from kiosk.devices.registry import open_device
from kiosk.devices.sim.sbi_tokens import issued
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, SHORT
from tests.devices.sbi_stand import IRIS_CAMERA, service, taken, trusted

pytestmark = pytest.mark.timeout(60)


@contextlib.contextmanager
def silent_ports(count: int) -> Iterator[list[int]]:
    """Listen at so many ports; every connection is taken and nothing is ever said."""
    with contextlib.ExitStack() as listening:
        listeners = [listening.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        yield [listener.getsockname()[1] for listener in listeners]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def soon() -> float:
    return time.monotonic() + SCAN_SECONDS


def test_a_scan_ends_in_two_seconds_beside_fifty_ports_that_never_answer() -> None:
    with silent_ports(50) as silent, service() as peer:
        begun = time.monotonic()
        found = scan([*silent, peer.port], FINGERPRINT, soon(), Lines())

    assert time.monotonic() - begun < 2
    assert [device.port for device in found] == [peer.port]


def test_a_device_is_opened_beside_ports_that_never_answer(tmp_path: Path) -> None:
    with silent_ports(20) as silent, service() as peer:
        ports = ",".join(map(str, [*silent, peer.port]))
        device = open_device(
            "fingerprint.sbi", {"ports": ports, "trust": trusted(tmp_path / "trust")}, NobodyAsked()
        )
        pictures = taken(device)
        device.close()

    assert pictures.ppi == 500


def test_closed_ports_and_strangers_are_no_devices() -> None:
    with answering(b"SSH-2.0-OpenSSH_9.6\r\n") as stranger:
        found = scan([closed_port(), stranger], FINGERPRINT, soon(), Lines())

    assert found == ()


def test_only_devices_of_the_type_are_found_in_the_order_of_their_ports() -> None:
    with service() as first, service(IRIS_CAMERA) as second, service() as third:
        ports = [third.port, second.port, first.port]

        found = scan(ports, FINGERPRINT, soon(), Lines())

    assert [device.port for device in found] == [third.port, first.port]


def test_looking_for_devices_ends_in_time_and_needs_no_settings() -> None:
    for name in ("fingerprint.sbi", "iris.sbi", "camera.sbi"):
        begun = time.monotonic()

        found = load_driver(name).find()

        assert time.monotonic() - begun < 3
        assert all(device.title for device in found)


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("4501-4600", tuple(range(4501, 4601))),
        ("4501", (4501,)),
        ("4501, 4510-4511,4501", (4501, 4510, 4511)),
    ],
)
def test_ports_are_one_a_range_or_a_list(text: str, ports: tuple[int, ...]) -> None:
    assert ports_of(text) == ports


@pytest.mark.parametrize(
    "text", ["", "all", "0", "70000", "1-65535", "4600-4501", "4501-", "-1", "4501-2-3", "9" * 50]
)
def test_ports_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(NotSupportedError, match="setting ports"):
        ports_of(text)


@pytest.mark.parametrize("score", ["", "good", "0", "101", "-1", "1000000"])
def test_a_score_that_is_none_is_refused(tmp_path: Path, score: str) -> None:
    settings = {"score": score, "trust": trusted(tmp_path / "trust")}

    with pytest.raises(NotSupportedError, match="setting score"):
        open_device("iris.sbi", settings, NobodyAsked())


def info(**changed: object) -> DeviceInfo:
    who = DigitalId("Finger", "Slap", "Acme", "S4", "A-17")
    known = DeviceInfo(4501, who, "1", "a.b.c", purpose="Registration", specs=("0.9.5",))
    return replace(known, **changed)  # type: ignore[arg-type]


def named(serial: str, **changed: object) -> DeviceInfo:
    return info(digital_id=DigitalId("Finger", "Slap", "Acme", "S4", serial), **changed)


SINGLE = DigitalId("Finger", "Single", "Acme", "S1", "B-1")


def test_the_device_with_the_serial_number_of_the_settings_is_taken() -> None:
    assert chosen([named("A-1"), named("A-2")], FINGERPRINT, "A-2").digital_id.serial == "A-2"
    assert chosen([named("A-1"), named("A-2")], FINGERPRINT, "").digital_id.serial == "A-1"


def test_a_device_in_order_is_taken_before_one_that_is_not() -> None:
    devices = [info(digital_id=SINGLE), named("A-1", error="100"), named("A-2")]

    assert chosen(devices, FINGERPRINT, "").digital_id.serial == "A-2"


@pytest.mark.parametrize(
    ("device", "error", "sentence"),
    [
        (info(error="100"), RefusedError, "not registered"),
        (info(digital_id=SINGLE), NotSupportedError, "one finger at a time"),
        (info(purpose="Auth"), NotSupportedError, "registration"),
        (info(specs=("0.9.2",)), NotSupportedError, "version 0.9.5"),
    ],
)
def test_a_device_that_cannot_be_used_says_why(
    device: DeviceInfo, error: type[DeviceError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        chosen([device], FINGERPRINT, "")


@pytest.mark.parametrize("devices", [[], [named("A-1")]])
def test_a_device_that_is_not_there_is_not_connected(devices: list[DeviceInfo]) -> None:
    with pytest.raises(NotConnectedError, match="serial number A-2"):
        chosen(devices, FINGERPRINT, "A-2")


@pytest.mark.parametrize(
    ("callback", "port", "base"),
    [
        ("", 4501, "/"),
        ("http://127.0.0.1:4555/", 4555, "/"),
        ("http://localhost:4555", 4555, "/"),
        ("http://127.0.0.1/", 4501, "/"),
        ("http://127.0.0.1:4555/sbi/v1/", 4555, "/sbi/v1/"),
    ],
)
def test_the_address_a_device_names_is_asked(callback: str, port: int, base: str) -> None:
    assert service_of(info(callback=callback), "scanner") == Service("scanner", port, base)


@pytest.mark.parametrize(
    "callback",
    [
        "http://192.168.1.7:4501/",
        "http://127.0.0.1:99999/",
        "device",
        "http://[",
        "http://127.0.0.1:4501/a b/\r\n",
    ],
)
def test_an_address_on_another_machine_or_none_is_refused(callback: str) -> None:
    with pytest.raises(WrongAnswerError, match="another machine"):
        service_of(info(callback=callback), "scanner")


def test_a_device_of_a_maker_nobody_trusts_is_not_opened(tmp_path: Path) -> None:
    stranger = issued("Stranger", None, is_ca=True).certificate.public_bytes(Encoding.PEM)
    settings = {"trust": trusted(tmp_path / "trust", stranger)}

    with service(IRIS_CAMERA) as peer, pytest.raises(WrongAnswerError, match="nobody this counter trusts"):
        open_device("iris.sbi", {**settings, "ports": str(peer.port)}, NobodyAsked())


@contextlib.contextmanager
def answering(content: bytes, *, drips: bytes = b"") -> Iterator[int]:
    """Answer one connection with these bytes, `drips` again and again after them; then let go."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(content)
                while drips:
                    connection.sendall(drips)
                    time.sleep(0.02)

        peer = threading.Thread(target=answer, daemon=True)
        peer.start()
        yield int(listener.getsockname()[1])
        with contextlib.suppress(OSError):
            socket.create_connection(listener.getsockname(), 1).close()
        peer.join(LIMIT)


def asked(port: int, *, timeout: float = LIMIT) -> bytes:
    call = Call("MOSIPDINFO", "info")
    return ask(Service("scanner", port), call, time.monotonic() + timeout, Lines())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", NotConnectedError),
        (b"\x00\x01 what is this\r\n\r\n", WrongAnswerError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[]", WrongAnswerError),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", WrongAnswerError),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000, WrongAnswerError),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", WrongAnswerError),
    ],
    ids=["hung_up", "no_http", "broken_off", "many_headers", "long_header", "bad_chunk"],
)
def test_an_answer_that_is_none_is_named(answer: bytes, error: type[DeviceError]) -> None:
    with answering(answer) as port, pytest.raises(error):
        asked(port)


@pytest.mark.parametrize(
    ("begun", "drips"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", b"z"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"z"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "header", "body", "body_without_length", "continue"],
)
def test_an_answer_that_drips_ends_in_time(begun: bytes, drips: bytes) -> None:
    with answering(begun, drips=drips) as port:
        started = time.monotonic()

        with pytest.raises(TooLateError):
            asked(port, timeout=SHORT)

        assert time.monotonic() - started < 1


def test_an_answer_without_end_is_stopped() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with answering(head + b"x" * (2 << 20)) as port, pytest.raises(WrongAnswerError):
        asked(port)


@pytest.mark.parametrize("status", ["200 OK", "405 OK", "500 Internal Server Error"])
def test_a_body_is_read_under_any_status(status: str) -> None:
    with answering(f"HTTP/1.1 {status}\r\nContent-Length:2\r\n\r\n[]".encode()) as port:
        assert asked(port) == b"[]"


def test_lines_that_were_pulled_end_those_that_come_later() -> None:
    lines = Lines()
    lines.pull()

    with silent_ports(1) as (port,), pytest.raises(NotConnectedError, match="open it again"):
        ask(Service(IRIS.name, port), Call("MOSIPDINFO", "info"), time.monotonic() + LIMIT, lines)
