"""What becomes of an issued paper: nothing is handed over unseen, a number never comes twice, each act is told."""

from dataclasses import replace

import pytest

from kiosk.app.places import RESOURCES
from kiosk.documents.typeface import load_typeface
from kiosk.domain.register import PaperState, Printing, RegisterEntry
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer
from kiosk.services.issuing import Issuer
from kiosk.services.register_acts import Register
from kiosk.wire.contents import CHANGE, ChangeFile, ResidentFile
from kiosk.wire.messages import PacketKind
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import open_packet
from tests.services.papers import (
    issued,
    recorded,
    refusal,
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


def test_a_paper_is_handed_over_once_somebody_saw_it_come_out(
    issuer: Issuer, register: Register, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    number = issued(issuer, supervisor, visit_id).number
    register.asked_to_print(supervisor, number)
    assert [entry.number for entry in register.unconfirmed(supervisor)] == [number]
    assert refusal(register.hand_over(officer, number, "the resident")) == {"paper.not_seen_printed"}

    register.came_out(supervisor, number, Printing.PRINTED)
    assert refusal(register.hand_over(officer, number, "  ")) == {"paper.to_whom"}
    entry = register.hand_over(officer, number, "the resident")

    assert isinstance(entry, RegisterEntry)
    assert (entry.state, entry.handed_to, entry.prints) == (PaperState.HANDED_OVER, "the resident", 1)
    assert refusal(register.hand_over(officer, number, "somebody else")) == {"paper.handed_over"}
    assert register.unconfirmed(supervisor) == ()


def test_a_failed_print_is_no_paper_and_may_be_tried_again(
    issuer: Issuer, register: Register, supervisor: Officer, visit_id: str
) -> None:
    number = issued(issuer, supervisor, visit_id).number
    register.asked_to_print(supervisor, number)
    register.came_out(supervisor, number, Printing.FAILED)
    assert refusal(register.hand_over(supervisor, number, "the resident")) == {"paper.not_seen_printed"}

    again = register.asked_to_print(supervisor, number)

    assert isinstance(again, RegisterEntry)
    assert (again.printing, again.prints) == (Printing.UNKNOWN, 2)


def test_a_reprint_wants_a_reason(
    issuer: Issuer, register: Register, supervisor: Officer, visit_id: str
) -> None:
    number = issued(issuer, supervisor, visit_id).number
    register.asked_to_print(supervisor, number)
    register.came_out(supervisor, number, Printing.PRINTED)

    assert refusal(register.asked_to_print(supervisor, number)) == {"change.no_reason"}
    entry = register.asked_to_print(supervisor, number, reason="Coffee on it")
    assert isinstance(entry, RegisterEntry)
    assert (entry.prints, entry.reason) == (2, "Coffee on it")


def test_a_spoiled_sheet_keeps_its_number_for_ever(
    issuer: Issuer, register: Register, supervisor: Officer, visit_id: str
) -> None:
    first = issued(issuer, supervisor, visit_id)
    assert refusal(register.void(supervisor, first.number, "")) == {"change.no_reason"}
    void = register.void(supervisor, first.number, "Paper jam")
    assert isinstance(void, RegisterEntry)
    assert void.state is PaperState.VOID

    second = issued(issuer, supervisor, visit_id)
    assert second.serial == first.serial + 1
    assert refusal(register.asked_to_print(supervisor, first.number)) == {"paper.counts_no_more"}
    assert refusal(register.void(supervisor, first.number, "again")) == {"paper.void_too_late"}


def test_a_paper_somebody_has_is_withdrawn_and_the_centre_hears_why(
    counter: Counter, issuer: Issuer, register: Register, supervisor: Officer, visit_id: str
) -> None:
    number = issued(issuer, supervisor, visit_id).number
    register.asked_to_print(supervisor, number)
    register.came_out(supervisor, number, Printing.PRINTED)
    register.hand_over(supervisor, number, "the resident")
    assert refusal(register.void(supervisor, number, "too late")) == {"paper.void_too_late"}

    register.withdraw(supervisor, number, "The centre found a duplicate")

    with counter.store.reading() as ledger:
        entry, packets = ledger.papers.get(number), ledger.outbox.of_visit(visit_id)
        acts = [row.act for row in ledger.audit.about(visit_id)]
    assert entry is not None
    assert not entry.is_valid(counter.today())
    assert [packet.kind for packet in packets[-3:]] == [PacketKind.CERTIFICATE] * 3
    assert acts[-5:] == [
        "paper_issued",
        "print_paper",
        "paper_printed",
        "hand_over_paper",
        "withdraw_paper",
    ]


def test_the_packet_tells_all_but_what_the_paper_says(
    counter: Counter, issuer: Issuer, supervisor: Officer, visit_id: str
) -> None:
    identity = OpeningIdentity.generate()
    with counter.store.writing() as ledger:
        membership, key = ledger.facts.membership(), ledger.facts.signing_key()
        assert membership is not None
        assert key is not None
        ledger.facts.set_membership(replace(membership, recipients=(identity.recipient,)))
    entry = issued(issuer, supervisor, visit_id)
    with counter.store.reading() as ledger:
        packet = ledger.outbox.of_visit(visit_id)[-1]

    sealed = counter.store.packets.path(packet.packet_id).read_bytes()
    change = ChangeFile.read(open_packet(sealed, key.public, identity.secret).members[CHANGE])

    assert change.action == "paper_issued"
    assert change.paper is not None
    assert (change.paper.number, change.paper.code) == (entry.number, entry.code)
    assert entry.nik not in change.model_dump_json()
