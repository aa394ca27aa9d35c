"""What every driver of a kind keeps: subclass the kind's class in a test module and name the driver.

A driver of hardware overrides `settings`, and `use` where somebody must write, show or lay something.
A simulator's class takes `SimulatorContract` as well and says how each fault of its menu ends.
"""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
import pytest

from kiosk.devices.api import (
    Camera,
    CardReader,
    CodeScanner,
    Device,
    DeviceError,
    DocumentScanner,
    Eye,
    Finger,
    FingerprintScanner,
    Image,
    IrisCamera,
    Kind,
    NotConnectedError,
    PagePrinter,
    Scene,
    Settings,
    SignaturePad,
    Simulated,
    Slap,
    TicketPrinter,
)
from kiosk.devices.registry import INSTALLED, Drivers
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from tests.devices.contract_habits import Habits, SimulatorHabits

LIMIT = 10.0  # seconds of a call that something answers
SHORT = 0.2  # seconds of a call that nothing answers
OPENINGS = 3
PERSON = 1  # the one a simulator opens with: a face is drawn once
CODE = "3325071708900001"

PROTOCOLS: Mapping[Kind, type] = {
    Kind.CAMERA: Camera,
    Kind.FINGERPRINT: FingerprintScanner,
    Kind.IRIS: IrisCamera,
    Kind.SIGNATURE: SignaturePad,
    Kind.CODE_SCANNER: CodeScanner,
    Kind.CARD_READER: CardReader,
    Kind.DOCUMENT_SCANNER: DocumentScanner,
    Kind.TICKET_PRINTER: TicketPrinter,
    Kind.PAGE_PRINTER: PagePrinter,
}


def held_by_this_process() -> set[str]:
    """Return its threads and, where the system tells them, its open files and sockets."""
    held = {f"thread {thread.name} {thread.ident}" for thread in threading.enumerate()}
    folder = Path("/proc/self/fd")
    for entry in folder.iterdir() if folder.exists() else ():
        try:
            held.add(f"{entry.name} {entry.readlink()}")
        except OSError:  # the listing itself, closed by now
            continue
    return held


@pytest.mark.timeout(30)
class DeviceContract(Habits):
    """What holds for every kind."""

    DRIVER: ClassVar[str]
    KIND: ClassVar[Kind]
    DRIVERS: ClassVar[Drivers] = INSTALLED

    @pytest.fixture
    def settings(self) -> Settings:
        return {}

    @pytest.fixture
    def device(self, settings: Settings) -> Iterator[Device]:
        opened = self.DRIVERS.open(self.DRIVER, settings, NobodyAsked())
        yield opened
        opened.close()

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        """Let the device do once what it is for; returns what came."""
        raise NotImplementedError

    def is_good(self, result: object) -> bool:
        """Return whether a use gave something."""
        return bool(result)

    def test_the_descriptor_agrees_with_its_entry_point(self) -> None:
        driver = self.DRIVERS.load(self.DRIVER)

        assert (driver.name, driver.kind) == (self.DRIVER, self.KIND)
        assert driver.title
        assert all(setting.meaning for setting in driver.settings)

    def test_an_open_device_can_do_what_its_kind_can(self, device: Device) -> None:
        assert isinstance(device, PROTOCOLS[self.KIND])

    def test_it_says_who_it_is(self, device: Device) -> None:
        identity = device.identity()

        assert identity.make or identity.model

    def test_it_is_used_more_than_once(self, device: Device) -> None:
        results = [self.use(device) for _ in range(3)]

        assert all(map(self.is_good, results))

    def test_it_opens_and_closes_as_often_as_asked_and_leaves_nothing_over(self, settings: Settings) -> None:
        first = self.DRIVERS.open(self.DRIVER, settings, NobodyAsked())
        self.use(first)
        first.close()
        before = held_by_this_process()

        results = []
        for _ in range(OPENINGS):
            device = self.DRIVERS.open(self.DRIVER, settings, NobodyAsked())
            results.append(self.use(device))
            device.close()

        assert all(map(self.is_good, results))
        assert held_by_this_process() - before == set()

    def test_a_second_close_does_nothing(self, device: Device) -> None:
        device.close()
        device.close()

        with pytest.raises(NotConnectedError):
            self.use(device, timeout=SHORT)

    def test_closing_what_was_never_used_leaves_nothing_over(self, settings: Settings) -> None:
        before = held_by_this_process()

        self.DRIVERS.open(self.DRIVER, settings, NobodyAsked()).close()

        assert held_by_this_process() - before == set()


