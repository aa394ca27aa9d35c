"""Whatever is typed or pasted into a field: nothing falls over, nothing is lost, and a sentence stands at the field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Severity
from kiosk.domain.words import Words
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import ChoiceField, LineField
from kiosk.ui.visit.biodata_fields import Cell
from tests.ui.gallery.visits import FORM
from tests.ui.visit.biodata_desk import BiodataDesk

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

_TYPED = [field for field in Field if field not in {Field.SEX} and not field.value.startswith("has_")]
_BAD = {
    "long": "A" * 5000,
    "bidirectional": "SITI \u202eHANIMA\u202c",
    "control": "SITI\x07\x1b[31m\x00AMINAH",
    "emoji": "SITI 😀 AMINAH 👩‍👩‍👧‍👦",
    "combining": "S" + "\u0301" * 300,
    "table": "NIK\tNama\r\n3325\tSITI\r\n3326\tBUDI",
    "invisible": "SITI\u200bAMINAH",
    "arabic digits": "٣٣٢٥٠٧٥٧٠٨٩٠٠٠٠٢",
    "markup": "<b>SITI</b><img src=x onerror=1>",
    "percent": "%s %n {given} {0} {{}} %(x)s",
    "sql": "'; DROP TABLE visits; --",
    "half emoji at the cut": "A" * 511 + "😀",
    "javanese": "ꦱꦶꦠꦶ",
    "blanks": " \u00a0\u2003 ",
}


@pytest.fixture
def desk(qtbot: QtBot, words: Words) -> BiodataDesk:
    return BiodataDesk(qtbot, words, FORM)


def _line(cell: Cell) -> QLineEdit:
    control = cell.way_in
    assert isinstance(control, LineField | ChoiceField)
    return control.line if isinstance(control, ChoiceField) else control


def _paste(desk: BiodataDesk, field: Field, text: str) -> None:
    """Put a text in as the clipboard would, and go on."""
    desk.enter(field)
    line = _line(desk.cell(field))
    line.selectAll()
    QGuiApplication.clipboard().setText(text)
    line.paste()
    desk.press_tab()


def _errors(desk: BiodataDesk, field: Field) -> list[str]:
    return [
        found.code
        for found in desk.view().findings
        if found.field == field and found.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("kind", _BAD)
def test_bad_input_in_any_field_is_kept_judged_and_told(desk: BiodataDesk, kind: str) -> None:
    for field in _TYPED:
        _paste(desk, field, _BAD[kind])
        kept = desk.form.get(field, "")

        assert len(kept) <= 512
        kept.encode("utf-8")
        assert not _errors(desk, field) or desk.told(field)
        assert (desk.state(field) == "danger") == bool(_errors(desk, field))
        desk.form[field] = FORM.get(field, "")
        desk.show()


def test_a_megabyte_in_any_field_is_cut_and_survived(desk: BiodataDesk) -> None:
    for field in _TYPED:
        _paste(desk, field, "x7" * 500_000)

        assert len(desk.form[field]) == 512, field
        assert _errors(desk, field), field
        assert desk.told(field), field


def test_ten_megabytes_are_cut_and_survived(desk: BiodataDesk) -> None:
    _paste(desk, Field.NIK, "9" * 10_000_000)

    assert len(desk.form[Field.NIK]) == 512
    assert desk.state(Field.NIK) == "danger"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_TYPED), st.text(max_size=700))
def test_any_text_in_any_field_reaches_the_rules_or_is_told(
    desk: BiodataDesk, field: Field, text: str
) -> None:
    before = desk.form.get(field, "")
    _paste(desk, field, text)
    kept = desk.form.get(field, "")

    assert isinstance(kept, str)
    kept.encode("utf-8")
    assert not _errors(desk, field) or desk.told(field)
    if field is Field.BIRTH_PLACE and text.isascii() and text.isprintable() and len(text) <= 512 and text:
        assert kept == text.upper()
    desk.form[field] = before
    desk.show()


def test_nonsense_kept_in_a_draft_is_shown_and_told(desk: BiodataDesk) -> None:
    for field in _TYPED:
        desk.form = FORM | {field: "\u202e😀\x00" * 40}
        desk.changes = {"visit_id": f"visit-{field}"}
        desk.show()

        assert desk.state(field) == "danger", field
        assert desk.told(field), field
    assert desk.typed == []


@pytest.mark.parametrize(
    "field",
    [Field.HAS_BIRTH_CERTIFICATE, Field.HAS_MARRIAGE_CERTIFICATE, Field.HAS_DIVORCE_CERTIFICATE, Field.SEX],
)
def test_an_answer_that_is_neither_is_told_and_can_be_given_anew(
    qtbot: QtBot, words: Words, field: Field
) -> None:
    desk = BiodataDesk(qtbot, words, FORM | {field: "mungkin"})
    pair = desk.enter(field)

    assert isinstance(pair, Segments)
    assert pair.key == ""
    assert "mungkin" in desk.told(field)
    desk.press_space()
    assert not [code for code in _errors(desk, field) if code != "certificate.number_missing"]
