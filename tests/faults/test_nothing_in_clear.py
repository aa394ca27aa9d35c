"""A marker hidden in the simulators' pictures, and every name and number, are found nowhere in the data folder."""

from pathlib import Path

import pytest

from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import make_practice, opened, tools_of
from kiosk.devices.api import Scene
from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind
from kiosk.services.arrivals import draft_of
from kiosk.services.capturing import take
from kiosk.services.rehearsal import make_ready, prepare_rehearsal
from kiosk.services.saving import Saved, save

MARKER = b"MARKER-7f3a9c51e2d84b06"


def found_in(folder: Path, text: bytes) -> list[str]:
    """Return the files below a folder that hold the text."""
    return [str(path) for path in folder.rglob("*") if path.is_file() and text in path.read_bytes()]


@pytest.mark.slow
def test_no_picture_name_or_number_lies_in_clear_before_or_after_the_save(tmp_path: Path) -> None:
    folder = tmp_path / "kiosk"
    make_practice(folder)
    with opened(folder) as installation, tools_of(installation) as tools:
        counter = installation.counter
        (file,) = practice_residents(1, seed=4, today=counter.today(), reference=counter.reference)
        rehearsal = prepare_rehearsal(counter, tools, seed=4)
        visit_id = make_ready(rehearsal, file)
        assert isinstance(visit_id, str)
        tools.kit.stage(Scene(person=77, marker=MARKER))
        for kind in (CaptureKind.RIGHT_FOUR, CaptureKind.IRISES, CaptureKind.PORTRAIT):
            take(counter, rehearsal.officer, visit_id, kind, tools=tools)
        form = draft_of(counter, visit_id).form
        before = [found_in(folder, text) for text in (MARKER, form[Field.NIK].encode())]
        tools.kit.stage(Scene(person=77))
        ready = make_ready(rehearsal, file)
        assert isinstance(ready, str)
        saved = save(counter, rehearsal.officer, ready)
        after = [
            found_in(folder, text)
            for text in (MARKER, form[Field.NIK].encode(), form[Field.FULL_NAME].encode())
        ]

    assert isinstance(saved, Saved)
    assert before == [[], []]
    assert after == [[], [], []]
