"""A program that runs for weeks emits more signals than Python counts references to `True`."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

from kiosk.ui.kept_true import keep_true


class _Bell(QObject):
    rung = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True cannot die since Python 3.12")
def test_signals_never_use_up_the_references_to_true() -> None:
    bell = _Bell()
    keep_true()

    for _ in range(20_000):
        bell.rung.emit()

    assert sys.getrefcount(True) > sys.maxsize // 8


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot die since Python 3.12")
def test_calls_that_return_nothing_never_use_up_the_references_to_none(qapp: object) -> None:
    bell = _Bell()
    keep_true()

    for _ in range(20_000):
        bell.setObjectName("bell")

    assert sys.getrefcount(None) > sys.maxsize // 8


def test_keeping_true_twice_does_no_more(qapp: object) -> None:
    keep_true()
    before = sys.getrefcount(True)

    keep_true()

    assert abs(sys.getrefcount(True) - before) < 50
