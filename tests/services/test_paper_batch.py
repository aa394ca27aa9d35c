"""A batch of certificates over the simulated printer: in the order of the numbers, none lost when the printer fails."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.app.papers import paper_desk
from kiosk.devices.api import Kind, Scene
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import Printing
from kiosk.domain.requests import ticket_name
from kiosk.domain.verdicts import Decision
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.paper_desk import OpenPaperDesk
from kiosk.settings import practice_settings
from kiosk.wire.contents import ResidentFile
from tests.services.papers import decide, recorded


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    printer = {Kind.PAGE_PRINTER: practice_settings().devices[Kind.PAGE_PRINTER]}
    made = RecordingKit(printer, NobodyAsked())
    yield made
    made.close()


@pytest.fixture
def desk(counter: Counter, kit: RecordingKit) -> OpenPaperDesk:
    return paper_desk(counter, kit)


@pytest.fixture
def visits(counter: Counter, officer: Officer, people: list[ResidentFile]) -> tuple[str, ...]:
    return tuple(recorded(counter, officer, file) for file in people[:3])


def always(done: int, count: int) -> bool:
    return True


def until(last: int) -> Callable[[int, int], bool]:
    def goes_on(done: int, count: int) -> bool:
        return done < min(last, count)

    return goes_on


def printings(desk: OpenPaperDesk) -> list[tuple[int, Printing, int]]:
    with desk.counter.store.reading() as ledger:
        entries = ledger.papers.between(desk.counter.today(), desk.counter.today())
    return [(entry.serial, entry.printing, entry.prints) for entry in entries]


def test_each_gets_the_next_number_and_they_print_in_that_order(
    desk: OpenPaperDesk, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    steps: list[tuple[int, int]] = []

    def heard(done: int, count: int) -> bool:
        steps.append((done, count))
        return True

    told = desk.issue_many(supervisor, visits, heard)

    numbers = [f"471.13/000{serial}/33.25.07/I/2026" for serial in (1, 2, 3)]
    assert (list(told.done), told.refused, told.waiting, told.trouble) == (numbers, (), (), None)
    assert steps == [(0, 3), (1, 3), (2, 3)]
    assert [prints for _, _, prints in printings(desk)] == [1, 1, 1]


def test_who_may_not_have_one_is_told_with_the_reason_and_the_others_get_theirs(
    desk: OpenPaperDesk, counter: Counter, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    decide(counter, visits[1], Decision.DUPLICATE)

    told = desk.issue_many(supervisor, visits, always)

    assert len(told.done) == 2
    ((name, findings),) = told.refused
    assert name == desk.view(supervisor, visits[1]).full_name
    assert {finding.code for finding in findings} == {"paper.duplicate"}


def test_one_that_wants_a_reason_is_not_for_a_batch(
    desk: OpenPaperDesk, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    desk.issue_many(supervisor, visits[:1], always)

    told = desk.issue_many(supervisor, visits[:1], always)

    assert told.done == ()
    assert "paper.wants_reason" in {finding.code for finding in told.refused[0][1]}


def test_a_printer_that_fails_stops_the_batch_and_what_waits_is_printed_from_the_register(
    desk: OpenPaperDesk, kit: RecordingKit, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    kit.stage(Scene(person=1, fault="paper_out"))

    told = desk.issue_many(supervisor, visits, always)

    assert told.done == ()
    assert len(told.waiting) == 3
    assert told.trouble is not None
    assert printings(desk)[0] == (1, Printing.FAILED, 1)
    assert printings(desk)[1:] == [(2, Printing.UNKNOWN, 0), (3, Printing.UNKNOWN, 0)]

    kit.stage(Scene(person=1))
    waiting = tuple(entry.number for entry in desk.to_look_at(supervisor))
    again = desk.print_many(supervisor, waiting, always)
    assert (again.done, again.waiting) == (waiting, ())
    desk.came_out_many(supervisor, waiting, Printing.PRINTED)
    assert desk.to_look_at(supervisor) == ()


def test_a_batch_that_is_stopped_keeps_what_was_issued(
    desk: OpenPaperDesk, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    told = desk.issue_many(supervisor, visits, until(1))

    assert (len(told.done), len(told.waiting), told.trouble) == (1, 2, None)
    assert len(printings(desk)) == 3


def test_an_officer_issues_no_batch(desk: OpenPaperDesk, officer: Officer, visits: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowedError):
        desk.issue_many(officer, visits, always)

    assert printings(desk) == []


def test_whom_a_paper_is_for_is_found_by_ticket_number_and_code_too(
    desk: OpenPaperDesk, supervisor: Officer, visits: tuple[str, ...]
) -> None:
    number = desk.issue(supervisor, visits[1], PaperKind.TEMPORARY_CERTIFICATE, "").number
    with desk.counter.store.reading() as ledger:
        visit, entry = ledger.visits.get(visits[1]), ledger.papers.get(number)
    assert visit is not None
    assert entry is not None

    for text in (ticket_name(visit.ticket), f"a{visit.ticket}", number, entry.code.lower(), entry.full_name):
        assert visits[1] in {line.visit_id for line in desk.lines(supervisor, text)}, text
    assert [line.visit_id for line in desk.lines(supervisor, number)] == [visits[1]]
    assert desk.lines(supervisor, "471.13/9999/33.25.07/I/2026") == ()
    assert desk.lines(supervisor, "A-999") == ()
