"""Fingers: tabs and keys, the poorest finger, exceptions, and a scanner that goes away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.captures import CaptureKind, Finger
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.fingers_page import FingersPage
from kiosk.ui.visit.shell import VisitShell
from tests.ui.gallery import captured as made
from tests.ui.gallery.captured import FAINT, LEFT, RIGHT, THUMBS, kept, plate, visited
from tests.ui.visit.stand import in_shell

GOOD_RIGHT = RIGHT | {Finger.RIGHT_RING: 58}
LEFT_TAKEN = kept(CaptureKind.LEFT_FOUR, LEFT)
RIGHT_TAKEN = kept(CaptureKind.RIGHT_FOUR, GOOD_RIGHT)
THUMBS_TAKEN = kept(CaptureKind.THUMBS, THUMBS)
NOTHING = visited()
POOR = visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, RIGHT, FAINT))
DONE = visited(LEFT_TAKEN, RIGHT_TAKEN, THUMBS_TAKEN)


class Heard(QObject):
    """What a page asked for, in order."""

    def __init__(self, page: FingersPage) -> None:
        super().__init__(page)
        self.all: list[object] = []
        page.take_wanted.connect(lambda kind: self.all.append(("take", kind)))
        page.kind_shown.connect(lambda kind: self.all.append(("shown", kind)))
        page.exception_claimed.connect(lambda *told: self.all.append(("claimed", *told)))
        page.exceptions_dropped.connect(lambda parts: self.all.append(("dropped", parts)))
        page.reason_given.connect(lambda code, reason: self.all.append((code, reason)))
        page.onward.connect(lambda: self.all.append("onward"))
        page.left_open.connect(lambda: self.all.append("left open"))

    def taken(self) -> list[object]:
        """Return what was heard since the last time."""
        heard, self.all = self.all, []
        return heard


def _opened(qtbot: QtBot, words: Words, view: VisitView) -> tuple[FingersPage, VisitShell, Heard]:
    page = FingersPage(words)
    heard = Heard(page)
    shell = in_shell(qtbot, words, page, view)
    return page, shell, heard


def _press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


# --- tabs and keys ---------------------------------------------------------------------------------------


def test_the_first_tab_that_is_not_done_is_open_and_its_plate_asked_for(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, visited(LEFT_TAKEN))

    assert page.kind is CaptureKind.RIGHT_FOUR
    assert heard.taken() == [("shown", CaptureKind.RIGHT_FOUR)]


def test_enter_takes_what_was_not_taken(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, NOTHING)
    heard.taken()

    _press(qtbot, Qt.Key.Key_Return)

    assert heard.taken() == [("take", CaptureKind.LEFT_FOUR)]
    assert page.told.text == "Lay 4 fingers of the left hand on the plate. Then press Enter."


def test_enter_alone_leads_through_all_three_tabs_and_on(qtbot: QtBot, english: Words) -> None:
    page, shell, heard = _opened(qtbot, english, NOTHING)
    heard.taken()
    seen = []

    for captures in ((LEFT_TAKEN,), (LEFT_TAKEN, RIGHT_TAKEN), (LEFT_TAKEN, RIGHT_TAKEN, THUMBS_TAKEN)):
        _press(qtbot, Qt.Key.Key_Return)
        page.show_working(working=True)
        shell.show_visit(visited(*captures))
        page.show_working(working=False)
        seen.append(page.buttons.onward.shown_text)
        _press(qtbot, Qt.Key.Key_Return)

    kinds = (CaptureKind.LEFT_FOUR, CaptureKind.RIGHT_FOUR, CaptureKind.THUMBS)
    assert seen == ["Onward: right hand", "Onward: thumbs", "Onward: irises"]
    assert heard.taken() == [
        ("take", kinds[0]),
        ("shown", kinds[1]),
        ("take", kinds[1]),
        ("shown", kinds[2]),
        ("take", kinds[2]),
        "onward",
    ]


def test_enter_does_nothing_while_a_finger_is_poor_and_f5_takes_again(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, POOR)
    heard.taken()

    _press(qtbot, Qt.Key.Key_Return)
    page.setFocus()
    _press(qtbot, Qt.Key.Key_F5)

    assert heard.taken() == [("take", CaptureKind.RIGHT_FOUR)]
    assert page.bar.hint == "Take again, or choose a reason"


def test_f5_takes_a_good_plate_again_too(qtbot: QtBot, english: Words) -> None:
    _, _, heard = _opened(qtbot, english, DONE)
    heard.taken()

    _press(qtbot, Qt.Key.Key_F5)

    assert heard.taken() == [("take", CaptureKind.LEFT_FOUR)]


def test_arrows_walk_along_the_fingers_and_across_to_the_next_hand(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, NOTHING)
    heard.taken()
    seen = [page.spoken_of]

    for _ in range(4):
        _press(qtbot, Qt.Key.Key_Right)
        seen.append(page.spoken_of)
    _press(qtbot, Qt.Key.Key_Left)

    assert seen == ["left_little", "left_ring", "left_middle", "left_index", "right_index"]
    assert page.spoken_of == "left_index"
    assert heard.taken() == [("shown", CaptureKind.RIGHT_FOUR), ("shown", CaptureKind.LEFT_FOUR)]


def test_arrows_in_the_tabs_change_the_tab(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOTHING)
    page.tabs.setFocus()

    _press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)

    assert page.kind is CaptureKind.THUMBS
    assert page.tabs.accessibleDescription() == "Thumbs, 2 fingers"


def test_a_press_on_the_drawn_hand_opens_its_tab(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, NOTHING)

    page.hands.pressed.emit(Finger.RIGHT_RING)

    assert (page.kind, page.spoken_of) == (CaptureKind.RIGHT_FOUR, "right_ring")


def test_the_keyboard_stays_in_the_page_while_the_scanner_works(qtbot: QtBot, english: Words) -> None:
    page, shell, heard = _opened(qtbot, english, NOTHING)
    page.show_working(working=True)
    heard.taken()

    assert page.hasFocus()
    _press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_F5)
    assert heard.taken() == []

    shell.show_visit(visited(LEFT_TAKEN))
    page.show_working(working=False)
    assert page.buttons.onward.hasFocus()


# --- what is told ----------------------------------------------------------------------------------------


def test_the_poorest_finger_is_named_with_what_to_tell_the_resident(qtbot: QtBot, english: Words) -> None:
    dry = Finding.error("finger.dry", "right_index")
    worths = RIGHT | {Finger.RIGHT_INDEX: 35}
    page, _, _ = _opened(
        qtbot, english, visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, worths, dry, FAINT))
    )

    told = (
        "Ring finger is not readable yet. This print is too faint. Press a little more, or clean the glass."
    )
    assert page.told.text == told
    assert page.exception.shown_text == "Exception: ring finger"


def test_hands_and_plate_say_the_worth_of_every_finger(qtbot: QtBot, words: Words) -> None:
    page, _, _ = _opened(qtbot, words, POOR)
    page.show_slap(plate(CaptureKind.RIGHT_FOUR, Finger.RIGHT_RING), CaptureKind.RIGHT_FOUR)

    assert "Jari manis kanan: 28, belum cukup" in page.hands.accessibleDescription()
    assert "Telunjuk kanan: 71, cukup" in page.picture.accessibleDescription()
    assert "Ibu jari kiri: belum direkam" in page.hands.accessibleDescription()


def test_a_wrong_count_is_told_before_anything_else(qtbot: QtBot, english: Words) -> None:
    wrong = Finding.error("slap.count", "right_four", found="3", expected="4")
    page, _, _ = _opened(qtbot, english, visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, {}, wrong)))

    assert page.told.text.startswith("This picture will not do. 3 fingers are seen on the plate")
    assert page.attempts.cards[0].accessibleName() == "Attempt 1, not usable"


def test_attempts_tell_the_poorest_finger_and_which_is_used(qtbot: QtBot, english: Words) -> None:
    first = kept(CaptureKind.RIGHT_FOUR, RIGHT | {Finger.RIGHT_RING: 19}, FAINT, attempts=1)
    second = kept(CaptureKind.RIGHT_FOUR, RIGHT, FAINT, attempts=2)
    page, shell, _ = _opened(qtbot, english, visited(LEFT_TAKEN, first))

    shell.show_visit(visited(LEFT_TAKEN, second))
    shell.show_visit(visited(LEFT_TAKEN, replace(second, attempts=3)))

    assert [card.accessibleName() for card in page.attempts.cards] == [
        "Attempt 2, 3 of 4 enough, ring 28, used",
        "Attempt 3, not better",
        "Attempt 4, Press F5 to begin",
    ]


def test_a_warning_of_the_plate_is_passed_with_a_reason(qtbot: QtBot, english: Words) -> None:
    swapped = Finding.warning("slap.hands_swapped", "right_four")
    view = visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, GOOD_RIGHT, swapped))
    page, _, heard = _opened(qtbot, english, view)
    heard.taken()

    page.told.menu.actions()[3].trigger()

    assert heard.taken() == [("slap.hands_swapped", "Compared by eye: it is right")]
    assert not page.buttons.onward.isEnabled()


# --- exceptions ------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_f6_opens_the_reasons_of_the_finger(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, POOR)
    heard.taken()

    _press(qtbot, Qt.Key.Key_F6)
    qtbot.waitUntil(page.exception.reasons.isVisible)
    texts = [action.text() for action in page.exception.reasons.actions() if not action.isSeparator()]
    qtbot.keyClick(page.exception.reasons, Qt.Key.Key_Down)
    qtbot.keyClick(page.exception.reasons, Qt.Key.Key_Return)

    assert texts == [
        "Reason, agreed to by the supervisor:",
        "Not there",
        "Hurt or bandaged",
        "Unreadable after several tries",
        "Stiff, cannot be pressed",
        "Whole right hand",
    ]
    assert heard.taken() == [("claimed", ("right_ring",), ExceptionReason.BANDAGED, "")]


def test_a_whole_hand_is_claimed_at_once(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, POOR)
    heard.taken()
    deeper = page.exception.reasons.actions()[-1].menu()

    deeper.actions()[0].trigger()

    (claimed,) = heard.taken()
    assert isinstance(claimed, tuple)
    assert set(claimed[1]) == {finger.value for finger in Finger if finger.value.startswith("right")}


def test_a_finger_left_out_is_marked_and_can_be_taken_after_all(qtbot: QtBot, english: Words) -> None:
    gone = made.exempt(("right_ring", ExceptionReason.MISSING))
    view = visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, RIGHT, FAINT), THUMBS_TAKEN, exceptions=gone)
    page, _, heard = _opened(qtbot, english, view)
    page.show_kind(CaptureKind.RIGHT_FOUR)
    page.pick("right_ring")
    heard.taken()

    page.exception.reasons.actions()[0].trigger()

    assert heard.taken() == [("dropped", ("right_ring",))]
    assert "Right ring finger: not there" in page.hands.accessibleDescription()
    assert page.buttons.onward.isEnabled()


def test_a_hand_left_out_whole_is_neither_asked_for_nor_taken_again(qtbot: QtBot, english: Words) -> None:
    gone = made.exempt(*((finger.value, ExceptionReason.MISSING) for finger in LEFT))
    page, _, heard = _opened(qtbot, english, visited(exceptions=gone))
    page.show_kind(CaptureKind.LEFT_FOUR)
    heard.taken()

    _press(qtbot, Qt.Key.Key_F5)

    assert heard.taken() == []
    assert page.told.text == "Left hand: all fingers are left out."
    assert page.buttons.onward.shown_text == "Onward: right hand"


# --- the scanner -----------------------------------------------------------------------------------------


def test_a_lost_scanner_is_told_over_the_plate_and_the_step_may_be_left(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, visited(LEFT_TAKEN))
    page.show_device(State.BROKEN, "The device is not connected. What was taken is safe.")
    heard.taken()

    _press(qtbot, Qt.Key.Key_Space)

    assert heard.taken() == ["left open"]
    assert not page.buttons.take.isEnabled()


def test_the_page_goes_on_when_the_scanner_is_back(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, visited(LEFT_TAKEN))
    page.show_device(State.BROKEN, "The device is not connected. What was taken is safe.")
    heard.taken()

    page.show_device(State.GOOD, "Fingerprint scanner is ready")
    _press(qtbot, Qt.Key.Key_Return)

    assert heard.taken() == [("take", CaptureKind.RIGHT_FOUR)]


def test_a_plate_of_before_is_not_shown_beside_the_worth_of_a_new_one(qtbot: QtBot, english: Words) -> None:
    page, shell, _ = _opened(qtbot, english, POOR)
    page.show_slap(plate(CaptureKind.RIGHT_FOUR), CaptureKind.RIGHT_FOUR)
    with_plate = page.picture.has_picture

    shell.show_visit(visited(LEFT_TAKEN, kept(CaptureKind.RIGHT_FOUR, RIGHT, FAINT, attempts=2)))

    assert with_plate
    assert not page.picture.has_picture


@pytest.mark.parametrize("view", [NOTHING, POOR, DONE])
def test_every_control_has_a_name_and_room_to_be_pressed(
    qtbot: QtBot, english: Words, view: VisitView
) -> None:
    page, shell, _ = _opened(qtbot, english, view)

    reachable = [
        widget
        for widget in (*page.findChildren(QObject), *page.bar.findChildren(QObject))
        if widget.isWidgetType() and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert len(reachable) >= 4
    assert [widget for widget in reachable if not widget.accessibleName() or widget.height() < 44] == []
    assert shell.isVisible()
