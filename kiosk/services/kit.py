"""The recording kit of the counter: its devices by kind, opened when needed and found again after a failure."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.devices.api import (
    Chained,
    Device,
    DeviceError,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Scene,
    Simulated,
    Sitting,
    Trace,
    Traced,
)
from kiosk.devices.registry import INSTALLED, Drivers
from kiosk.domain.captures import DeviceIdentity
from kiosk.services.errors import KitError

logger = logging.getLogger(__name__)

MOST_TRACED = 256 << 10  # bytes of the newest steps of each open device: those before a failure


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Which driver serves a kind, with its settings."""

    driver: str
    settings: Mapping[str, str] = field(default_factory=dict)


class KitState(StrEnum):
    """How a device of the kit stands, as far as its last use told."""

    UNTRIED = "untried"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One kind of the kit; `error` is what its last use failed with."""

    kind: Kind
    state: KitState
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True)
class FailedUse:
    """A use of a device that failed, with what went over its line until then."""

    kind: Kind
    driver: str
    error: DeviceError
    trace: Trace


class NobodyAsked:
    """Answers a driver's questions where there is no window: no."""

    def asked(self, question: str) -> bool:
        """Return no, and say which question it was."""
        logger.info("a driver asks %s; nobody is there to answer", question)
        return False


