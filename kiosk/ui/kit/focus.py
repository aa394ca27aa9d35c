"""The ring around whatever has the keyboard: one overlay a window, the same for every control."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMainWindow, QWidget

from kiosk.ui import tokens

_GAP = 4  # ring and gap together
_MOVES = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}
)


class FocusRing(QWidget):
    """Follows the focus of one window; takes no clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._followed: QApplication | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._followed = application
            application.focusChanged.connect(self._follow)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """What the ring stands around now."""
        return self._target

    def end(self) -> None:
        """Follow no more: the controls go before the window that holds them.  A second call does nothing."""
        if self._followed is not None:
            self._followed.focusChanged.disconnect(self._follow)
            self._followed = None
            self._watch(None)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        self._watch(None)
        if new is None or new.window() is not self.window() or isinstance(new, QMainWindow):
            return
        parent = new.parentWidget()
        shown = parent if isinstance(new, QLineEdit) and isinstance(parent, QComboBox) else new
        self._watch(shown if shown.property("ring") != "none" else None)

    def _watch(self, target: QWidget | None) -> None:
        for widget in self._chain():
            widget.removeEventFilter(self)
        self._target = target
        for widget in self._chain():
            widget.installEventFilter(self)
        self._place()

    def _chain(self) -> list[QWidget]:
        """Return the target and all it lies in: any of them may move it."""
        chain: list[QWidget] = []
        widget = self._target
        while widget is not None and widget is not self.parentWidget():
            chain.append(widget)
            widget = widget.parentWidget()
        return chain

    def _place(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or window is None or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(window, QPoint(0, 0))
        place = QRect(corner, target.size()).adjusted(-_GAP, -_GAP, _GAP, _GAP)
        if self.isVisible() and self.geometry() == place and window.children()[-1] is self:
            return  # raised again it would paint all that lies below it again
        self.setGeometry(place)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the target."""
        if event.type() in _MOVES:
            self._place()
        elif event.type() == QEvent.Type.DeferredDelete or event.type() == QEvent.Type.Destroy:
            self._target = None
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.PRIMARY), 2))
        rect = QRectF(1, 1, self.width() - 2, self.height() - 2)
        painter.drawRoundedRect(rect, tokens.RADIUS + 3, tokens.RADIUS + 3)
