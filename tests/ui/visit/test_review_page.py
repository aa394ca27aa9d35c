"""The review: what is lacking comes first, a PIN with Enter signs and saves, and the data are read whole."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage, StageState
from kiosk.ui.visit.biodata_words import told_biodata
from kiosk.ui.visit.review_order import Matter
from kiosk.ui.visit.review_page import ReviewPage
from kiosk.ui.visit.signing_field import SCREEN
from tests.ui.gallery.visits import (
    EXCEPTIONS,
    LONG_FORM,
    LONG_NAME,
    SIGNED,
    at_review,
    lacking,
    visit,
    with_captures,
)
from tests.ui.visit.stand import in_shell

SUPERVISORS = (("sup-1", "Endang"), ("sup-2", "Bambang"))
DIFFERS = Finding.warning("verification.differs", "left_index", finger="left_index")


def _signed(**changes: object) -> VisitView:
    """Return a visit that lacks nothing but the officer's sign-off."""
    view = at_review(verified=(), **changes)
    return at_review(verified=(), captures=with_captures(view, statement=SIGNED).captures, **changes)


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> ReviewPage:
    page = ReviewPage(english)
    page.show_people(SUPERVISORS)
    in_shell(qtbot, english, page, _signed())
    return page


def _open_matters(page: ReviewPage) -> list[Matter]:
    return [matter for matter, section in page.sections.items() if section.body.isVisible()]


# --- saving ----------------------------------------------------------------------------------------------


def test_the_pin_and_enter_sign_and_save_in_one_go(qtbot: QtBot, page: ReviewPage) -> None:
    assert page.pin.line.hasFocus()
    qtbot.keyClicks(page.pin.line, "135790")

    with qtbot.waitSignal(page.officer_signed) as told, qtbot.assertNotEmitted(page.save_wanted):
        qtbot.keyClick(page.pin.line, Qt.Key.Key_Return)

    assert told.args == ["135790"]


def test_the_button_signs_with_the_pin_as_enter_does(qtbot: QtBot, page: ReviewPage) -> None:
    assert page.primary is not None
    assert page.bar.hint == "The officer's PIN is missing"
    qtbot.keyClicks(page.pin.line, "135790")

    with qtbot.waitSignal(page.officer_signed):
        page.primary.click()


