"""How the window looks: whatever lies where its file should be, the window comes up, and as usual."""

from pathlib import Path

import pytest

from kiosk.app.window import window_start
from kiosk.app.window_settings import (
    FILE,
    IDLE_MINUTES,
    LANGUAGES,
    TEXT_PERCENTS,
    WindowSettings,
    read_window_settings,
    write_window_settings,
)
from kiosk.ui.look import Look

USUAL = WindowSettings()


def test_a_folder_without_the_file_looks_as_usual(tmp_path: Path) -> None:
    assert read_window_settings(tmp_path) == USUAL
    assert read_window_settings(tmp_path / "nowhere") == USUAL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", TEXT_PERCENTS)
@pytest.mark.parametrize("minutes", IDLE_MINUTES)
def test_what_was_written_is_read_again(tmp_path: Path, language: str, percent: int, minutes: int) -> None:
    wanted = WindowSettings(language, percent, minutes)

    write_window_settings(tmp_path, wanted)

    assert read_window_settings(tmp_path) == wanted
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"language = ",
        b"\xff\xfe\x00\x00",
        b"\x00" * 4096,
        b"language = 'id'\nlanguage = 'en'",
        b"[language]\nid = 1",
        b"language = ['en']\ntext_percent = {a = 1}\nidle_minutes = 2024-01-01",
        b"text_percent = 9999999999999999999999\nidle_minutes = -1",
        b"text_percent = 110.0\nidle_minutes = true",
        b"text_percent = '120'\nlanguage = 'EN'",
        b"text_percent = nan\nidle_minutes = inf",
        b"colour = 'red'",
    ],
)
def test_a_file_that_says_nothing_usable_looks_as_usual(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert read_window_settings(tmp_path) == USUAL


def test_every_half_of_the_file_is_read_without_an_error(tmp_path: Path) -> None:
    write_window_settings(tmp_path, WindowSettings("en", 120, 10))
    whole = (tmp_path / FILE).read_bytes()
    read = set()

    for length in range(len(whole) + 1):
        (tmp_path / FILE).write_bytes(whole[:length])
        found = read_window_settings(tmp_path)
        read.add(found)

        assert found.language in LANGUAGES
        assert found.text_percent in TEXT_PERCENTS
        assert found.idle_minutes in IDLE_MINUTES

    assert {USUAL, WindowSettings("en", 120, 10)} <= read


def test_one_unusable_value_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("language = 'en'\ntext_percent = 300\nidle_minutes = 10\n")

    assert read_window_settings(tmp_path) == WindowSettings("en", USUAL.text_percent, 10)


def test_something_else_than_a_file_looks_as_usual(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    loop = tmp_path / "loop"
    loop.mkdir()
    (loop / FILE).symlink_to(loop / FILE)

    assert read_window_settings(tmp_path) == USUAL
    assert read_window_settings(loop) == USUAL
    assert read_window_settings(tmp_path / FILE / "below") == USUAL


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    write_window_settings(tmp_path, WindowSettings("en"))
    (tmp_path / f".{FILE}.making").mkdir()

    with pytest.raises(OSError, match="making"):
        write_window_settings(tmp_path, WindowSettings("id", 120))

    assert read_window_settings(tmp_path) == WindowSettings("en")


def test_a_look_that_cannot_be_kept_does_not_stop_the_window(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    start = window_start(tmp_path)

    start.keep(Look("en", 1.2, 10))

    assert "could not be kept" in caplog.text
    assert start.look == Look("id", 1.0, 5)


def test_the_look_of_a_folder_without_a_kiosk_is_not_kept(tmp_path: Path) -> None:
    start = window_start(tmp_path / "kiosk")

    start.keep(Look("en", 1.2, 10))

    assert start.vacant
    assert not (tmp_path / "kiosk").exists()


def test_a_changed_look_is_how_the_next_window_begins(tmp_path: Path) -> None:
    (tmp_path / "something").touch()

    window_start(tmp_path).keep(Look("en", 1.2, 10))

    assert window_start(tmp_path).look == Look("en", 1.2, 10)
