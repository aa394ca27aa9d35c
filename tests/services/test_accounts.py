"""Who may sign in, and what wrong tries lead to."""

from dataclasses import replace

import pytest

from kiosk.domain.roles import Role
from kiosk.services.accounts import confirm_pin, log_in, people, set_first_password
from kiosk.services.counter import Counter
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.errors import LockedOutError, NoPasswordError, NotAllowedError, WrongSecretError
from kiosk.wire.messages import RosterEntry
from tests.services.conftest import StandingClock, sign_roster

NEW = RosterEntry(user_id="baru", name="Petugas Baru", role=Role.OFFICER, active=True)


def test_a_person_of_the_roster_signs_in_with_the_password(counter: Counter) -> None:
    officer = log_in(counter, "petugas", "petugas-latihan")

    assert (officer.user_id, officer.role) == ("petugas", Role.OFFICER)


def test_a_wrong_password_tells_how_many_tries_are_left(counter: Counter) -> None:
    with pytest.raises(WrongSecretError) as caught:
        log_in(counter, "petugas", "wrong")

    assert caught.value.tries_left > 0


def test_too_many_wrong_pins_lock_the_person_out_and_a_changed_wall_clock_does_not_help(
    counter: Counter, clock: StandingClock
) -> None:
    while not _locked_out(counter):
        pass
    clock.now = replace(clock.now, wall=clock.now.wall.replace(year=2031))

    with pytest.raises(LockedOutError) as locked:
        confirm_pin(counter, "petugas", "2468013")
    assert locked.value.seconds > 0


def test_a_new_person_chooses_password_and_pin_once(counter: Counter) -> None:
    sign_roster(counter, NEW)
    with pytest.raises(NoPasswordError):
        log_in(counter, "baru", "anything at all")

    set_first_password(counter, "baru", "kata sandi baru", "975310")

    assert log_in(counter, "baru", "kata sandi baru").user_id == "baru"
    with pytest.raises(NotAllowedError):
        set_first_password(counter, "baru", "another password", "111222")


def test_whoever_left_the_roster_cannot_sign_in(counter: Counter) -> None:
    sign_roster(counter, NEW)

    assert [user.user_id for user in people(counter)] == ["baru"]
    with pytest.raises(NotAllowedError):
        log_in(counter, "petugas", "petugas-latihan")


def test_a_roster_row_edited_by_hand_lets_nobody_in_and_the_doctor_names_it(counter: Counter) -> None:
    with counter.store.writing() as ledger:
        ledger.users.put_roster((NEW.model_copy(update={"user_id": "petugas", "role": Role.SUPERVISOR}),))

    with pytest.raises(NotAllowedError, match="signed"):
        log_in(counter, "petugas", "petugas-latihan")
    assert people(counter) == ()
    assert any(
        "petugas" in check.sentence for check in examine_counter(counter) if check.health is Health.BAD
    )


@pytest.mark.parametrize(
    ("password", "pin"), [("short", "975310"), ("long enough", "12"), ("long enough", "12345a")]
)
def test_a_weak_password_or_pin_is_refused(counter: Counter, password: str, pin: str) -> None:
    sign_roster(counter, NEW)

    with pytest.raises(NotAllowedError):
        set_first_password(counter, "baru", password, pin)


def _locked_out(counter: Counter) -> bool:
    try:
        confirm_pin(counter, "petugas", "0000000")
    except LockedOutError:
        return True
    except WrongSecretError:
        return False
    raise AssertionError("a wrong PIN was taken")