def person_of(visit_id: str) -> str:
    """Return the token of a visit's resident, from which nothing of the visit can be read."""
    return hashlib.sha256(f"person of {visit_id}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _PersonOf:
    """The person before the device of a kind."""

    ask: Callable[[Kind, str], bool]
    kind: Kind

    def asked(self, question: str) -> bool:
        return self.ask(self.kind, question)


class RecordingKit:
    """The devices of one counter; one thread uses a kind at a time.

    A device that fails is closed at once, so that the next use finds and opens it anew.  drivers: what it opens them
    with.
    """

    def __init__(
        self, choices: Mapping[Kind, DeviceChoice], person: Person, *, drivers: Drivers = INSTALLED
    ) -> None:
        self._choices = dict(choices)
        self._person = person
        self._drivers = drivers
        self._open: dict[Kind, Device] = {}
        self._scene: Scene | None = None
        self._states = {kind: DeviceState(kind, KitState.UNTRIED) for kind in choices}
        self._sitting = Sitting("")
        self._told: Callable[[DeviceState], None] | None = None
        self._asked: Callable[[str], None] | None = None
        self._asking: Kind | None = None
        self._traces: dict[Kind, Trace] = {}
        self._keep_trace: Callable[[FailedUse], None] | None = None

    def choices(self) -> Mapping[Kind, DeviceChoice]:
        """Return which driver serves which kind."""
        return dict(self._choices)

    def choose(self, kind: Kind, choice: DeviceChoice | None) -> None:
        """Let another driver serve a kind from its next use on, None for no device; in the lane that uses the kind."""
        self._let_go(kind)
        choices = {known: kept for known, kept in self._choices.items() if known is not kind}
        if choice is None:
            self._states.pop(kind, None)
        else:
            choices[kind] = choice
            self._states[kind] = DeviceState(kind, KitState.UNTRIED)
        self._choices = choices
        if self._told is not None:
            self._told(DeviceState(kind, KitState.UNTRIED))

    @contextmanager
    def lend(self, kind: Kind, *, person: str = "") -> Iterator[Device]:
        """Lend the device of a kind; raises `KitError`, and lets a `DeviceError` pass after closing the device.

        person: a token of whose captures they will be, by which devices that sign chain them; empty: nobody's.
        """
        try:
            device = self._device(kind)
            if isinstance(device, Chained):
                device.serve(self._sitting_of(person))
            yield device
        except DeviceError as error:
            trace = self._traces.get(kind)
            self._let_go(kind)
            self._note(DeviceState(kind, KitState.FAILED, error))
            self._hand_over(kind, error, trace)
            raise
        finally:
            self._hush(kind)
        self._note(DeviceState(kind, KitState.READY))

    def states(self) -> tuple[DeviceState, ...]:
        """Return how each device of the settings stands."""
        return tuple(self._states.copy().values())  # another thread may set one up meanwhile

    def watch(self, told: Callable[[DeviceState], None]) -> None:
        """Let `told` hear of every change of a device's state, on the thread that used the device."""
        self._told = told

    def listen(self, asked: Callable[[str], None]) -> None:
        """Let `asked` hear what a driver asks of a person, by its message key, and "" once nobody is asked any more.

        It is told on the thread that uses the device; drivers are answered yes from then on.
        """
        self._asked = asked

    def keep_traces(self, keep: Callable[[FailedUse], None]) -> None:
        """Note what goes over the line of each device opened from now on, and hand it to `keep` when the device fails.

        `keep` is called on the thread that used the device, and raises nothing.
        """
        self._keep_trace = keep

    def record(self, kind: Kind, trace: Trace | None) -> bool:
        """Note a device's line in this trace from its next use on, None: as usual; False for one that tells nothing."""
        with self.lend(kind) as device:
            if not isinstance(device, Traced):
                return False
            device.trace(trace or self._traces.get(kind))
        return True

    def ask(self, kind: Kind, question: str) -> bool:
        """Answer what the driver of a kind asks."""
        if self._asked is None:
            return self._person.asked(question)
        self._asking = kind
        self._asked(question)
        return True

    def is_interruptible(self, kind: Kind) -> bool:
        """Tell whether `release` from another thread ends a call of this kind's device."""
        choice = self._choices.get(kind)
        try:
            return choice is not None and self._drivers.load(choice.driver).ends_on_close
        except NotSupportedError:
            return False

    def release(self, kind: Kind) -> None:
        """Close the device of a kind, if it is open; its next use opens it anew."""
        self._let_go(kind)

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

    @property
    def scene(self) -> Scene | None:
        """The scene that is played; None before the first."""
        return self._scene

    def stage(self, scene: Scene) -> None:
        """Let every simulator of the kit play this scene, those opened later too; real devices take no notice.

        A simulator that is gone is closed, so that its next use opens it anew, on this scene.
        """
        self._scene = scene
        for kind, device in list(self._open.items()):  # another thread may open one meanwhile
            try:
                if isinstance(device, Simulated):
                    device.stage(scene)
            except NotConnectedError:
                self._let_go(kind)

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
        device = self._drivers.open(choice.driver, choice.settings, _PersonOf(self.ask, kind))
        if self._scene is not None and isinstance(device, Simulated):
            device.stage(self._scene)
        if self._keep_trace is not None and isinstance(device, Traced):
            name = self._drivers.load(choice.driver).real or choice.driver
            self._traces[kind] = Trace(name, most_bytes=MOST_TRACED)
            device.trace(self._traces[kind])
        self._open[kind] = device
        return device

    def _hand_over(self, kind: Kind, error: DeviceError, trace: Trace | None) -> None:
        if self._keep_trace is not None and trace is not None and trace.steps:
            self._keep_trace(FailedUse(kind, trace.driver, error, trace))

    def _sitting_of(self, person: str) -> Sitting | None:
        """Return the sitting of a person, begun anew for another one; None for nobody."""
        if person and self._sitting.token != person:
            self._sitting = Sitting(person)
        return self._sitting if person else None

    def _hush(self, kind: Kind) -> None:
        if self._asked is not None and self._asking is kind:
            self._asking = None
            self._asked("")

    def _note(self, state: DeviceState) -> None:
        before = self._states.get(state.kind)
        self._states[state.kind] = state
        changed = before is None or before.state is not state.state
        if self._told is not None and (changed or state.error is not None):
            self._told(state)

    def _let_go(self, kind: Kind) -> None:
        device = self._open.pop(kind, None)
        self._traces.pop(kind, None)
        if device is not None:
            device.close()
