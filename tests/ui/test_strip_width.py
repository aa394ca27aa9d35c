import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.frame.strip import Segment, Strip
from kiosk.ui.kit.texts import Text
from tests.ui.gallery.story import strip_state


def _shown(segment: Segment) -> list[str]:
    return [text.text() for text in segment.findChildren(Text) if text.isVisible()]


@pytest.fixture
def strip(qtbot: QtBot, words: Words) -> Strip:
    made = Strip(words)
    qtbot.addWidget(made)
    made.resize(1366, made.height())
    made.show_state(strip_state())
    made.show()
    return made


def test_a_wide_strip_says_everything(strip: Strip) -> None:
    assert _shown(strip.waiting) == ["214 menunggu dikirim", "tertua 3 hari"]


def test_a_narrow_strip_leaves_out_words_that_explain_and_keeps_them_in_the_tooltip(strip: Strip) -> None:
    strip.resize(1280, strip.height())

    assert _shown(strip.waiting) == ["214 menunggu dikirim"]
    assert strip.waiting.toolTip() == "214 menunggu dikirim tertua 3 hari"
    assert strip.user.geometry().right() <= strip.width()


def test_words_come_back_with_the_room(strip: Strip) -> None:
    strip.resize(1280, strip.height())

    strip.resize(1366, strip.height())

    assert _shown(strip.waiting) == ["214 menunggu dikirim", "tertua 3 hari"]


def test_the_strip_never_makes_the_window_wider(qtbot: QtBot, words: Words) -> None:
    window, strip = QWidget(), Strip(words)
    qtbot.addWidget(window)
    strip.show_state(strip_state())
    QVBoxLayout(window).addWidget(strip)

    assert window.minimumSizeHint().width() <= 1280