def test_five_digits_are_no_pin(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.keyClicks(page.pin.line, "13579")

    with qtbot.assertNotEmitted(page.officer_signed):
        qtbot.keyClick(page.pin.line, Qt.Key.Key_Return)

    assert page.pin.hint == "A PIN has 6 or more digits."


def test_a_pin_takes_digits_only_and_is_never_shown(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.keyClicks(page.pin.line, "1a3 5x")

    assert page.pin.pin == "135"
    assert page.pin.line.displayText() != page.pin.pin


def test_a_wrong_pin_is_said_at_the_pin_and_what_was_typed_goes(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.keyClicks(page.pin.line, "135790")
    qtbot.keyClick(page.pin.line, Qt.Key.Key_Return)

    page.show_wrong_pin("Wrong. 3 more tries.")

    assert page.pin.pin == ""
    assert page.pin.hint == "Wrong. 3 more tries."
    assert page.pin.line.hasFocus()


def test_a_visit_that_was_signed_before_is_saved_by_enter(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(_signed(officer_sign_off="officer-1"))
    page.focus_first()

    with qtbot.waitSignal(page.save_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_nothing_is_saved_twice_while_the_packets_are_written(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.keyClicks(page.pin.line, "135790")
    page.show_saving(saving=True)

    with qtbot.assertNotEmitted(page.officer_signed):
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert page.primary is not None
    assert page.primary.shown_text == "Saving ..."


# --- what is lacking -------------------------------------------------------------------------------------


def test_without_the_statement_no_pin_saves(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(at_review(verified=()))
    page.pin.line.setText("135790")

    with qtbot.assertNotEmitted(page.officer_signed):
        page.pin.entered.emit("135790")

    assert page.bar.hint == "The resident's signature is missing"


def test_what_is_lacking_is_opened_in_the_order_of_the_work(page: ReviewPage) -> None:
    steps = (
        at_review(exceptions=EXCEPTIONS),
        at_review(exceptions=EXCEPTIONS, supervisor_sign_off="sup-1"),
        at_review(exceptions=EXCEPTIONS, supervisor_sign_off="sup-1", verified=()),
        _signed(exceptions=EXCEPTIONS, supervisor_sign_off="sup-1"),
    )

    opened = []
    for view in steps:
        page.show_visit(view)
        opened.append(_open_matters(page))

    assert opened == [[Matter.EXCEPTIONS], [Matter.CHECK], [Matter.STATEMENT], [Matter.SIGN_OFF]]


def test_a_matter_the_officer_opened_stays_open_when_nothing_changed(page: ReviewPage) -> None:
    page.sections[Matter.STATEMENT].head.click()

    page.show_visit(_signed())

    assert _open_matters(page) == [Matter.STATEMENT]


def test_an_open_step_is_named_first_and_its_button_goes_there(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(lacking(_signed(), Stage.PORTRAIT, Stage.IRISES))
    page.focus_first()
    assert list(page.lacking.buttons) == [Stage.PORTRAIT, Stage.IRISES]
    assert page.primary is not None
    assert not page.primary.isEnabled()

    with qtbot.waitSignal(page.stage_wanted) as told:
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)

    assert told.args == [Stage.PORTRAIT]


def test_a_service_without_captures_asks_for_the_pin_only(page: ReviewPage) -> None:
    view = visit(Service.COLLECTION)
    lacks = (Finding.error("step.missing", "sign_off", step="sign_off"),)
    page.show_visit(
        replace(view, visit_id="visit-2", stages=(*view.stages[:-1], StageState(Stage.REVIEW, lacks)))
    )

    shown = [matter for matter, section in page.sections.items() if not section.isHidden()]
    assert shown == [Matter.SIGN_OFF]


# --- exceptions ------------------------------------------------------------------------------------------


def test_a_supervisor_agrees_in_place_by_name_and_pin(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(at_review(exceptions=EXCEPTIONS))
    page.focus_first()
    page.exceptions.people.show_key("sup-2")
    qtbot.keyClick(page.exceptions.people, Qt.Key.Key_Return)
    assert page.exceptions.pin.line.hasFocus()
    qtbot.keyClicks(page.exceptions.pin.line, "246802")

    with qtbot.waitSignal(page.supervisor_signed) as told, qtbot.assertNotEmitted(page.officer_signed):
        qtbot.keyClick(page.exceptions.pin.line, Qt.Key.Key_Return)

    assert told.args == ["sup-2", "246802"]


def test_a_supervisors_wrong_pin_is_said_at_the_supervisors_pin(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(at_review(exceptions=EXCEPTIONS))
    page.exceptions.people.show_key("sup-1")
    qtbot.keyClicks(page.exceptions.pin.line, "246802")
    qtbot.keyClick(page.exceptions.pin.line, Qt.Key.Key_Return)

    page.show_wrong_pin("Wrong. 2 more tries.")

    assert page.exceptions.pin.hint == "Wrong. 2 more tries."
    assert page.pin.hint == ""


def test_a_pin_without_a_supervisor_asks_who_it_is(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(at_review(exceptions=EXCEPTIONS))
    page.exceptions.people.show_key("")
    qtbot.keyClicks(page.exceptions.pin.line, "246802")

    with qtbot.assertNotEmitted(page.supervisor_signed):
        qtbot.keyClick(page.exceptions.pin.line, Qt.Key.Key_Return)

    assert not page.exceptions.agree.isEnabled()


def test_what_was_agreed_to_names_the_supervisor_and_asks_no_more(page: ReviewPage) -> None:
    page.show_visit(at_review(exceptions=EXCEPTIONS, supervisor_sign_off="sup-1"))
    page.sections[Matter.EXCEPTIONS].head.click()

    assert page.exceptions.signed_by.text() == "Agreed to by Endang."
    assert not page.exceptions.agree.isVisible()


# --- the check and the statement -------------------------------------------------------------------------


def test_f5_checks_the_fingers_and_differing_ones_do_not_stop_the_visit(
    qtbot: QtBot, page: ReviewPage
) -> None:
    page.show_visit(at_review())
    with qtbot.waitSignal(page.check_wanted):
        qtbot.keyClick(page.window(), Qt.Key.Key_F5)

    page.show_visit(at_review(verified=(DIFFERS,)))

    assert "differs" in page.check.outcome.text
    assert _open_matters(page) == [Matter.STATEMENT]


def test_a_check_that_cannot_be_done_is_gone_on_without(page: ReviewPage) -> None:
    page.show_visit(at_review())

    page.check.skip.click()

    assert _open_matters(page) == [Matter.STATEMENT]
    assert page.sections[Matter.CHECK].head.told == "Gone on without"


def test_enter_asks_the_pad_for_the_statement_while_nothing_can_be_saved(
    qtbot: QtBot, page: ReviewPage
) -> None:
    page.show_visit(at_review(verified=()))
    page.focus_first()

    with qtbot.waitSignal(page.statement_wanted), qtbot.assertNotEmitted(page.save_wanted):
        qtbot.keyClick(page.statement.go, Qt.Key.Key_Return)


def test_the_statement_can_be_written_on_the_screen(qtbot: QtBot, page: ReviewPage) -> None:
    page.show_visit(at_review(verified=()))
    page.statement.field.ways.choose(SCREEN)
    pad = page.statement.field.drawing
    assert not page.statement.go.isEnabled()
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseMove(pad, QPoint(80, 60))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(140, 30))

    with qtbot.waitSignal(page.statement_drawn) as told:
        page.statement.go.click()

    assert told.args == [pad.strokes, pad.size_mm]


def test_who_cannot_sign_gives_no_statement(page: ReviewPage) -> None:
    cannot = CaptureException(CaptureKind.STATEMENT.value, ExceptionReason.CANNOT_SIGN)
    view = at_review(exceptions=(cannot,), supervisor_sign_off="sup-1", verified=())
    lacks = tuple(finding for finding in view.stages[-1].lacks if finding.field != "statement")
    page.show_visit(replace(view, stages=(*view.stages[:-1], StageState(Stage.REVIEW, lacks))))

    assert _open_matters(page) == [Matter.SIGN_OFF]
    assert page.sections[Matter.STATEMENT].head.told == "Cannot sign"


# --- reading aloud ---------------------------------------------------------------------------------------


def test_everything_typed_is_read_and_nothing_is_shortened(english: Words) -> None:
    told = dict(told_biodata(english, at_review(form=LONG_FORM)))

    assert told["Full name"] == f"Prof. Dr. dr. {LONG_NAME}, Sp.OG(K)., M.Kes., Ph.D."
    assert told["Birth place and date"] == "BATANG, 17-08-1990"
    assert told["NIK"] == "332507 570890 0002"
    assert told["Marriage certificate number"] == "0123/045/VI/2012, 17-06-2012"
    assert told["Phone"] == "0812 5550 1234"
    assert "Passport number" not in told


def test_a_form_with_errors_is_read_as_it_was_typed(english: Words) -> None:
    view = at_review(form=LONG_FORM, biodata=None)

    told = dict(told_biodata(english, view))

    assert told["Full name"] == LONG_NAME
    assert told["Birth date"] == "17-08-1990"


def test_another_visit_leaves_no_pin_of_the_one_before(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.keyClicks(page.pin.line, "135790")

    page.show_visit(replace(_signed(), visit_id="visit-2"))

    assert page.pin.pin == ""
