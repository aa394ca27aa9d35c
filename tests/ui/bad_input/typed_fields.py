"""Every place of the window where a person types; a test fails when a page holds one that is not named here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from kiosk.ui.page import Page
from kiosk.ui.visit.writing import capital, in_sixes

LONGEST = 512


@dataclass(frozen=True, slots=True)
class Typed:
    """One place to type.

    page: class of the page.  place: class and attribute that hold the field, or its name.  shot: picture of the gallery
    on which it can be typed into.  bound: characters it holds at most, in units of UTF-16.  stands: what stands there
    of a text that is one line already.
    """

    page: str
    place: str
    shot: str
    bound: int = LONGEST
    stands: Callable[[str], str] = str
    is_secret: bool = False

    def __str__(self) -> str:
        return f"{self.place} on {self.shot}"


def _number(text: str) -> str:
    return in_sixes(text, 0)[0]


def _capitals(text: str) -> str:
    return capital(text, 0)[0]


def _pin(text: str) -> str:
    return text if re.fullmatch("[0-9]{0,12}", text) else ""


TYPED = (
    Typed("LoginPage", "LoginPage.name", "login"),
    Typed("LoginPage", "PasswordField.line", "login", 128, is_secret=True),
    Typed("LoginPage", "LoginPage.name", "login-lock"),
    Typed("LoginPage", "PasswordField.line", "login-lock", 128, is_secret=True),
    Typed("FirstPasswordPage", "FirstPasswordPage.password", "first-password", 128, is_secret=True),
    Typed("FirstPasswordPage", "FirstPasswordPage.again", "first-password", 128, is_secret=True),
    Typed("FirstPasswordPage", "FirstPasswordPage.pin", "first-password", 12, is_secret=True),
    Typed("FirstPasswordPage", "FirstPasswordPage.pin_again", "first-password", 12, is_secret=True),
    Typed("FirstStartPage", "FirstStartPage.code", "first-start", 128),
    Typed("FirstStartPage", "FirstStartPage.url", "first-start"),
    Typed("ArrivalPage", "ArrivalPage.nik", "arrival-chosen", 24, _number),
    Typed("SearchPage", "SearchPage.line", "desk-search-begin", 80, _number),
    Typed("QueuePage", "EndVisitPanel.own", "queue-ending"),
    Typed("DraftsPage", "ReasonBox.line", "desk-drafts-end"),
    Typed("RecordPage", "ReasonBox.line", "desk-record-withdraw"),
    Typed("RecordPage", "AmendForm.choice", "desk-record-amend"),
    Typed("RecordPage", "AmendForm.reason", "desk-record-amend"),
    Typed("RecordPage", "LineCell.line", "desk-record-amend", stands=_capitals),
    Typed("RecordPage", "ListCell._list", "desk-record-amend"),
    Typed("ApprovalsPage", "PinBox.line", "approvals", stands=_pin, is_secret=True),
    Typed("ApprovalsPage", "ReasonBox.line", "approvals-refuse"),
    Typed("PapersPage", "PaperList.line", "papers-may"),
    Typed("PapersPage", "Decision.reason", "papers-reason"),
    Typed("PapersPage", "PinBox.line", "papers-may", stands=_pin, is_secret=True),
    Typed("PapersPage", "ReasonBox.line", "papers-hand"),
    Typed("PapersPage", "PinBox.line", "papers-batch", stands=_pin, is_secret=True),
    Typed("PapersPage", "PinBox.line", "papers-save", stands=_pin, is_secret=True),
    Typed("PapersPage", "PaperSavePanel.reason", "papers-save-again"),
    Typed("PapersPage", "PaperSavePanel.own", "papers-save-elsewhere"),
    Typed("PaperBookPage", "PinBox.line", "papers-book-save", stands=_pin, is_secret=True),
    Typed("PaperBookPage", "SignedSavePanel.own", "papers-book-save-elsewhere"),
    Typed("PaperCheckPage", "PaperCheckPage.code", "check-waits", 4096),
    Typed("PaperCheckPage", "PaperFilePanel.own", "check-file-unreadable", 1024),
    Typed("ServicePage", "ServicePage.letter", "service-lost-recorded"),
    Typed("BiodataPage", "LineCell.line", "biodata-start", stands=_number),  # the first is the NIK
    Typed("BiodataPage", "ListCell._list", "biodata-start"),
    Typed("BiodataPage", "region.province", "biodata-start"),
    Typed("BiodataPage", "region.regency", "biodata-start"),
    Typed("BiodataPage", "region.district", "biodata-start"),
    Typed("BiodataPage", "VillageCell._lists", "biodata-start"),  # of the village
    Typed("BiodataPage", "WarningBox.reason", "biodata-family-warnings"),
    Typed("BiodataPage", "FieldFinder.line", "biodata-find", 60),
    Typed("DeviceSetUpPage", "DeviceSetUpPage.driver", "setup-found"),
    Typed("DevicesPage", "ReportPanel.own", "devices-report-trouble"),  # the folder
    Typed("DeviceSetUpPage", "SettingFields.lines", "setup-found", 300),
    Typed("DocumentsPage", "DocumentsPage.others", "documents-new"),
    Typed("ConsentPage", "ReasonBox.line", "consent-refused"),
    Typed("SignaturePage", "SignatureFindings.reason", "signature-quick"),
    Typed("SignaturePage", "ReasonBox.line", "signature-asking"),
    Typed("ReviewPage", "ExceptionsBox.people", "review-long"),
    Typed("ReviewPage", "PinBox.line", "review-pin", stands=_pin, is_secret=True),
    Typed("ReviewPage", "PinBox.line", "review-long", stands=_pin, is_secret=True),
)


def fields_of(window: QWidget) -> Iterator[QWidget]:
    """Yield everything that can be typed into, hidden or not; a list or a counter once, not the line in it too."""
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox):
        for field in window.findChildren(kind):
            closed = not field.isEditable() if isinstance(field, QComboBox) else field.isReadOnly()
            if not closed and not isinstance(field.parentWidget(), QComboBox | QAbstractSpinBox):
                yield field


def page_of(field: QWidget) -> str:
    """Return the class of the page a field stands on; empty for a sheet of components."""
    return next((type(parent).__name__ for parent in _parents(field) if isinstance(parent, Page)), "")


def place_of(field: QWidget) -> str:
    """Return class and attribute that hold a field, else its name; the kit's own frames around it do not count."""
    for parent in _parents(field):
        if type(parent).__module__.startswith(("kiosk.ui.kit", "PySide6")):
            continue
        for name, held in vars(parent).items():
            if held is field or (isinstance(held, dict) and field in held.values()):
                return f"{type(parent).__name__}.{name}"
    return field.objectName()


def _parents(field: QWidget) -> Iterator[QWidget]:
    parent = field.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def field_of(window: QWidget, typed: Typed) -> QWidget:
    """Return the first field of a place that can be seen."""
    return next(
        field
        for field in fields_of(window)
        if field.isVisibleTo(window) and place_of(field) == typed.place and page_of(field) == typed.page
    )
