"""Issuing papers: refused in words where a rule stands against it, numbered once, and told to the centre."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from kiosk.app.places import RESOURCES
from kiosk.documents.seal import opened
from kiosk.documents.typeface import load_typeface
from kiosk.domain.biodata import Field
from kiosk.domain.clock import ClockState
from kiosk.domain.papers import RecordStanding
from kiosk.domain.register import PaperState
from kiosk.domain.requests import DocumentKind, Service
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words
from kiosk.services import mending
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, NoVisitError
from kiosk.services.issuing import Issuer
from kiosk.services.practice import practice_papers
from kiosk.services.register_acts import Register
from kiosk.services.roster import own_directives, put_own_directives, signed_directives
from kiosk.services.saving import Saved
from kiosk.storage.records import PacketState
from kiosk.wire.contents import ResidentFile
from kiosk.wire.encoding import to_base64url
from kiosk.wire.messages import PacketKind
from kiosk.wire.papers import LentBlock
from kiosk.wire.signing import SigningKey
from tests.services.conftest import StandingClock, ready_visit
from tests.services.papers import (
    CERTIFICATE,
    SHEET,
    SLIP,
    asked_for_paper,
    codes_of,
    decide,
    direct,
    issued,
    recorded,
    refusal,
    ruled,
    tell,
    text_of,
)


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture
def issuer(counter: Counter) -> Issuer:
    return Issuer(counter, Words.load(RESOURCES / "locale", "id"))


@pytest.fixture
def register(counter: Counter) -> Register:
    return Register(counter)


@pytest.fixture
def visit_id(counter: Counter, officer: Officer, people: list[ResidentFile]) -> str:
    return recorded(counter, officer, people[0])


def test_a_certificate_has_a_number_a_line_and_a_packet_that_names_it(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    entry = issued(issuer, supervisor, visit_id)

    assert (entry.number, entry.serial, entry.issued_by) == ("471.13/0001/33.25.07/I/2026", 1, "supervisor")
    assert entry.valid_until == date(2026, 7, 5)
    with counter.store.reading() as ledger:
        assert ledger.papers.get(entry.number) == entry
        packet = ledger.outbox.of_visit(visit_id)[-1]
    assert (packet.kind, packet.priority) == (PacketKind.CERTIFICATE, 1)


def test_the_paper_says_what_was_recorded_and_its_seal_says_the_same(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str, people: list[ResidentFile]
) -> None:
    entry = issued(issuer, supervisor, visit_id)
    text = text_of(issuer.pdf(entry.number))

    for value in (entry.number, entry.nik, entry.full_name, "5 Juli 2026", "LATIHAN", entry.code, "BIO"):
        assert value in text
    assert "terdata dalam basis data" not in text
    with counter.store.reading() as ledger:
        key = ledger.facts.signing_key()
    assert key is not None
    letters = entry.content.split('"letters":"')[1].split('"')[0]
    seal = opened(letters, {key.public.fingerprint: key.public})
    assert (seal.number, seal.nik, seal.name) == (entry.number, entry.nik, entry.full_name)
    assert seal.valid_until == entry.valid_until


def test_what_the_centre_checked_is_said_with_its_day(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    decide(counter, visit_id, Decision.ACCEPTED)

    text = text_of(issuer.pdf(issued(issuer, supervisor, visit_id).number))

    assert "terdata dalam basis data kependudukan, dicek pada 5 Januari 2026" in text
    assert "PRR" in text


def test_another_print_is_the_same_to_the_byte(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    number = issued(issuer, supervisor, visit_id).number
    first = issuer.pdf(number)
    direct(counter, practice_papers(2026).model_copy(update={"reason": "blangko habis"}))
    decide(counter, visit_id, Decision.ACCEPTED)

    assert issuer.pdf(number) == first


def test_the_preview_shows_the_paper_and_takes_no_number(
    issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    preview = issuer.preview(supervisor, visit_id, CERTIFICATE)

    assert isinstance(preview, bytes)
    assert text_of(preview) == text_of(issuer.pdf(issued(issuer, supervisor, visit_id).number))


@pytest.mark.parametrize(
    "verdict",
    [
        (Decision.DUPLICATE, "paper.duplicate"),
        (Decision.ADJUDICATE, "paper.under_decision"),
        (Decision.REJECTED, "paper.rejected"),
    ],
)
def test_a_record_the_centre_did_not_accept_gets_no_paper(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str, verdict: tuple[Decision, str]
) -> None:
    decision, code = verdict
    decide(counter, visit_id, decision)

    for kind in (CERTIFICATE, SHEET):
        assert refusal(issuer.issue(supervisor, visit_id, kind)) >= {code}
    with counter.store.reading() as ledger:
        assert ledger.papers.last_used(CERTIFICATE, 2026) == 0


def test_nobody_gets_a_certificate_before_being_recorded(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = asked_for_paper(counter, officer, people[1], Service.BIODATA_SHEET, enrolled_before=False)

    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) >= {"paper.not_recorded"}
    assert refusal(issuer.issue(supervisor, visit_id, SLIP)) >= {"paper.not_recorded_here"}


def test_who_was_recorded_elsewhere_gets_one_that_says_it_was_not_checked(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = asked_for_paper(
        counter, officer, people[1], Service.TEMPORARY_CERTIFICATE, enrolled_before=True
    )

    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) >= {"paper.wants_reason"}
    entry = issued(issuer, supervisor, visit_id, reason="Old card shown, social aid tomorrow")
    text = text_of(issuer.pdf(entry.number))
    assert "Data belum dicek ke basis data kependudukan." in text
    assert "telah melakukan perekaman KTP-el sebelumnya di kantor lain" in text


def test_the_strict_rule_waits_for_the_centre(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    direct(counter, ruled(lambda _: {"needs": RecordStanding.CHECKED}))
    assert codes_of(issuer, supervisor, visit_id) >= {"paper.not_checked_by_centre"}

    decide(counter, visit_id, Decision.ACCEPTED)
    issued(issuer, supervisor, visit_id)


def test_the_looser_rule_is_content_once_the_centre_has_the_record(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    direct(counter, ruled(lambda _: {"needs": RecordStanding.RECEIVED}))
    assert codes_of(issuer, supervisor, visit_id) >= {"paper.not_received"}

    with counter.store.writing() as ledger:
        for entry in ledger.outbox.of_visit(visit_id):
            ledger.outbox.acknowledge(entry.packet_id, "signed", counter.clock().wall)
            assert ledger.outbox.get(entry.packet_id).state is PacketState.ACKNOWLEDGED  # type: ignore[union-attr]
    assert "SFE" in text_of(issuer.pdf(issued(issuer, supervisor, visit_id).number))


def test_a_kind_that_is_switched_off_is_refused_and_so_is_everything_without_settings(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    direct(counter, ruled(lambda rule: {"is_on": rule["kind"] is not CERTIFICATE}))
    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) == {"paper.switched_off"}
    issued(issuer, supervisor, visit_id, SHEET)

    direct(counter, None)
    assert refusal(issuer.issue(supervisor, visit_id, SHEET)) == {"paper.switched_off"}


def test_settings_that_the_centre_did_not_sign_issue_nothing(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    with counter.store.writing() as ledger:
        membership, before = ledger.facts.membership(), signed_directives(ledger)
        assert membership is not None
        assert before is not None
        forged = own_directives(membership, before.roster, practice_papers(2026))
        put_own_directives(ledger, SigningKey.generate(), forged)

    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) == {"paper.switched_off"}


def test_used_up_numbers_are_told_and_nothing_is_issued_without_one(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    lent = tuple(LentBlock(kind=CERTIFICATE, year=2026, first=7, last=8) for _ in range(1))
    direct(counter, practice_papers(2026).model_copy(update={"blocks": lent}))
    visits = [recorded(counter, officer, file) for file in people[:3]]

    numbers = [issued(issuer, supervisor, visit_id).serial for visit_id in visits[:2]]
    assert numbers == [7, 8]
    assert refusal(issuer.issue(supervisor, visits[2], CERTIFICATE)) == {
        "paper.not_checked",
        "number.used_up",
    }
    with counter.store.reading() as ledger:
        assert len(ledger.papers.between(date(2026, 1, 1), date(2026, 12, 31))) == 2


def test_a_new_year_counts_anew(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str, clock: StandingClock
) -> None:
    issued(issuer, supervisor, visit_id)
    clock.now = replace(clock.now, wall=clock.now.wall + timedelta(days=365))

    entry = issued(issuer, supervisor, visit_id)

    assert entry.number == "471.13/0001/33.25.07/I/2027"


def test_a_second_certificate_wants_a_reason_and_a_renewal_ends_the_first(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    first = issued(issuer, supervisor, visit_id)
    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) >= {"paper.holds_valid_one"}

    second = issued(issuer, supervisor, visit_id, reason="The first was torn", renews=first.number)

    with counter.store.reading() as ledger:
        ended = ledger.papers.get(first.number)
    assert ended is not None
    assert (ended.state, ended.reason) == (PaperState.WITHDRAWN, f"renewed: {second.number}")
    assert second.renews == first.number


def test_a_suspect_clock_wants_a_reason(
    issuer: Issuer, supervisor: Officer, visit_id: str, clock: StandingClock
) -> None:
    clock.now = replace(clock.now, state=ClockState.SUSPECT)

    assert refusal(issuer.issue(supervisor, visit_id, CERTIFICATE)) >= {"paper.clock_suspect"}
    issued(issuer, supervisor, visit_id, reason="Compared with the calendar on the wall")


def test_a_withdrawn_record_gets_no_paper_and_its_data_can_be_forgotten(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    mending.withdraw(counter, supervisor, visit_id, "the wrong person")
    assert codes_of(issuer, supervisor, visit_id) >= {"paper.withdrawn_record"}

    with counter.store.writing() as ledger:
        assert ledger.residents.forget_told(counter.clock().wall - timedelta(days=365)) == 1

    assert codes_of(issuer, supervisor, visit_id) == {"paper.data_not_kept"}


def test_only_a_supervisor_issues(
    issuer: Issuer, officer: Officer, technician: Officer, visit_id: str
) -> None:
    for somebody in (officer, technician):
        with pytest.raises(NotAllowedError):
            issuer.issue(somebody, visit_id, CERTIFICATE)


def test_a_visit_that_was_never_saved_has_no_paper(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    unsaved = ready_visit(counter, officer, people[0])

    with pytest.raises(NoVisitError):
        issuer.issue(supervisor, unsaved, CERTIFICATE)
    with pytest.raises(NoVisitError):
        issuer.pdf("no such number")


def test_a_lost_card_wants_the_letter_of_the_police(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    tell(counter, visit_id, service=Service.REPLACEMENT_LOST.value, documents_shown=())
    assert codes_of(issuer, supervisor, visit_id) >= {"paper.no_police_letter"}

    tell(counter, visit_id, documents_shown=(DocumentKind.POLICE_LETTER.value,))
    assert "paper.no_police_letter" not in codes_of(issuer, supervisor, visit_id)


def test_under_seventeen_and_unmarried_there_is_no_certificate_but_a_sheet(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    with counter.store.reading() as ledger:
        resident = ledger.residents.by_visit(visit_id)
    assert resident is not None
    biodata = dict(ResidentFile.read(resident.told).biodata)
    biodata |= {"birth_date": "2010-03-04", "marital_status": "marital_status.f101_2019:1"}
    tell(counter, visit_id, biodata=biodata)

    assert codes_of(issuer, supervisor, visit_id) >= {"paper.too_young"}
    issued(issuer, supervisor, visit_id, SHEET)


def test_an_amended_record_prints_what_it_says_now(
    counter: Counter, issuer: Issuer, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    outcome = mending.amend(counter, supervisor, visit_id, {Field.ADDRESS: "JL. BARU NO. 7"}, "moved")
    assert isinstance(outcome, Saved)

    assert "JL. BARU NO. 7" in text_of(issuer.pdf(issued(issuer, supervisor, visit_id).number))


def _picture(colour: tuple[int, int, int], kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 70), colour).save(out, kind)
    return out.getvalue()


def _images(pdf: bytes) -> int:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return len(page.images)


def test_the_emblem_of_the_day_stays_on_the_paper_whatever_the_office_has_later(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    plain = _images(issuer.pdf(issued(issuer, supervisor, visit_id).number))
    emblem = to_base64url(_picture((200, 20, 20)))
    direct(counter, practice_papers(2026).model_copy(update={"emblem": emblem}))
    number = issued(issuer, supervisor, visit_id, reason="uji").number
    first = issuer.pdf(number)
    direct(counter, practice_papers(2026))

    assert _images(first) == plain + 1
    assert issuer.pdf(number) == first


@pytest.mark.parametrize("emblem", ["!", to_base64url(b"no picture"), to_base64url(_picture((0, 0, 9))[:60])])
def test_an_emblem_that_cannot_be_drawn_keeps_no_paper_from_anybody(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str, emblem: str
) -> None:
    direct(counter, practice_papers(2026).model_copy(update={"emblem": emblem}))

    assert issuer.pdf(issued(issuer, supervisor, visit_id).number).startswith(b"%PDF")
