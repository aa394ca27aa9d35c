"""Offices: a kecamatan by its region code, held against the table of regions that ships with the program."""

from functools import cache
from pathlib import Path

from central.errors import EnlistingError
from kiosk.domain.reference import load_reference
from kiosk.domain.regions import RegionLevel, RegionTable

RESOURCES = Path(__file__).parent.parent / "resources"


def known_regions() -> RegionTable:
    """Return the table of regions of the program."""
    return load_reference(RESOURCES).regions


@cache
def office_name(code: str) -> str:
    """Return the name of an office by its region code; the code itself where the table has none."""
    return _regions().name(code) or code


@cache
def _regions() -> RegionTable:
    return known_regions()


def check_office(code: str, regions: RegionTable) -> None:
    """Raise `EnlistingError` unless the text is the region code of a kecamatan there is."""
    region = regions.get(code)
    if region is None or region.level is not RegionLevel.DISTRICT:
        raise EnlistingError(f"There is no kecamatan {code}; the office is its code, such as 33.25.07.")
