"""Whatever state these pages are in: each control has a name, is large enough and is reached by Tab, in large text too.

That nothing is cut off, on either screen and in either language, `test_gallery.py` tells of every page.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.page import Page
from kiosk.ui.theme import TEXT_SCALES, dress_window
from tests.ui.gallery import deliveries, desk
from tests.ui.gallery.audit import SMALLEST_TARGET, faults
from tests.ui.gallery.shot import Shot

pytestmark = pytest.mark.usefixtures("sheet_on_the_window")

SHOTS = [pytest.param(shot, id=shot.name) for module in (desk, deliveries) for shot in module.SHOTS]
SMALL = (1366, 768)
_BESIDE = 20  # controls of rail and strip


def _shown(qtbot: QtBot, shot: Shot, words: Words) -> QWidget:
    window = shot.build(words)
    qtbot.addWidget(window)
    dress_window(window)
    window.resize(*SMALL)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window


def _controls(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QComboBox)
    ]


def _page(window: QWidget) -> QWidget:
    return next(page for page in window.findChildren(Page))


@pytest.mark.parametrize("shot", SHOTS)
def test_every_control_has_a_name_and_is_large_enough(qtbot: QtBot, words: Words, shot: Shot) -> None:
    window = _shown(qtbot, shot, words)

    controls = _controls(_page(window))

    assert [type(widget).__name__ for widget in controls if not widget.accessibleName()] == []
    assert [widget.accessibleName() for widget in controls if widget.height() < SMALLEST_TARGET] == []


@pytest.mark.parametrize("shot", SHOTS)
def test_the_largest_text_cuts_nothing_off(qtbot: QtBot, words: Words, shot: Shot) -> None:
    window = _shown(qtbot, shot, words)

    dress_window(window, text_scale=TEXT_SCALES[-1])

    def cut_off() -> list[str]:
        return [fault for fault in faults(window, SMALL) if not fault.startswith("does not fit")]

    qtbot.waitUntil(lambda: cut_off() == [], timeout=1000)


@pytest.mark.parametrize("shot", SHOTS)
def test_tab_comes_to_every_control(qtbot: QtBot, words: Words, shot: Shot) -> None:
    window = _shown(qtbot, shot, words)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    page = _page(window)
    wanted = {widget.accessibleName() for widget in _controls(page)}
    page.focus_first()

    seen = set()
    for _ in range(len(wanted) + _BESIDE):
        focused = QApplication.focusWidget()
        seen.add(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert wanted - seen == set()
