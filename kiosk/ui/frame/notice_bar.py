"""Where an error without a place of its own is told: above the page, until the next act."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.troubles import Trouble


class NoticeBar(QFrame):
    """Hidden unless there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = MessageBox("danger")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 0)
        layout.addWidget(self._box)
        self.hide()

    @property
    def text(self) -> str:
        """What is told, empty when hidden."""
        return "" if self.isHidden() else self._box.text

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Tell a trouble; None takes it away."""
        self.setVisible(trouble is not None)
        if trouble is not None:
            self._box.show_message(trouble.head, trouble.rest)
