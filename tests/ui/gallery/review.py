"""The review in the states an officer meets."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.visit.review_page import ReviewPage
from kiosk.ui.visit.signing_field import SCREEN
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import in_visit
from tests.ui.gallery.visits import (
    EXCEPTIONS,
    LONG_FORM,
    LONG_VILLAGE,
    SIGNED,
    at_review,
    ink,
    lacking,
    with_captures,
)

SUPERVISORS = (("sup-1", "Endang Sulistyowati"), ("sup-2", "Bambang Prasetyo"))


def _review(words: Words, view: VisitView, *, doing: str = "") -> QWidget:
    page = ReviewPage(words)
    page.show_people(SUPERVISORS)
    window = in_visit(words, page, view)
    _DOING[doing](page)
    return window


def _wrong(page: ReviewPage) -> None:
    page.pin.line.setText("123456")
    page._save()
    page.show_wrong_pin("PIN salah. 3 kali lagi, lalu terkunci.")


def _saving(page: ReviewPage) -> None:
    page.pin.line.setText("123456")
    page.show_saving(saving=True)


_DOING = {
    "": lambda _: None,
    "screen": lambda page: page.statement.field.ways.choose(SCREEN),
    "signed": lambda page: page.show_statement(ink()),
    "pin": lambda page: page.pin.line.setText("123456"),
    "wrong": _wrong,
    "saving": _saving,
    "checking": lambda page: page.show_checking(working=True),
    "trouble": lambda page: page.show_trouble(
        "Disk tidak menjawab.", "Draf aman. Simpan lagi, atau panggil teknisi."
    ),
}


_PLAIN = at_review()
_CHECKED = at_review(verified=())
_SIGNED = at_review(captures=with_captures(_CHECKED, statement=SIGNED).captures, verified=())
_CANNOT = (
    CaptureException("signature", ExceptionReason.CANNOT_SIGN),
    CaptureException("statement", ExceptionReason.CANNOT_SIGN),
)
_DIFFERS = (Finding.warning("verification.differs", "left_index", finding="left_index"),)
_LONG = at_review(form=LONG_FORM, village=LONG_VILLAGE, exceptions=EXCEPTIONS)

SHOTS = (
    Shot("review-check", partial(_review, view=_PLAIN)),
    Shot("review-checking", partial(_review, view=_PLAIN, doing="checking")),
    Shot("review-differs", partial(_review, view=at_review(verified=_DIFFERS))),
    Shot("review-statement", partial(_review, view=_CHECKED)),
    Shot("review-statement-screen", partial(_review, view=_CHECKED, doing="screen")),
    Shot("review-pin", partial(_review, view=_SIGNED)),
    Shot("review-ready", partial(_review, view=_SIGNED, doing="pin")),
    Shot("review-wrong-pin", partial(_review, view=_SIGNED, doing="wrong")),
    Shot("review-saving", partial(_review, view=_SIGNED, doing="saving")),
    Shot("review-trouble", partial(_review, view=_SIGNED, doing="trouble")),
    Shot("review-long", partial(_review, view=_LONG)),
    Shot(
        "review-agreed", partial(_review, view=at_review(exceptions=EXCEPTIONS, supervisor_sign_off="sup-1"))
    ),
    Shot("review-cannot-sign", partial(_review, view=at_review(exceptions=_CANNOT))),
    Shot(
        "review-lacking",
        partial(
            _review, view=lacking(replace(_PLAIN, portrait_approved=False), Stage.PORTRAIT, Stage.IRISES)
        ),
    ),
)
