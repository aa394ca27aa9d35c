"""Setting up devices: what is found, what may be chosen, who may, and what is written down of it."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.devices.api import Driver, Found, Kind, NotConnectedError, Setting
from kiosk.devices.registry import Drivers, load
from kiosk.domain.roles import Role
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, SettingsUnkeptError
from kiosk.services.kit import DeviceChoice, KitState, NobodyAsked, RecordingKit
from kiosk.services.setting_up import DriverView, Look, RefusedSettingError, SetUp, settings_given

TECHNICIAN = Officer("teknisi", "Agus Prasetyo", Role.TECHNICIAN)
PLATE = DeviceChoice("fingerprint.simulated")
MODULE = DeviceChoice("fingerprint.simulated_zfm")
_HELD = threading.Event()


def _hang() -> tuple[Found, ...]:
    _HELD.wait(20)
    return ()


def _fail() -> tuple[Found, ...]:
    raise NotConnectedError("The bus is not there; start it and look again.")


def _two() -> tuple[Found, ...]:
    return (Found("one", {"port": "/dev/ttyUSB0"}), Found("two", {"port": "/dev/ttyUSB1"}))


OTHERS = Drivers(
    tuple(
        replace(
            load("card_reader.simulated"),
            name=f"card_reader.{name}",
            find=find,
            settings=(Setting("port", "", ""),),
        )
        for name, find in (("hanging", _hang), ("failing", _fail), ("finding", _two))
    )
)


class Kept:
    """Keeps what would be written; can be told to fail."""

    def __init__(self) -> None:
        self.choices: list[tuple[Kind, DeviceChoice | None]] = []
        self.error: SettingsUnkeptError | None = None

    def __call__(self, kind: Kind, choice: DeviceChoice | None) -> None:
        if self.error is not None:
            raise self.error
        self.choices.append((kind, choice))


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    kit = RecordingKit({Kind.FINGERPRINT: PLATE}, NobodyAsked())
    yield kit
    kit.close()


@pytest.fixture
def set_up(counter: Counter, kit: RecordingKit, kept: Kept) -> SetUp:
    return SetUp(counter, kit, OTHERS, kept, TECHNICIAN)


def _audited(counter: Counter) -> list[tuple[str, str, str, str]]:
    with counter.store.reading() as ledger:
        rows = [row for row in ledger.audit.all() if row.act == "set_up_device"]
    return [(row.user_id, row.act, row.subject, row.detail) for row in rows]


def test_a_kind_shows_what_serves_it_and_what_could(set_up: SetUp) -> None:
    view = set_up.look(Kind.FINGERPRINT)

    assert view.choice == PLATE
    assert {"fingerprint.sbi", "fingerprint.zfm", "fingerprint.simulated"} <= {
        one.name for one in view.drivers
    }
    module = view.driver("fingerprint.zfm")
    assert module is not None
    assert [setting.key for setting in module.settings][:2] == ["port", "baud"]


def test_what_one_driver_finds_comes_although_another_hangs_and_a_third_fails(set_up: SetUp) -> None:
    looks = {look.driver: look for look in set_up.find(Kind.CARD_READER, limit=4)}
    _HELD.set()

    assert looks["card_reader.finding"] == Look("card_reader.finding", _two())
    assert "Look again" in looks["card_reader.hanging"].error
    assert looks["card_reader.failing"].error == "The bus is not there; start it and look again."
    assert "card_reader.simulated" in looks


def test_another_driver_serves_from_the_next_use_on_and_that_is_written_down(
    set_up: SetUp, kit: RecordingKit, kept: Kept, counter: Counter
) -> None:
    before = kit.identity(Kind.FINGERPRINT)

    set_up.choose(Kind.FINGERPRINT, MODULE)

    assert kit.identity(Kind.FINGERPRINT).driver == MODULE.driver != before.driver
    assert kept.choices == [(Kind.FINGERPRINT, MODULE)]
    assert _audited(counter) == [
        ("teknisi", "set_up_device", "fingerprint", "fingerprint.simulated -> fingerprint.simulated_zfm")
    ]


def test_a_counter_may_have_no_device_of_a_kind(set_up: SetUp, kit: RecordingKit, kept: Kept) -> None:
    set_up.choose(Kind.FINGERPRINT, None)

    assert kit.choices() == {}
    assert kit.states() == ()
    assert kept.choices == [(Kind.FINGERPRINT, None)]


def test_a_device_of_a_kind_that_had_none_is_told_as_untried(set_up: SetUp, kit: RecordingKit) -> None:
    set_up.choose(Kind.CARD_READER, DeviceChoice("card_reader.simulated"))

    assert {state.kind: state.state for state in kit.states()}[Kind.CARD_READER] is KitState.UNTRIED


def test_the_same_choice_again_changes_and_audits_nothing(
    set_up: SetUp, kept: Kept, counter: Counter
) -> None:
    set_up.choose(Kind.FINGERPRINT, PLATE)

    assert kept.choices == []
    assert _audited(counter) == []


@pytest.mark.parametrize(
    ("choice", "code", "field"),
    [
        (DeviceChoice("fingerprint.nobodys"), "setup.driver_unknown", "driver"),
        (DeviceChoice("camera.opencv"), "setup.driver_unknown", "driver"),
        (DeviceChoice("fingerprint.zfm", {"colour": "red"}), "setup.setting_unknown", "colour"),
        (DeviceChoice("fingerprint.zfm", {"port": "/dev/tty\nUSB0"}), "setup.setting_unreadable", "port"),
        (DeviceChoice("fingerprint.zfm", {"port": "x" * 301}), "setup.setting_unreadable", "port"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_setting_and_changes_nothing(
    set_up: SetUp, kept: Kept, choice: DeviceChoice, code: str, field: str
) -> None:
    with pytest.raises(RefusedSettingError) as refused:
        set_up.choose(Kind.FINGERPRINT, choice)

    assert [(found.code, found.field) for found in refused.value.findings] == [(code, field)]
    assert set_up.kit.choices() == {Kind.FINGERPRINT: PLATE}
    assert kept.choices == []


def test_only_a_technician_sets_up(set_up: SetUp, kept: Kept) -> None:
    officer = Officer("petugas", "Siti", Role.OFFICER)

    with pytest.raises(NotAllowedError):
        replace(set_up, officer=officer).choose(Kind.FINGERPRINT, MODULE)

    assert kept.choices == []


def test_what_cannot_be_kept_leaves_the_device_that_serves(
    set_up: SetUp, kit: RecordingKit, kept: Kept, counter: Counter
) -> None:
    kept.error = SettingsUnkeptError("kiosk.toml cannot be written: No space left on device.")

    with pytest.raises(SettingsUnkeptError):
        set_up.choose(Kind.FINGERPRINT, MODULE)

    assert kit.choices() == {Kind.FINGERPRINT: PLATE}
    assert _audited(counter) == []


def test_only_what_differs_from_the_default_is_written_down() -> None:
    known: Driver = load("fingerprint.zfm")
    view = DriverView(known.name, known.title, known.settings)

    given = settings_given(view, {"port": " /dev/ttyUSB0 ", "baud": "57600", "size": "256x288"})

    assert given == {"port": "/dev/ttyUSB0"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=400))
def test_whatever_is_typed_is_judged_without_a_crash(set_up: SetUp, text: str) -> None:
    found = set_up.judge(Kind.FINGERPRINT, DeviceChoice("fingerprint.zfm", {"port": text}))

    assert not found or found[0].field == "port"
    assert bool(found) == (len(text) > 300 or not text.isprintable())
