"""Fingerprint scanners, iris cameras and cameras of any maker behind a MOSIP Secure Biometric Interface 0.9.5.

The device's service runs on this machine; what it captures is signed by the device and checked before it is believed.
Where the caller says whose captures they are (`Sitting`), their hash chain runs over all of them, also over those of
the other devices; else each capture begins a chain of its own.
"""

import secrets
import time
from collections.abc import Callable

from kiosk.devices.api import (
    Driver,
    Eye,
    Finger,
    Found,
    Frame,
    Identity,
    Image,
    Kind,
    Measure,
    NotConnectedError,
    NotSupportedError,
    Person,
    Pictures,
    Settings,
    Sitting,
    Slap,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.live import LivePicture, decoded_picture
from kiosk.devices.drivers.sbi_chain import FIRST
from kiosk.devices.drivers.sbi_device import SETTINGS, Ambient, Captured, SbiDevice, settings_of
from kiosk.devices.drivers.sbi_discovery import PORTS, SCAN_SECONDS, ports_of, scan
from kiosk.devices.drivers.sbi_http import Stream
from kiosk.devices.drivers.sbi_images import decoded, plate
from kiosk.devices.drivers.sbi_lines import Lines
from kiosk.devices.drivers.sbi_messages import Wanted
from kiosk.devices.drivers.sbi_names import (
    EYE_NAMES,
    FACE,
    FINGERPRINT,
    IRIS,
    ON_PLATE,
    SLAP_IDS,
    WHOLE,
    Modality,
    eyes_id,
    finger_name,
)
from kiosk.devices.drivers.sbi_records import face_record, finger_record, iris_record
from kiosk.devices.wall_clock import utc_now

QUALITY = "device_quality"  # 0-100 by the device's own measure; of fingers it is to be NFIQ 2
PORTRAIT = "portrait"
CHAINED_TO = "chained_to_"  # note: the link before this capture, for whoever checks its payload alone
PATIENCE = 5.0  # seconds for beginning a live picture, and for one picture of it


class _SbiHardware:
    """What the three kinds share."""

    def __init__(self, device: SbiDevice) -> None:
        self._device = device

    def identity(self) -> Identity:
        return self._device.identity()

    def trace(self, to: Trace | None) -> None:
        self._device.trace(to)

    def serve(self, sitting: Sitting | None) -> None:
        self._device.serve(sitting)

    def close(self) -> None:
        self._device.close()


class SbiFingerprintScanner(_SbiHardware):
    """A plate for four fingers; its service gives a record a finger, which are laid side by side again."""

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        asked = [finger for finger in ON_PLATE[slap] if finger not in missing]
        if not asked:
            raise NotSupportedError("Every finger of this slap is missing; leave the step open.")
        wanted = Wanted(
            FINGERPRINT.type,
            SLAP_IDS[slap],
            {finger_name(finger): finger.value for finger in asked},
            exceptions=tuple(finger_name(finger) for finger in ON_PLATE[slap] if finger in missing),
        )
        captured = self._device.capture(wanted, timeout=timeout)
        name, fingers = FINGERPRINT.name, []
        for taken in captured.parts:
            record = finger_record(taken.record, name)
            _check_position(record.position, Finger(taken.part).position, name)
            fingers.append((decoded(record, name), record.ppi))
        image, ppi = plate(fingers, name)
        return _pictures(((slap.value, image),), ppi, captured)


class SbiIrisCamera(_SbiHardware):
    """A camera for one or both eyes."""

    def take(self, eyes: tuple[Eye, ...], *, timeout: float) -> Pictures:
        wanted = Wanted(IRIS.type, eyes_id(eyes), {EYE_NAMES[eye]: eye.value for eye in eyes})
        captured = self._device.capture(wanted, timeout=timeout)
        images = []
        for taken in captured.parts:
            record = iris_record(taken.record, IRIS.name)
            _check_position(record.position, Eye(taken.part).position, IRIS.name)
            images.append((taken.part, decoded(record, IRIS.name)))
        return _pictures(tuple(images), 0, captured)


class _LiveSource:
    """The live picture of a service; one that ended after its time is begun again."""

    rests = True

    def __init__(self, device: SbiDevice) -> None:
        self._device = device
        self._lines = device.lines()
        self._stream: Stream | None = None

    def read(self) -> Image:
        return decoded_picture(self._part())

    def skip(self) -> None:
        self._part()

    def interrupt(self) -> None:
        self._lines.pull()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _part(self) -> bytes:
        deadline = time.monotonic() + PATIENCE
        if self._stream is not None:
            try:
                return self._stream.part(deadline)
            except NotConnectedError:
                self.close()
        self._stream = self._device.stream(WHOLE, deadline, self._lines)
        return self._stream.part(deadline)


class SbiCamera(_SbiHardware):
    """A camera for faces; its live picture is closed before it captures, as services refuse both at once."""

    def __init__(self, device: SbiDevice) -> None:
        super().__init__(device)
        self._live = LivePicture(lambda: _LiveSource(device))

    def frame(self, *, timeout: float) -> Frame:
        return self._live.frame(timeout=timeout)

    def take(self, *, timeout: float) -> Pictures:
        deadline = time.monotonic() + timeout
        was_live = self._live.rest(timeout=timeout)
        wanted = Wanted(FACE.type, WHOLE, {"": PORTRAIT})
        captured = self._device.capture(
            wanted, timeout=max(0.0, deadline - time.monotonic()), settling=was_live
        )
        record = face_record(captured.parts[0].record, FACE.name)
        return _pictures(((PORTRAIT, decoded(record, FACE.name, mode="RGB")),), 0, captured)

    def close(self) -> None:
        super().close()
        self._live.close()


def _check_position(told: int, asked: int, name: str) -> None:
    if told not in (0, asked):
        raise WrongAnswerError(
            f"The record of the {name} names another part than its signature; do not use it, and tell a technician."
        )


def _pictures(images: tuple[tuple[str, Image], ...], ppi: int, captured: Captured) -> Pictures:
    measures = tuple(Measure(taken.part, QUALITY, taken.quality) for taken in captured.parts)
    begun = () if captured.previous == FIRST else (f"{CHAINED_TO}{captured.previous}",)
    return Pictures(images, ppi, measures, captured.signed, (captured.chain, *begun))


def ambient() -> Ambient:
    """Return the surroundings of a counter: this machine's clock, and transaction numbers by chance."""
    return Ambient(utc_now, lambda: f"KIOSK-{secrets.token_hex(12)}")


def _opened(modality: Modality, settings: Settings) -> SbiDevice:
    device = SbiDevice(modality, settings_of(modality, settings), ambient())
    device.connect()
    return device


def _finder(modality: Modality) -> Callable[[], tuple[Found, ...]]:
    def find() -> tuple[Found, ...]:
        deadline = time.monotonic() + SCAN_SECONDS
        return tuple(
            Found(
                f"{device.digital_id.make} {device.digital_id.model}".strip() or modality.name,
                {"serial": device.digital_id.serial}
                if device.digital_id.serial
                else {"ports": str(device.port)},
            )
            for device in scan(ports_of(PORTS), modality, deadline, Lines())
        )

    return find


def _open_fingerprint(settings: Settings, person: Person) -> SbiFingerprintScanner:
    return SbiFingerprintScanner(_opened(FINGERPRINT, settings))


def _open_iris(settings: Settings, person: Person) -> SbiIrisCamera:
    return SbiIrisCamera(_opened(IRIS, settings))


def _open_camera(settings: Settings, person: Person) -> SbiCamera:
    return SbiCamera(_opened(FACE, settings))


def _at_port(port: int) -> Settings:
    return {"ports": str(port)}


FINGERPRINT_DRIVER = Driver(
    name="fingerprint.sbi",
    kind=Kind.FINGERPRINT,
    title="Slap scanner with a biometric service (SBI)",
    open=_open_fingerprint,
    settings=SETTINGS,
    find=_finder(FINGERPRINT),
    at_port=_at_port,
    ends_on_close=True,
)
IRIS_DRIVER = Driver(
    name="iris.sbi",
    kind=Kind.IRIS,
    title="Iris camera with a biometric service (SBI)",
    open=_open_iris,
    settings=SETTINGS,
    find=_finder(IRIS),
    at_port=_at_port,
    ends_on_close=True,
)
CAMERA_DRIVER = Driver(
    name="camera.sbi",
    kind=Kind.CAMERA,
    title="Face camera with a biometric service (SBI)",
    open=_open_camera,
    settings=SETTINGS,
    find=_finder(FACE),
    at_port=_at_port,
    ends_on_close=True,
)
