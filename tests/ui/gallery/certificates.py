"""The supervisor's page of papers, in the states a paper goes through."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kiosk.app.places import RESOURCES
from kiosk.documents.paper import Paper, PaperSize, Row, SealText, Section, Signature
from kiosk.documents.paper_page import Pictures, paper_pdf
from kiosk.documents.paper_picture import picture_of
from kiosk.documents.typeface import load_typeface
from kiosk.domain.findings import Finding
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.paper_desk import PREVIEW_HEIGHT
from kiosk.services.paper_views import IssuedView, KindView, PaperLine, PaperStand, PaperView
from kiosk.ui.frame.rail import PAPERS
from kiosk.ui.pages.papers import PapersPage, PapersState
from tests.ui.gallery.desk import LONGEST_NAME
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

CERTIFICATE = PaperKind.TEMPORARY_CERTIFICATE
NUMBER = "471.13/0042/33.25.07/I/2026"
LINES = (
    PaperLine("v-1", "SITI AMINAH", "3325075708900002", NOW, PaperStand.MAY),
    PaperLine("v-2", "AMINAH WIDYA", "3325074407850003", NOW, PaperStand.WANTS_REASON),
    PaperLine("v-3", LONGEST_NAME, "3325076101990011", NOW, PaperStand.MAY_NOT),
    PaperLine("v-4", "AMINAH LESTARI", "3325085204930005", NOW, PaperStand.ISSUED),
)
NOT_CHECKED = Finding.note("paper.not_checked")


def _kind(kind: PaperKind, *findings: Finding, number: str = NUMBER) -> KindView:
    until = date(2026, 7, 29) if kind is CERTIFICATE else None
    return KindView(kind, findings, number, until, left=158)


def _view(*findings: Finding, papers: tuple[IssuedView, ...] = (), name: str = "SITI AMINAH") -> PaperView:
    return PaperView(
        visit_id="v-1",
        full_name=name,
        nik="3325075708900002",
        birth_date=date(1990, 8, 17),
        saved_at=NOW,
        portrait=b"",
        kinds=(
            _kind(PaperKind.ENROLLMENT_SLIP, number="471.13/BP/0107/33.25.07/I/2026"),
            _kind(CERTIFICATE, *findings),
            _kind(PaperKind.BIODATA_SHEET, NOT_CHECKED, number="471.11/0012/33.25.07/I/2026"),
        ),
        papers=papers,
        signer="BUDI SANTOSO",
        mandate="800/17/2026",
    )


def issued_view(printing: Printing, state: PaperState = PaperState.ISSUED, to: str = "") -> IssuedView:
    at = NOW - timedelta(minutes=4)
    return IssuedView(NUMBER, CERTIFICATE, at, state, printing, date(2026, 7, 29), to, "")


HEAD = (
    "PEMERINTAH KABUPATEN BATANG",
    "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
    "Kecamatan Gringsing",
)
ROWS = (
    Row("NIK", "3325075708900002", strong=True),
    Row("Nama", "SITI AMINAH", strong=True),
    Row("Tempat, tanggal lahir", "BATANG, 17-08-1990"),
    Row("Alamat", "DUKUH KRAJAN, JL. MASJID NO. 4"),
)


def sheet() -> Paper:
    """Return a certificate as the preview shows it."""
    return Paper(
        kind=CERTIFICATE,
        language="id",
        size=PaperSize.A4,
        head=HEAD,
        address="Jalan Raya Gringsing, Kabupaten Batang",
        title=("SURAT KETERANGAN", "PENGGANTI KARTU TANDA PENDUDUK ELEKTRONIK"),
        number=f"Nomor: {NUMBER}",
        opening="Yang bertanda tangan di bawah ini menerangkan bahwa:",
        sections=(Section(ROWS),),
        caption="",
        paragraphs=("telah melakukan perekaman KTP-el pada 29 Januari 2026 di Kecamatan Gringsing.",),
        small=(),
        date_line="Gringsing, 29 Januari 2026",
        signatures=(Signature(("a.n. KEPALA DINAS",), "BUDI SANTOSO", stamped=True),),
        seal=SealText("NCFKXE*8IJ.8", "Kode verifikasi lokal", "K7Q4-M2XD-9TRA", ()),
        status=("Kode status", "BIO", "29-01-2026 09.38"),
        foot="Lembar 1 dari 1. Loket 33.25.07/2.",
        subject=NUMBER,
        stamp_hint="cap basah",
    )


def _page(words: Words, state: PapersState, *, doing: str = "", seen: bool = True) -> QWidget:
    page = PapersPage(words)
    page.show_state(state)
    if seen and state.view is not None:
        load_typeface(RESOURCES)
        page.show_preview(
            "v-1", state.kind, picture_of(paper_pdf(sheet(), Pictures()), height=PREVIEW_HEIGHT)
        )
    if doing == "typed":
        page.decision.pin.line.setText("135702")
    elif doing == "wrong":
        page.show_wrong_pin(words.say("The PIN is wrong."))
    elif doing == "hand":
        page.hand.click()
    elif doing == "end":
        page.end.click()
    elif doing == "failed":
        page.show_trouble("Kertas habis.", "Isi baki printer, lalu cetak lagi.")
    return framed(words, page, place=PAPERS, role=Role.SUPERVISOR)


def _of(view: PaperView, kind: PaperKind = CERTIFICATE) -> PapersState:
    return PapersState("aminah", LINES, view, kind)


_HOLDS = Finding.warning("paper.holds_valid_one", number="471.13/0007/33.25.07/I/2026", until="05-07-2026")
_MAY = _view(NOT_CHECKED)
_ELSEWHERE = _view(Finding.warning("paper.recorded_elsewhere"), _HOLDS, NOT_CHECKED)
_MAY_NOT = _view(
    Finding.error("paper.duplicate"), Finding.error("number.used_up", year="2026"), name=LONGEST_NAME
)


def view_of(*, papers: tuple[IssuedView, ...] = (), bad: bool = False) -> PaperView:
    """Return a resident who may have a certificate, or may not."""
    return _view(*(_MAY_NOT.kinds[1].findings if bad else (NOT_CHECKED,)), papers=papers)


SHOTS = (
    Shot("papers-nobody", lambda words: _page(words, PapersState("", ()))),
    Shot("papers-may", lambda words: _page(words, _of(_MAY))),
    Shot("papers-typed", lambda words: _page(words, _of(_MAY), doing="typed")),
    Shot("papers-wrong-pin", lambda words: _page(words, _of(_MAY), doing="wrong")),
    Shot("papers-reason", lambda words: _page(words, _of(_ELSEWHERE))),
    Shot("papers-may-not", lambda words: _page(words, _of(_MAY_NOT), seen=False)),
    Shot("papers-sheet", lambda words: _page(words, _of(_MAY, PaperKind.BIODATA_SHEET))),
    Shot("papers-look", lambda words: _page(words, _of(_view(papers=(issued_view(Printing.UNKNOWN),))))),
    Shot("papers-failed", lambda words: _page(
        words, _of(_view(papers=(issued_view(Printing.FAILED),))), doing="failed"
    )),
    Shot("papers-printed", lambda words: _page(words, _of(_view(papers=(issued_view(Printing.PRINTED),))))),
    Shot("papers-hand", lambda words: _page(words, _of(_view(papers=(issued_view(Printing.PRINTED),))), doing="hand")),
    Shot("papers-end", lambda words: _page(words, _of(_view(papers=(issued_view(Printing.PRINTED),))), doing="end")),
    Shot("papers-handed-over", lambda words: _page(words, _of(_view(papers=(
        issued_view(Printing.PRINTED, PaperState.HANDED_OVER, "SITI AMINAH"),
    ))))),
)  # fmt: skip
