"""The fields of form F-1.01 as controls: lines, lists and pairs, each telling what the person made of it."""

import re
from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.codes import Code, CodeList
from kiosk.domain.form_fields import CODE_LIST_OF
from kiosk.domain.labels import FIELD
from kiosk.domain.reference import Reference
from kiosk.domain.words import Words, msg
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import ChoiceField, FormField, LineField
from kiosk.ui.visit.writing import Writing, writing_of

YES, NO = "yes", "no"
LONG_LIST = 20  # entries; in a longer list the code is shown and typed
_SHORT_LABEL = 3
_WORD = re.compile(r"[A-Z]+")
_KEPT_WORDS = {
    **{word: word for word in ("PNS", "TNI", "RI", "BUMN", "BUMD", "BPK", "DPD", "DPR", "DPRD", "YME")},
    **{word: word for word in ("SD", "SLTP", "SLTA", "I", "II", "III", "IV", "S")},
    "POLRI": "Polri",
    "TUHAN": "Tuhan",
}
_SEXES = {"1": msg("Male"), "2": msg("Female")}
_HELD = frozenset(
    {Field.HAS_BIRTH_CERTIFICATE, Field.HAS_MARRIAGE_CERTIFICATE, Field.HAS_DIVORCE_CERTIFICATE}
)
_HELD_WORDS = {YES: YES, "ada": YES, "ya": YES, "y": YES, NO: NO, "tidak": NO, "tidak ada": NO, "-": NO}
_NARROW = frozenset({Field.RT, Field.RW})


def label_shown(label: str) -> str:
    """Return an official label in small letters: `PETANI/PEKEBUN` as `Petani/pekebun`; short forms stay."""
    if len(label) <= _SHORT_LABEL:
        return label
    lowered = _WORD.sub(lambda found: _KEPT_WORDS.get(found[0], found[0].lower()), label)
    return lowered[:1].upper() + lowered[1:]


def held_of(text: str) -> str:
    """Return `yes` or `no` as a kept text means it, empty where it means neither."""
    return _HELD_WORDS.get(text.strip().casefold(), "")


def entry_of(known: CodeList, text: str) -> Code | None:
    """Return the entry a text means: `list:code`, the number, or a label; None when it means none."""
    list_id, mark, number = text.strip().partition(":")
    if mark:
        return known.get(number) if list_id == known.list_id else None
    return known.get(text.strip()) or known.find(text)


class Cell(FormField):
    """One field of the form with label, control and hint.

    `typed` carries what the form keeps, at every change by the person and never by `show_text`; `begun` tells that
    the person types, also where that is nothing the form keeps yet.
    """

    typed = Signal(str)
    begun = Signal()

    def __init__(
        self, field: Field, label: str, control: QWidget, *, note: str = "", hint: bool = False
    ) -> None:
        super().__init__(label, control, note=note, hint=hint)
        self.field = field
        self.has_hint = hint
        control.setObjectName(field.value)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.control,)

    @property
    def way_in(self) -> QWidget:
        """Where the keyboard goes when something is to be mended."""
        return self.control

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Tell whether nothing stands in the field."""

    @abstractmethod
    def show_text(self, text: str) -> None:
        """Show what the form keeps."""


class TypingLine(LineField):
    """A line that arranges what is typed as its `Writing` says; `typed` carries what the form keeps, after `begun`."""

    begun = Signal()
    typed = Signal(str)

    def __init__(self, writing: Writing, *, marked: bool = True) -> None:
        super().__init__(marked=marked)
        self._writing = writing
        self.textEdited.connect(self._arrange)

    def show_kept(self, text: str) -> None:
        """Show a kept text."""
        self.show_typed(self._writing.of(text))

    def _arrange(self, text: str) -> None:
        self.begun.emit()
        arranged, cursor = self._writing.arrange(text, self.cursorPosition())
        if arranged != text:
            self.setText(arranged)
            self.setCursorPosition(cursor)
        self.typed.emit(self._writing.told(arranged))

    def _go_over_sign(self, key: int) -> None:
        """Step over a sign that was put in, so that Backspace and Delete reach the digit behind it."""
        place, text = self.cursorPosition(), self.text()
        back = key == Qt.Key.Key_Backspace
        beside = text[place - 1 : place] if back else text[place : place + 1]
        if beside and beside in self._writing.signs and not self.hasSelectedText():
            self.setCursorPosition(place - 1 if back else place + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Backspace and Delete work over the signs between groups."""
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._go_over_sign(event.key())
        super().keyPressEvent(event)


class LineCell(Cell):
    """A field that is typed."""

    def __init__(self, field: Field, label: str, *, note: str = "", hint: bool = False) -> None:
        self.line = TypingLine(writing_of(field), marked=field not in _NARROW)
        super().__init__(field, label, self.line, note=note, hint=hint)
        self.line.begun.connect(self.begun)
        self.line.typed.connect(self.typed)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in the field."""
        return not self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Show what the form keeps."""
        self.line.show_kept(text)


class ListCell(Cell):
    """A field chosen from a code list; what is typed and in no list is told as it is."""

    def __init__(self, field: Field, label: str, known: CodeList, *, note: str = "") -> None:
        self._list = ChoiceField()
        self._known = known
        self._told = ""
        super().__init__(field, label, self._list, note=note)
        with_code = len(known) > LONG_LIST
        self._list.fill(
            (code.text, f"{code.code}  {label_shown(code.label)}" if with_code else label_shown(code.label))
            for code in known
        )
        self._list.line.textEdited.connect(lambda _: self.begun.emit())
        self._list.chosen.connect(self._tell)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in the field."""
        return not self._list.currentText().strip()

    def show_text(self, text: str) -> None:
        """Show the entry of a kept text, or the text where it is none."""
        entry = entry_of(self._known, text)
        self._told = entry.text if entry else text
        self._list.show_key(self._told)

    def _tell(self, key: str) -> None:
        entry = entry_of(self._known, key)
        text = entry.text if entry else key
        self._list.show_key(text)
        if text != self._told:
            self._told = text
            self.typed.emit(text)


class PairCell(Cell):
    """A field with two answers in sight: the sex, or whether there is a certificate."""

    def __init__(
        self, field: Field, label: str, options: Sequence[tuple[str, str]], *, known: CodeList | None = None
    ) -> None:
        self._pair = Segments(options)
        self._known = known
        self._kept = ""
        super().__init__(field, label, self._pair)
        self._pair.chosen.connect(self._tell)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was chosen, nor anything kept that is no answer."""
        return not self._kept.strip()

    def show_text(self, text: str) -> None:
        """Show the answer a kept text means; none where it means neither."""
        self._kept = text
        if self._known is None:
            self._pair.show_key(held_of(text))
        else:
            entry = entry_of(self._known, text)
            self._pair.show_key(entry.text if entry else "")

    def _tell(self, key: str) -> None:
        self._kept = key
        self.typed.emit(key)


def make_cell(
    words: Words, reference: Reference, field: Field, *, note: str = "", hint: bool = False
) -> Cell:
    """Return the control of a field."""
    label = words.say(FIELD[field])
    if field in _HELD:
        return PairCell(field, label, [(YES, words.say("There is")), (NO, words.say("No"))])
    if field not in CODE_LIST_OF:
        return LineCell(field, label, note=note, hint=hint)
    known = reference.codes[CODE_LIST_OF[field]]
    if field is Field.SEX:
        options = [(code.text, words.say(_SEXES.get(code.code, code.label))) for code in known]
        return PairCell(field, label, options, known=known)
    return ListCell(field, label, known, note=note)
