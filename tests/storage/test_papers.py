"""The register of papers: numbers are taken once and for good, and a line tells what became of its paper."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.domain.paper_numbers import NumberBlock, next_serial
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing, RegisterEntry, missing_serials
from kiosk.storage.errors import StorageError
from kiosk.storage.store import Store

AT = datetime(2026, 1, 29, 3, 6, tzinfo=UTC)
DAY = date(2026, 1, 29)
CERTIFICATE = PaperKind.TEMPORARY_CERTIFICATE
NIK = "3325075708900002"


def line(serial: int, **changes: object) -> RegisterEntry:
    entry = RegisterEntry(
        number=f"471.13/{serial:04}/33.25.07/I/2026",
        kind=CERTIFICATE,
        serial=serial,
        day=DAY,
        visit_id="019b8be1-f500-7000-8000-000000000001",
        nik=NIK,
        full_name="SITI AMINAH",
        issued_at=AT + timedelta(minutes=serial),
        issued_by="supervisor",
        valid_until=date(2026, 7, 29),
        content='{"name": "SITI AMINAH"}',
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def kept(store: Store, *entries: RegisterEntry) -> None:
    with store.writing() as ledger:
        for entry in entries:
            ledger.papers.add(entry)


def test_a_line_comes_back_as_it_was_written(store: Store) -> None:
    written = line(42, renews="471.13/0001/33.25.07/I/2026", prints=1)
    kept(store, written)

    with store.reading() as ledger:
        assert ledger.papers.get(written.number) == written
        assert ledger.papers.get("another") is None


def test_what_became_of_a_paper_is_kept_and_what_was_issued_stays(store: Store) -> None:
    issued = line(1)
    kept(store, issued)
    later = replace(
        issued,
        state=PaperState.HANDED_OVER,
        printing=Printing.PRINTED,
        prints=2,
        reason="smeared",
        handed_to="the resident",
        changed_at=AT + timedelta(hours=1),
        changed_by="supervisor",
    )

    with store.writing() as ledger:
        ledger.papers.change(replace(later, full_name="SOMEBODY ELSE", content="another text"))

    with store.reading() as ledger:
        assert ledger.papers.get(issued.number) == later


@pytest.mark.parametrize("second", [line(1, number="another"), line(2, number=line(1).number)])
def test_a_serial_or_number_that_was_used_is_refused(store: Store, second: RegisterEntry) -> None:
    kept(store, line(1))

    with pytest.raises(StorageError):
        kept(store, second)

    with store.reading() as ledger:
        assert ledger.papers.between(DAY, DAY) == (line(1),)


@pytest.mark.parametrize("state", [PaperState.VOID, PaperState.WITHDRAWN])
def test_no_paper_is_void_without_a_reason(store: Store, state: PaperState) -> None:
    kept(store, line(1))

    with pytest.raises(StorageError), store.writing() as ledger:
        ledger.papers.change(replace(line(1), state=state))


def test_the_same_serial_serves_each_kind_and_year_of_its_own(store: Store) -> None:
    sheet = line(1, number="471.11/0001/33.25.07/I/2026", kind=PaperKind.BIODATA_SHEET, valid_until=None)
    next_year = line(1, number="471.13/0001/33.25.07/I/2027", day=date(2027, 1, 4))
    kept(store, line(1), sheet, next_year)

    with store.reading() as ledger:
        papers = ledger.papers
        assert papers.last_used(CERTIFICATE, 2026) == 1
        assert papers.last_used(PaperKind.BIODATA_SHEET, 2026) == 1
        assert papers.last_used(PaperKind.BIODATA_SHEET, 2027) == 0


def test_serials_taken_by_several_threads_at_once_are_each_taken_once(store: Store) -> None:
    blocks = (NumberBlock(CERTIFICATE, 2026, 1, 30), NumberBlock(CERTIFICATE, 2026, 101, 130))

    def take() -> None:
        for _ in range(12):
            with store.writing() as ledger:
                last = ledger.papers.last_used(CERTIFICATE, 2026)
                serial = next_serial(blocks, CERTIFICATE, 2026, last_used=last)
                assert serial is not None
                ledger.papers.add(line(serial))

    takers = [threading.Thread(target=take) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    with store.reading() as ledger:
        entries = ledger.papers.between(DAY, DAY)
    assert [entry.serial for entry in entries] == [*range(1, 31), *range(101, 119)]
    assert missing_serials(entries, 1, 30) == ()


def test_papers_are_found_by_resident_record_and_day(store: Store) -> None:
    other = line(2, nik="3325071504870001", visit_id="019b8be1-f500-7000-8000-000000000002")
    later = line(3, day=date(2026, 2, 2))
    kept(store, line(1), other, later)

    with store.reading() as ledger:
        papers = ledger.papers
        assert papers.of_resident(NIK) == (later, line(1))
        assert papers.of_visit(other.visit_id) == (other,)
        assert papers.between(date(2026, 1, 1), date(2026, 1, 31)) == (line(1), other)


def test_papers_of_which_nobody_saw_a_sheet_come_out_are_asked_for(store: Store) -> None:
    failed, printed = line(2, printing=Printing.FAILED), line(3, printing=Printing.PRINTED)
    kept(store, line(1), failed, printed, line(4), line(5, state=PaperState.VOID, reason="torn"))

    with store.reading() as ledger:
        assert ledger.papers.unconfirmed() == (line(1), failed, line(4))


@pytest.mark.parametrize(
    ("state", "on", "counts"),
    [
        (PaperState.ISSUED, date(2026, 7, 29), True),
        (PaperState.ISSUED, date(2026, 7, 30), False),
        (PaperState.HANDED_OVER, date(2026, 7, 29), True),
        (PaperState.VOID, DAY, False),
        (PaperState.WITHDRAWN, DAY, False),
    ],
)
def test_a_paper_counts_until_its_last_day_unless_it_was_taken_back(
    state: PaperState, on: date, counts: bool
) -> None:
    assert line(1, state=state, reason="x").is_valid(on) is counts
    assert line(1, state=state, reason="x", valid_until=None).is_valid(on) is (
        state in {PaperState.ISSUED, PaperState.HANDED_OVER}
    )


def test_gaps_between_used_serials_are_named() -> None:
    assert missing_serials((line(3), line(5), line(6)), 3, 8) == (4, 7, 8)
