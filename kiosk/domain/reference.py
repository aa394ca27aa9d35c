"""The tables the rules refer to: code lists and regions, read from the resources of the program."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.codes import CodeLists
from kiosk.domain.regions import RegionTable


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the rules look things up in."""

    codes: CodeLists
    regions: RegionTable


def load_reference(folder: Path) -> Reference:
    """Read `codes.json` and `regions/` of a folder; raises OSError for a missing file, MalformedError."""
    codes = CodeLists.parse((folder / "codes.json").read_bytes())
    regions = folder / "regions"
    return Reference(
        codes,
        RegionTable(
            (regions / "regions.tsv.xz").read_bytes(), (regions / "districts_retired.tsv").read_bytes()
        ),
    )
