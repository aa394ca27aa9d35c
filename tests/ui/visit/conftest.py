"""Pages of a visit are built as the program builds them: the sheet lies on their window."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def as_the_program_is(sheet_on_the_window: None) -> None:
    """`stand.py` dresses the windows."""
