"""The photo: live, taken, judged, approved, and what happens when the camera goes away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.portrait_page import PortraitPage
from kiosk.ui.visit.shell import VisitShell
from tests.ui.gallery import captured as made
from tests.ui.gallery.captured import visited
from tests.ui.visit.stand import in_shell

NOBODY = visited()
TAKEN = visited(made.portrait_kept(), portrait_approved=False)
POOR = visited(made.portrait_kept("eyes_closed"), portrait_approved=False)
SIDE = "portrait.light_from_one_side"
LIT = made.lit_from_one_side(made.portrait_kept())


class Heard(QObject):
    """What a page asked for, in order."""

    def __init__(self, page: PortraitPage) -> None:
        super().__init__(page)
        self.all: list[object] = []
        page.live_wanted.connect(lambda wanted: self.all.append(("live", wanted)))
        page.take_wanted.connect(lambda: self.all.append("take"))
        page.approved.connect(lambda: self.all.append("approved"))
        page.reason_given.connect(lambda code, reason: self.all.append((code, reason)))
        page.onward.connect(lambda: self.all.append("onward"))
        page.left_open.connect(lambda: self.all.append("left open"))

    def taken(self) -> list[object]:
        """Return what was heard since the last time."""
        heard, self.all = self.all, []
        return heard


def _opened(qtbot: QtBot, words: Words, view: VisitView) -> tuple[PortraitPage, VisitShell, Heard]:
    page = PortraitPage(words)
    heard = Heard(page)
    return page, in_shell(qtbot, words, page, view), heard


def _press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


class Painted(QObject):
    """Counts who paints."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__(watched[0])
        self.names: list[QWidget] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.names.append(watched)
        return False


def _watched(qtbot: QtBot, page: PortraitPage, *rest: QWidget) -> Painted:
    """Return who paints from now on, the preview among them; what was to be painted before has been."""
    shown = [one for one in page.findChildren(QWidget) if one.isVisibleTo(page)]
    qtbot.waitUntil(
        lambda: all(one.updatesEnabled() for one in shown)
    )  # they are painted one after the other
    first = Painted(page.preview)
    page.preview.update()
    qtbot.waitUntil(lambda: first.names != [])
    return Painted(page.preview, *rest)


# --- live ------------------------------------------------------------------------------------------------


def test_the_page_goes_live_when_no_photo_is_kept_and_ends_it_when_left(qtbot: QtBot, english: Words) -> None:
    page, shell, heard = _opened(qtbot, english, NOBODY)

    shell.page.leave()

    assert heard.taken() == [("live", True), ("live", False)]
    assert not page.is_live


def test_a_kept_photo_without_errors_is_shown_and_the_camera_left_alone(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, TAKEN)

    page.show_picture(made.portrait_picture())

    assert heard.taken() == []
    assert page.preview.has_picture
    assert not page.is_live


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_or_space_takes_the_photo_once(qtbot: QtBot, english: Words, key: Qt.Key) -> None:
    _, _, heard = _opened(qtbot, english, NOBODY)
    heard.taken()

    _press(qtbot, key)
    _press(qtbot, key)

    assert heard.taken() == ["take"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_Space])
def test_another_photo_begins_with_the_live_picture(qtbot: QtBot, english: Words, key: Qt.Key) -> None:
    page, _, heard = _opened(qtbot, english, TAKEN)
    page.setFocus()

    qtbot.keyClick(page, key)

    assert heard.taken() == [("live", True)]
    assert page.primary is page.buttons.take


def test_esc_goes_back_to_the_photo_that_is_kept(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, TAKEN)
    page.buttons.again.click()

    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert heard.taken() == [("live", True), ("live", False)]
    assert page.primary is page.buttons.onward


def test_a_photo_that_came_ends_the_live_picture_and_asks_for_approval(qtbot: QtBot, english: Words) -> None:
    page, shell, heard = _opened(qtbot, english, NOBODY)
    page.buttons.take.click()
    page.show_working(working=True)

    shell.show_visit(TAKEN)
    page.show_working(working=False)
    page.show_picture(made.portrait_picture())

    assert heard.taken() == [("live", True), "take", ("live", False)]
    assert page.approval.hasFocus()
    assert page.bar.hint == "Wait for the resident's approval"


def test_a_take_that_failed_goes_on_live(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, NOBODY)
    page.buttons.take.click()
    page.show_working(working=True)

    page.show_working(working=False)
    page.show_trouble("Nothing came from the device.")

    assert heard.taken() == [("live", True), "take", ("live", True)]
    assert page.told.text == "Nothing came from the device."
    assert page.buttons.take.hasFocus()


def test_a_photo_without_a_face_goes_live_again(qtbot: QtBot, english: Words) -> None:
    nobody = Finding.error("portrait.no_face", "portrait")
    page, shell, heard = _opened(qtbot, english, NOBODY)
    page.buttons.take.click()

    shell.show_visit(visited(replace(made.portrait_kept(), findings=(nobody,)), portrait_approved=False))
    page.show_picture(None)

    assert heard.taken() == [("live", True), "take", ("live", False), ("live", True)]


# --- cheap pictures --------------------------------------------------------------------------------------


