"""`kiosk devices --record`, `--replay`, `--simulate`: a fault written down, met again without its device, or played."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.api import DeviceError, Kind, Scene, Simulated, Trace
from kiosk.devices.registry import Drivers
from kiosk.devices.traces import TraceError
from kiosk.domain.selftest import Part, SelfTest, Verdict
from kiosk.domain.sentences import sentence
from kiosk.services.counter import Counter
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.outside_file import require_outside, write_outside
from kiosk.services.replaying import replay_trace
from kiosk.services.selftest import SelfTester
from kiosk.services.setting_up import Keep, RefusedSettingError, SetUp

_PERSON = 1  # of those the simulators know
_LARGEST = 32 << 20  # bytes of a trace that is read


@dataclass(frozen=True, slots=True)
class Tracing:
    """What the commands that need the counter work with."""

    counter: Counter
    choices: Mapping[Kind, DeviceChoice]
    drivers: Drivers
    keep: Keep

    def record(self, name: str, file: str) -> int:
        """Test the device of a kind while its line is noted; the trace is written whether the test is good or not."""
        if name not in set(Kind):
            return _refused(f"{name} is no kind of device; the kinds are {', '.join(Kind)}.")
        path, data = Path(file), self.counter.store.folder
        require_outside(path, data)  # before a test that may take its time
        kind, kit = Kind(name), RecordingKit(self.choices, NobodyAsked(), drivers=self.drivers)
        try:
            trace = Trace(self._traced_as(kind))
            if not kit.record(kind, trace):
                return _refused(f"The driver of the {name} tells nothing of its line; nothing was written.")
            test = SelfTester(self.counter, kit).test(Part(name))
        except DeviceError as error:
            return _refused(f"The {name} cannot be recorded: {error}")
        finally:
            kit.close()
        write_outside(path, trace.as_text().encode("utf-8"), data)
        return _told(path, trace, test)

    def simulate(self, name: str, fault: str = "", *rest: str) -> int:
        """Let the simulator of a kind serve it; with a fault of its menu, use it once that way and tell what came."""
        if name not in set(Kind):
            return _refused(f"{name} is no kind of device; the kinds are {', '.join(Kind)}.")
        if rest:
            return _refused("One fault is played at a time; nothing was changed.")
        kind = Kind(name)
        kit = RecordingKit(self.choices, NobodyAsked(), drivers=self.drivers)
        choice = DeviceChoice(f"{name}.simulated")
        try:
            SetUp(self.counter, kit, self.drivers, self.keep).choose(kind, choice)
            return _played(kit, kind, fault, SelfTester(self.counter, kit))
        except RefusedSettingError as error:
            return _refused(" ".join(sentence(finding) for finding in error.findings))
        except DeviceError as error:
            return _refused(f"{choice.driver} serves the {name} now, and failed: {error}")
        finally:
            kit.close()

    def _traced_as(self, kind: Kind) -> str:
        choice = self.choices.get(kind)
        return "" if choice is None else self.drivers.load(choice.driver).real or choice.driver


def replay(drivers: Drivers, file: str, *pairs: str) -> int:
    """Play a trace back and tell what its driver meets; returns 1 for an error, 2 where nothing was played."""
    split = [pair.partition("=") for pair in pairs]
    if not all(sign for _, sign, _ in split):
        return _refused("Settings are given as KEY=VALUE; nothing was played.", code=2)
    try:
        with Path(file).open(encoding="utf-8") as trace:
            text = trace.read(_LARGEST)
        replayed = replay_trace(text, drivers, {key: value for key, _, value in split})
    except (OSError, UnicodeDecodeError, TraceError, DeviceError) as error:
        return _refused(f"{file} cannot be played back: {error}", code=2)
    met = "nothing" if replayed.error is None else f"{type(replayed.error).__name__}: {replayed.error}"
    sys.stdout.write(f"{replayed.driver} met {met}\n")
    if not replayed.as_recorded:
        sys.stdout.write("It asked otherwise than when the trace was recorded.\n")
    return 0 if replayed.error is None else 1


def _played(kit: RecordingKit, kind: Kind, fault: str, tester: SelfTester) -> int:
    with kit.lend(kind) as device:
        menu = device.faults() if isinstance(device, Simulated) else ()
    if not fault:
        sys.stdout.write(f"{kind.value:<14} {kind.value}.simulated; faults: {', '.join(menu)}\n")
        return 0
    if fault not in menu:
        return _refused(f"{kind.value}.simulated plays no {fault}; it plays {', '.join(menu)}.")
    kit.stage(Scene(person=_PERSON, fault=fault, code="TEST 0123456789"))
    test = tester.test(Part(kind.value))
    sys.stdout.write(
        f"{kind.value:<14} {fault}: {test.verdict.value} {test.problem.value} {test.said}".rstrip() + "\n"
    )
    return 0


def _told(file: Path, trace: Trace, test: SelfTest) -> int:
    said = f"{len(trace.steps)} steps of {trace.driver} in {file}: {test.verdict.value} {test.said}"
    sys.stdout.write(said.rstrip() + "\n")
    return 1 if test.verdict is Verdict.BROKEN else 0


def _refused(told: str, *, code: int = 1) -> int:
    sys.stderr.write(f"{told}\n")
    return code
