"""Where things lie: a real kiosk whose data are gone is never replaced by a practice office."""

from pathlib import Path

import pytest

from kiosk.app.places import (
    DataMissingError,
    is_vacant,
    machine_note,
    note_joined,
    require_joined_folder,
)
from kiosk.app.wiring import opened_or_practice


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that names the joined kiosk of this machine; there is none yet."""
    path = tmp_path / "machine" / "joined"
    monkeypatch.setenv("KIOSK_MACHINE_NOTE", str(path))
    return path


def test_a_machine_that_was_never_joined_may_practise(note: Path) -> None:
    require_joined_folder()

    assert machine_note() == note
    assert not note.exists()


def test_a_joined_machine_whose_folder_is_there_may_practise_elsewhere(note: Path, tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "kiosk.db").touch()

    note_joined(folder)

    require_joined_folder()
    assert note.read_text() == f"{folder}\n"
    assert [path.name for path in note.parent.iterdir()] == ["joined"]


@pytest.mark.parametrize("is_made", [True, False])
def test_a_joined_machine_whose_folder_is_empty_or_gone_does_not_practise(
    note: Path, tmp_path: Path, *, is_made: bool
) -> None:
    folder = tmp_path / "real"
    if is_made:
        folder.mkdir()
    note_joined(folder)

    with pytest.raises(DataMissingError, match="real kiosk"), opened_or_practice(tmp_path / "practice"):
        pass

    assert not (tmp_path / "practice").exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe/data"])
def test_a_note_that_names_nothing_is_taken_for_a_real_kiosk(note: Path, content: bytes) -> None:
    note.parent.mkdir()
    note.write_bytes(content)

    with pytest.raises(DataMissingError, match="cannot be read"):
        require_joined_folder()


def test_joining_again_names_the_new_folder(note: Path, tmp_path: Path) -> None:
    note_joined(tmp_path / "first")

    note_joined(tmp_path / "second")

    assert note.read_text() == f"{tmp_path / 'second'}\n"


def test_a_folder_is_vacant_while_nothing_lies_in_it(tmp_path: Path) -> None:
    file, full = tmp_path / "file", tmp_path / "full"
    file.touch()
    full.mkdir()
    (full / "something").touch()
    (tmp_path / "empty").mkdir()

    assert is_vacant(tmp_path / "nowhere")
    assert is_vacant(tmp_path / "empty")
    assert not is_vacant(full)
    assert not is_vacant(file)
