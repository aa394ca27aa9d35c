"""A file somebody takes along is there whole, or not at all, and every place that will not do has its sentence."""

import os
from pathlib import Path

import pytest

from kiosk.services.outside_file import (
    FileThereError,
    InsideDataError,
    MayNotWriteError,
    NoFolderThereError,
    NoRoomThereError,
    NotWrittenError,
    require_outside,
    write_outside,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "kiosk"
    folder.mkdir()
    return folder


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path, data: Path) -> None:
    write_outside(tmp_path / "report.pdf", b"all of it", data)

    assert (tmp_path / "report.pdf").read_bytes() == b"all of it"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk", "report.pdf"]


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")

    with pytest.raises(FileThereError, match="is there already and stays as it was"):
        write_outside(path, b"new", data)
    assert path.read_bytes() == b"mine"

    write_outside(path, b"new", data, over=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("place", ["kiosk/report.pdf", "kiosk/logs/../report.pdf", "link/report.pdf"])
def test_nothing_is_written_into_the_data_folder_by_whatever_way(
    tmp_path: Path, data: Path, place: str
) -> None:
    (data / "logs").mkdir()
    (tmp_path / "link").symlink_to(data)

    with pytest.raises(InsideDataError, match="Choose a stick or another folder"):
        write_outside(tmp_path / place, b"x", data)

    assert [path.name for path in data.iterdir()] == ["logs"]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("gone/report.pdf", NoFolderThereError),
        ("file/report.pdf", NoFolderThereError),
        ("folder", FileThereError),
        ("nul\0l.pdf", NoFolderThereError),
        ("n" * 300 + ".pdf", NotWrittenError),
    ],
)
def test_a_place_that_will_not_do_is_told_and_nothing_is_there(
    tmp_path: Path, data: Path, place: str, error: type[NotWrittenError]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()

    with pytest.raises(error, match=r"nothing was written|could not be written"):
        write_outside(tmp_path / place, b"x", data)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "kiosk"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_one_may_not_write_to_is_told_apart(tmp_path: Path, data: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)

    with pytest.raises(MayNotWriteError):
        write_outside(shut / "report.pdf", b"x", data)


def test_a_full_disk_leaves_nothing_of_the_file(data: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    folder = data.parent / "stick"
    folder.mkdir()
    (folder / ".report.pdf.making").symlink_to("/dev/full")

    with pytest.raises(NoRoomThereError, match="No space left on device"):
        write_outside(folder / "report.pdf", b"x" * 9000, data)

    assert list(folder.iterdir()) == []


def test_the_place_can_be_asked_for_before_the_work(tmp_path: Path, data: Path) -> None:
    require_outside(tmp_path / "report.pdf", data)

    with pytest.raises(NoFolderThereError):
        require_outside(tmp_path / "gone" / "report.pdf", data)
