"""Every page in every state, in both languages: nothing is cut off, and everything has a name and a role."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.words import Words
from tests.ui.gallery.audit import faults
from tests.ui.gallery.collection import shots
from tests.ui.gallery.reading import STEP
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.taking import resize, shown

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sheet_on_the_window")]

ROOT = Path(__file__).parent.parent.parent
OFFICE, LOW = (1366, 768), (1280, 720)
SHOTS = [pytest.param(shot, id=shot.name) for shot in shots()]
PAGES = [pytest.param(shot, id=shot.name) for shot in shots() if shot.name != "components"]


@pytest.mark.parametrize("shot", PAGES)
@pytest.mark.parametrize("language", ["words", "english"])
def test_nothing_is_cut_off_on_an_office_screen_or_a_lower_one(
    shot: Shot, language: str, request: pytest.FixtureRequest
) -> None:
    words: Words = request.getfixturevalue(language)
    window = shown(shot, words, OFFICE)

    assert faults(window, OFFICE) == []

    resize(window, LOW)
    assert faults(window, LOW) == []


# Names come from the same places in both languages, and no translation is missing: English is read in parts.
@pytest.mark.parametrize(
    ("language", "first"),
    [*(("id", first) for first in range(STEP)), ("en", 0)],
    ids=str,
)
def test_a_reader_can_say_what_every_control_is(language: str, first: int) -> None:
    command = [sys.executable, "-m", "tests.ui.gallery.reading", language, str(first)]
    read = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    told: dict[str, list[str]] = json.loads(read.stdout)

    assert len(told) == len(SHOTS[first::STEP])
    assert {name: lacks for name, lacks in told.items() if lacks} == {}
