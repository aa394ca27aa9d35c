"""Hands and eyes as drawn: what readers are told, what a press means, and that every state looks different."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.captures import Eye, Finger
from kiosk.domain.words import Words
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.eyes import Eyes
from kiosk.ui.visit.hands import Hands
from kiosk.ui.visit.part_mark import PartMark

STATES = (
    PartMark(),
    PartMark(State.GOOD, 71),
    PartMark(State.BROKEN, 28),
    PartMark(State.ABSENT, word="tidak ada"),
)


def _pixels(widget: QWidget) -> bytes:
    return bytes(widget.grab().toImage().constBits())


def _hands(qtbot: QtBot, words: Words) -> Hands:
    hands = Hands(words)
    hands.resize(336, 190)
    qtbot.addWidget(hands)
    return hands


def test_hands_tell_every_finger_in_words(qtbot: QtBot, words: Words) -> None:
    hands = _hands(qtbot, words)

    hands.show_marks(dict(zip(Finger, STATES, strict=False)))

    assert hands.accessibleName() == "Kedua tangan"
    assert hands.accessibleDescription() == (
        "Ibu jari kanan: belum direkam; Telunjuk kanan: 71, cukup; "
        "Jari tengah kanan: 28, belum cukup; Jari manis kanan: tidak ada"
    )


@pytest.mark.parametrize("finger", list(Finger))
def test_every_state_of_every_finger_looks_different(qtbot: QtBot, words: Words, finger: Finger) -> None:
    hands, seen = _hands(qtbot, words), set()

    for mark in STATES:
        hands.show_marks({finger: mark})
        seen.add(_pixels(hands))

    assert len(seen) == len(STATES)


@pytest.mark.parametrize("finger", list(Finger))
def test_a_press_tells_which_finger_lies_there(qtbot: QtBot, words: Words, finger: Finger) -> None:
    hands = _hands(qtbot, words)
    turn, area = hands._placed(finger)

    with qtbot.waitSignal(hands.pressed) as heard:
        qtbot.mouseClick(hands, Qt.MouseButton.LeftButton, pos=turn.map(area.center()).toPoint())

    assert heard.args == [finger]


def test_a_press_on_the_palm_tells_nothing(qtbot: QtBot, words: Words) -> None:
    hands = _hands(qtbot, words)

    with qtbot.assertNotEmitted(hands.pressed):
        qtbot.mouseClick(hands, Qt.MouseButton.LeftButton, pos=QPoint(hands.width() // 2, 2))


def test_hands_are_mirrored_with_the_thumbs_inside(qtbot: QtBot, words: Words) -> None:
    hands = _hands(qtbot, words)

    across = {finger: hands._placed(finger)[0].dx() for finger in Finger}

    order = sorted(across, key=lambda finger: across[finger])
    left, right = [finger for finger in Finger if "left" in finger], [f for f in Finger if "right" in f]
    assert order == [*reversed(left), *right]


def test_eyes_tell_both_in_words_and_which_was_pressed(qtbot: QtBot, english: Words) -> None:
    eyes = Eyes(english)
    eyes.resize(600, 300)
    qtbot.addWidget(eyes)

    eyes.show_marks({Eye.RIGHT: PartMark(State.GOOD, 78), Eye.LEFT: PartMark(State.BROKEN, 24)}, "", "")
    with qtbot.waitSignal(eyes.pressed) as heard:
        qtbot.mouseClick(eyes, Qt.MouseButton.LeftButton, pos=QPoint(450, 100))

    assert eyes.accessibleDescription() == "Right eye: 78, enough; Left eye: 24, not enough yet"
    assert heard.args == [Eye.LEFT]
