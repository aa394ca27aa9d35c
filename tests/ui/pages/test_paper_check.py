"""The page of checks by itself: what the field takes, how the answers look, which files are offered, what is loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QStorageInfo
from pytestqt.qtbot import QtBot

from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.paper_check_words import ANSWERS, age_words
from kiosk.domain.words import Words
from kiosk.services.paper_answers import PaperAnswer
from kiosk.ui.outside_papers import MOST, outside_papers
from kiosk.ui.pages.paper_check import LONGEST_CODE, PaperCheckPage
from kiosk.ui.pages.paper_check_answer import LOOKS
from kiosk.ui.pages.paper_check_state import PaperCheckState
from kiosk.ui.player import press
from tests.ui.gallery.paper_checks import paper

WHOLE = "AB $%*+-./: " * 341 + "END "


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> PaperCheckPage:
    made = PaperCheckPage(english)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.focus_first()
    return made


def test_a_text_of_4096_letters_is_handed_on_as_it_was_typed_with_every_blank(page: PaperCheckPage) -> None:
    given: list[str] = []
    page.code_given.connect(given.append)

    page.code.insert(WHOLE)
    press("Return")

    assert len(WHOLE) == LONGEST_CODE
    assert given == [WHOLE]
    assert page.code.text() == ""


def test_enter_without_a_text_hands_on_nothing_and_escape_first_throws_away_what_was_typed(
    page: PaperCheckPage,
) -> None:
    given: list[object] = []
    page.code_given.connect(given.append)
    page.back_wanted.connect(lambda: given.append("back"))

    press("Return")
    page.code.insert("half")
    press("Escape")
    kept = page.code.text(), list(given)
    press("Escape")

    assert kept == ("", [])
    assert given == ["back"]


@pytest.mark.parametrize("answer", Answer)
def test_each_answer_is_told_by_word_colour_and_shape(
    page: PaperCheckPage, english: Words, answer: Answer
) -> None:
    page.show_state(PaperCheckState(answer=PaperAnswer(answer, Cause.NONE, paper(), 1)))

    assert english.say(ANSWERS[answer]) in page.answer.hero.accessibleName()
    assert "The list is 1 day old." in page.answer.hero.accessibleName()
    assert page.answer.hero.box == LOOKS[answer][0]
    assert len({icon for _, icon in LOOKS.values()}) == len(Answer)


def test_an_answer_in_which_the_list_has_no_part_says_nothing_of_it(page: PaperCheckPage) -> None:
    page.show_state(PaperCheckState(answer=PaperAnswer(Answer.CANNOT_TELL, Cause.NO_SEAL, None, 3)))

    assert "list" not in page.answer.hero.accessibleName()
    assert not page.answer._facts.isVisible()


def test_the_age_of_the_list_is_said_in_words(english: Words) -> None:
    told = [age_words(english, days) for days in (None, 0, 1, 12)]

    assert told == [
        "There is no list of keys and withdrawn papers here yet.",
        "The list is of today.",
        "The list is 1 day old.",
        "The list is 12 days old.",
    ]


def test_help_tells_the_keys_of_the_page(page: PaperCheckPage) -> None:
    told = page.keys()

    assert {key.key for key in told} >= {"F7", "Esc", "Enter"}


def test_the_newest_files_that_may_hold_a_paper_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("a.pdf", "b.JPG", "c.txt", "d.png", ".e.pdf", "f.pdf", "g.pdf", "h.webp")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1_000_000 + number, 1_000_000 + number))
    (tmp_path / "folder.pdf").mkdir()
    downloads = QStandardPaths.StandardLocation.DownloadLocation
    monkeypatch.setattr(QStorageInfo, "mountedVolumes", list)  # no sticks
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda place: str(tmp_path) if place is downloads else ""
    )

    found = outside_papers()

    assert [file.name for file in found] == ["h.webp", "g.pdf", "f.pdf", "d.png", "b.JPG"][:MOST]
    assert {file.place for file in found} == {tmp_path.name}


def test_what_reads_codes_is_loaded_only_once_a_paper_is_checked() -> None:
    heavy = ("zxingcpp", "pypdfium2", "cbor2", "kiosk.documents.seal_reading")
    script = (
        f"import sys, kiosk.ui.building, kiosk.app.opening; print([m for m in {heavy} if m in sys.modules])"
    )

    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
