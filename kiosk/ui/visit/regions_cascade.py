"""The village by four lists, from the province down; a code typed into any of them fills all four."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.free_text import whole
from kiosk.domain.labels import REGION_LEVEL
from kiosk.domain.regions import Region, RegionLevel, RegionTable
from kiosk.domain.words import Words
from kiosk.ui.kit.fields import ChoiceField, FormField
from kiosk.ui.visit.biodata_fields import Cell

_CODE = re.compile(r"\s*(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?\s*\Z", re.ASCII)
_VILLAGE = RegionLevel.VILLAGE
_REGENCY_PREFIX = "Kabupaten "


def typed_code(text: str) -> str:
    """Return the region code in a text, with its dots: `3325072015` as `33.25.07.2015`; empty where there is none."""
    found = _CODE.match(text)
    return ".".join(part for part in found.groups() if part) if found else ""


def entry_words(region: Region) -> str:
    """Return a region as its list shows it: `25  Batang`."""
    return f"{region.code.rpartition('.')[2]}  {region.name.removeprefix(_REGENCY_PREFIX)}"


class VillageCell(Cell):
    """The village; `around` are the fields of province, regency and district before it.

    `path_shown` carries the code as far as it is known, such as `33.25.07`.
    """

    path_shown = Signal(str)

    def __init__(self, words: Words, regions: RegionTable, home: str) -> None:
        self._lists = {level: ChoiceField() for level in RegionLevel}
        self._asked = _VILLAGE  # the list that was typed into last
        super().__init__(Field.VILLAGE, words.say(REGION_LEVEL[_VILLAGE]), self._lists[_VILLAGE])
        self.around = tuple(
            FormField(words.say(REGION_LEVEL[level]), self._lists[level], hint=False)
            for level in RegionLevel
            if level is not _VILLAGE
        )
        self._regions = regions
        self._home = home
        self._offered: dict[RegionLevel, str] = {}
        self._path = ""
        self._told = ""
        self._taken: dict[RegionLevel, str] = {}
        for level, choice in self._lists.items():
            choice.setObjectName(f"region.{level.name.lower()}")
            choice.chosen.connect(lambda text, level=level: self._take(level, text))
            choice.line.textEdited.connect(lambda _: self.begun.emit())
            choice.line.textEdited.connect(self._take_whole_code)
        self.show_text("")

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The four lists."""
        return tuple(self._lists.values())

    @property
    def is_empty(self) -> bool:
        """Tell whether no village was chosen or typed, nor anything else that is no region."""
        return not self._told

    @property
    def way_in(self) -> QWidget:
        """The list that was typed into last."""
        return self._lists[self._asked]

    @property
    def path(self) -> str:
        """The code as far as it is known."""
        return self._path

    def show_text(self, text: str) -> None:
        """Show what the form keeps: a village, or the counter's own district where there is none yet."""
        code = typed_code(text)
        self._told = text
        self._asked = _VILLAGE
        if code and self._regions.get(code):
            self._show_path(code)
            return
        self._show_path(self._home)
        self._lists[_VILLAGE].show_key(text)
        self._taken[_VILLAGE] = text

    def show_hint(self, text: str, state: str = "") -> None:
        """Mark the list that was typed into last."""
        super().show_hint(text, state)
        for level, choice in self._lists.items():
            choice.show_state(state if level is self._asked else "")

    def _show_path(self, code: str) -> None:
        """Fill every list with what lies in the one before, and choose along the code."""
        parts = code.split(".") if code else []
        for level, choice in self._lists.items():
            inside = ".".join(parts[: level - 1]) if len(parts) >= level - 1 else None
            self._offer(level, inside)
            self._taken[level] = ".".join(parts[:level]) if len(parts) >= level else ""
            choice.show_key(self._taken[level])
        self._path = code
        self.path_shown.emit(code)

    def _offer(self, level: RegionLevel, inside: str | None) -> None:
        """Offer what lies in a region; nothing while that is not known."""
        wanted = "-" if inside is None else inside
        if self._offered.get(level) != wanted:
            self._offered[level] = wanted
            children = () if inside is None else self._regions.children(inside)
            self._lists[level].fill((region.code, entry_words(region)) for region in children)

    def _take(self, level: RegionLevel, text: str) -> None:
        """Go on from what was chosen, or typed, in one list."""
        if text == self._taken.get(level):
            return
        self._taken[level] = text
        self._asked = level
        known = self._regions.get(typed_code(text))
        if known is not None and known.level >= level:
            self._show_path(known.code)
            self._tell(known.code if known.level is _VILLAGE else "")
        elif text.strip():
            self._path = self._up_to(level)
            self._tell(whole(text))  # no region: kept as typed, and found to be none
        else:
            self._show_path(self._up_to(level))
            self._tell("")

    def _up_to(self, level: RegionLevel) -> str:
        """Return the code above a level, as far as it is known."""
        return ".".join(self._path.split(".")[: level - 1])

    def _tell(self, told: str) -> None:
        if told != self._told:
            self._told = told
            self.typed.emit(told)

    def _take_whole_code(self, text: str) -> None:
        """Take a village's code as soon as its last digit stands there, in whichever list."""
        code = typed_code(text)
        known = self._regions.get(code)
        if known is not None and known.level is _VILLAGE:
            self._show_path(code)
            self._tell(code)
