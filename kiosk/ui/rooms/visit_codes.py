"""Reading a code into the form of a visit: the room lends the scanner for a while and types what it read."""

from functools import partial

from PySide6.QtCore import QObject

from kiosk.devices.api import Kind
from kiosk.domain.biodata import Field
from kiosk.domain.labels import FIELD
from kiosk.domain.scanned_numbers import NUMBER_FIELDS, numbers_in
from kiosk.services.code_reading import CODE_TIMEOUT, read_code
from kiosk.ui.rooms.visit_desk import VisitDesk
from kiosk.ui.troubles import Trouble


class Codes(QObject):
    """Everything the form asks of the code scanner."""

    def __init__(self, room: VisitDesk) -> None:
        super().__init__(room)
        self._room = room
        self.timeout = CODE_TIMEOUT
        self.reading = False  # the scanner was asked and has not answered
        room.biodata.code_wanted.connect(self.read)

    def read(self) -> None:
        """Ask for the family card, and wait for its code; asked again meanwhile, nothing more happens."""
        room, view = self._room, self._room.view
        if view is None or self.reading:
            return
        kit = room.site.desk.tools.kit
        say = room.words.say
        if Kind.CODE_SCANNER not in kit.choices():
            self._tell(
                say("No code scanner is set up."), say("Type the numbers. The technician can set one up.")
            )
            return
        self.reading = True
        seconds = room.words.count("Within {count} second.", "Within {count} seconds.", round(self.timeout))
        room.biodata.said.show_code(say("Show the KK to the reader"), seconds)
        room.ask(
            partial(
                read_code,
                room.site.officer,
                view,
                kit=kit,
                office=room.site.office,
                timeout=self.timeout,
            ),
            partial(self._fill, view.visit_id, room.biodata.field_at_keyboard),
            lane=Kind.CODE_SCANNER.value,
            failed=self._failed,
        )

    def _fill(self, visit_id: str, at: Field | None, text: str | None) -> None:
        """Type what was read, unless the person has gone elsewhere meanwhile."""
        self.reading = False
        room = self._room
        say = room.words.say
        room.biodata.said.show_code("")
        if room.view is None or room.view.visit_id != visit_id or not room.biodata.isVisible():
            return
        found = numbers_in(text, at=at) if text is not None else {}
        if text is None:
            self._tell(say("Nothing was read."), say("Hold the code nearer and press Ctrl+B again, or type."))
        elif not found:
            self._tell(
                say("This code holds no NIK and no KK number."), say("Type the numbers from the card.")
            )
        else:
            room.biodata.fill(found)
            names = ", ".join(say(FIELD[field]) for field in NUMBER_FIELDS if field in found)
            room.biodata.said.show_code(say("Read from the code: {fields}.", fields=names), "", "success")

    def _failed(self, trouble: Trouble) -> None:
        self.reading = False
        self._room.biodata.said.show_code("")
        self._room.tell(trouble)

    def _tell(self, head: str, rest: str) -> None:
        self._room.biodata.said.show_code(head, rest, "warning")
