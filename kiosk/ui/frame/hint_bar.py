"""What a device asks of the person before it, above the page, for as long as it waits."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kiosk.ui.kit.messages import MessageBox


class HintBar(QFrame):
    """Hidden unless somebody is asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = MessageBox("chosen", icon="hand-palm", one_line=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 0)
        layout.addWidget(self._box)
        self.hide()

    @property
    def text(self) -> str:
        """What is asked, empty when hidden."""
        return "" if self.isHidden() else self._box.text

    def show_asked(self, told: str) -> None:
        """Ask; the empty text takes it away."""
        self.setVisible(bool(told))
        if told:
            self._box.show_message(told)
