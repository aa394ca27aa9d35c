"""The supervisor's papers in the real window: issued by a PIN, printed, looked at, handed over, ended; by keys."""

from kiosk.devices.api import Kind, Scene
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing, RegisterEntry
from kiosk.services.practice import practice_people
from kiosk.ui.frame.rail import PAPERS, Rail
from kiosk.ui.pages.papers import PapersPage
from kiosk.ui.player import Script, press, type_text
from kiosk.wire.messages import PacketKind
from tests.ui.window.residents import recorded
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, ShownWindow, texts

PIN = next(person.pin for person in practice_people() if person.entry.user_id == SUPERVISOR)


def page_of(window: ShownWindow) -> PapersPage:
    page = window.room.page
    assert isinstance(page, PapersPage)
    return page


def at_papers(window: ShownWindow) -> PapersPage:
    """Sign the supervisor in and go to the papers of a resident who was recorded."""
    window.sign_in(SUPERVISOR)
    recorded(window.counter)
    window.press("Alt+4")
    window.until(lambda: window.place == PAPERS and window.is_settled)
    window.until(lambda: bool(page_of(window).preview.content))
    return page_of(window)


def written(window: ShownWindow, text: str, keys: str) -> None:
    """Type a text where the keyboard is, press keys, and wait for what they do."""

    def script() -> Script:
        yield lambda: True
        type_text(text)
        yield lambda: True
        press(keys)
        yield lambda: window.is_settled

    window.play(script())


def entries(window: ShownWindow) -> tuple[RegisterEntry, ...]:
    counter = window.counter
    with counter.store.reading() as ledger:
        return ledger.papers.between(counter.today(), counter.today())


def issue(window: ShownWindow, page: PapersPage, pin: str = PIN) -> None:
    page.decision.pin.line.setFocus()
    written(window, pin, "Return")
    window.settle()


def test_a_certificate_is_issued_printed_and_handed_over_by_keys(window: ShownWindow) -> None:
    page = at_papers(window)
    shown = page.preview.content

    issue(window, page)
    window.until(lambda: page.yes.isVisible() or page.hand.isVisible())
    if page.yes.isVisible():
        window.press("F8")
    window.until(page.hand.isVisible)
    window.press("F8")
    written(window, "warga sendiri", "Return")
    window.until(lambda: entries(window)[0].state is PaperState.HANDED_OVER)
    window.settle()

    (entry,) = entries(window)
    assert (entry.kind, entry.serial, entry.printing) == (
        PaperKind.TEMPORARY_CERTIFICATE,
        1,
        Printing.PRINTED,
    )
    assert (entry.handed_to, entry.issued_by) == ("warga sendiri", SUPERVISOR)
    assert shown.startswith(b"\x89PNG")
    assert any("Diterima warga sendiri" in text for text in texts(page))
    kinds = [packet.kind for packet in window.outbox()]
    assert kinds.count(PacketKind.CERTIFICATE) == 2


def test_a_wrong_pin_issues_nothing_and_is_said(window: ShownWindow) -> None:
    page = at_papers(window)

    issue(window, page, "000000")

    assert entries(window) == ()
    assert page.decision.pin.hint
    assert page.decision.pin.pin == ""


def test_a_printer_without_paper_leaves_a_paper_that_does_not_count_yet_and_prints_it_later(
    window: ShownWindow,
) -> None:
    page = at_papers(window)
    window.desk.tools.kit.stage(Scene(person=1, fault="paper_out"))
    issue(window, page)
    window.until(lambda: entries(window) != () and entries(window)[0].printing is Printing.FAILED)
    window.until(page.again.isVisible)
    told = page.told.text

    window.desk.tools.kit.stage(Scene(person=1))
    window.press("F5")
    window.until(lambda: entries(window)[0].printing is not Printing.FAILED)
    window.settle()

    assert told
    assert len(entries(window)) == 1
    assert entries(window)[0].prints == 2


def test_without_a_printer_that_is_said_and_the_number_is_kept(window: ShownWindow) -> None:
    page = at_papers(window)
    window.desk.tools.kit.choose(Kind.PAGE_PRINTER, None)

    issue(window, page)
    window.until(page.again.isVisible)

    assert page.told.text
    assert entries(window)[0].printing is Printing.FAILED


def test_a_spoiled_sheet_is_voided_with_a_reason_and_the_next_takes_the_next_number(
    window: ShownWindow,
) -> None:
    page = at_papers(window)
    issue(window, page)
    window.until(page.end.isVisible)
    window.press("Delete")
    written(window, "kertas macet", "Return")
    window.until(lambda: entries(window)[0].state is PaperState.VOID)
    window.until(page.issue.isVisible)

    issue(window, page)
    window.until(lambda: len(entries(window)) == 2)
    window.settle()

    assert [entry.serial for entry in entries(window)] == [1, 2]
    assert entries(window)[0].reason == "kertas macet"


def test_a_name_finds_the_resident_and_no_other_stands_in_the_list(window: ShownWindow) -> None:
    window.sign_in(SUPERVISOR)
    first, second = recorded(window.counter), recorded(window.counter, 1)
    window.go(PAPERS)
    page = page_of(window)
    assert {line.visit_id for line in page._state.lines} == {first, second}
    with window.counter.store.reading() as ledger:
        resident = ledger.residents.by_visit(first)
    assert resident is not None

    page.line.setFocus()
    written(window, resident.nik, "Return")
    window.until(lambda: [line.visit_id for line in page._state.lines] == [first])


def test_an_officer_has_no_such_place(window: ShownWindow) -> None:
    window.sign_in(OFFICER)

    (rail,) = window.program.window.findChildren(Rail)
    assert PAPERS not in {item.place.name for item in rail.items()}
