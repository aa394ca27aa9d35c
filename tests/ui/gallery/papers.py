"""Documents, consent and signature, in the states an officer meets."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.requests import DocumentKind, Service
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.theme import RESOURCES
from kiosk.ui.visit.consent_page import ConsentPage
from kiosk.ui.visit.consent_texts import load_consent_texts
from kiosk.ui.visit.documents_page import DocumentsPage
from kiosk.ui.visit.signature_page import SignaturePage
from kiosk.ui.visit.signing_field import SCREEN
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import in_visit
from tests.ui.gallery.visits import LONG_FORM, LONG_VILLAGE, capture, ink, lacking, visit, with_captures

_NO_PAPERS: frozenset[DocumentKind] = frozenset()
_BEFORE_PAPERS = {"documents_shown": _NO_PAPERS, "documents_photographed": _NO_PAPERS}


def _documents(words: Words, view: VisitView, *, doing: str = "") -> QWidget:
    page = DocumentsPage(words)
    window = in_visit(words, page, view)
    if doing == "photo":
        page.show_working(DocumentKind.FAMILY_CARD)
    if doing == "trouble":
        page.show_trouble(
            "Kamera tidak menjawab.", "Tanda centang aman. Periksa kabel kamera, lalu tekan Foto lagi."
        )
    return window


def _consent(words: Words, view: VisitView, *, language: str = "", doing: str = "") -> QWidget:
    page = ConsentPage(words, load_consent_texts(RESOURCES / "consent"))
    window = in_visit(words, page, view)
    if language:
        page.languages.choose(language)
    if doing == "refuse":
        page.refuse.click()
        page.asking.line.setText("Takut datanya dipakai untuk pinjaman")
    return window


def _signature(words: Words, view: VisitView, *, doing: str = "") -> QWidget:
    page = SignaturePage(words)
    window = in_visit(words, page, view)
    _SIGNING[doing](page)
    return window


def _draw(page: SignaturePage) -> None:
    page.field.ways.choose(SCREEN)
    pad = page.field.drawing
    for number, ways in enumerate((((90, 120), (130, 60), (170, 150), (230, 70)), ((250, 110), (360, 90)))):
        pad._begin(QPointF(*ways[0]), 1.0, number * 700)
        for step, (x, y) in enumerate(ways[1:], start=1):
            pad._add(QPointF(x, y), 1.0, number * 700 + step * 90)
    pad.changed.emit()


def _break(page: SignaturePage) -> None:
    page.show_trouble("Papan tanda tangan tidak menjawab.", "Yang sudah direkam aman.")


def _ask(page: SignaturePage) -> None:
    page.cannot.click()


_SIGNING = {
    "": lambda _: None,
    "kept": lambda page: page.show_picture(ink()),
    "screen": lambda page: page.field.ways.choose(SCREEN),
    "drawn": _draw,
    "working": lambda page: page.show_working(working=True),
    "trouble": _break,
    "asking": _ask,
}


def _before_signature(view: VisitView) -> VisitView:
    return lacking(with_captures(view, signature=None), Stage.SIGNATURE)


def _with_finding(view: VisitView, *findings: Finding) -> VisitView:
    kept = capture(CaptureKind.SIGNATURE, *findings, attempts=2)
    return lacking(with_captures(view, signature=kept), Stage.SIGNATURE)


def _before_consent(view: VisitView) -> VisitView:
    return lacking(replace(view, consent_language="", consent_at=None), Stage.CONSENT)


_NEW = visit(**_BEFORE_PAPERS)
_LOST = visit(
    Service.REPLACEMENT_LOST,
    form=LONG_FORM,
    village=LONG_VILLAGE,
    documents_shown=frozenset({DocumentKind.FAMILY_CARD, DocumentKind.VILLAGE_LETTER}),
)
_CHANGED = visit(Service.CHANGED_DATA, **_BEFORE_PAPERS)
_TOO_SMALL = Finding.error("signature.too_small", "signature", length="9", least="15")
_TOO_QUICK = Finding.warning("signature.too_quick", "signature", seconds="0.1")
_CANNOT = CaptureException("signature", ExceptionReason.CANNOT_SIGN)

SHOTS = (
    Shot("documents-new", partial(_documents, view=lacking(_NEW, Stage.DOCUMENTS))),
    Shot("documents-done", partial(_documents, view=visit())),
    Shot("documents-lost-long", partial(_documents, view=lacking(_LOST, Stage.DOCUMENTS))),
    Shot("documents-changed", partial(_documents, view=lacking(_CHANGED, Stage.DOCUMENTS))),
    Shot("documents-photo", partial(_documents, view=lacking(_NEW, Stage.DOCUMENTS), doing="photo")),
    Shot("documents-trouble", partial(_documents, view=lacking(_NEW, Stage.DOCUMENTS), doing="trouble")),
    Shot("consent-new", partial(_consent, view=_before_consent(visit()))),
    Shot("consent-javanese", partial(_consent, view=_before_consent(visit()), language="jv")),
    Shot("consent-given", partial(_consent, view=visit())),
    Shot("consent-refused", partial(_consent, view=_before_consent(visit()), doing="refuse")),
    Shot(
        "consent-young-long",
        partial(_consent, view=_before_consent(visit(age=16, form=LONG_FORM, village=LONG_VILLAGE))),
    ),
    Shot("signature-new", partial(_signature, view=_before_signature(visit()))),
    Shot("signature-working", partial(_signature, view=_before_signature(visit()), doing="working")),
    Shot("signature-kept", partial(_signature, view=visit(), doing="kept")),
    Shot("signature-screen", partial(_signature, view=_before_signature(visit()), doing="screen")),
    Shot("signature-drawn", partial(_signature, view=_before_signature(visit()), doing="drawn")),
    Shot("signature-small", partial(_signature, view=_with_finding(visit(), _TOO_SMALL), doing="kept")),
    Shot("signature-quick", partial(_signature, view=_with_finding(visit(), _TOO_QUICK), doing="kept")),
    Shot("signature-trouble", partial(_signature, view=_before_signature(visit()), doing="trouble")),
    Shot("signature-asking", partial(_signature, view=_before_signature(visit()), doing="asking")),
    Shot(
        "signature-exempt",
        partial(_signature, view=with_captures(visit(exceptions=(_CANNOT,)), signature=None)),
    ),
)
