"""Batches, the register and papers as files in the real window, by keys alone."""

from pathlib import Path

from kiosk.devices.api import Kind, Scene
from kiosk.domain.register import PaperState, Printing
from kiosk.domain.verdicts import Decision
from kiosk.ui.frame.rail import PAPERS
from kiosk.ui.pages.deliveries_tasks import TasksPage
from kiosk.ui.pages.folder_panel import FolderPanel
from kiosk.ui.pages.paper_book import PaperBookPage
from kiosk.ui.pages.papers import PapersPage
from kiosk.ui.places import PAPER_BOOK, TASKS
from kiosk.ui.player import Script, always, press, typing
from tests.ui.window.residents import recorded
from tests.ui.window.shown_window import SUPERVISOR, ShownWindow, texts
from tests.ui.window.test_papers import PIN, at_papers, entries, issue, page_of, written


def book_of(window: ShownWindow) -> PaperBookPage:
    page = window.room.page
    assert isinstance(page, PaperBookPage)
    return page


def with_three(window: ShownWindow) -> PapersPage:
    """Sign the supervisor in and go to the papers; three residents were recorded."""
    window.sign_in(SUPERVISOR)
    for number in range(3):
        recorded(window.counter, number)
    window.press("Alt+4")
    window.until(lambda: window.place == PAPERS and window.is_settled)
    page = page_of(window)
    window.until(lambda: len(page.lines.rows) == 3)
    return page


def marked(window: ShownWindow, page: PapersPage) -> None:
    """Mark all three by keys."""
    page.list.focus_first()
    for _ in range(3):
        window.press("Space")
        window.press("Down")
    assert len(page.list.marked) == 3


def folder_given(window: ShownWindow, panel: FolderPanel, folder: Path) -> None:
    """Choose another folder and type one, by keys; the PIN is typed already."""

    def script() -> Script:
        yield lambda: bool(panel.places.rows)
        panel.places.rows[0].setFocus()
        for _ in range(len(panel.places.rows) - 1):
            press("Down")
            yield always
        press("Return")
        yield panel.own.hasFocus
        yield from typing(str(folder))
        press("Return")
        yield lambda: window.is_settled

    window.play(script())


def test_a_batch_is_marked_signed_for_once_and_each_sheet_is_looked_at(window: ShownWindow) -> None:
    page = with_three(window)
    marked(window, page)

    window.press("F10")
    written(window, PIN, "Return")
    window.until(lambda: [entry.prints for entry in entries(window)] == [1, 1, 1])
    window.settle()

    unseen = [entry for entry in entries(window) if entry.printing is not Printing.PRINTED]
    if unseen:
        window.until(lambda: window.place == PAPER_BOOK and window.is_settled)
        window.press("F8")
        window.settle()
    assert [entry.printing for entry in entries(window)] == [Printing.PRINTED] * 3
    assert [entry.serial for entry in entries(window)] == [1, 2, 3]


def test_a_batch_with_a_wrong_pin_issues_nothing(window: ShownWindow) -> None:
    page = with_three(window)
    marked(window, page)

    window.press("F10")
    written(window, "000000", "Return")
    window.settle()

    assert entries(window) == ()
    assert page.batch_box.pin.hint
    window.press("Escape")
    assert page.batch_box.isHidden()
    assert len(page.list.marked) == 3


def test_sheets_a_printer_without_paper_left_behind_print_from_the_register(window: ShownWindow) -> None:
    page = with_three(window)
    marked(window, page)
    window.desk.tools.kit.stage(Scene(person=1, fault="paper_out"))
    window.press("F10")
    written(window, PIN, "Return")
    window.until(lambda: window.place == PAPER_BOOK and window.is_settled)
    window.until(lambda: len(book_of(window).marked) == 3)

    window.desk.tools.kit.stage(Scene(person=1))
    window.press("F5")
    window.until(lambda: all(entry.printing is not Printing.FAILED for entry in entries(window)))
    window.settle()

    assert [entry.prints for entry in entries(window)] == [2, 1, 1]


