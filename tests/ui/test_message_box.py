from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.kit.messages import MessageBox

LONG = "Lihat dulu rekamannya, karena rekam kedua menjadi data ganda di pusat dan warga harus datang lagi."


def test_a_message_in_a_narrow_place_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    box = MessageBox("danger")
    layout = QVBoxLayout(place)
    layout.addWidget(box)
    layout.addStretch(1)
    box.show_message("Sudah pernah direkam di sini", LONG)
    place.resize(300, 600)
    place.show()

    needed = box.layout().totalHeightForWidth(box.width())

    assert needed > 70
    qtbot.waitUntil(lambda: box.height() >= needed, timeout=1000)
