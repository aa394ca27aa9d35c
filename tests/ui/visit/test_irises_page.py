"""Irises: both eyes, one poor, one left out, and the keys."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.irises_page import IrisesPage
from kiosk.ui.visit.shell import VisitShell
from tests.ui.gallery import captured as made
from tests.ui.gallery.captured import kept, visited
from tests.ui.visit.stand import in_shell

CLOSED = Finding.error("iris.half_closed", "left_eye", share="52")
GOOD = visited(kept(CaptureKind.IRISES, {"right_eye": 78, "left_eye": 71}))
POOR = visited(kept(CaptureKind.IRISES, {"right_eye": 78, "left_eye": 24}, CLOSED))
BLIND = made.exempt(("left_eye", ExceptionReason.BLIND))


class Heard(QObject):
    """What a page asked for, in order."""

    def __init__(self, page: IrisesPage) -> None:
        super().__init__(page)
        self.all: list[object] = []
        page.take_wanted.connect(lambda: self.all.append("take"))
        page.exception_claimed.connect(lambda *told: self.all.append(("claimed", *told)))
        page.exceptions_dropped.connect(lambda parts: self.all.append(("dropped", parts)))
        page.onward.connect(lambda: self.all.append("onward"))


def _opened(qtbot: QtBot, words: Words, view: VisitView) -> tuple[IrisesPage, VisitShell, Heard]:
    page = IrisesPage(words)
    heard = Heard(page)
    return page, in_shell(qtbot, words, page, view), heard


def _press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


@pytest.mark.parametrize(
    ("view", "keys", "asked"),
    [
        (visited(), (Qt.Key.Key_Return,), ["take"]),
        (GOOD, (Qt.Key.Key_Return,), ["onward"]),
        (GOOD, (Qt.Key.Key_F5,), ["take"]),
        (POOR, (Qt.Key.Key_F5,), ["take"]),
    ],
)
def test_keys_do_what_the_buttons_say(
    qtbot: QtBot, english: Words, view: VisitView, keys: tuple[Qt.Key, ...], asked: list[str]
) -> None:
    _, _, heard = _opened(qtbot, english, view)

    _press(qtbot, *keys)

    assert heard.all == asked


def test_the_poor_eye_is_named_with_what_to_tell_the_resident(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, POOR)

    told = "Left eye is not readable yet. The lid covers too much: 52 % of the iris is seen."
    assert page.told.text == f"{told} Open the eye wide."
    assert page.exception.shown_text == "Exception: left eye"
    assert page.eyes.accessibleDescription() == "Right eye: 78, enough; Left eye: 24, not enough yet"


def test_arrows_choose_the_eye_the_exception_is_for(qtbot: QtBot, english: Words) -> None:
    page, _, heard = _opened(qtbot, english, POOR)

    _press(qtbot, Qt.Key.Key_Left)
    reasons = [action for action in page.exception.reasons.actions() if action.text() == "Cannot see"]
    reasons[0].trigger()

    assert heard.all == [("claimed", ("right_eye",), ExceptionReason.BLIND, "")]


def test_one_eye_is_enough_where_the_other_is_left_out(qtbot: QtBot, english: Words) -> None:
    view = visited(kept(CaptureKind.IRISES, {"right_eye": 78}), exceptions=BLIND)
    page, _, _ = _opened(qtbot, english, view)

    assert page.told.text == "The eye is good."
    assert page.buttons.onward.isEnabled()
    assert "Left eye: blind" in page.eyes.accessibleDescription()


def test_the_card_counts_eyes(qtbot: QtBot, english: Words) -> None:
    page, _, _ = _opened(qtbot, english, GOOD)

    lines = [page.checks(view)[1][-1] for view in (visited(), POOR, GOOD)]

    assert [(line.text, line.state) for line in lines] == [
        ("Irises", State.PENDING),
        ("Irises, 1 of 2", State.CARE),
        ("Irises, 2 eyes", State.GOOD),
    ]


def test_eyes_of_another_resident_are_forgotten(qtbot: QtBot, english: Words) -> None:
    page, shell, _ = _opened(qtbot, english, GOOD)
    page.show_eyes(made.eyes())
    seen = page.eyes.has_pictures

    shell.show_visit(visited(visit_id="visit-2"))
    shell.show_visit(GOOD)

    assert seen
    assert not page.eyes.has_pictures
