"""The reference tables, read once, and the form of a resident about whom there is nothing to ask."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import kiosk
from kiosk.domain import codes
from kiosk.domain.biodata import Biodata, BiodataReading, Field
from kiosk.domain.biodata_rules import read_biodata
from kiosk.domain.reference import Reference, load_reference
from kiosk.domain.regions import RegionTable

TODAY = date(2026, 1, 1)
FORM: dict[Field, str] = {
    Field.NIK: "3325071708900001",
    Field.FAMILY_CARD_NO: "3325070101200001",
    Field.FULL_NAME: "SLAMET WIBOWO",
    Field.SEX: f"{codes.SEX}:1",
    Field.BIRTH_PLACE: "BATANG",
    Field.BIRTH_DATE: "17-08-1990",
    Field.CITIZENSHIP: f"{codes.CITIZENSHIP}:1",
    Field.BLOOD_TYPE: f"{codes.BLOOD_TYPE}:13",
    Field.RELIGION: f"{codes.RELIGION}:1",
    Field.MARITAL_STATUS: f"{codes.MARITAL_STATUS}:1",
    Field.EDUCATION: f"{codes.EDUCATION}:5",
    Field.OCCUPATION: f"{codes.OCCUPATION}:9",
    Field.DISABILITY: f"{codes.DISABILITY}:7",
    Field.ADDRESS: "Dukuh Krajan",
    Field.RT: "001",
    Field.RW: "002",
    Field.VILLAGE: "33.25.07.2015",
    Field.HEAD_OF_FAMILY: "SLAMET WIBOWO",
    Field.FAMILY_RELATIONSHIP: f"{codes.FAMILY_RELATIONSHIP}:1",
    Field.MOTHER_NAME: "SITI MURNI",
    Field.FATHER_NAME: "JOKO WIBOWO",
}


@pytest.fixture(scope="session")
def known() -> Reference:
    reference = load_reference(Path(kiosk.__file__).parent.parent / "resources")
    reference.regions.warm()
    return reference


@pytest.fixture(scope="session")
def regions(known: Reference) -> RegionTable:
    return known.regions


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def form() -> dict[Field, str]:
    """A form without findings; copy it before changing it."""
    return dict(FORM)


@pytest.fixture(scope="session")
def read(known: Reference) -> Callable[..., BiodataReading]:
    """Read the good form with some fields typed differently: `read({Field.RT: "x"})`."""

    def read_changed(changes: dict[Field, str], *, first_recording: bool = False) -> BiodataReading:
        return read_biodata(
            {**FORM, **changes}, today=TODAY, reference=known, first_recording=first_recording
        )

    return read_changed


@pytest.fixture(scope="session")
def citizen(read: Callable[..., BiodataReading]) -> Biodata:
    """The checked biodata of the good form."""
    biodata = read({}).biodata
    assert biodata is not None
    return biodata
