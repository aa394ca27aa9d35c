"""Every simulator and every fault of its menu: the call ends, says what to do, and the same device works again."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import tests.devices
from kiosk.devices.api import Device, DeviceError, Simulated, WrongAnswerError
from kiosk.devices.registry import open_device, probe_drivers
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, SHORT, SimulatorContract, held_by_this_process

pytestmark = pytest.mark.timeout(30)


def contracts() -> dict[str, type[SimulatorContract]]:
    """Return the contract class of every simulator: how it is used, and how each fault of its menu ends."""
    for found in pkgutil.iter_modules(tests.devices.__path__):
        if found.name != __name__.rpartition(".")[2]:
            importlib.import_module(f"tests.devices.{found.name}")
    classes, waiting = [], [SimulatorContract]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        classes += below
    return {one.DRIVER: one for one in classes if hasattr(one, "DRIVER")}


CONTRACTS = contracts()
PAIRS = [(name, staged) for name, contract in sorted(CONTRACTS.items()) for staged in sorted(contract.FAULTS)]


class Bench:
    """One open simulator with the ways of its contract class; held: what this process has while it is well."""

    def __init__(self, name: str) -> None:
        self.contract: Any = CONTRACTS[name]()
        self.device: Device = self.contract.DRIVERS.open(name, {}, NobodyAsked())
        assert isinstance(self.device, Simulated)
        assert set(self.device.faults()) == set(CONTRACTS[name].FAULTS)
        assert self.is_good()
        self.held = held()

    def is_good(self) -> bool:
        """Use it with nothing staged to go wrong."""
        self.contract.play(self.device, self.contract.scene())
        return bool(self.contract.is_good(self.contract.use(self.device)))

    def failed(self, staged: str) -> DeviceError | None:
        """Use it while the fault is played; nothing that never comes is waited for long."""
        self.contract.play(self.device, self.contract.scene(staged))
        try:
            self.contract.use(self.device, timeout=SHORT if staged in self.contract.WAITED_OUT else LIMIT)
        except DeviceError as error:
            return error
        return None


def held() -> Counter[str]:
    """Return how many threads and how many descriptors of each sort this process has."""
    return Counter(entry.split()[1].partition(":")[0] for entry in held_by_this_process())


class Benches:
    """The device of one simulator at a time, open for all of its faults."""

    def __init__(self) -> None:
        self._name = ""
        self._bench: Bench | None = None

    def of(self, name: str) -> Bench:
        if self._bench is None or name != self._name:
            self.close()
            self._name, self._bench = name, Bench(name)
        return self._bench

    def close(self) -> None:
        if self._bench is not None:
            self._bench.device.close()
        self._bench = None


@pytest.fixture(scope="module")
def benches() -> Iterator[Benches]:
    keeper = open_device("card_reader.simulated", {}, NobodyAsked())  # the process of the peers stays
    made = Benches()
    yield made
    made.close()
    keeper.close()


def test_every_simulator_there_is_has_its_contract() -> None:
    simulators = {
        entry.name for entry in probe_drivers() if entry.driver is not None and entry.driver.simulated
    }

    assert set(CONTRACTS) == simulators


@pytest.mark.parametrize(("name", "staged"), PAIRS)
def test_a_fault_ends_says_what_to_do_and_the_same_device_is_good_again(
    name: str, staged: str, benches: Benches
) -> None:
    bench, expected = benches.of(name), CONTRACTS[name].FAULTS[staged]

    error = bench.failed(staged)

    assert (type(error) if error else None) is expected
    assert staged != "endless" or expected is WrongAnswerError
    if error is None:
        return  # it is seen in the picture only: the device did its work
    assert "; " in str(error)
    assert str(error).endswith(".")
    assert bench.is_good()
    assert held() - bench.held == Counter()
