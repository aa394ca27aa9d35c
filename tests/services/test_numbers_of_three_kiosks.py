"""Certificates from three kiosks of one office at once, all offline: no number twice, and none without one.

`make faults` issues a thousand; the usual run takes blocks that are smaller by as much.
"""

import os
import shutil
import threading
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import central.papers
from central.papers import papers_of, record_paper, set_paper_settings
from central.sessions import Caller
from central.store import Store as CentreStore
from central.store import create_centre, open_store
from central.tables import KioskRow
from kiosk.app.places import RESOURCES
from kiosk.documents.typeface import load_typeface
from kiosk.domain.papers import PaperKind
from kiosk.domain.reference import Reference
from kiosk.domain.register import RegisterEntry
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer
from kiosk.services.issuing import Issuer
from kiosk.services.paper_packets import paper_file
from kiosk.services.practice import practice_papers
from kiosk.services.roster import own_directives, put_own_directives, signed_directives
from kiosk.services.saving import Refused
from kiosk.storage.store import Store
from kiosk.wire.contents import ResidentFile
from kiosk.wire.signing import SigningKey
from tests.services.conftest import NOW, StandingClock, counter_at
from tests.services.papers import recorded

OFFICE, YEAR = "33.25.07", 2026
CERTIFICATE = PaperKind.TEMPORARY_CERTIFICATE
WANTED = 1000 if os.environ.get("KIOSK_EVERY_PLACE") else 100
BLOCK = WANTED // 5  # what the centre lends at once
KIOSKS = 3


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CentreStore:
    monkeypatch.setattr(central.papers, "BLOCK", BLOCK)
    monkeypatch.setattr(central.papers, "RENEW_BELOW", BLOCK // 2)
    create_centre(tmp_path / "centre", practice=True)
    store = open_store(tmp_path / "centre")
    with store.write() as session:
        for number in range(KIOSKS):
            key = SigningKey.generate().public.text
            session.add(
                KioskRow(
                    kiosk_id=kiosk_id(number), office=OFFICE, public_key=key, software="", joined_at=NOW.wall
                )
            )
    set_paper_settings(store, OFFICE, practice_papers(YEAR).model_copy(update={"blocks": ()}))
    return store


@pytest.fixture
def counters(practice_made: Path, tmp_path: Path, known: Reference) -> Iterator[list[Counter]]:
    folders = [shutil.copytree(practice_made, tmp_path / f"kiosk-{number}") for number in range(KIOSKS)]
    made = [counter_at(Store.open(folder), known, StandingClock()) for folder in folders]
    yield made
    for counter in made:
        counter.store.close()


def kiosk_id(number: int) -> str:
    return f"{OFFICE}-{number + 1}"


def connect(centre: CentreStore, counter: Counter, number: int) -> None:
    """Tell the centre of every paper so far, and take the directives it then has, with their blocks."""
    key = SigningKey.generate()
    with counter.store.reading() as ledger:
        entries = ledger.papers.between(counter.today() - timedelta(days=1), counter.today())
        before, membership = signed_directives(ledger), ledger.facts.membership()
    assert before is not None
    assert membership is not None
    with centre.write() as session:
        for entry in entries:
            record_paper(session, kiosk_id(number), paper_file(entry), NOW.wall)
        papers = papers_of(session, Caller(kiosk_id(number), OFFICE, key.public, revoked=False), NOW.wall)
    with counter.store.writing() as ledger:
        membership = replace(membership, signing_keys=(key.public.text,))
        ledger.facts.set_membership(membership)
        put_own_directives(ledger, key, own_directives(membership, before.roster, papers))


def issue_until_refused(issuer: Issuer, supervisor: Officer, visit_id: str, most: int) -> Refused | None:
    """Issue one after the other, as long as there are numbers."""
    for _ in range(most):
        entry = issuer.issue(supervisor, visit_id, CERTIFICATE, reason="uji nomor")
        if isinstance(entry, Refused):
            return entry
    return None


def all_at_once(
    counters: list[Counter], supervisor: Officer, visits: list[str], most: int
) -> list[Refused | None]:
    words = Words.load(RESOURCES / "locale", "id")
    told: list[Refused | None] = [None] * KIOSKS

    def work(number: int) -> None:
        told[number] = issue_until_refused(Issuer(counters[number], words), supervisor, visits[number], most)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(KIOSKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def entries_of(counter: Counter) -> tuple[RegisterEntry, ...]:
    with counter.store.reading() as ledger:
        return ledger.papers.between(counter.today(), counter.today())


@pytest.mark.slow
def test_no_number_comes_twice_and_a_used_up_block_issues_nothing(
    centre: CentreStore,
    counters: list[Counter],
    officer: Officer,
    supervisor: Officer,
    people: list[ResidentFile],
) -> None:
    visits = [recorded(counter, officer, people[number]) for number, counter in enumerate(counters)]
    for number, counter in enumerate(counters):
        connect(centre, counter, number)

    told = all_at_once(counters, supervisor, visits, BLOCK + 1)

    assert [len(entries_of(counter)) for counter in counters] == [BLOCK] * KIOSKS
    for refused in told:
        assert refused is not None
        assert "number.used_up" in {finding.code for finding in refused.findings}
    with counters[0].store.reading() as ledger:
        packets = len(ledger.outbox.of_visit(visits[0]))
    assert (
        packets == 2 + BLOCK
    )  # registration and enrollment, and one for each paper: none for the refused one

    for number, counter in enumerate(counters):
        connect(centre, counter, number)
    left = -(-(WANTED - KIOSKS * BLOCK) // KIOSKS)
    assert all_at_once(counters, supervisor, visits, left) == [None] * KIOSKS

    numbers = Tally(entry.number for counter in counters for entry in entries_of(counter))
    assert numbers.total() >= WANTED
    assert {number for number, times in numbers.items() if times > 1} == set()
    assert "" not in numbers
