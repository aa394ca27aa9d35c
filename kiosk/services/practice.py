"""A practice office: Gringsing, simulators, practice people and keys; nothing in it is worth anything to anybody."""

from dataclasses import dataclass

from kiosk.domain.papers import PaperKind, RecordStanding
from kiosk.domain.roles import Role
from kiosk.services.counter import Counter
from kiosk.services.roster import own_directives, put_own_directives
from kiosk.storage.records import Membership
from kiosk.wire.messages import RosterEntry
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.papers import LentBlock, OfficePapers, PaperRule, PaperSigner
from kiosk.wire.signing import SigningKey

OFFICE = "33.25.07"  # Gringsing, Batang
KIOSK_ID = "practice-gringsing-1"
_BASIS = "471.13/10231/DUKCAPIL, 29 September 2016"
_PATTERN = "{class}/{serial:04}/{district}/{month_roman}/{year}"


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """Somebody who works at every practice office, with the secrets everybody knows."""

    entry: RosterEntry
    password: str
    pin: str


def practice_people() -> tuple[PracticePerson, ...]:
    """Return the people of a practice office; their secrets stand in the manual."""
    known = (
        ("petugas", "Petugas Latihan", Role.OFFICER, "2468013"),
        ("supervisor", "Supervisor Latihan", Role.SUPERVISOR, "1357024"),
        ("teknisi", "Teknisi Latihan", Role.TECHNICIAN, "8642097"),
    )
    return tuple(
        PracticePerson(
            RosterEntry(user_id=user_id, name=name, role=role, active=True), f"{user_id}-latihan", pin
        )
        for user_id, name, role, pin in known
    )


def practice_papers(year: int) -> OfficePapers:
    """Return how papers of a practice office look: every kind, with 300 numbers a year."""
    kinds = (
        (PaperKind.ENROLLMENT_SLIP, "471.13/BP", RecordStanding.CAPTURED, ""),
        (PaperKind.TEMPORARY_CERTIFICATE, "471.13", RecordStanding.CAPTURED, _BASIS),
        (PaperKind.BIODATA_SHEET, "471.11", RecordStanding.CAPTURED, ""),
    )
    return OfficePapers(
        head=(
            "PEMERINTAH KABUPATEN BATANG",
            "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            "Kecamatan Gringsing",
        ),
        address="Jalan Raya Gringsing, Kabupaten Batang, Jawa Tengah 51281",
        place="Gringsing",
        issuer="33.25.07/L",
        reason="server pusat terputus",
        signer=PaperSigner(
            above=("a.n. KEPALA DINAS KEPENDUDUKAN", "DAN PENCATATAN SIPIL"),
            name="SUPERVISOR LATIHAN",
            nip="19800101 200501 1 001",
            mandate="Latihan 1/2026",
        ),
        rules=tuple(
            PaperRule(kind=kind, basis=basis, needs=needs, pattern=_PATTERN, class_code=code)
            for kind, code, needs, basis in kinds
        ),
        blocks=tuple(
            LentBlock(kind=kind, year=of, first=1, last=300) for of in (year, year + 1) for kind, *_ in kinds
        ),
    )


def make_practice_office(counter: Counter) -> OpeningIdentity:
    """Fill an empty store with a practice office of its own; returns the identity that opens its packets."""
    identity, centre = OpeningIdentity.generate(), SigningKey.generate()
    people = practice_people()
    membership = Membership(
        kiosk_id=KIOSK_ID,
        office=OFFICE,
        practice=True,
        centre_url="",
        recipients=(identity.recipient,),
        signing_keys=(centre.public.text,),
        generation=1,
    )
    with counter.store.writing() as ledger:
        ledger.facts.set_signing_key(SigningKey.generate())
        ledger.facts.set_membership(membership)
        entries = tuple(person.entry for person in people)
        papers = practice_papers(counter.today().year)
        put_own_directives(ledger, centre, own_directives(membership, entries, papers))
        for person in people:
            ledger.users.set_password(person.entry.user_id, person.password)
            ledger.users.set_pin(person.entry.user_id, person.pin)
        ledger.audit.append(counter.clock().wall, "", "practice", KIOSK_ID, OFFICE)
    counter.store.add_recovery((identity.recipient,))
    return identity