class Director(Protocol):
    """A simulator, or the kit that holds it."""

    def stage(self, scene: Scene) -> None: ...


class SimulatorContract(DeviceContract, SimulatorHabits):
    """What holds for every simulator; `FAULTS` says how each fault of the menu ends, None: with a result."""

    FAULTS: ClassVar[Mapping[str, type[DeviceError] | None]]
    WAITED_OUT: ClassVar[frozenset[str]] = frozenset({"silence", "nobody", "slow"})
    played: Scene | None = None

    def scene(self, fault: str | None = None, *, times: int = 0) -> Scene:
        return Scene(person=PERSON, fault=fault, times=times, code=CODE)

    @pytest.fixture
    def device(self, settings: Settings) -> Iterator[Device]:
        opened = self.DRIVERS.open(self.DRIVER, settings, NobodyAsked())
        self.play(opened, self.scene())
        yield opened
        opened.close()

    @pytest.fixture(scope="class")
    @classmethod
    def shared(cls) -> Iterator[Device]:
        """One open device for all faults: it lives through every one of them."""
        opened = cls.DRIVERS.open(cls.DRIVER, {}, NobodyAsked())
        yield opened
        opened.close()

    def play(self, director: Device | Director, scene: Scene) -> None:
        assert isinstance(director, Simulated | RecordingKit)
        self.played = scene
        director.stage(scene)

    def failed(self, device: Device, fault: str) -> type[DeviceError] | None:
        """Use the device and return which error came; the call has a short limit where nothing will come."""
        try:
            self.use(device, timeout=SHORT if fault in self.WAITED_OUT else LIMIT)
        except DeviceError as error:
            return type(error)
        return None

    def test_every_fault_of_the_menu_is_named_here(self, device: Device) -> None:
        assert isinstance(device, Simulated)

        assert set(device.faults()) == set(self.FAULTS)

    def test_a_fault_ends_in_time_with_its_error_and_the_next_use_of_the_same_device_is_good(
        self, shared: Device, fault: str
    ) -> None:
        self.play(shared, self.scene(fault))

        failed = self.failed(shared, fault)
        self.play(shared, self.scene())

        assert failed is self.FAULTS[fault]
        assert self.is_good(self.use(shared))

    def test_a_fault_of_what_is_seen_is_no_error_of_the_device(self, shared: Device, poor: str) -> None:
        self.play(shared, self.scene(poor))

        assert self.failed(shared, poor) is None

    def test_a_kit_finds_the_device_again_after_it_failed(self, settings: Settings) -> None:
        kit = RecordingKit({self.KIND: DeviceChoice(self.DRIVER, settings)}, NobodyAsked())
        before = held_by_this_process()
        self.play(kit, self.scene("vanish"))

        with pytest.raises(NotConnectedError), kit.lend(self.KIND) as device:
            self.use(device)
        self.play(kit, self.scene())
        with kit.lend(self.KIND) as device:
            result = self.use(device)
        kit.close()

        assert self.is_good(result)
        assert held_by_this_process() - before == set()

    def test_a_fault_passes_after_its_number_of_calls(self, device: Device) -> None:
        self.play(device, self.scene("vanish", times=2))

        failed = [self.failed(device, "vanish") for _ in range(3)]

        assert failed == [NotConnectedError, NotConnectedError, None]

    def test_a_fault_that_is_not_on_the_menu_is_not_staged(self, device: Device) -> None:
        with pytest.raises(DeviceError, match="no fault"):
            self.play(device, self.scene("earthquake"))

        assert self.is_good(self.use(device))

    def test_a_person_that_is_no_number_is_refused_and_leaves_nothing_over(self, settings: Settings) -> None:
        before = held_by_this_process()

        with pytest.raises(DeviceError, match="whole number"):
            self.DRIVERS.open(self.DRIVER, {**settings, "person": "Budi"}, NobodyAsked())

        assert held_by_this_process() - before == set()


def is_grey(image: Image) -> bool:
    return image.ndim == 2 and image.dtype == np.uint8 and float(image.std()) > 1


