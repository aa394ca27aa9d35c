"""A counter run by its commands alone, as the manual tells: join, rehearse, send, outbox, doctor, devices."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.offices import office_name
from central.status import offices_standing
from central.store import open_store
from kiosk.app.centre_process import CentreProcess
from kiosk.services.practice import OFFICE
from tests.faults.rehearsing import kiosk, outbox_of, saved_in


def opened(folder: Path, *kind: str) -> CentreProcess:
    """Return a running centre with an officer and a supervisor on its roster."""
    centre = CentreProcess(folder)
    centre.command("init", *kind)
    for role, name in (("officer", "Siti Rahayu"), ("supervisor", "Budi Santoso")):
        centre.command("user", "add", "--office", OFFICE, "--role", role, name)
    centre.start()
    return centre


@pytest.fixture(scope="module")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("practice") / "centre"


@pytest.fixture(scope="module")
def practice(practice_folder: Path) -> Iterator[CentreProcess]:
    centre = opened(practice_folder, "--practice")
    yield centre
    centre.stop()


@pytest.fixture(scope="module")
def joined(practice: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk that joined the practice centre, with simulated devices."""
    data = tmp_path_factory.mktemp("joined") / "kiosk"
    code = practice.command("kiosk", "add", "--office", OFFICE)
    result = kiosk("join", code, "--centre", practice.url, "--simulate", data=data)
    assert result.returncode == 0, result.stderr
    assert f"office {OFFICE} (practice)" in result.stdout
    return data


@pytest.mark.slow
def test_a_joined_counter_records_and_delivers_by_command(practice: CentreProcess, joined: Path) -> None:
    roster = kiosk("send", data=joined)
    rehearsed = kiosk("rehearse", "--sample", "2", data=joined)
    waiting = outbox_of(joined)
    sent = kiosk("send", "--until-empty", data=joined)
    delivered = outbox_of(joined)

    assert roster.returncode == 0, roster.stderr
    assert len(saved_in(rehearsed.stdout)) == 2, rehearsed.stderr
    assert {row["state"] for row in waiting} == {"waiting"}
    assert sent.returncode == 0, sent.stdout
    assert {row["state"] for row in delivered} == {"acknowledged"}
    assert {row["packet_id"] for row in waiting} == {row["packet_id"] for row in delivered}
    assert kiosk("doctor", data=joined).returncode == 0


@pytest.mark.slow
def test_sending_tells_the_centre_how_the_counter_stands(practice_folder: Path, joined: Path) -> None:
    kiosk("selftest", "camera", data=joined)

    assert kiosk("send", data=joined).returncode == 0

    store = open_store(practice_folder)
    (standing,) = offices_standing(store, office_name)
    store.close()
    assert standing.parts["camera"].works


@pytest.mark.slow
def test_every_row_of_the_outbox_tells_what_the_manual_promises(joined: Path) -> None:
    rows = json.loads(kiosk("outbox", "--json", data=joined).stdout)

    promised = {
        "packet_id",
        "kind",
        "visit_id",
        "state",
        "size",
        "sha256",
        "created",
        "attempts",
        "cause",
        "verdict",
    }
    assert all(promised <= set(row) for row in rows)


@pytest.mark.slow
def test_joining_again_changes_nothing(practice: CentreProcess, joined: Path) -> None:
    code = practice.command("kiosk", "add", "--office", OFFICE)

    result = kiosk("join", code, "--centre", practice.url, data=joined)

    assert result.returncode == 1
    assert "joined a centre already" in result.stderr


@pytest.mark.slow
def test_a_code_is_good_for_one_kiosk(practice: CentreProcess, tmp_path: Path) -> None:
    code = practice.command("kiosk", "add", "--office", OFFICE)
    first = kiosk("join", code, "--centre", practice.url, data=tmp_path / "first")

    second = kiosk("join", code, "--centre", practice.url, data=tmp_path / "second")

    assert first.returncode == 0, first.stderr
    assert second.returncode == 1
    assert "code" in second.stderr


@pytest.mark.slow
def test_a_code_of_another_centre_joins_nothing(practice: CentreProcess, tmp_path: Path) -> None:
    other = CentreProcess(tmp_path / "other")
    other.command("init", "--practice")
    code = other.command("kiosk", "add", "--office", OFFICE)

    result = kiosk("join", code, "--centre", practice.url, data=tmp_path / "kiosk")

    assert result.returncode == 1
    assert "nothing was" in result.stderr.lower() or "Nothing was" in result.stderr


@pytest.mark.slow
def test_every_simulated_device_answers(joined: Path) -> None:
    result = kiosk("devices", data=joined)

    assert result.returncode == 0, result.stdout
    for name in (
        "camera.simulated",
        "fingerprint.simulated",
        "iris.simulated",
        "signature.simulated",
        "camera.opencv",
    ):
        assert name in result.stdout


@pytest.mark.slow
def test_a_device_that_does_not_answer_is_told_and_the_others_still_are(joined: Path, tmp_path: Path) -> None:
    settings = joined / "kiosk.toml"
    whole = settings.read_text()
    settings.write_text(
        whole.replace(
            'driver = "code_scanner.simulated"',
            f'driver = "code_scanner.serial"\n"port" = "{tmp_path}/nothing"',
        )
    )

    result = kiosk("devices", data=joined)

    settings.write_text(whole)
    assert result.returncode == 1
    assert "code_scanner.serial:" in result.stdout
    assert "iris.simulated:" in result.stdout


@pytest.mark.slow
def test_a_real_counter_refuses_to_rehearse(tmp_path: Path) -> None:
    centre = opened(tmp_path / "centre")
    try:
        code = centre.command("kiosk", "add", "--office", OFFICE)
        joined = kiosk("join", code, "--centre", centre.url, "--simulate", data=tmp_path / "kiosk")
        kiosk("send", data=tmp_path / "kiosk")

        result = kiosk("rehearse", "--sample", "1", data=tmp_path / "kiosk")
    finally:
        centre.stop()

    assert joined.returncode == 0, joined.stderr
    assert result.returncode == 1
    assert "practice" in result.stderr
    assert outbox_of(tmp_path / "kiosk") == []
