"""Residents of Gringsing who do not exist: names, numbers and families made from a seed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.domain import codes
from kiosk.domain.captures import Eye, Finger
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.reference import Reference
from kiosk.services.practice import OFFICE
from kiosk.wire.contents import ExceptionEntry, ResidentFile

_WOMEN = (
    "Siti", "Sri", "Dewi", "Ayu", "Wulan", "Ratna", "Endang", "Nur", "Lestari", "Murni", "Yuni", "Tri", "Eka", "Indah",
)  # fmt: skip
_MEN = (
    "Agus", "Budi", "Slamet", "Joko", "Eko", "Bambang", "Muhammad", "Ahmad", "Heru", "Wahyu", "Dwi", "Teguh", "Arif",
)  # fmt: skip
_FAMILY = (
    "Rahayu", "Santoso", "Wibowo", "Handayani", "Prasetyo", "Susanto", "Kurniawan", "Hidayat", "Utami", "Nugroho",
    "Setiawan", "Purnomo", "Astuti", "Saputra", "Maulana", "Widodo", "Hartono", "Yulianti", "Safitri", "Fauzi",
)  # fmt: skip
_TOWNS = ("Batang", "Kendal", "Pekalongan", "Semarang", "Pemalang")
_STREETS = (
    "Jl. Raya Gringsing",
    "Jl. Pemuda",
    "Jl. Melati",
    "Dukuh Krajan",
    "Jl. Ahmad Dahlan",
    "Jl. Pasar Lama",
)
_YOUNGEST, _OLDEST = 17, 78  # years
_DAYS_A_YEAR = 365.2425
_WITH_EXCEPTION = 0.04
_WITHOUT_CERTIFICATE = 0.1
_GROWN = 25  # years from which these people have families of their own
_MARITAL_STATUS = ("2", "2", "6")  # of the grown: married, married, widowed
_FEMALE_DAYS = 40


def practice_residents(count: int, *, seed: int, today: date, reference: Reference) -> Iterator[ResidentFile]:
    """Yield `count` residents who come for their first enrollment; the same seed and day give the same people."""
    chance = random.Random(seed)
    villages = [region.code for region in reference.regions.children(OFFICE)]
    for number in range(1, count + 1):
        yield _resident(chance, number, today, reference, villages)


def _resident(
    chance: random.Random, number: int, today: date, reference: Reference, villages: list[str]
) -> ResidentFile:
    female = chance.random() < 0.5
    born = today - timedelta(
        days=chance.randint(int(_YOUNGEST * _DAYS_A_YEAR) + 2, int(_OLDEST * _DAYS_A_YEAR))
    )
    grown = today.year - born.year > _GROWN
    marital_status = chance.choice(_MARITAL_STATUS) if grown else "1"
    name = _name(chance, female=female)
    texts = {
        "nik": _nik(born, number, female=female),
        "family_card_no": f"{_digits(OFFICE)}{_day(today)}{number % 9999 + 1:04}",
        "full_name": name,
        "sex": _code(reference, codes.SEX, "2" if female else "1"),
        "birth_place": chance.choice(_TOWNS).upper(),
        "birth_date": f"{born:%d-%m-%Y}",
        "marital_status": _code(reference, codes.MARITAL_STATUS, marital_status),
        **_standing(chance, reference, grown=grown),
        **_home(chance, villages),
        **_family(chance, reference, name, place=_place(marital_status, female=female, grown=grown)),
        **(_marriage(chance, today) if marital_status == "2" else {}),
    }
    return ResidentFile(service="first_enrollment", biodata=texts, exceptions=_exceptions(chance))


def _nik(born: date, number: int, *, female: bool) -> str:
    day = born.day + (_FEMALE_DAYS if female else 0)
    return f"{_digits(OFFICE)}{day:02}{born:%m%y}{number % 9999 + 1:04}"


def _name(chance: random.Random, *, female: bool) -> str:
    first = chance.choice(_WOMEN if female else _MEN)
    return f"{first} {chance.choice(_FAMILY)}".upper()


def _standing(chance: random.Random, reference: Reference, *, grown: bool) -> dict[str, str]:
    return {
        "citizenship": _code(reference, codes.CITIZENSHIP, "1"),
        "blood_type": _any(chance, reference, codes.BLOOD_TYPE),
        "religion": _code(reference, codes.RELIGION, chance.choice("1111123456")),
        "education": _code(reference, codes.EDUCATION, chance.choice("3458")),
        "occupation": _code(
            reference, codes.OCCUPATION, chance.choice(("9", "11", "15", "19", "30")) if grown else "3"
        ),
        "disability": _code(reference, codes.DISABILITY, "7"),
    }


def _place(marital_status: str, *, female: bool, grown: bool) -> str:
    """Return the place in the family: head, wife or child, as the code list numbers them."""
    if not grown:
        return "4"
    return "3" if female and marital_status == "2" else "1"


def _marriage(chance: random.Random, today: date) -> dict[str, str]:
    """Return the certificate of the married; one in ten has none, which asks the officer for a reason."""
    if chance.random() < _WITHOUT_CERTIFICATE:
        return {}
    number = f"{chance.randint(1, 400):04}/{chance.randint(1, 28):02}/{today.year - 1}"
    return {"has_marriage_certificate": "ADA", "marriage_certificate_no": number}


def _home(chance: random.Random, villages: list[str]) -> dict[str, str]:
    return {
        "address": f"{chance.choice(_STREETS)} No. {chance.randint(1, 150)}".upper(),
        "rt": f"{chance.randint(1, 12):03}",
        "rw": f"{chance.randint(1, 8):03}",
        "village": chance.choice(villages),
        "postal_code": "51281",
    }


def _family(chance: random.Random, reference: Reference, name: str, *, place: str) -> dict[str, str]:
    return {
        "family_relationship": _code(reference, codes.FAMILY_RELATIONSHIP, place),
        "head_of_family": name if place == "1" else _name(chance, female=False),
        "mother_name": _name(chance, female=True),
        "father_name": _name(chance, female=False),
    }


def _exceptions(chance: random.Random) -> tuple[ExceptionEntry, ...]:
    if chance.random() >= _WITH_EXCEPTION:
        return ()
    if chance.random() < 0.3:
        return tuple(ExceptionEntry(part=eye.value, reason=ExceptionReason.BLIND.value) for eye in Eye)
    part = chance.choice(list(Finger)).value
    return (ExceptionEntry(part=part, reason=ExceptionReason.MISSING.value),)


def _code(reference: Reference, list_id: str, code: str) -> str:
    found = reference.codes[list_id].get(code)
    if found is None:
        raise AssertionError(f"{list_id} has no {code}")
    return found.text


def _any(chance: random.Random, reference: Reference, list_id: str) -> str:
    return chance.choice(list(reference.codes[list_id])).text


def _digits(region: str) -> str:
    return region.replace(".", "")


def _day(day: date) -> str:
    return f"{day:%d%m%y}"