def is_rgb(image: Image) -> bool:
    return image.ndim == 3 and image.shape[2] == 3 and image.dtype == np.uint8 and float(image.std()) > 1


class CameraContract(DeviceContract):
    """A camera: a live picture and a still one, RGB."""

    KIND = Kind.CAMERA

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, Camera)
        return device.take(timeout=timeout).images

    def test_the_live_picture_is_rgb_and_goes_on(self, device: Device) -> None:
        assert isinstance(device, Camera)

        frames = [device.frame(timeout=LIMIT) for _ in range(3)]

        assert all(is_rgb(frame.image) for frame in frames)
        assert frames[0].at < frames[1].at < frames[2].at

    def test_a_capture_is_one_picture_by_the_name_of_portrait(self, device: Device) -> None:
        assert isinstance(device, Camera)

        pictures = device.take(timeout=LIMIT)

        assert [part for part, _ in pictures.images] == ["portrait"]
        assert is_rgb(pictures.images[0][1])

    def test_a_closed_camera_shows_no_live_picture(self, device: Device) -> None:
        assert isinstance(device, Camera)
        device.close()

        with pytest.raises(NotConnectedError):
            device.frame(timeout=SHORT)


class FingerprintContract(DeviceContract):
    """A plate for 4-4-2: one grey picture a slap, 500 ppi."""

    KIND = Kind.FINGERPRINT

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, FingerprintScanner)
        return device.take(Slap.THUMBS, missing=frozenset(), timeout=timeout).images

    @pytest.mark.parametrize("slap", Slap)
    def test_a_slap_is_one_grey_picture_of_500_ppi_by_its_name(self, device: Device, slap: Slap) -> None:
        assert isinstance(device, FingerprintScanner)

        pictures = device.take(slap, missing=frozenset(), timeout=LIMIT)

        assert [part for part, _ in pictures.images] == [slap]
        assert is_grey(pictures.images[0][1])
        assert pictures.ppi == 500

    def test_a_finger_that_is_missing_is_not_waited_for(self, device: Device) -> None:
        assert isinstance(device, FingerprintScanner)

        pictures = device.take(Slap.THUMBS, missing=frozenset({Finger.LEFT_THUMB}), timeout=LIMIT)

        assert len(pictures.images) == 1


class IrisContract(DeviceContract):
    """An iris camera: one grey picture of 640 x 480 an eye."""

    KIND = Kind.IRIS

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, IrisCamera)
        return device.take((Eye.RIGHT, Eye.LEFT), timeout=timeout).images

    @pytest.mark.parametrize("eyes", [(Eye.RIGHT, Eye.LEFT), (Eye.LEFT,)])
    def test_each_eye_that_was_asked_for_is_a_grey_picture_by_its_name(
        self, device: Device, eyes: tuple[Eye, ...]
    ) -> None:
        assert isinstance(device, IrisCamera)

        pictures = device.take(eyes, timeout=LIMIT)

        assert [part for part, _ in pictures.images] == list(eyes)
        assert all(is_grey(image) and image.shape == (480, 640) for _, image in pictures.images)


class SignatureContract(DeviceContract):
    """A pad: strokes in millimetres inside its field."""

    KIND = Kind.SIGNATURE

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, SignaturePad)
        return device.take(timeout=timeout)

    def test_strokes_lie_in_the_field_and_go_forward_in_time(self, device: Device) -> None:
        assert isinstance(device, SignaturePad)
        wide, high = device.size()

        points = [point for stroke in device.take(timeout=LIMIT) for point in stroke]

        assert all(0 <= point.x <= wide and 0 <= point.y <= high for point in points)
        assert all(0 <= point.pressure <= 1 for point in points)
        assert points[0].at == 0
        assert [point.at for point in points] == sorted(point.at for point in points)


class CodeScannerContract(DeviceContract):
    """A code scanner: a text without its end mark, or None when nothing is shown."""

    KIND = Kind.CODE_SCANNER

    def hold_code(self, device: Device) -> None:
        """Hold a code with the text `CODE` before the scanner."""
        raise NotImplementedError

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, CodeScanner)
        self.hold_code(device)
        return device.read(timeout=timeout)

    def is_good(self, result: object) -> bool:
        return result == CODE

    def test_nothing_shown_is_no_error(self, device: Device) -> None:
        assert isinstance(device, CodeScanner)
        self.use(device)

        assert device.read(timeout=SHORT) is None
