"""Which paper and tray a job asks for, in IPP's words."""

import re
from dataclasses import dataclass

from kiosk.devices.api import NotSupportedError
from kiosk.devices.drivers.ipp import Attribute, Tag, attribute

A4 = "iso_a4_210x297mm"
_MEDIA_SIZE = re.compile(r"_([0-9]{1,4}(?:\.[0-9]{1,3})?)x([0-9]{1,4}(?:\.[0-9]{1,3})?)(mm|in)$")
_HUNDREDTHS = {"mm": 100, "in": 2540}  # of a millimetre


@dataclass(frozen=True, slots=True)
class Paper:
    """Which paper a page is printed on; empty: what the printer takes by itself."""

    media: str
    tray: str

    def attributes(self) -> tuple[Attribute, ...]:
        """Return it as IPP has it; raises `NotSupportedError` for a name without a size beside a tray."""
        if not self.tray:
            return (attribute("media", Tag.KEYWORD, self.media),) if self.media else ()
        source = attribute("media-source", Tag.KEYWORD, self.tray)
        members = (self._size(), source) if self.media else (source,)
        return (attribute("media-col", Tag.BEGIN, Attribute("", Tag.BEGIN, members)),)

    def _size(self) -> Attribute:
        found = _MEDIA_SIZE.search(self.media)
        if found is None:
            raise NotSupportedError(f"The setting media is a name with a size, such as {A4}.")
        wide, high = (round(float(side) * _HUNDREDTHS[found[3]]) for side in found.groups()[:2])
        sides = (attribute("x-dimension", Tag.INTEGER, wide), attribute("y-dimension", Tag.INTEGER, high))
        return attribute("media-size", Tag.BEGIN, Attribute("", Tag.BEGIN, sides))
