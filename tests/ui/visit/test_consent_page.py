"""Consent: which text was read is what is agreed to, and a refusal needs its reason."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.errors import MalformedError
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.theme import RESOURCES
from kiosk.ui.visit.consent_page import ConsentPage
from kiosk.ui.visit.consent_texts import LANGUAGES, ConsentText, load_consent_texts
from tests.ui.gallery.visits import lacking, visit
from tests.ui.visit.stand import in_shell

FOLDER = RESOURCES / "consent"


@pytest.fixture
def texts() -> tuple[ConsentText, ...]:
    return load_consent_texts(FOLDER)


def _new() -> VisitView:
    return lacking(replace(visit(), consent_language="", consent_at=None), Stage.CONSENT)


def _read(page: ConsentPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_every_language_says_who_what_why_how_long_and_which_rights(texts: tuple[ConsentText, ...]) -> None:
    assert tuple(text.language for text in texts) == LANGUAGES
    assert {len(text.parts) for text in texts} == {6}
    assert all(sentence and about for text in texts for about, sentence in text.parts)


def test_a_text_without_its_version_is_refused(tmp_path: Path) -> None:
    for language in LANGUAGES:
        content = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{language}.toml").write_text(content.replace('"consent-1"', '""'), encoding="utf-8")

    with pytest.raises(MalformedError, match="version"):
        load_consent_texts(tmp_path)


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "id.toml").write_text("parts = [", encoding="utf-8")

    with pytest.raises(MalformedError, match="cannot be read"):
        load_consent_texts(tmp_path)


def test_enter_agrees_to_the_text_that_is_read(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    shell = in_shell(qtbot, english, page, _new())
    page.languages.setFocus()
    qtbot.keyClick(page.languages, Qt.Key.Key_Right)

    with qtbot.waitSignal(page.agreed) as told:
        qtbot.keyClick(shell, Qt.Key.Key_Return)

    assert told.args == ["jv", texts[1].version]
    qtbot.waitUntil(lambda: texts[1].question in _read(page))
    assert texts[0].question not in _read(page)


def test_the_language_that_is_read_stays_when_the_visit_is_shown_again(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    in_shell(qtbot, english, page, _new())
    page.languages.choose("jv")

    page.show_visit(_new())

    assert page.language == "jv"


def test_a_refusal_needs_a_reason_and_then_ends_the_visit(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    in_shell(qtbot, english, page, _new())
    page.refuse.click()

    with qtbot.assertNotEmitted(page.refused):
        qtbot.keyClick(page.asking.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.asking.line, " afraid of misuse ")
    with qtbot.waitSignal(page.refused) as told:
        qtbot.keyClick(page.asking.line, Qt.Key.Key_Return)

    assert told.args == ["afraid of misuse"]


def test_nobody_agrees_by_enter_while_the_refusal_is_being_noted(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    shell = in_shell(qtbot, english, page, _new())
    page.refuse.click()

    with qtbot.assertNotEmitted(page.agreed):
        qtbot.keyClick(shell, Qt.Key.Key_Return)


def test_escape_takes_the_refusal_back(qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]) -> None:
    page = ConsentPage(english, texts)
    shell = in_shell(qtbot, english, page, _new())
    page.refuse.click()

    qtbot.keyClick(page.asking.line, Qt.Key.Key_Escape)

    assert not page.asking.isVisible()
    with qtbot.waitSignal(page.agreed):
        qtbot.keyClick(shell, Qt.Key.Key_Return)


def test_a_visit_with_consent_says_so_and_enter_goes_on(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    shell = in_shell(qtbot, english, page, visit())

    with qtbot.waitSignal(page.onward), qtbot.assertNotEmitted(page.agreed):
        qtbot.keyClick(shell, Qt.Key.Key_Return)

    assert "29-01-2026 at 09.37" in _read(page)
    assert page.primary is not None
    assert "photo" in page.primary.shown_text


def test_a_parent_is_asked_for_with_a_resident_under_18(
    qtbot: QtBot, english: Words, texts: tuple[ConsentText, ...]
) -> None:
    page = ConsentPage(english, texts)
    in_shell(qtbot, english, page, replace(_new(), age=17))
    assert "A parent or guardian" in _read(page)

    page.show_visit(replace(_new(), age=18))

    assert "A parent or guardian" not in _read(page)
