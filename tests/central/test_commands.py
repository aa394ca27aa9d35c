"""The commands of `central`, as somebody types them."""

import json
import subprocess
from pathlib import Path

import pytest

from central.main import main
from central.tables import CentreRow, UserRow
from kiosk.wire.join_code import JoinCode
from kiosk.wire.opening import OpeningIdentity
from tests.central.conftest import OFFICE, Centre, Kiosk, central, joined


@pytest.fixture(scope="module")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A real centre as the command makes it, and what the command said."""
    folder = tmp_path_factory.mktemp("made") / "centre"
    result = central("init", data=folder)
    assert result.returncode == 0, result.stderr
    return folder, result.stdout


def test_init_makes_a_centre_and_shows_the_recovery_identity_once(initialised: tuple[Path, str]) -> None:
    folder, said = initialised
    recovery = said.splitlines()[-1]

    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    assert recovery.startswith("AGE-SECRET-KEY-1")
    assert not any(recovery.encode() in content for content in kept)
    assert said.startswith("A centre was made in ")


def test_the_keys_of_a_centre_are_its_owners_only(initialised: tuple[Path, str]) -> None:
    keys = initialised[0] / "keys"

    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == {
        "signing.key": 0o600,
        "opening.agekey": 0o600,
        "recipients.txt": 0o600,
    }


def test_init_refuses_a_folder_with_something_in_it_and_changes_nothing(
    initialised: tuple[Path, str],
) -> None:
    folder = initialised[0]
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    again = central("init", "--practice", data=folder)

    assert again.returncode == 1
    assert again.stderr == f"central: {folder} is not empty; nothing was changed. Choose an empty folder.\n"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_opening_key_and_the_recovery_identity_both_open_a_packet_with_age_itself(
    initialised: tuple[Path, str], tmp_path: Path
) -> None:
    folder, said = initialised
    recipients = (folder / "keys" / "recipients.txt").read_text(encoding="ascii").split()
    sealing = [argument for recipient in recipients for argument in ("-r", recipient)]
    sealed = subprocess.run(["age", *sealing], input=b"a record", capture_output=True, check=True).stdout
    recovery = tmp_path / "recovery.agekey"
    recovery.write_text(said.splitlines()[-1], encoding="ascii")

    for key in (folder / "keys" / "opening.agekey", recovery):
        opened = subprocess.run(["age", "-d", "-i", str(key)], input=sealed, capture_output=True, check=False)

        assert opened.stdout == b"a record", opened.stderr


def test_a_centre_made_without_practice_is_a_real_one(initialised: tuple[Path, str]) -> None:
    real = Centre(initialised[0])

    with real.store() as store, store.read() as session:
        assert session.get_one(CentreRow, 1).practice is False


def test_kiosk_add_prints_one_code_that_lets_one_kiosk_in(centre: Centre) -> None:
    said = centre.run("kiosk", "add", "--office", OFFICE)

    kiosk = Kiosk(centre)
    assert len(said.splitlines()) == 1
    assert kiosk.join(JoinCode.parse(said)).status_code == 201
    assert kiosk.grant.office == OFFICE


def test_kiosk_revoke_closes_the_door_to_that_kiosk(centre: Centre, kiosk: Kiosk) -> None:
    said = centre.run("kiosk", "revoke", kiosk.grant.kiosk_id)

    assert said == f"Kiosk {kiosk.grant.kiosk_id} is revoked."
    assert kiosk.request("GET", "/v1/verdicts").status_code == 403


def test_user_add_puts_a_person_on_the_roster_without_a_password(centre: Centre) -> None:
    user_id = centre.run("user", "add", "--office", OFFICE, "--role", "supervisor", "  Rina Contoh ")

    with centre.store() as store, store.read() as session:
        row = session.get_one(UserRow, user_id)
        kept = (row.office, row.role, row.name, row.active)
    assert kept == (OFFICE, "supervisor", "Rina Contoh", True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kiosk", "add", "--office", "33.25.99"), "There is no kecamatan 33.25.99"),
        (("kiosk", "add", "--office", "33.25"), "There is no kecamatan 33.25"),
        (("kiosk", "add", "--office", "33.25.07.2015"), "There is no kecamatan"),
        (("user", "add", "--office", "gringsing", "--role", "officer", "Ani"), "There is no kecamatan"),
        (("user", "add", "--office", OFFICE, "--role", "boss", "Ani"), "There is no role boss"),
        (("user", "add", "--office", OFFICE, "--role", "officer", " "), "needs a name"),
        (("kiosk", "revoke", "k-332507-nobody"), "There is no kiosk k-332507-nobody."),
        (("serve", "--host", "203.0.113.7"), "Cannot listen on 203.0.113.7:8169"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_line_and_fails(
    made: Centre, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([*arguments, "--data", str(made.folder)])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert len(told.err.splitlines()) == 1
    assert words in told.err


@pytest.mark.parametrize(
    "command", [("stats",), ("judge",), ("serve",), ("kiosk", "add", "--office", OFFICE)]
)
def test_every_command_says_where_no_centre_is(
    tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([*command, "--data", str(tmp_path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(f"central: There is no centre in {tmp_path}.")
    assert list(tmp_path.iterdir()) == []


def test_stats_count_what_is_held_and_where_it_came_from(lone: Centre) -> None:
    kiosk = joined(lone)
    held, under_way = kiosk.packet(), kiosk.packet()
    kiosk.deliver(held)
    kiosk.announce(under_way)
    lone.judge()

    told = json.loads(lone.run("stats", "--json", "--verify"))

    (about,) = told.pop("kiosks")
    assert told == {
        "packets": {"enrollment": 1},
        "acknowledged": 1,
        "visits": 1,
        "judged": {"accepted": 1},
        "bytes": held.size,
        "under_way": 1,
        "aside": 0,
        "duplicates": 0,
        "lost": 0,
        "unentered": 0,
    }
    assert (about["kiosk_id"], about["office"], about["acknowledged"]) == (kiosk.grant.kiosk_id, OFFICE, 1)
    assert f"kiosk {kiosk.grant.kiosk_id} ({OFFICE}): 1 held" in lone.run("stats")


def test_stats_fail_when_an_object_is_lost_and_with_verify_when_it_is_altered(
    centre: Centre, kiosk: Kiosk, capsys: pytest.CaptureFixture[str]
) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)
    centre.object_of(packet).write_bytes(packet.data[:-1] + b"\x00")

    quick = main(["stats", "--json", "--data", str(centre.folder)])
    thorough = main(["stats", "--json", "--verify", "--data", str(centre.folder)])
    centre.object_of(packet).unlink()
    missing = main(["stats", "--json", "--data", str(centre.folder)])

    lines = capsys.readouterr().out.splitlines()
    assert [quick, thorough, missing] == [0, 1, 1]
    assert [json.loads(line)["lost"] for line in lines] == [0, 1, 1]


def test_a_second_server_on_the_same_port_says_so(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["serve", "--port", str(centre.port), "--data", str(centre.folder)])

    assert status == 1
    assert f"Cannot listen on 127.0.0.1:{centre.port}" in capsys.readouterr().err


def test_the_recovery_identity_is_another_one_for_every_centre(
    initialised: tuple[Path, str], made: Centre
) -> None:
    first = set((initialised[0] / "keys" / "recipients.txt").read_text(encoding="ascii").split())
    second = set((made.folder / "keys" / "recipients.txt").read_text(encoding="ascii").split())

    assert len(first | second) == 4
    assert all(recipient.startswith("age1") for recipient in first | second)
    assert OpeningIdentity.generate().recipient not in first
