"""Whatever is typed or pasted anywhere in the window: one line stands there, cut where it ends, all else untouched."""

import time
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk.domain.free_text import on_one_line
from tests.ui.bad_input.bad_texts import BAD, commit, cut, line_of, paste, press
from tests.ui.bad_input.conftest import Opener
from tests.ui.bad_input.typed_fields import TYPED, Typed, field_of, fields_of

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

AT = {
    name: [typed for typed in TYPED if typed.shot == name] for name in {typed.shot: None for typed in TYPED}
}
WITH_SECRETS = [name for name, fields in AT.items() if any(typed.is_secret for typed in fields)]
LONGEST_WAIT = (
    1.0  # seconds for a megabyte pasted and one committed; on a busy machine, most of it is Qt's own
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


def expected(typed: Typed, text: str) -> str:
    return typed.stands(on_one_line(cut(text, typed.bound)))


def other_texts(window: QWidget, field: QWidget) -> list[str]:
    """Return what stands in all other fields; lists of regions show what lies in the one before."""
    leads = field.objectName().startswith("region.")
    others = [other for other in fields_of(window) if other is not field]
    return [line_of(one).text() for one in others if not (leads and one.objectName().startswith("region."))]


@pytest.mark.parametrize("shot", AT)
def test_bad_input_stands_at_once_on_one_line_as_typed_or_cut_and_nothing_else_is_lost(
    open_shot: Opener, shot: str
) -> None:
    window = open_shot(shot)

    for typed in AT[shot]:
        field = field_of(window, typed)
        others = other_texts(window, field)
        for kind, put in product(BAD, (paste, commit)):
            began = time.monotonic()
            put(field, BAD[kind])

            assert line_of(field).text() == expected(typed, BAD[kind]), (typed.place, kind, put)
            press(Qt.Key.Key_Tab)
            assert time.monotonic() - began < LONGEST_WAIT, (typed.place, kind, put)
            assert other_texts(window, field) == others, (typed.place, kind, put)
        line_of(field).clear()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.sampled_from(TYPED), text=ANY_TEXT)
def test_any_text_at_all_stands_on_one_line_in_any_field(open_shot: Opener, typed: Typed, text: str) -> None:
    field = field_of(open_shot(typed.shot), typed)

    for put in (paste, commit):
        put(field, text)

        assert line_of(field).text() == expected(typed, text)


@pytest.mark.parametrize("shot", WITH_SECRETS)
def test_nothing_of_a_secret_is_in_a_name_a_tooltip_or_a_text(open_shot: Opener, shot: str) -> None:
    window = open_shot(shot)

    for field in [field_of(window, typed) for typed in AT[shot] if typed.is_secret]:
        for secret in ("97531086", "97531086" * 3, "97531086 rahasia"):
            for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return):
                paste(field, secret)
                press(key)

                told = " ".join(said_by(window))
                assert "97531086" not in told
                assert "rahasia" not in told


def said_by(window: QWidget) -> list[str]:
    """Return every text of a window that is read out, pops up, or can be seen."""
    said = []
    for widget in (window, *window.findChildren(QWidget)):
        said += [
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.whatsThis(),
        ]
        said += [widget.statusTip(), widget.objectName(), widget.windowTitle()]
        if isinstance(widget, QLineEdit):
            said += [widget.displayText(), widget.placeholderText()]
        elif isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
    return said
