"""Taking the report along: the report alone or everything, where to, and where it lies then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.taking_along import Taken
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.texts import Text
from kiosk.ui.pages.folder_panel import FolderPanel

_TOLD = {
    Taken.REPORT: msg("A PDF: how every part stands, its last test, and the first day beside it."),
    Taken.BUNDLE: msg(
        "A ZIP file: the report, all tests, traces of what failed, logs, settings without secrets."
    ),
}


class ReportPanel(FolderPanel):
    """Asks what and where to; `answered` carries both."""

    answered = Signal(object, str)

    def __init__(self, words: Words, width: int, parent: QWidget | None = None) -> None:
        self.what = Segments(
            [(Taken.REPORT, words.say("Report")), (Taken.BUNDLE, words.say("Report and logs"))]
        )
        self.what.setAccessibleName(words.say("What to take along"))
        self._told = Text("", "small", wrap=True)
        calm = Text(words.say("Nothing of a resident is in it."), "small", wrap=True)
        head = words.say("Take the report along")
        super().__init__(words, width, head, self.what, self._told, calm, parent=parent)
        self.what.chosen.connect(self.show_asked)
        self.folder_given.connect(lambda folder: self.answered.emit(Taken(self.what.key), folder))

    def open_panel(self) -> None:
        """Ask, beginning with the report alone."""
        self.open_with(Taken.REPORT)

    def open_with(self, taken: Taken) -> None:
        """Ask, beginning with one of the two."""
        self.what.show_key(taken)
        super().open_panel()

    def show_asked(self) -> None:
        """Show what the chosen file holds."""
        self._told.setText(self.words.say(_TOLD[Taken(self.what.key or Taken.REPORT)]))
        super().show_asked()
