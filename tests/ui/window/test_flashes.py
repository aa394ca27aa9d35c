"""The guard of this folder notices a widget that is shown without lying in the window."""

from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window.conftest import Flashes


def test_a_label_that_is_shown_before_it_lies_in_a_window_is_noticed(flashes: Flashes) -> None:
    label = QLabel("flash")

    label.setVisible(True)
    seen = list(flashes.seen)
    label.close()
    label.deleteLater()
    flashes.seen.clear()

    assert seen == [repr(label)]


def test_a_menu_and_what_lies_in_a_window_are_no_flash(qtbot: QtBot, flashes: Flashes) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    inside = QLabel("inside", QWidget(menu))

    menu.popup(menu.pos())
    inside.setVisible(True)
    menu.close()

    assert flashes.seen == []
