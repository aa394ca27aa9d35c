"""The roster, secrets and the wait after wrong tries, which neither the wall clock nor a reboot shortens."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.roles import Role
from kiosk.storage.lockout import FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, SecretKind
from kiosk.storage.store import Store
from kiosk.wire.messages import RosterEntry
from tests.storage.conftest import moment

SITI = RosterEntry(user_id="siti", name="Siti Rahayu", role=Role.OFFICER, active=True)
BUDI = RosterEntry(user_id="budi", name="Budi Santoso", role=Role.SUPERVISOR, active=True)


@pytest.fixture(scope="module")
def staffed_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with people and secrets, made once and copied for every test: secrets take long to hash."""
    folder = tmp_path_factory.mktemp("staffed") / "kiosk"
    store = Store.create(folder, recovery_recipients=())
    with store.writing() as ledger:
        ledger.users.put_roster((SITI, BUDI))
        ledger.users.set_password("siti", "kata sandi siti")
        ledger.users.set_pin("siti", "975310")
    store.close()
    return folder


@pytest.fixture
def staffed(staffed_made: Path, tmp_path: Path) -> Iterator[Store]:
    made = Store.open(shutil.copytree(staffed_made, tmp_path / "kiosk"))
    yield made
    made.close()


def lock(store: Store, *, boottime: float = 100.0) -> None:
    for _ in range(FREE_TRIES):
        store.check_pin("siti", "000000", moment(boottime))


def test_the_right_secret_is_right_and_secrets_are_not_mixed_up(staffed: Store) -> None:
    assert staffed.check_password("siti", "kata sandi siti", moment()).right
    assert staffed.check_pin("siti", "975310", moment()).right
    assert not staffed.check_password("siti", "975310", moment()).right


def test_a_secret_is_kept_as_an_argon2id_hash_only(staffed: Store) -> None:
    with staffed.reading() as ledger:
        row = ledger.users.secret("siti", SecretKind.PIN)

    assert row is not None
    assert row.hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "975310" not in row.hash


def test_nobody_without_a_secret_gets_in(staffed: Store) -> None:
    assert not staffed.check_pin("budi", "", moment()).right
    assert not staffed.check_pin("nobody", "975310", moment()).right


def test_wrong_tries_are_counted_down_and_then_lock(staffed: Store) -> None:
    left = [staffed.check_pin("siti", "000000", moment()).tries_left for _ in range(FREE_TRIES)]

    locked = staffed.check_pin("siti", "975310", moment())

    assert left == [4, 3, 2, 1, 0]
    assert not locked.right
    assert locked.locked_seconds == FIRST_WAIT


def test_the_lock_passes_and_a_further_wrong_try_doubles_it(staffed: Store) -> None:
    lock(staffed)
    staffed.check_pin("siti", "000000", moment(100.0 + FIRST_WAIT))

    locked = staffed.check_pin("siti", "975310", moment(100.0 + FIRST_WAIT))

    assert locked.locked_seconds == 2 * FIRST_WAIT
    assert staffed.check_pin("siti", "975310", moment(100.0 + 3 * FIRST_WAIT)).right


def test_the_right_secret_forgives_the_wrong_tries(staffed: Store) -> None:
    for _ in range(FREE_TRIES - 1):
        staffed.check_pin("siti", "000000", moment())
    staffed.check_pin("siti", "975310", moment())

    assert staffed.check_pin("siti", "000000", moment()).tries_left == FREE_TRIES - 1


def test_setting_the_clock_forward_does_not_open_the_lock(staffed: Store) -> None:
    lock(staffed)
    later = moment()

    check = staffed.check_pin("siti", "975310", replace(later, wall=later.wall + timedelta(days=400)))

    assert check.locked_seconds > 0


def test_a_reboot_does_not_open_the_lock_before_its_time(staffed: Store) -> None:
    lock(staffed, boottime=5000.0)

    at_once = staffed.check_pin("siti", "975310", moment(1.0, boot_id="boot-2"))
    after = staffed.check_pin("siti", "975310", moment(FIRST_WAIT, boot_id="boot-2"))

    assert at_once.locked_seconds == FIRST_WAIT - 1
    assert after.right


def test_the_wait_grows_to_an_hour_and_no_further(staffed: Store) -> None:
    at = 100.0
    for _ in range(FREE_TRIES + 12):
        staffed.check_pin("siti", "000000", moment(at))
        at += LONGEST_WAIT

    assert staffed.check_pin("siti", "975310", moment(at - LONGEST_WAIT)).locked_seconds == LONGEST_WAIT


def test_a_try_counts_even_if_the_program_is_killed_while_it_is_looked_at(
    staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled_plug(secret: str, kept: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("kiosk.storage.lockout.fits", pulled_plug)
        with pytest.raises(KeyboardInterrupt):
            staffed.check_pin("siti", "000000", moment())

    assert staffed.check_pin("siti", "000000", moment()).tries_left == FREE_TRIES - 2


def test_whoever_left_the_roster_stays_known_but_is_not_active(staffed: Store) -> None:
    with staffed.writing() as ledger:
        ledger.users.put_roster((BUDI,))
        users = {user.user_id: user.active for user in ledger.users.all()}

    assert users == {"siti": False, "budi": True}


def test_a_roster_that_comes_again_keeps_the_secrets(staffed: Store) -> None:
    with staffed.writing() as ledger:
        ledger.users.put_roster((SITI.model_copy(update={"role": Role.SUPERVISOR}), BUDI))
        user = ledger.users.get("siti")

    assert user is not None
    assert (user.role, user.has_password, user.has_pin) == (Role.SUPERVISOR, True, True)
    assert staffed.check_pin("siti", "975310", moment()).right
