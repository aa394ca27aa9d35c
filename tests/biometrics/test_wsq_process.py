"""WSQ is made by another process: the same bytes, and made here where there is no other."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.biometrics.wsq_process import WsqCodec, opened_wsq, wsq_of
from kiosk.biometrics.wsq_program import grey_map_from, wsq_from
from kiosk.domain.captures import CaptureKind
from tests.biometrics.conftest import plate


@pytest.fixture
def codec() -> Iterator[WsqCodec]:
    made = WsqCodec()
    yield made
    made.close()


def test_a_plate_made_elsewhere_is_the_one_that_would_be_made_here(codec: WsqCodec) -> None:
    image = plate(1, CaptureKind.THUMBS)
    height, width = image.shape

    assert codec.asked(image.tobytes(), width, height) == wsq_from(image.tobytes(), width, height)


def test_a_picture_that_is_a_cut_of_another_is_made_row_by_row() -> None:
    image = plate(1, CaptureKind.THUMBS)[200:1200, 300:1100]
    height, width = image.shape

    assert wsq_of(image) == wsq_from(image.copy().tobytes(), width, height)


def test_a_plate_opened_elsewhere_is_the_one_that_would_be_opened_here(codec: WsqCodec) -> None:
    content = wsq_of(plate(1, CaptureKind.THUMBS))

    assert codec.asked(content) == grey_map_from(content) == opened_wsq(content)


def test_a_damaged_picture_ends_the_process_and_the_next_starts_another(codec: WsqCodec) -> None:
    content = wsq_of(plate(1, CaptureKind.THUMBS))
    codec.asked(content)
    process = codec.process

    assert codec.asked(content[:200]) == b""
    assert codec.asked(content) == grey_map_from(content)
    assert codec.process is not process


def test_a_process_that_was_killed_is_started_again(codec: WsqCodec) -> None:
    content = wsq_of(plate(1, CaptureKind.THUMBS))
    codec.asked(content)
    before = codec.process
    assert before is not None
    before.kill()
    before.wait()

    assert codec.asked(content) == grey_map_from(content)
    assert codec.process is not before


def test_nothing_runs_once_it_is_closed(codec: WsqCodec) -> None:
    codec.asked(wsq_of(plate(1, CaptureKind.THUMBS)))
    process = codec.process
    assert process is not None

    codec.close()

    assert process.poll() is not None
    assert codec.process is None


@pytest.mark.parametrize("length", [10, 1 << 20], ids=["few", "more than a pipe holds"])
@pytest.mark.parametrize("program", ["no_such_program", "false"])
def test_nothing_is_made_where_the_process_cannot_be_had(
    program: str,
    length: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    codec = WsqCodec()
    (tmp_path / "false").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "false").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / program))

    assert codec.asked(bytes(length), 5, 2) == b""
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_plate_is_made_here_where_no_other_process_does_it(
    codec: WsqCodec, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = plate(1, CaptureKind.THUMBS)
    made = wsq_of(image)
    monkeypatch.setattr("kiosk.biometrics.wsq_process._CODEC", codec)
    monkeypatch.setattr(sys, "executable", "no_such_program")

    assert wsq_of(image) == made
