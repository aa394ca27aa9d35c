"""What cannot stand is told where it was typed, stays there to be mended, and is handed on to nobody."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QListWidget, QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.free_text import on_one_line
from kiosk.domain.remarks import read_letter_no, read_reason
from kiosk.domain.words import Words
from kiosk.ui.page import Page
from kiosk.ui.pages.arrival import ArrivalPage
from kiosk.ui.pages.first_password import FirstPasswordPage
from kiosk.ui.pages.first_start import FirstStartPage
from kiosk.ui.pages.login import LoginPage
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.visit.documents_page import DocumentsPage
from kiosk.ui.visit.field_finder import FieldFinder
from kiosk.ui.visit.review_page import ReviewPage
from kiosk.ui.visit.service_page import ServicePage
from tests.ui.bad_input.bad_texts import BAD, cut, line_of, paste, press
from tests.ui.bad_input.conftest import Opener
from tests.ui.bad_input.typed_fields import TYPED, Typed, field_of

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

REFUSED = ("long", "bidirectional", "emoji", "combining", "invisible", "arabic digits", "javanese")
# Where a reason is given, and the signal of the page that carries it last.
REASONS = {
    ("ReasonBox.line", "desk-drafts-end"): "end_wanted",
    ("ReasonBox.line", "desk-record-withdraw"): "withdraw_wanted",
    ("ReasonBox.line", "consent-refused"): "refused",
    ("ReasonBox.line", "signature-asking"): "exception_claimed",
    ("EndVisitPanel.own", "queue-ending"): "end_wanted",
    ("SignatureFindings.reason", "signature-quick"): "reason_given",
    ("WarningBox.reason", "biodata-family-warnings"): "reason_given",
}
ASKED = [pytest.param(typed, id=str(typed)) for typed in TYPED if (typed.place, typed.shot) in REASONS]
LISTS = [
    typed
    for typed in TYPED
    if typed.place in {"DocumentsPage.others", "AmendForm.choice", "ExceptionsBox.people"}
]

PageKind = TypeVar("PageKind", bound=QWidget)


def on(window: QWidget, kind: type[PageKind]) -> PageKind:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


def told_by(signal: SignalInstance) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def given_by(window: QWidget, typed: Typed) -> list[tuple[object, ...]]:
    page = next(page for page in window.findChildren(Page) if type(page).__name__ == typed.page)
    return told_by(getattr(page, REASONS[typed.place, typed.shot]))


def standing(text: str) -> str:
    """Return what stands in a line of a bad text."""
    return on_one_line(cut(text, 512))


def test_every_line_for_a_reason_is_tried() -> None:
    assert {(typed.place, typed.shot) for typed in (param.values[0] for param in ASKED)} == set(REASONS)


@pytest.mark.parametrize("typed", ASKED)
def test_a_reason_that_cannot_stand_is_told_at_its_line_and_given_once_it_is_mended(
    open_shot: Opener, words: Words, typed: Typed
) -> None:
    window = open_shot(typed.shot)
    field, given = field_of(window, typed), given_by(window, typed)

    for kind in REFUSED:
        paste(field, BAD[kind])
        press(Qt.Key.Key_Return)

        assert field.accessibleDescription() == words.finding(read_reason(standing(BAD[kind])).findings[0])
        assert (field.isVisible(), line_of(field).text()) == (True, standing(BAD[kind]))
        assert given == []
    paste(field, "Warga  pulang\r\n")
    press(Qt.Key.Key_Return)
    assert [values[-1] for values in given] == ["Warga pulang"]
    assert field.accessibleDescription() == ""


def test_a_reason_that_no_longer_stands_is_taken_back(open_shot: Opener) -> None:
    typed = next(typed for typed in TYPED if typed.place == "WarningBox.reason")
    window = open_shot(typed.shot)
    field, given = field_of(window, typed), given_by(window, typed)

    for text in ("Akta hilang", BAD["emoji"]):
        paste(field, text)
        press(Qt.Key.Key_Return)

    assert [values[-1] for values in given] == ["Akta hilang", ""]


@pytest.mark.parametrize("shot", ["review-pin", "review-long"])
def test_a_pin_takes_digits_or_says_so_and_keeps_nothing_of_the_rest(
    open_shot: Opener, words: Words, shot: str
) -> None:
    review = on(open_shot(shot), ReviewPage)
    box = review.pin if shot == "review-pin" else review.exceptions.pin

    for kind, text in BAD.items():
        paste(box.line, text)
        assert (box.pin, box.hint) == ("", words.say("Only digits, at most {most}.", most=12)), kind
        paste(box.line, "246801\r\n")
        assert (box.pin, box.hint) == ("246801", ""), kind


def test_the_number_of_a_police_letter_that_cannot_stand_holds_the_page_up(
    open_shot: Opener, words: Words
) -> None:
    page = on(open_shot("service-lost-recorded"), ServicePage)
    numbers, onward = told_by(page.enrolled_before_told), told_by(page.onward)
    assert page.primary is not None

    for kind in REFUSED:
        paste(page.letter, BAD[kind])
        page.primary.click()

        found = read_letter_no(standing(BAD[kind])).findings
        assert page.letter.accessibleDescription() == words.finding(found[0]), kind
    assert (numbers, onward) == ([], [])
    paste(page.letter, "STPLK/12/I/2026")
    page.primary.click()
    assert (numbers, len(onward)) == ([("STPLK/12/I/2026",)], 1)


def test_a_nik_on_arrival_says_what_is_wrong_with_it_and_goes_into_the_form_as_typed(
    open_shot: Opener, words: Words
) -> None:
    page = on(open_shot("arrival-chosen"), ArrivalPage)
    arrived = told_by(page.arrived)
    not_digits = words.finding(Finding.error("nik.not_digits", "nik"))
    too_long = words.finding(Finding.error("nik.length", "nik", given="24"))

    for kind, told in (("emoji", not_digits), ("markup", not_digits), ("too many digits", too_long)):
        paste(page.nik, BAD[kind])
        press(Qt.Key.Key_Tab)

        assert page.nik.accessibleDescription() == told
    page.serve.click()
    assert arrived[0][2] == "9" * 24


@pytest.mark.parametrize("typed", LISTS, ids=str)
def test_what_stands_in_no_list_is_told_where_one_has_to_be_chosen(
    open_shot: Opener, words: Words, typed: Typed
) -> None:
    field = field_of(open_shot(typed.shot), typed)

    for kind, text in BAD.items():
        paste(field, text)
        press(Qt.Key.Key_Tab)

        told = "" if kind == "blanks" else words.say("Choose one of the list.")
        assert field.accessibleDescription() == told, kind


def test_what_stands_in_no_list_adds_no_paper_no_field_and_no_supervisor(open_shot: Opener) -> None:
    documents = on(open_shot("documents-new"), DocumentsPage)
    record = on(open_shot("desk-record-amend"), RecordPage)
    review = on(open_shot("review-long"), ReviewPage)
    shown, fields = told_by(documents.shown_changed), record.form.fields
    review.exceptions.show_people([("supervisor", "Supervisor Latihan")])
    paste(review.exceptions.pin.line, "246801")
    agrees = review.exceptions.agree.isEnabled()

    for field in (documents.others, record.form.choice, review.exceptions.people):
        paste(field, BAD["emoji"])
        field.take_typed()

    assert (shown, record.form.fields) == ([], fields)
    assert (agrees, review.exceptions.agree.isEnabled()) == (True, False)


def test_a_name_no_field_has_is_said_in_the_finder(open_shot: Opener, words: Words) -> None:
    finder = on(open_shot("biodata-find"), FieldFinder)
    names = on(finder, QListWidget)
    found = told_by(finder.found)

    paste(finder.line, BAD["emoji"])
    press(Qt.Key.Key_Return)

    assert [names.item(row).text() for row in range(names.count())] == [words.say("No field has this name")]
    assert (found, finder.isVisible()) == ([], True)


def test_a_first_start_asks_for_an_address_and_loses_neither_field(open_shot: Opener, words: Words) -> None:
    page = on(open_shot("first-start"), FirstStartPage)
    wanted = told_by(page.join_wanted)

    for kind, text in BAD.items():
        paste(page.code, "ABCD-EFGH")
        paste(page.url, text)
        press(Qt.Key.Key_Return)

        wrong = words.say("Begins with https:// and the centre's name")
        assert page.url.accessibleDescription() == wrong, kind
        assert (wanted, page.code.text()) == ([], "ABCD-EFGH"), kind


def test_a_first_pin_of_other_signs_than_digits_is_not_kept(open_shot: Opener) -> None:
    page = on(open_shot("first-password"), FirstPasswordPage)

    for kind in ("emoji", "arabic digits", "table", "half an emoji"):
        for field in (page.password, page.again, page.pin, page.pin_again):
            paste(field, BAD[kind])
        assert page.password.text() == page.again.text() != "", kind
        assert not page.keep.isEnabled(), kind
        for field in (page.pin, page.pin_again):
            paste(field, "246801")
        assert page.keep.isEnabled(), kind


def test_a_name_of_blanks_is_asked_for_again(open_shot: Opener, words: Words) -> None:
    page = on(open_shot("login"), LoginPage)
    submitted = told_by(page.submitted)

    paste(page.password.line, "kata sandi")
    paste(page.name, BAD["blanks"])
    page.enter.click()

    assert page.name.accessibleDescription() == words.say("Choose or type your name")
    assert (submitted, page.password.line.text()) == ([], "kata sandi")