def test_a_new_picture_repaints_the_preview_alone(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    judged = made.frame()
    page.show_frame(judged)
    painted = _watched(qtbot, page, *[one for one in page.findChildren(QWidget) if one is not page.preview])

    for number in range(5):
        page.show_frame(replace(judged, checks=None, at=float(number)))
        qtbot.waitUntil(lambda count=number + 1: painted.names.count(page.preview) == count)

    assert painted.names == [page.preview] * 5


def test_checks_that_came_out_the_same_are_not_drawn_again(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    page.show_frame(made.frame())
    painted = _watched(qtbot, page, *page.check_list.findChildren(QWidget))

    page.show_frame(made.frame())
    qtbot.waitUntil(lambda: page.preview in painted.names)

    assert painted.names == [page.preview]


def test_a_check_that_came_out_otherwise_is_drawn(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    page.show_frame(made.frame())
    lines = list(page.check_list.lines.values())
    painted = _watched(qtbot, page, *lines)

    page.show_frame(made.frame("two_faces"))
    qtbot.waitUntil(lambda: page.preview in painted.names)

    assert lines[0] in painted.names


def test_the_picture_stands_still_while_one_is_taken(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    page.show_frame(made.frame())
    page.buttons.take.click()

    page.show_frame(made.frame("two_faces"))

    told = page.check_list.lines[next(iter(page.check_list.lines))].accessibleName()
    assert told == "One face, the whole head is seen: 1 face"


def test_two_faces_are_told_and_the_other_checks_wait(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)

    page.show_frame(made.frame("two_faces"))

    first, second, *_ = [line.accessibleName() for line in page.check_list.lines.values()]
    assert first == "One face, the whole head is seen: 2 faces"
    assert second == "Eyes open, seen clearly"


# --- judged and approved ---------------------------------------------------------------------------------


def test_f6_approves_a_photo_without_errors(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, TAKEN)

    qtbot.keyClick(page, Qt.Key.Key_F6)

    assert heard.taken() == ["approved"]
    assert not page.approval.isChecked()


def test_the_visit_ticks_the_approval_and_enter_goes_on(qtbot: QtBot, english: Words) -> None:
    page, shell, heard = _opened(qtbot, english, TAKEN)

    shell.show_visit(visited(made.portrait_kept()))
    _press(qtbot, Qt.Key.Key_Return)

    assert page.approval.isChecked()
    assert heard.taken() == ["onward"]


def test_a_photo_with_errors_cannot_be_approved_and_says_why(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, POOR)
    page.leave()
    page.show_picture(made.portrait_picture("eyes_closed"))
    heard.taken()

    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.keyClick(page, Qt.Key.Key_Return)

    assert heard.taken() == []
    assert page.told.text == "Take it again. The eyes are closed or covered."
    assert page.buttons.retake.isVisible()


def test_a_warning_is_passed_with_a_reason(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, visited(LIT))

    assert page.told.reason.hasFocus()
    assert not page.buttons.onward.isEnabled()

    page.told.menu.actions()[2].trigger()

    assert heard.taken() == [(SIDE, "Room or light allow no better")]


def test_a_warning_with_its_reason_does_not_hold_the_photo_up(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, visited(LIT, reasons={SIDE: "Lamp"}))

    assert page.buttons.onward.isEnabled()
    assert page.told.text == ""


def test_attempts_that_were_seen_say_what_came_out_of_them(qtbot: QtBot, english: Words) -> None:
    page, shell, _ = _opened(qtbot, english, POOR)
    page.leave()

    shell.show_visit(visited(made.portrait_kept(None, 2), portrait_approved=False))
    page.enter()

    assert [card.accessibleName() for card in page.attempts.cards] == [
        "Attempt 1, eyes closed",
        "Attempt 2, 7 of 7 good, used",
    ]


def test_attempts_nobody_saw_are_told_together(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, visited(made.portrait_kept(None, 3)))

    assert page.attempts.cards[0].accessibleName() == "Attempts 1 to 3, 7 of 7 good, used"


# --- no camera -------------------------------------------------------------------------------------------


def test_without_a_camera_the_step_may_be_left_open(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, NOBODY)
    page.show_device(State.BROKEN, "The device is not connected. Check its cable.")
    heard.taken()

    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert heard.taken() == ["left open"]
    assert page.device.trouble.accessibleName() == "The device is not connected. Check its cable."
    assert page.device.trouble.skip.hasFocus()


def test_the_first_picture_takes_the_trouble_away(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    page.show_device(State.BROKEN, "The device is not connected. Check its cable.")

    page.show_frame(made.frame())

    assert not page.device.trouble.isVisible()
    assert page.device.badge.shown_text == "Camera is ready"
    assert page.buttons.take.hasFocus()


def test_the_keyboard_stays_in_the_page_while_the_camera_works(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)
    page.buttons.take.click()

    page.show_working(working=True)

    assert page.hasFocus()


def test_another_visit_starts_anew(qtbot: QtBot, english: Words) -> None:
    page, shell, _ = _opened(qtbot, english, TAKEN)
    page.show_picture(made.portrait_picture())

    shell.show_stage(page.stage, replace(NOBODY, visit_id="visit-2"))

    assert page.is_live
    assert not page.preview.has_picture


def test_the_background_is_named_after_the_year_of_birth(qtbot: QtBot, words: Words) -> None:
    page, _, _ = _opened(qtbot, words, NOBODY)

    titles = [line.accessibleName() for line in page.check_list.lines.values()]
    assert titles[-1] == "Latar biru, polos"


def test_checks_of_the_card_follow_the_photo(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOBODY)

    lines = [page.checks(view)[1][0] for view in (NOBODY, POOR, TAKEN, visited(made.portrait_kept()))]

    assert [(line.text, line.state) for line in lines] == [
        ("Photo", State.PENDING),
        ("Photo, take again", State.CARE),
        ("Photo, attempt 1", State.GOOD),
        ("Photo, approved by the resident", State.GOOD),
    ]
