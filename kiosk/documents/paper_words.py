"""What each kind of paper says, from the checked data of a resident and the office's settings.

Wording: the elements of circular 471.13/10231/DUKCAPIL for the temporary certificate, the fields of the biodata form of
Permendagri 109/2019 for the sheet.  A paper says that the data are in the population database only where somebody
looked there, and with the day; it says of itself that it bears no electronic signature.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.documents.paper import Paper, PaperSize, Row, SealText, Section, Signature
from kiosk.documents.seal import local_code
from kiosk.domain.biodata import Biodata, Parent
from kiosk.domain.papers import STATUS_CODES, PaperCase, PaperKind, RecordStanding
from kiosk.domain.regions import RegionTable
from kiosk.domain.words import Words, msg
from kiosk.wire.papers import OfficePapers

_TITLES: dict[PaperKind, tuple[str, ...]] = {
    PaperKind.ENROLLMENT_SLIP: (msg("RECEIPT"), msg("OF THE RECORDING FOR THE ELECTRONIC IDENTITY CARD")),
    PaperKind.TEMPORARY_CERTIFICATE: (msg("CERTIFICATE"), msg("IN PLACE OF THE ELECTRONIC IDENTITY CARD")),
    PaperKind.BIODATA_SHEET: (msg("BIODATA OF A CITIZEN"),),
}
_DASH = "-"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """All that one paper is made of.

    case: what the rules looked at.  recorded_on: when the resident was recorded here; None where it was elsewhere.
    portrait_on: None without a portrait.  at: the moment of issue, in the office's zone.  until: its last day.
    letters: the text of the seal.  practice: at a practice office.
    """

    kind: PaperKind
    case: PaperCase
    office: OfficePapers
    basis: str
    number: str
    recorded_on: date | None
    portrait_on: date | None
    at: datetime
    until: date | None
    letters: str
    practice: bool


def paper_of(facts: PaperFacts, words: Words, regions: RegionTable) -> Paper:
    """Return the paper in the language of the words; which is the state's on every paper, whatever the screen's is."""
    office, biodata = facts.office, facts.case.biodata
    titles = tuple(words.say(line) for line in _TITLES[facts.kind])
    return Paper(
        kind=facts.kind,
        language=words.language,
        size=PaperSize(office.paper),
        head=office.head,
        address=office.address,
        title=titles,
        number=words.say("Number: {number}", number=facts.number),
        opening=_opening(facts, words),
        sections=tuple(_sections(facts, words, regions)),
        caption=_caption(facts, words),
        paragraphs=tuple(_paragraphs(facts, words)),
        small=tuple(_small(facts, words)),
        date_line=f"{office.place}, {words.long_date(facts.at.date())}",
        signatures=_signatures(facts, words),
        seal=_seal(facts.letters, words),
        status=_status(facts, words),
        foot=words.say(
            "Page 1 of 1. Counter {counter}. Free of charge: report any demand for money!",
            counter=office.issuer,
        ),
        subject=f"{biodata.name.full}, {facts.number}",
        mark=words.say("PRACTICE") if facts.practice else "",
        stamp_hint=words.say("stamp"),
        no_portrait=words.say("No photo"),
    )


def _opening(facts: PaperFacts, words: Words) -> str:
    if facts.kind is PaperKind.BIODATA_SHEET:
        return ""
    return words.say("The undersigned certifies that:")


def _caption(facts: PaperFacts, words: Words) -> str:
    return words.say("Photo {day}", day=words.date(facts.portrait_on)) if facts.portrait_on else ""


def _sections(facts: PaperFacts, words: Words, regions: RegionTable) -> Iterator[Section]:
    biodata = facts.case.biodata
    if facts.kind is PaperKind.ENROLLMENT_SLIP:
        yield Section((*_first_rows(biodata, words), *_region_rows(biodata, words, regions)))
    elif facts.kind is PaperKind.TEMPORARY_CERTIFICATE:
        yield Section(tuple(_card_rows(biodata, words, regions)))
    else:
        yield Section(tuple(_family_rows(biodata, words, regions)), words.say("I. Family"))
        yield Section(tuple(_person_rows(biodata, words)), words.say("II. Person"))
        yield Section(tuple(_parent_rows(biodata, words)), words.say("III. Parents"))


def _first_rows(biodata: Biodata, words: Words) -> tuple[Row, ...]:
    born = f"{biodata.birth_place}, {words.date(biodata.birth_date)}"
    return (
        Row(words.say("NIK"), biodata.nik.digits, strong=True),
        Row(words.say("Name"), biodata.name.full, strong=True),
        Row(words.say("Place, date of birth"), born),
        Row(words.say("Sex"), biodata.sex.label),
    )


def _card_rows(biodata: Biodata, words: Words, regions: RegionTable) -> Iterator[Row]:
    """Yield what the card itself bears, in its order."""
    yield from _first_rows(biodata, words)
    yield Row(words.say("Blood group"), biodata.blood_type.label)
    yield from _address_rows(biodata, words)
    yield from _region_rows(biodata, words, regions)
    yield Row(words.say("Religion"), biodata.religion.label)
    yield Row(words.say("Marital status"), biodata.marital_status.label)
    yield Row(words.say("Occupation"), biodata.occupation.label)
    yield Row(words.say("Nationality"), biodata.citizenship.label)


def _address_rows(biodata: Biodata, words: Words) -> Iterator[Row]:
    address = biodata.address
    yield Row(words.say("Address"), ", ".join(part for part in (address.hamlet, address.street) if part))
    yield Row(words.say("RT/RW"), f"{address.rt}/{address.rw}")


def _region_rows(biodata: Biodata, words: Words, regions: RegionTable) -> tuple[Row, ...]:
    path = [region.name.upper() for region in regions.path(biodata.address.village)]
    labels = (
        words.say("Village"),
        words.say("District"),
        words.say("Regency or city"),
        words.say("Province"),
    )
    return tuple(Row(label, name) for label, name in zip(labels, reversed(path), strict=False))


def _family_rows(biodata: Biodata, words: Words, regions: RegionTable) -> Iterator[Row]:
    yield Row(words.say("Number of the family card"), biodata.family_card_no.digits)
    yield Row(words.say("Head of the family"), biodata.head_of_family or _DASH)
    yield from _address_rows(biodata, words)
    yield from _region_rows(biodata, words, regions)


def _person_rows(biodata: Biodata, words: Words) -> Iterator[Row]:
    yield from _first_rows(biodata, words)
    yield Row(words.say("Blood group"), biodata.blood_type.label)
    yield Row(words.say("Religion"), biodata.religion.label)
    yield Row(words.say("Marital status"), biodata.marital_status.label)
    yield Row(words.say("Relationship"), biodata.family_relationship.label)
    yield Row(words.say("Education"), biodata.education.label)
    yield Row(words.say("Occupation"), biodata.occupation.label)
    yield Row(words.say("Nationality"), biodata.citizenship.label)


def _parent_rows(biodata: Biodata, words: Words) -> tuple[Row, ...]:
    return (
        Row(words.say("Mother"), _named(biodata.mother)),
        Row(words.say("Father"), _named(biodata.father)),
    )


def _named(parent: Parent) -> str:
    return f"{parent.name} ({parent.nik.digits})" if parent.nik else parent.name or _DASH


def _paragraphs(facts: PaperFacts, words: Words) -> Iterator[str]:
    if facts.kind is PaperKind.BIODATA_SHEET:
        yield _checked(facts, words)
        return
    yield _recorded(facts, words)
    if facts.kind is PaperKind.ENROLLMENT_SLIP:
        yield words.say("This receipt is no identity paper. Bring it when you ask for your card.")
    elif facts.until is not None:
        until = words.long_date(facts.until)
        yield words.say(
            "This certificate is valid until {until} or until the card is printed, and is free of charge.",
            until=until,
        )


def _recorded(facts: PaperFacts, words: Words) -> str:
    """Return when and where the resident was recorded, what was found of that, and why there is no card."""
    told = []
    if facts.recorded_on is not None:
        day, place = words.long_date(facts.recorded_on), facts.office.head[-1]
        told.append(words.say("was recorded for the KTP-el on {day} at {place}.", day=day, place=place))
    else:
        told.append(words.say("was, by own account, recorded for the KTP-el earlier at another office."))
    if facts.kind is PaperKind.TEMPORARY_CERTIFICATE:
        if facts.case.checked_on is not None or facts.recorded_on is None:
            told.append(_checked(facts, words))
        if facts.office.reason:
            told.append(
                words.say("The card cannot be printed yet because {reason}.", reason=facts.office.reason)
            )
    return " ".join(told)


def _checked(facts: PaperFacts, words: Words) -> str:
    if facts.case.checked_on is None:
        return words.say("The data were not checked with the population database.")
    return words.say(
        "The data were found in the population database on {day}.", day=words.long_date(facts.case.checked_on)
    )


def _small(facts: PaperFacts, words: Words) -> Iterator[str]:
    if facts.basis:
        yield words.say("Basis: {basis}.", basis=facts.basis)
    if facts.office.signer.mandate and facts.kind is not PaperKind.ENROLLMENT_SLIP:
        yield words.say("Mandate: {mandate}.", mandate=facts.office.signer.mandate)


def _signatures(facts: PaperFacts, words: Words) -> tuple[Signature, ...]:
    signer = facts.office.signer
    below = words.say("NIP {nip}", nip=signer.nip) if signer.nip else ""
    office = Signature(signer.above, signer.name, below, stamped=True)
    if facts.kind is not PaperKind.TEMPORARY_CERTIFICATE:
        return (office,)
    return (Signature((words.say("Signature of the holder"),), facts.case.biodata.name.full), office)


def _seal(letters: str, words: Words) -> SealText:
    return SealText(
        letters=letters,
        heading=words.say("Local verification code"),
        code=local_code(letters),
        notes=(
            words.say(
                "Made by the counter's machine, without the centre. No electronic signature (TTE). "
                "Valid with signature and stamp."
            ),
            words.say("To check: scan the code, or tell number and code at the office of the kecamatan."),
        ),
    )


def _status(facts: PaperFacts, words: Words) -> tuple[str, str, str] | None:
    standing = facts.case.standing
    code = "" if standing is RecordStanding.ELSEWHERE else STATUS_CODES.get(standing, "")
    if not code:
        return None
    return words.say("Card status"), code, f"{words.date(facts.at.date())} {words.time(facts.at)}"
