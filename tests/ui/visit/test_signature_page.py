"""Signing on the pad and on the screen, and what happens when it is no good or cannot be done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.visit.drawing_pad import DrawingPad
from kiosk.ui.visit.signature_page import SignaturePage
from kiosk.ui.visit.signing_field import SCREEN
from tests.ui.gallery.story import NOW
from tests.ui.gallery.visits import capture, ink, lacking, visit, with_captures
from tests.ui.visit.stand import active, in_shell

TOO_SMALL = Finding.error("signature.too_small", "signature", length="9", least="15")
TOO_QUICK = Finding.warning("signature.too_quick", "signature", seconds="0.1")


def _new() -> VisitView:
    return lacking(with_captures(visit(), signature=None), Stage.SIGNATURE)


def _found(*findings: Finding, minutes: int = 0) -> VisitView:
    taken_at = NOW + timedelta(minutes=minutes)
    return with_captures(visit(), signature=capture(CaptureKind.SIGNATURE, *findings, taken_at=taken_at))


def _sign(qtbot: QtBot, pad: DrawingPad) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for place in (QPoint(90, 30), QPoint(140, 80)):
        qtbot.mouseMove(pad, place)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(180, 50))


def _touch(pad: DrawingPad, kind: QEvent.Type, pressure: float, at: int) -> None:
    """Let a pen do something there; what the pad takes never comes again as a mouse."""
    pen, place = QPointingDevice.primaryPointingDevice(), QPointF(30 + at / 10, 50)
    left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(kind, pen, place, place, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, bare, left, left)
    event.setTimestamp(at)
    QApplication.sendEvent(pad, event)
    assert event.isAccepted()


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> SignaturePage:
    page = SignaturePage(english)
    in_shell(qtbot, english, page, _new())
    return page


# --- the pad on the screen -------------------------------------------------------------------------------


def test_strokes_are_millimetres_with_full_pressure_for_a_mouse(qtbot: QtBot) -> None:
    pad = DrawingPad("Sign here")
    pad.resize(400, 160)
    active(qtbot, pad)

    _sign(qtbot, pad)

    (stroke,) = pad.strokes
    per_mm = pad.width() / pad.size_mm[0]
    assert stroke[0][:2] == pytest.approx((40 / per_mm, 60 / per_mm))
    assert stroke[-1][:2] == pytest.approx((180 / per_mm, 50 / per_mm))
    assert {sample[2] for sample in stroke} == {1.0}
    assert stroke[0][3] == 0.0
    assert [sample[3] for sample in stroke] == sorted(sample[3] for sample in stroke)
    assert 2 < per_mm < 16


def test_a_pen_keeps_its_pressure_and_no_mouse_stroke_follows(qtbot: QtBot) -> None:
    pad = DrawingPad("Sign here")
    pad.resize(400, 160)
    active(qtbot, pad)
    _touch(pad, QTabletEvent.Type.TabletPress, 0.25, 1000)
    _touch(pad, QTabletEvent.Type.TabletMove, 0.75, 1250)
    _touch(pad, QTabletEvent.Type.TabletRelease, 0.0, 1500)

    (stroke,) = pad.strokes
    assert [sample[2] for sample in stroke] == pytest.approx([0.25, 0.75, 1.0])
    assert [sample[3] for sample in stroke] == pytest.approx([0.0, 0.25, 0.5])


def test_a_pen_that_leaves_the_field_is_kept_at_its_rim(qtbot: QtBot) -> None:
    pad = DrawingPad("Sign here")
    pad.resize(400, 160)
    active(qtbot, pad)

    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(380, 100))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(450, 300))

    assert pad.strokes[0][-1][:2] == pytest.approx(pad.size_mm)


# --- the page --------------------------------------------------------------------------------------------


def test_enter_asks_the_pad(qtbot: QtBot, page: SignaturePage) -> None:
    with qtbot.waitSignal(page.take_wanted) as told:
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert told.args == [CaptureKind.SIGNATURE]


def test_while_the_pad_waits_nothing_else_can_be_begun(page: SignaturePage) -> None:
    page.show_working(working=True)

    assert page.primary is not None
    assert not page.primary.isEnabled()
    assert not page.cannot.isEnabled()
    assert not page.field.ways.isEnabled()
    assert page.bar.hint == "The pad waits for the resident"


def test_what_was_drawn_is_kept_with_the_size_of_the_field(qtbot: QtBot, page: SignaturePage) -> None:
    page.field.ways.choose(SCREEN)
    assert page.primary is not None
    assert not page.primary.isEnabled()
    _sign(qtbot, page.field.drawing)

    with qtbot.waitSignal(page.drawn) as told:
        qtbot.keyClick(page, Qt.Key.Key_Return)

    strokes, size = told.args
    assert len(strokes) == 1
    assert size == page.field.drawing.size_mm


def test_f5_clears_what_was_drawn(qtbot: QtBot, page: SignaturePage) -> None:
    page.field.ways.choose(SCREEN)
    _sign(qtbot, page.field.drawing)

    qtbot.keyClick(page.window(), Qt.Key.Key_F5)

    assert page.field.drawing.strokes == ()
    assert page.bar.hint == "Nothing was written yet"


def test_ink_stays_when_the_same_visit_is_shown_again(qtbot: QtBot, page: SignaturePage) -> None:
    page.field.ways.choose(SCREEN)
    _sign(qtbot, page.field.drawing)

    page.show_visit(_new())

    assert page.field.has_ink


def test_a_good_signature_is_shown_and_enter_goes_on(qtbot: QtBot, page: SignaturePage) -> None:
    page.show_visit(_found())
    page.show_picture(ink())

    with qtbot.waitSignal(page.onward):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_a_signature_with_an_error_is_asked_for_again(qtbot: QtBot, page: SignaturePage) -> None:
    page.show_visit(_found(TOO_SMALL))

    with qtbot.waitSignal(page.take_wanted), qtbot.assertNotEmitted(page.onward):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_a_warning_needs_a_reason_before_the_page_goes_on(qtbot: QtBot, page: SignaturePage) -> None:
    page.show_visit(_found(TOO_QUICK))
    page.focus_first()
    assert page.primary is not None
    assert not page.primary.isEnabled()

    qtbot.keyClicks(page.findings.reason, "always signs so")
    with qtbot.waitSignal(page.reason_given) as told:
        qtbot.keyClick(page.findings.reason, Qt.Key.Key_Return)
    page.show_visit(replace(_found(TOO_QUICK), reasons={"signature.too_quick": "always signs so"}))

    assert told.args == ["signature.too_quick", "always signs so"]
    assert page.primary.isEnabled()


def test_who_cannot_sign_is_noted_for_signature_and_statement(qtbot: QtBot, page: SignaturePage) -> None:
    qtbot.keyClick(page.window(), Qt.Key.Key_F6)
    qtbot.keyClicks(page.asking.line, "both hands lame")

    with qtbot.waitSignal(page.exception_claimed) as told:
        qtbot.keyClick(page.asking.line, Qt.Key.Key_Return)

    assert told.args == [("signature", "statement"), ExceptionReason.CANNOT_SIGN, "both hands lame"]


def test_an_exception_lets_the_page_go_on_and_can_be_taken_back(qtbot: QtBot, page: SignaturePage) -> None:
    exempt = CaptureException("signature", ExceptionReason.CANNOT_SIGN)
    page.show_visit(replace(_new(), exceptions=(exempt,)))

    with qtbot.waitSignal(page.onward):
        qtbot.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.exception_dropped) as told:
        page.sign_after_all.click()

    assert told.args == [("signature", "statement")]


def test_a_broken_pad_says_what_to_try_first_until_it_works(page: SignaturePage) -> None:
    page.show_trouble("The pad does not answer.", "What was recorded is safe.")
    assert page.findings.steps.isVisible()

    page.show_working(working=True)

    assert not page.findings.steps.isVisible()


def test_a_newer_signature_takes_away_what_was_drawn(qtbot: QtBot, page: SignaturePage) -> None:
    page.field.ways.choose(SCREEN)
    _sign(qtbot, page.field.drawing)

    page.show_visit(_found(minutes=1))

    assert not page.field.has_ink
    assert page.primary is not None
    assert page.primary.isEnabled()
