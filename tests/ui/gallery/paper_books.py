"""Batches, the register and papers as files: the states of the supervisor's pages beside one paper at a time."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kiosk.domain.papers import PaperKind
from kiosk.domain.register import RENEWED, PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import NumberAccount, RegisterBook
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.paper_views import BatchTold
from kiosk.ui.frame.rail import PAPERS
from kiosk.ui.pages.folder_panel import FolderState
from kiosk.ui.pages.paper_book import LOOK, MONTH, BookState, PaperBookPage
from kiosk.ui.pages.paper_save_panel import SignedSavePanel
from kiosk.ui.pages.papers import PapersPage, PapersState
from kiosk.ui.pages.papers_words import batch_words
from tests.ui.gallery.certificates import CERTIFICATE, LINES, NUMBER, issued_view, view_of
from tests.ui.gallery.desk import LONGEST_NAME
from tests.ui.gallery.devices import FOLDERS
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

_NAMES = ("SITI AMINAH", LONGEST_NAME, "AMINAH WIDYA", "NUR AMINAH", "SRI AMINAH", "AMINAH LESTARI")
_FIRST, _LAST = date(2026, 1, 1), date(2026, 1, 31)


def _entry(serial: int, state: PaperState, printing: Printing, **more: str) -> RegisterEntry:
    day = date(2026, 1, 29)
    return RegisterEntry(
        number=NUMBER.replace("0042", f"{serial:04}"),
        kind=CERTIFICATE,
        serial=serial,
        day=day,
        visit_id=f"v-{serial}",
        nik="3325075708900002",
        full_name=_NAMES[serial % len(_NAMES)],
        issued_at=NOW - timedelta(minutes=serial),
        issued_by="supervisor",
        valid_until=date(2026, 7, 29),
        state=state,
        printing=printing,
        prints=1,
        reason=more.get("reason", ""),
        handed_to=more.get("to", ""),
    )


_ENTRIES = (
    _entry(40, PaperState.HANDED_OVER, Printing.PRINTED, to="SITI AMINAH"),
    _entry(41, PaperState.VOID, Printing.FAILED, reason="kertas macet, lembar robek"),
    _entry(42, PaperState.WITHDRAWN, Printing.PRINTED, reason=f"{RENEWED} {NUMBER.replace('0042', '0045')}"),
    _entry(43, PaperState.ISSUED, Printing.PRINTED),
    _entry(44, PaperState.ISSUED, Printing.UNKNOWN),
    _entry(45, PaperState.ISSUED, Printing.FAILED),
)
_ACCOUNTS = (
    NumberAccount(CERTIFICATE, 2026, 1, 45, (17, 18)),
    NumberAccount(PaperKind.ENROLLMENT_SLIP, 2026, 1, 107, ()),
)
_BOOK = RegisterBook(_FIRST, _LAST, _ENTRIES, _ACCOUNTS)
_UNSEEN = _ENTRIES[4:]


def _book(
    words: Words,
    state: BookState,
    *,
    saving: FolderState | None = None,
    printing: bool = False,
    elsewhere: bool = False,
) -> QWidget:
    page = PaperBookPage(words)
    page.show_state(state)
    if saving is not None:
        page.save.click()
        page.panel.show_state(saving)
        _elsewhere(page.panel, is_elsewhere=elsewhere)
    if printing:
        page.show_working(working=True, printing=True)
        page.show_trouble(words.say("{done} of {count} printed", done=1, count=2), "", "chosen")
    return framed(words, page, place=PAPERS, role=Role.SUPERVISOR)


def _batch(words: Words, *, doing: str) -> QWidget:
    page = PapersPage(words)
    page.show_state(PapersState("aminah", LINES, view_of(), CERTIFICATE))
    page.list._mark("v-1")
    if doing != "marked":
        page.batch.click()
    if doing == "printing":
        page.batch_box.show_progress(2, 12)
    elif doing == "wrong":
        page.batch_box.show_wrong(words.say("The PIN is wrong."))
    elif doing == "told":
        page.batch_box.hide()
        refused = ((LONGEST_NAME, view_of(bad=True).kinds[1].findings),)
        told = BatchTold(("1", "2"), refused, ("3",))
        page.told.show_message(*batch_words(words, told, words.say("There is no room left.")))
    return framed(words, page, place=PAPERS, role=Role.SUPERVISOR)


def _elsewhere(panel: SignedSavePanel, *, is_elsewhere: bool) -> None:
    if is_elsewhere:
        panel.places.rows[-1].click()
        panel.own.setText("/home/supervisor/Surat 2026/Gringsing")


def _save(words: Words, state: FolderState, printing: Printing, *, elsewhere: bool = False) -> QWidget:
    page = PapersPage(words)
    page.show_state(PapersState("aminah", LINES, view_of(papers=(issued_view(printing),)), CERTIFICATE))
    page.save.click()
    page.panel.show_state(state)
    _elsewhere(page.panel, is_elsewhere=elsewhere)
    return framed(words, page, place=PAPERS, role=Role.SUPERVISOR)


def _full(words: Words) -> tuple[str, str]:
    return words.say("There is no room left."), words.say(
        "Nothing of the file is there. Choose another stick."
    )


_EMPTY = RegisterBook(_FIRST, _LAST, (), ())
_SAVED = FolderState(FOLDERS, written="/media/petugas/KINGSTON/471.13-0042-33.25.07-I-2026.pdf")

SHOTS = (
    Shot("papers-batch-marked", lambda words: _batch(words, doing="marked")),
    Shot("papers-batch", lambda words: _batch(words, doing="asked")),
    Shot("papers-batch-wrong", lambda words: _batch(words, doing="wrong")),
    Shot("papers-batch-printing", lambda words: _batch(words, doing="printing")),
    Shot("papers-batch-told", lambda words: _batch(words, doing="told")),
    Shot("papers-save", lambda words: _save(words, FolderState(FOLDERS), Printing.FAILED)),
    Shot("papers-save-again", lambda words: _save(words, FolderState(FOLDERS), Printing.PRINTED)),
    Shot(
        "papers-save-elsewhere",
        lambda words: _save(
            words, FolderState(FOLDERS, trouble=_full(words)), Printing.FAILED, elsewhere=True
        ),
    ),
    Shot("papers-saved", lambda words: _save(words, _SAVED, Printing.UNKNOWN)),
    Shot("papers-book", lambda words: _book(words, BookState(_BOOK, _UNSEEN))),
    Shot("papers-book-empty", lambda words: _book(words, BookState(_EMPTY, (), MONTH))),
    Shot(
        "papers-book-save", lambda words: _book(words, BookState(_BOOK, _UNSEEN), saving=FolderState(FOLDERS))
    ),
    Shot(
        "papers-book-save-elsewhere",
        lambda words: _book(words, BookState(_BOOK, _UNSEEN), saving=FolderState(FOLDERS), elsewhere=True),
    ),
    Shot("papers-book-look", lambda words: _book(words, BookState(_BOOK, _UNSEEN, LOOK))),
    Shot("papers-book-printing", lambda words: _book(words, BookState(_BOOK, _UNSEEN, LOOK), printing=True)),
    Shot("papers-book-seen", lambda words: _book(words, BookState(_BOOK, (), LOOK))),
)
