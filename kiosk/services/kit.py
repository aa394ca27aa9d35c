"""The recording kit of the counter: its devices by kind, opened when needed and found again after a failure."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk.devices.api import Device, DeviceError, Kind, Person, Scene, Simulated
from kiosk.devices.registry import open_device
from kiosk.domain.captures import DeviceIdentity
from kiosk.services.errors import KitError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Which driver serves a kind, with its settings."""

    driver: str
    settings: Mapping[str, str] = field(default_factory=dict)


class NobodyAsked:
    """Answers a driver's questions where there is no window: no."""

    def asked(self, question: str) -> bool:
        """Return no, and say which question it was."""
        logger.info("a driver asks %s; nobody is there to answer", question)
        return False


class RecordingKit:
    """The devices of one counter; one thread uses a kind at a time.

    A device that fails is closed at once, so that the next use finds and opens it anew.
    """

    def __init__(self, choices: Mapping[Kind, DeviceChoice], person: Person) -> None:
        self._choices = dict(choices)
        self._person = person
        self._open: dict[Kind, Device] = {}
        self._scene: Scene | None = None

    def choices(self) -> Mapping[Kind, DeviceChoice]:
        """Return which driver serves which kind."""
        return dict(self._choices)

    @contextmanager
    def lend(self, kind: Kind) -> Iterator[Device]:
        """Lend the device of a kind; raises `KitError`, and lets a `DeviceError` pass after closing the device."""
        device = self._device(kind)
        try:
            yield device
        except DeviceError:
            self._let_go(kind)
            raise

    def identity(self, kind: Kind) -> DeviceIdentity:
        """Return which device serves the kind; raises as `lend` does."""
        with self.lend(kind) as device:
            told = device.identity()
        return DeviceIdentity(
            driver=self._choices[kind].driver,
            make=told.make,
            model=told.model,
            serial=told.serial,
            firmware=told.firmware,
        )

    def stage(self, scene: Scene) -> None:
        """Let every simulator of the kit play this scene, those opened later too; real devices take no notice."""
        self._scene = scene
        for device in self._open.values():
            if isinstance(device, Simulated):
                device.stage(scene)

    def close(self) -> None:
        """Close every open device; a second call does nothing."""
        for kind in list(self._open):
            self._let_go(kind)

    def _device(self, kind: Kind) -> Device:
        if kind in self._open:
            return self._open[kind]
        choice = self._choices.get(kind)
        if choice is None:
            raise KitError(f"No {kind.value} device is set up at this counter; the step can be left open.")
        device = open_device(choice.driver, choice.settings, self._person)
        if self._scene is not None and isinstance(device, Simulated):
            device.stage(self._scene)
        self._open[kind] = device
        return device

    def _let_go(self, kind: Kind) -> None:
        device = self._open.pop(kind, None)
        if device is not None:
            device.close()
