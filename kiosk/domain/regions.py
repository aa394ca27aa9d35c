"""The table of regions: provinces, regencies, districts and villages by their code, and districts that are gone.

Codes and names: Kepmendagri 300.2.2-2430/2025, by way of cahyadsn/wilayah (MIT, see resources/regions/NOTICE).
"""

import lzma
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from kiosk.domain.errors import MalformedError

WHOLE_COUNTRY = ""
# Beyond this length nobody typed a name; the text is not even looked at.
_LONGEST_SEARCH = 200


class RegionLevel(IntEnum):
    """How deep a region lies."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class Standing(IntEnum):
    """What the table says of the first six digits of a number."""

    CURRENT = 0
    RETIRED = 1
    UNKNOWN = 2
    NO_DISTRICT = 3  # district part 00
    NO_PROVINCE = 4


@dataclass(frozen=True, slots=True)
class Region:
    """One region; names are not unique, codes are (`33.25.07.2015`)."""

    code: str
    name: str

    @property
    def level(self) -> RegionLevel:
        """Province, regency, district or village, by the parts of the code."""
        return RegionLevel(self.code.count(".") + 1)


@dataclass(frozen=True, slots=True)
class RetiredDistrict:
    """A district code no longer in use, which numbers given in its time still carry.

    first_year, last_year: of the archive in which it was seen.  successors: today's districts of the same name.
    """

    code: str
    name: str
    first_year: int
    last_year: int
    successors: tuple[str, ...] = ()


class RegionTable:
    """The regions of the country; decompressed and indexed at the first question, see `warm`."""

    def __init__(self, compressed: bytes, retired: bytes) -> None:
        """Take `regions.tsv.xz` (code TAB name, sorted by code) and `districts_retired.tsv` as read."""
        self._compressed = compressed
        self._retired_content = retired

    def warm(self) -> None:
        """Do the work of the first question and the first search now; raises MalformedError."""
        _ = self._children, self._retired, self._folded

    @cached_property
    def _names(self) -> dict[str, str]:
        try:
            text = lzma.decompress(self._compressed).decode("utf-8")
        except (lzma.LZMAError, ValueError) as error:
            raise MalformedError("the region table cannot be read") from error
        return {code: name for code, _, name in (line.partition("\t") for line in text.splitlines())}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for code in self._names:
            children.setdefault(code.rpartition(".")[0], []).append(code)
        return children

    @cached_property
    def _retired(self) -> dict[str, RetiredDistrict]:
        try:
            rows = [line.split("\t") for line in self._retired_content.decode("utf-8").splitlines()]
            return {
                code: RetiredDistrict(code, name, int(first), int(last), tuple(successors.split()))
                for code, name, first, last, successors in rows
            }
        except ValueError as error:
            raise MalformedError("the table of retired districts cannot be read") from error

    @cached_property
    def _folded(self) -> list[tuple[str, str]]:
        return [(name.casefold(), code) for code, name in self._names.items()]

    def __len__(self) -> int:
        return len(self._names)

    def get(self, code: str) -> Region | None:
        """Return the region of that code, None when there is none."""
        name = self._names.get(code)
        return None if name is None else Region(code, name)

    def name(self, code: str) -> str:
        """Return the name of that code, the empty string when there is none."""
        return self._names.get(code, "")

    def children(self, code: str = WHOLE_COUNTRY) -> tuple[Region, ...]:
        """Return what lies directly in a region, by code; the provinces for the whole country."""
        return tuple(Region(child, self._names[child]) for child in self._children.get(code, ()))

    def path(self, code: str) -> tuple[Region, ...]:
        """Return the regions from the province down to that code; nothing when the code is unknown."""
        if code not in self._names:
            return ()
        parts = code.split(".")
        codes = [".".join(parts[: depth + 1]) for depth in range(len(parts))]
        return tuple(Region(part, self.name(part)) for part in codes)

    def place(self, code: str) -> str:
        """Return a village with its district, as people say it: `Lebo, Gringsing`; the empty string when unknown."""
        path = self.path(code)
        return ", ".join(region.name for region in reversed(path) if region.level >= RegionLevel.DISTRICT)

    def retired(self, code: str) -> RetiredDistrict | None:
        """Return the district that once had that code, None when there was none."""
        return self._retired.get(code)

    def standing(self, digits: str) -> Standing:
        """Tell what is known of the district in the first six digits of a NIK or family card number."""
        province, regency, district = digits[:2], digits[2:4], digits[4:6]
        if province not in self._names:
            return Standing.NO_PROVINCE
        if district == "00":
            return Standing.NO_DISTRICT
        code = f"{province}.{regency}.{district}"
        if code in self._names:
            return Standing.CURRENT
        return Standing.RETIRED if code in self._retired else Standing.UNKNOWN

    def search(self, text: str, limit: int = 20, *, within: str = WHOLE_COUNTRY) -> tuple[Region, ...]:
        """Return regions by name, best first: the whole name, its beginning, a word's beginning, anywhere.

        text: words of the name, then words of the regions around it (`lebo gringsing`), or a code.
        within: only regions of that code and below.
        """
        words = text.casefold().split() if len(text) <= _LONGEST_SEARCH else []
        if not words:
            return ()
        if direct := self.get(words[0]):
            return (direct,)
        found = [
            (rank, len(name), code)
            for name, code in self._folded
            if words[0] in name and code.startswith(within) and (rank := self._rank(words, name, code)) >= 0
        ]
        found.sort()
        return tuple(Region(code, self._names[code]) for _, _, code in found[:limit])

    def _rank(self, words: list[str], name: str, code: str) -> int:
        whole = " ".join(words)
        if name == whole:
            return 0
        if name.startswith(whole):
            return 1
        if len(words) > 1 and not self._lies_at(words, code):
            return -1
        return 2 if f" {words[0]}" in f" {name}" else 3

    def _lies_at(self, words: list[str], code: str) -> bool:
        around = " ".join(region.name for region in self.path(code)).casefold()
        return all(word in around for word in words)
