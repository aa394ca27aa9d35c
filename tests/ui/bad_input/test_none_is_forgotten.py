"""The table of fields to type into is whole: by what stands on the pages, and by what the window's code makes."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

import kiosk.ui
from kiosk.domain.words import Words
from tests.ui.bad_input.typed_fields import TYPED, fields_of, page_of, place_of
from tests.ui.gallery.collection import shots

# Pages of captures look alike in all their states, and their pictures take long to draw: one state of each.
ONE_STATE = {"capture-portrait-no-camera", "capture-fingers-begin", "capture-irises-begin"}
SHOTS = [shot for shot in shots() if not shot.name.startswith("capture") or shot.name in ONE_STATE]

# What makes a place to type, and where it is made: of the window's own, and of Qt's.
KINDS = {
    "LineField", "ReasonLine", "TypingLine", "ChoiceField", "NameField", "PasswordField", "PinBox", "ReasonBox",
    "QLineEdit", "QTextEdit", "QPlainTextEdit", "QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox",
    "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QKeySequenceEdit", "QInputDialog",
}  # fmt: skip
MADE = {
    "AmendForm": ("ChoiceField", "LineField"),
    "ApprovalsPage": ("PinBox", "ReasonBox"),
    "ArrivalPage": ("LineField",),
    "BatchBox": ("PinBox",),
    "ConsentPage": ("ReasonBox",),
    "Decision": ("LineField", "LineField", "PinBox", "ReasonLine"),
    "DeviceSetUpPage": ("ChoiceField",),
    "DocumentsPage": ("ChoiceField",),
    "DraftsPage": ("ReasonBox",),
    "EndVisitPanel": ("ReasonLine",),
    "ExceptionsBox": ("ChoiceField", "PinBox"),
    "FieldFinder": ("LineField",),
    "FirstStartPage": ("LineField", "LineField"),
    "FolderPanel": ("LineField",),
    "LineCell": ("TypingLine",),
    "ListCell": ("ChoiceField",),
    "LoginPage": ("NameField", "PasswordField"),
    "PaperCheckPage": ("LineField",),
    "PaperFilePanel": ("LineField",),
    "PasswordField": ("LineField",),
    "PaperList": ("LineField",),
    "PaperSavePanel": ("ReasonLine",),
    "PapersPage": ("ReasonBox",),
    "PinBox": ("LineField",),
    "ReasonBox": ("ReasonLine",),
    "RecordPage": ("ReasonBox",),
    "ReviewPage": ("PinBox",),
    "SearchPage": ("LineField",),
    "ServicePage": ("LineField",),
    "SignedSavePanel": ("PinBox",),
    "SettingFields": ("LineField",),
    "SignatureFindings": ("ReasonLine",),
    "SignaturePage": ("ReasonBox",),
    "VillageCell": ("ChoiceField",),
    "WarningBox": ("ChoiceField",),
    "_secret": ("LineField",),  # the four fields of a first password
}


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """Leave the sheet aside: nothing is shown, and pages are built three times as fast."""
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield
    qapp.setStyleSheet(sheet)


@pytest.mark.usefixtures("undressed")
@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_every_field_on_a_page_of_the_gallery_stands_in_the_table(qapp: QApplication, words: Words) -> None:
    known = {(typed.page, typed.place) for typed in TYPED}
    found = set()
    for shot in SHOTS:
        window = shot.build(words)
        found |= {(page_of(field), place_of(field)) for field in fields_of(window) if page_of(field)}
        window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert found == known


def test_every_field_the_window_makes_is_known_here() -> None:
    made: dict[str, list[str]] = {}
    for path in Path(kiosk.ui.__path__[0]).rglob("*.py"):
        for owner, kind in makes(ast.parse(path.read_text("utf-8"))):
            made.setdefault(owner, []).append(kind)

    assert {owner: Counter(kinds) for owner, kinds in made.items()} == {
        owner: Counter(kinds) for owner, kinds in MADE.items()
    }


def makes(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what is made by each class or function of a module."""
    for owner in module.body:
        if isinstance(owner, ast.ClassDef | ast.FunctionDef):
            for node in ast.walk(owner):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                    yield owner.name, node.func.id