def test_a_sheet_that_failed_waits_in_the_register_until_somebody_says_it_came_out(
    window: ShownWindow,
) -> None:
    page = at_papers(window)
    window.desk.tools.kit.choose(Kind.PAGE_PRINTER, None)
    issue(window, page)
    window.until(page.again.isVisible)
    window.press("Ctrl+R")
    window.until(lambda: window.place == PAPER_BOOK and window.is_settled)
    book = book_of(window)
    window.until(lambda: len(book.lines.rows) == 1)
    book.modes.setFocus()
    window.press("Right")
    window.until(lambda: len(book.marked) == 1)

    window.press("F8")
    window.settle()
    window.until(lambda: book.marked == ())

    assert entries(window)[0].printing is Printing.PRINTED
    assert any("Tidak ada yang perlu dilihat" in text for text in texts(book))


def test_the_register_shows_months_and_is_saved_as_a_file(window: ShownWindow, tmp_path: Path) -> None:
    page = at_papers(window)
    issue(window, page)
    window.until(lambda: len(entries(window)) == 1)
    window.settle()
    window.press("Ctrl+R")
    window.until(lambda: window.place == PAPER_BOOK and window.is_settled)
    book = book_of(window)
    window.until(lambda: len(book.lines.rows) == 1)
    window.press("PageUp")
    window.until(lambda: book.lines.rows == ())
    window.press("PageDown")
    window.until(lambda: len(book.lines.rows) == 1)

    window.press("F7")
    written(window, PIN, "Tab")
    folder_given(window, book.panel, tmp_path)
    window.until(lambda: bool(list(tmp_path.glob("register-*.pdf"))))
    window.settle()

    assert "register-" in book.panel.message.text
    window.press("Escape")
    assert book.panel.isHidden()
    window.press("Escape")
    window.until(lambda: window.place == PAPERS)


def test_without_a_printer_a_paper_is_saved_outside_the_data_with_a_pin(
    window: ShownWindow, tmp_path: Path
) -> None:
    page = at_papers(window)
    window.desk.tools.kit.choose(Kind.PAGE_PRINTER, None)
    issue(window, page)
    window.until(page.save.isVisible)

    window.press("F7")
    written(window, "000000", "Tab")
    folder_given(window, page.panel, tmp_path)
    window.until(lambda: bool(page.panel.pin.hint))
    assert list(tmp_path.glob("*.pdf")) == []
    page.panel.pin.line.setFocus()
    written(window, PIN, "Return")
    window.until(lambda: len(list(tmp_path.glob("471.13-*.pdf"))) == 1)
    window.settle()

    assert entries(window)[0].printing is Printing.UNKNOWN
    window.press("Escape")
    window.press("F8")
    window.until(lambda: entries(window)[0].printing is Printing.PRINTED)


def test_a_paper_whose_record_is_a_duplicate_becomes_a_task_that_leads_to_it(window: ShownWindow) -> None:
    page = at_papers(window)
    issue(window, page)
    window.until(lambda: len(entries(window)) == 1)
    window.settle()
    (entry,) = entries(window)
    with window.counter.store.writing() as ledger:
        for packet in ledger.outbox.of_visit(entry.visit_id):
            ledger.outbox.set_verdict(packet.packet_id, Decision.DUPLICATE, "", window.counter.clock().wall)

    window.go(TASKS, "")
    tasks = window.room.page
    assert isinstance(tasks, TasksPage)
    window.until(lambda: bool(tasks.tasks.rows))
    assert any(f"Tarik surat {entry.number}." in text for text in texts(tasks))
    window.press("Return")
    window.until(lambda: window.place == PAPERS and window.is_settled)
    window.press("Delete")
    written(window, "ganda menurut pusat", "Return")
    window.until(lambda: entries(window)[0].state in {PaperState.VOID, PaperState.WITHDRAWN})
