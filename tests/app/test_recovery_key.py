"""A machine that lost its key: the Dinas opens the counter again, a stranger does not, and nothing is lost."""

from pathlib import Path

import pytest

from kiosk.app.main import main
from kiosk.app.wiring import make_practice, opened
from kiosk.wire.opening import OpeningIdentity


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Path]:
    """A practice office whose machine slot is gone, and the identity that opens it."""
    folder, identity = tmp_path / "kiosk", tmp_path / "identity"
    make_practice(folder)
    identity.write_bytes((folder / "practice" / "opening.agekey").read_bytes())
    (folder / "keys" / "machine.slot").unlink()
    return folder, identity


def test_without_its_machine_key_a_counter_says_how_it_is_opened_again(
    locked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["doctor", "--data", str(locked[0])])

    assert code == 1
    assert "--recovery-key" in capsys.readouterr().err


def test_the_centres_identity_opens_the_counter_for_good_and_that_is_written_down(
    locked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, identity = locked

    restored = main(["doctor", "--recovery-key", str(identity), "--data", str(folder)])
    afterwards = main(["doctor", "--data", str(folder)])

    assert (restored, afterwards) == (0, 0)
    with opened(folder) as installation, installation.counter.store.reading() as ledger:
        assert [entry.act for entry in ledger.audit.about("machine")] == ["restore_key"]


@pytest.mark.parametrize(
    "text",
    [OpeningIdentity.generate().secret, "", "not a key", "# only a comment\n"],
    ids=["another key", "empty", "no key", "only a comment"],
)
def test_anything_else_opens_nothing_and_changes_nothing(
    locked: tuple[Path, Path], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, identity = locked
    identity.write_text(text)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    code = main(["doctor", "--recovery-key", str(identity), "--data", str(folder)])

    assert code == 1
    assert capsys.readouterr().err.startswith("kiosk: ")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
