"""One device behind a biometric service: found, checked, asked to capture, found again after it was lost."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Identity,
    NotConnectedError,
    NotSupportedError,
    Setting,
    Settings,
    Sitting,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.sbi_chain import FIRST, link_of
from kiosk.devices.drivers.sbi_checks import Order, Taken, taken_of
from kiosk.devices.drivers.sbi_discovery import (
    PORTS,
    SCAN_SECONDS,
    chosen,
    ports_of,
    scan,
    service_of,
    told_by,
)
from kiosk.devices.drivers.sbi_errors import FINE, error_of
from kiosk.devices.drivers.sbi_http import Service, Stream, ask
from kiosk.devices.drivers.sbi_jwt import fields_of
from kiosk.devices.drivers.sbi_lines import Lines
from kiosk.devices.drivers.sbi_messages import (
    DeviceInfo,
    Wanted,
    biometrics_of,
    capture_call,
    error_code,
    stream_call,
)
from kiosk.devices.drivers.sbi_names import Modality
from kiosk.devices.drivers.sbi_trust import Trust, trust_of

SETTINGS = (
    Setting("ports", PORTS, "ports of this machine at which the device's service is looked for"),
    Setting("trust", "", "folder with the certificates (PEM or DER) of the CAs whose devices are trusted"),
    Setting("serial", "", "serial number of the device, where there are two of its kind"),
    Setting("score", "40", "quality, 1 to 100, at which the device captures by itself"),
)
HANDING_OVER = 2.0  # seconds of a call, at most a third of it, that are left to the device for handing over
SETTLING = 1.5  # seconds a device may call itself busy after its live picture was closed
PAUSE = 0.1
INFO_SECONDS = 5.0  # for one service that is known to be there
KNOCK_SECONDS = 0.5
BEST_SCORE = 100


@dataclass(frozen=True, slots=True)
class SbiSettings:
    """The settings of one device, checked."""

    ports: tuple[int, ...]
    trust: Trust
    serial: str
    score: int


@dataclass(frozen=True, slots=True)
class Ambient:
    """What a driver is handed by its surroundings: the time, and numbers nobody used before."""

    now: Callable[[], datetime]
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Captured:
    """What one order brought: its parts, how the hash chain is joined, and the answer as it was signed, whole.

    previous: the link the chain went on from.
    """

    parts: tuple[Taken, ...]
    chain: str
    previous: str
    signed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Present:
    info: DeviceInfo
    service: Service


class SbiDevice:
    """One device; one thread captures at a time, `close` may come from any and ends what waits."""

    def __init__(self, modality: Modality, settings: SbiSettings, ambient: Ambient) -> None:
        self._modality = modality
        self._settings = settings
        self._ambient = ambient
        self._lines = Lines()
        self._scanning = Lines()  # no trace is told of them: many ports at once cannot be told apart in one
        self._capturing = threading.Lock()
        self._present: _Present | None = None
        self._last: _Present | None = None
        self._closed = threading.Event()
        self._sitting: Sitting | None = None

    def serve(self, sitting: Sitting | None) -> None:
        """Chain the next captures to this sitting's; None: each begins a chain of its own."""
        self._sitting = sitting

    def connect(self) -> None:
        """Find the device and check who it is; raises a `DeviceError`."""
        self._found(time.monotonic() + INFO_SECONDS)

    def identity(self) -> Identity:
        """Return what the device said of itself when it was found last."""
        if self._last is None:
            return Identity("", f"{self._modality.name} of a biometric service")
        who = self._last.info.digital_id
        return Identity(who.make, who.model, who.serial, self._last.info.firmware)

    def trace(self, to: Trace | None) -> None:
        """Note the lines from now on; the device is asked anew who it is, so that the trace can be played back."""
        self._lines.trace = to
        self._present = None

    def capture(self, wanted: Wanted, *, timeout: float, settling: bool = False) -> Captured:
        """Let the device capture; settling: it may be busy for a moment with the live picture that was just closed."""
        deadline = time.monotonic() + timeout
        settled = time.monotonic() + SETTLING if settling else float("-inf")
        with self._alone():
            while True:
                try:
                    return self._ordered(wanted, deadline)
                except BusyError:
                    if time.monotonic() + PAUSE > min(settled, deadline) or self._closed.wait(PAUSE):
                        raise

    def stream(self, sub_id: str, deadline: float, lines: Lines) -> Stream:
        """Begin the live picture; raises a `DeviceError`, also the one the service tells in its place."""
        present = self._found(deadline)
        with self._losing():
            stream = Stream.start(present.service, stream_call(present.info, sub_id), deadline, lines)
        if not stream.told:
            return stream
        stream.close()
        code = _told_code(stream.told, self._modality.name)
        raise error_of(code, self._modality.name)

    def lines(self) -> Lines:
        """Return lines of their own for a live picture, told to the same trace."""
        return Lines(self._lines.trace)

    def close(self) -> None:
        """End what waits; a second call does nothing."""
        self._closed.set()
        self._lines.pull()
        self._scanning.pull()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._capturing.acquire(blocking=False):
            raise BusyError(f"The {self._modality.name} captures already; wait until it is done.")
        try:
            yield
        finally:
            self._capturing.release()

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """Look for the device again in the next call when this one found it gone."""
        try:
            yield
        except NotConnectedError:
            self._present = None
            raise

    def _ordered(self, wanted: Wanted, deadline: float) -> Captured:
        present = self._found(deadline)
        left = max(0.0, deadline - time.monotonic())
        timed = replace(
            wanted, score=self._settings.score, timeout_ms=int(1000 * (left - min(HANDING_OVER, left / 3)))
        )
        sitting = self._sitting
        previous = (sitting.link if sitting is not None else "") or FIRST
        order = Order(present.info.digital_id, timed, self._ambient.new_id(), self._settings.trust, previous)
        call = capture_call(present.info, timed, order.transaction, self._ambient.now(), previous=previous)
        with self._losing():
            answer = ask(present.service, call, deadline, self._lines)
            code, biometrics = biometrics_of(answer, self._modality.name)
            if code != FINE:
                raise error_of(code, self._modality.name)
        parts, chain = taken_of(order, biometrics, self._ambient.now())
        if sitting is not None:
            sitting.link = link_of(biometrics[-1].hash)
        return Captured(parts, chain, previous, answer)

    def _found(self, deadline: float) -> _Present:
        if self._closed.is_set():
            raise NotConnectedError(f"The {self._modality.name} was closed; open it again.")
        if self._present is None:
            self._present = self._last = self._where_it_was(deadline) or self._anywhere(deadline)
        return self._present

    def _where_it_was(self, deadline: float) -> _Present | None:
        if self._last is None:
            return None
        service = Service(self._modality.name, self._last.info.port)
        limit = min(deadline, time.monotonic() + SCAN_SECONDS)
        with contextlib.suppress(DeviceError):
            devices = told_by(service, self._modality, limit, self._lines)
            same = [device for device in devices if device.digital_id.is_same(self._last.info.digital_id)]
            return self._checked(chosen(same, self._modality, self._settings.serial))
        return None

    def _anywhere(self, deadline: float) -> _Present:
        seconds = SCAN_SECONDS if len(self._settings.ports) > 1 else INFO_SECONDS
        limit = min(deadline, time.monotonic() + seconds)
        devices = scan(self._settings.ports, self._modality, limit, self._scanning)
        return self._checked(chosen(devices, self._modality, self._settings.serial))

    def _checked(self, device: DeviceInfo) -> _Present:
        """Check what the device says of itself by its signature."""
        trust, now = self._settings.trust, self._ambient.now()
        if not device.signed:
            raise WrongAnswerError(
                f"The {self._modality.name} does not sign who it is; have it registered, or use another device."
            )
        trust.opened(trust.opened(device.signed, now).get("digitalId"), now)
        named = service_of(device, self._modality.name)
        if named.port == device.port or self._answers(named.port):
            return _Present(device, named)
        return _Present(device, Service(named.name, device.port))

    def _answers(self, port: int) -> bool:
        """Return whether anything listens where a device wants to be asked: it may name a port of days gone by."""
        try:
            self._scanning.end(self._scanning.open(port, time.monotonic() + KNOCK_SECONDS, bytes))
        except OSError:
            return False
        return True


def _told_code(told: bytes, name: str) -> str:
    """Return the error a service told in place of a live picture."""
    fields = fields_of(told, name)
    code = error_code(fields)
    if code == FINE:
        raise WrongAnswerError(f"The {name} shows no live picture; start its service anew.")
    return code


def settings_of(modality: Modality, settings: Settings) -> SbiSettings:
    """Return the settings, checked; raises `NotSupportedError` for one that cannot be."""
    known = {setting.key: settings.get(setting.key, setting.default) for setting in SETTINGS}
    score = known["score"]
    if not score.isdecimal() or len(score) > len("100") or not 1 <= int(score) <= BEST_SCORE:
        raise NotSupportedError("The setting score is a whole number from 1 to 100.")
    return SbiSettings(
        ports_of(known["ports"]), trust_of(known["trust"], modality.name), known["serial"], int(score)
    )
