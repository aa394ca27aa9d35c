"""Noting papers: with the number keys, all at once, with others besides, and never losing a fast tick."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.requests import DocumentKind, Service
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.visit.documents_page import DocumentsPage
from tests.ui.gallery.visits import lacking, visit
from tests.ui.visit.stand import in_shell

FORM, CARD = DocumentKind.REQUEST_FORM, DocumentKind.FAMILY_CARD


def _new(service: Service = Service.FIRST_ENROLLMENT) -> VisitView:
    view = visit(service, documents_shown=frozenset(), documents_photographed=frozenset())
    return lacking(view, Stage.DOCUMENTS)


def test_a_number_key_ticks_the_paper_of_that_number(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    shell = in_shell(qtbot, english, page, _new())

    with qtbot.waitSignal(page.shown_changed) as told:
        qtbot.keyClick(shell.window().focusWidget(), Qt.Key.Key_2)

    assert told.args == [frozenset({CARD})]
    assert page.rows[CARD].box.isChecked()


def test_a_second_tick_is_not_undone_by_the_answer_to_the_first(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())
    told: list[frozenset[DocumentKind]] = []
    page.shown_changed.connect(told.append)

    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.keyClick(page, Qt.Key.Key_2)
    page.show_visit(replace(_new(), documents_shown=told[0]))

    assert told[-1] == {FORM, CARD}
    assert page.rows[CARD].box.isChecked()


def test_what_could_not_be_noted_is_unticked_again(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())

    qtbot.keyClick(page, Qt.Key.Key_1)
    page.show_trouble("The disk did not answer.", "Tick it again.")
    page.show_visit(_new())

    assert not page.rows[FORM].box.isChecked()


def test_the_page_goes_on_only_when_every_required_paper_was_shown(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())
    assert page.primary is not None

    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert not page.primary.isEnabled()
    assert "form F-1.02" in page.bar.hint

    page.show_visit(visit())
    with qtbot.waitSignal(page.onward):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_f6_ticks_all_that_are_required_and_leaves_the_others(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    besides = DocumentKind.VILLAGE_LETTER
    shell = in_shell(qtbot, english, page, replace(_new(), documents_shown=frozenset({besides})))

    with qtbot.waitSignal(page.shown_changed) as told:
        qtbot.keyClick(shell, Qt.Key.Key_F6)

    assert told.args == [frozenset({FORM, CARD, besides})]


def test_a_paper_brought_besides_is_added_with_a_tick(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())
    page.others.setFocus()
    line = page.others.lineEdit()
    assert line is not None

    with qtbot.waitSignal(page.shown_changed) as told:
        line.setText("Birth certificate")
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert told.args == [frozenset({DocumentKind.BIRTH_CERTIFICATE})]
    assert page.rows[DocumentKind.BIRTH_CERTIFICATE].box.isChecked()
    assert not page.rows[DocumentKind.BIRTH_CERTIFICATE].required


def test_words_that_name_no_paper_add_nothing(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())
    line = page.others.lineEdit()
    assert line is not None

    with qtbot.assertNotEmitted(page.shown_changed):
        line.setText("nothing we know")
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert set(page.rows) == {FORM, CARD}


def test_while_the_camera_works_no_other_photo_can_be_asked_for(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, _new())
    with qtbot.waitSignal(page.photo_wanted) as told:
        page.rows[CARD].photo.click()

    page.show_working(CARD)

    assert told.args == [CARD]
    assert [line.photo.isEnabled() for line in page.rows.values()] == [False, False]
    assert "Photographing" in page.rows[CARD].photo.shown_text


def test_the_focus_is_on_the_first_paper_that_was_not_shown(qtbot: QtBot, english: Words) -> None:
    page = DocumentsPage(english)
    in_shell(qtbot, english, page, replace(_new(), documents_shown=frozenset({FORM})))

    assert page.rows[CARD].box.hasFocus()
