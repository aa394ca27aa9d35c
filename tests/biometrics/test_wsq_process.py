"""WSQ of a plate is made by another process: the same bytes, and made here where there is no other."""

import logging
import sys
from pathlib import Path

import pytest

from kiosk.biometrics.wsq_process import MOST_HERE, opened_wsq, wsq_of
from kiosk.biometrics.wsq_program import grey_map_from, wsq_from
from kiosk.domain.captures import CaptureKind
from tests.biometrics.conftest import plate


def test_a_plate_made_elsewhere_is_the_one_that_would_be_made_here() -> None:
    image = plate(1, CaptureKind.THUMBS)
    height, width = image.shape

    content = wsq_of(image)

    assert image.size > MOST_HERE
    assert content == wsq_from(image.tobytes(), width, height)


def test_a_picture_that_is_a_cut_of_another_is_made_row_by_row() -> None:
    image = plate(1, CaptureKind.THUMBS)[200:1200, 300:1100]
    height, width = image.shape

    assert wsq_of(image) == wsq_from(image.copy().tobytes(), width, height)


def test_a_plate_opened_elsewhere_is_the_one_that_would_be_opened_here() -> None:
    image = plate(1, CaptureKind.THUMBS)
    content = wsq_of(image)

    assert opened_wsq(content, image.size) == grey_map_from(content)


@pytest.mark.parametrize("program", ["no_such_program", "false"])
def test_a_plate_is_made_here_where_no_other_process_does_it(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    image = plate(1, CaptureKind.THUMBS)
    made = wsq_of(image)
    (tmp_path / "false").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "false").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / program))

    content = wsq_of(image)

    assert content == made
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
