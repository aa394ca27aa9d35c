"""Finding drivers: what is broken, too old or unknown is told, and stops no other."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest

from kiosk.devices.api import Device, Driver, Identity, Kind, NotSupportedError, Person, Setting, Settings
from kiosk.devices.registry import Drivers, list_drivers, load, open_device, probe_drivers
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit

OURS = {
    "camera.opencv", "camera.simulated", "code_scanner.serial", "code_scanner.simulated", "fingerprint.simulated",
    "iris.simulated", "page_printer.cups", "page_printer.simulated", "signature.simulated",
    "ticket_printer.escpos", "ticket_printer.simulated",
}  # fmt: skip
STRANGERS = {
    "camera.broken": "stranger_broken:DRIVER",
    "camera.gone": "stranger_gone:DRIVER",
    "camera.nameless": "stranger_drivers:NO_SUCH_NAME",
    "camera.no_driver": "stranger_drivers:NO_DRIVER",
    "camera.old": "stranger_drivers:OLD",
    "iris.good": "stranger_drivers:GOOD",
    "camera.misplaced": "stranger_drivers:GOOD",
    "telescope.good": "stranger_drivers:GOOD",
}
DRIVERS = """
    from kiosk.devices.api import Driver, Kind, Setting

    class Opened:
        def __init__(self, settings, person):
            self.settings, self.person = settings, person

    NO_DRIVER = "a text"
    OLD = Driver("camera.old", Kind.CAMERA, "From yesterday", Opened, api_version=0)
    GOOD = Driver("iris.good", Kind.IRIS, "From elsewhere", Opened, (Setting("port", "7", "where it is"),))
"""


@pytest.fixture
def strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package of other people's drivers."""
    lines = "".join(f"{name} = {place}\n" for name, place in STRANGERS.items())
    folder = tmp_path / "stranger-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(f"[kiosk.devices]\n{lines}")
    (tmp_path / "stranger_broken.py").write_text("raise ZeroDivisionError('its vendor library is missing')\n")
    (tmp_path / "stranger_drivers.py").write_text(dedent(DRIVERS))
    for module in ("stranger_broken", "stranger_drivers"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.syspath_prepend(tmp_path)


def test_every_driver_of_ours_can_be_used() -> None:
    entries = {entry.name: entry for entry in probe_drivers()}

    assert set(entries) >= OURS
    assert {name: entries[name].error for name in OURS} == dict.fromkeys(OURS)


@pytest.mark.usefixtures("strangers")
def test_listing_imports_no_driver() -> None:
    names = {entry.name for entry in list_drivers()}

    assert names >= OURS | set(STRANGERS)
    assert not {"stranger_broken", "stranger_drivers"} & set(sys.modules)


@pytest.mark.usefixtures("strangers")
def test_drivers_that_cannot_be_used_say_why_and_stop_no_other() -> None:
    entries = {entry.name: entry for entry in probe_drivers()}

    reasons = {name: entries[name].error or "" for name in STRANGERS}
    assert "its vendor library is missing" in reasons["camera.broken"]
    assert "stranger_gone" in reasons["camera.gone"]
    assert "NO_SUCH_NAME" in reasons["camera.nameless"]
    assert "offers no Driver" in reasons["camera.no_driver"]
    assert "version 0" in reasons["camera.old"]
    assert "begin with its kind" in reasons["camera.misplaced"]
    assert "begin with its kind" in reasons["telescope.good"]
    assert reasons["iris.good"] == ""
    assert {name: entries[name].error for name in OURS} == dict.fromkeys(OURS)


@pytest.mark.usefixtures("strangers")
def test_a_kind_is_told_by_the_name_alone() -> None:
    kinds = {entry.name: entry.kind for entry in list_drivers()}

    assert kinds["camera.gone"] is Kind.CAMERA
    assert kinds["telescope.good"] is None


@pytest.mark.usefixtures("strangers")
def test_settings_that_are_not_given_get_their_defaults() -> None:
    person = NobodyAsked()

    plain, given = (open_device("iris.good", settings, person) for settings in ({}, {"port": "9"}))

    assert [vars(device) for device in (plain, given)] == [
        {"settings": {"port": "7"}, "person": person},
        {"settings": {"port": "9"}, "person": person},
    ]


@pytest.mark.usefixtures("strangers")
def test_a_setting_the_driver_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(NotSupportedError, match=r"no setting colour; change the settings: it knows port\."):
        open_device("iris.good", {"colour": "green"}, NobodyAsked())


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("name", ["camera.broken", "camera.gone", "camera.old", "camera.unknown", ""])
def test_what_cannot_be_used_cannot_be_opened(name: str) -> None:
    with pytest.raises(NotSupportedError):
        open_device(name, {}, NobodyAsked())


def test_a_name_that_is_not_installed_says_what_to_do() -> None:
    with pytest.raises(NotSupportedError, match="install the package"):
        load("camera.holographic")


class Lamp:
    """A device of the program's own."""

    def __init__(self, settings: Settings, person: Person) -> None:
        self.settings = settings

    def identity(self) -> Identity:
        return Identity("", f"lamp of {self.settings['watts']} watts")

    def close(self) -> None:
        """Nothing to let go of."""


def opened_lamp(settings: Settings, person: Person) -> Device:
    return Lamp(settings, person)


WINDOW = Driver("camera.window", Kind.CAMERA, "Lamp", opened_lamp, (Setting("watts", "40", "how bright"),))


def test_a_driver_that_is_handed_over_stands_beside_the_installed_ones() -> None:
    drivers = Drivers((WINDOW,))

    entries = {entry.name: entry for entry in drivers.list()}
    probed = {entry.name: entry for entry in drivers.probe()}

    assert set(entries) == {entry.name for entry in list_drivers()} | {"camera.window"}
    assert entries["camera.window"].kind is Kind.CAMERA
    assert probed["camera.window"].driver is WINDOW
    assert drivers.load("camera.opencv") == load("camera.opencv")


def test_a_driver_that_is_handed_over_is_opened_as_others_are() -> None:
    drivers, person = Drivers((WINDOW,)), NobodyAsked()

    with pytest.raises(NotSupportedError, match="no setting colour"):
        drivers.open("camera.window", {"colour": "green"}, person)

    assert drivers.open("camera.window", {}, person).identity().model == "lamp of 40 watts"
    with pytest.raises(NotSupportedError, match="install the package"):
        open_device("camera.window", {}, person)


def test_a_kit_opens_what_was_handed_to_it() -> None:
    kit = RecordingKit(
        {Kind.CAMERA: DeviceChoice("camera.window", {"watts": "9"})},
        NobodyAsked(),
        drivers=Drivers((WINDOW,)),
    )

    assert kit.identity(Kind.CAMERA).model == "lamp of 9 watts"


def test_of_two_drivers_of_one_name_the_one_that_was_handed_over_is_meant() -> None:
    mine = Driver("camera.opencv", Kind.CAMERA, "Mine", opened_lamp)

    assert Drivers((mine,)).load("camera.opencv") is mine
    assert [entry.driver for entry in Drivers((mine,)).list() if entry.name == "camera.opencv"] == [mine]


def test_a_driver_that_is_handed_over_under_another_kind_is_refused() -> None:
    wrong = Driver("iris.window", Kind.CAMERA, "Lamp", opened_lamp)

    assert "begin with its kind" in (
        next(entry for entry in Drivers((wrong,)).probe() if entry.name == "iris.window").error or ""
    )
