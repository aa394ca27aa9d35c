"""Work beside the window: in order within a lane, answered on the GUI thread, never to a page that is gone."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.errors import KioskError
from kiosk.ui.tasks import DB, LINE, Tasks, UnforeseenError


def not_expected(error: KioskError) -> None:
    raise AssertionError(error)


def test_an_answer_comes_on_the_gui_thread_and_work_on_another(qtbot: QtBot, tasks: Tasks) -> None:
    owner, threads = QObject(), []
    tasks.run(
        owner,
        DB,
        threading.get_ident,
        done=lambda ident: threads.extend([ident, threading.get_ident()]),
        failed=not_expected,
    )

    qtbot.waitUntil(lambda: tasks.idle)

    assert threads[0] != threads[1] == threading.get_ident()


def test_a_lane_does_one_thing_at_a_time_in_the_order_asked(qtbot: QtBot, tasks: Tasks) -> None:
    owner, done = QObject(), []
    for number in range(50):
        tasks.run(owner, DB, lambda number=number: number, done=done.append, failed=not_expected)

    qtbot.waitUntil(lambda: tasks.idle)

    assert done == list(range(50))


def test_two_lanes_do_not_wait_for_each_other(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate, done = QObject(), threading.Event(), []
    tasks.run(owner, DB, gate.wait, done=lambda _: done.append(DB), failed=not_expected)
    tasks.run(owner, LINE, lambda: None, done=lambda _: done.append(LINE), failed=not_expected)
    qtbot.waitUntil(lambda: done == [LINE])

    assert not tasks.is_free(DB)
    assert tasks.is_free(LINE)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert done == [LINE, DB]


def test_a_page_that_is_gone_is_not_called(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate, told = QObject(), threading.Event(), []
    tasks.run(owner, DB, gate.wait, done=told.append, failed=not_expected)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    gate.set()

    qtbot.waitUntil(lambda: tasks.idle)

    assert told == []


def test_an_error_that_was_foreseen_reaches_the_page_as_it_is(qtbot: QtBot, tasks: Tasks) -> None:
    owner, told = QObject(), []

    def fail() -> None:
        raise KioskError("the disk is full")

    tasks.run(owner, DB, fail, failed=told.append)
    qtbot.waitUntil(lambda: tasks.idle)

    assert [str(error) for error in told] == ["the disk is full"]


def test_an_error_nobody_foresaw_is_logged_and_told_as_one(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    owner, told = QObject(), []

    def fail() -> None:
        raise ZeroDivisionError

    tasks.run(owner, DB, fail, failed=told.append)
    qtbot.waitUntil(lambda: tasks.idle)

    assert isinstance(told[0], UnforeseenError)
    assert "work beside the window failed" in caplog.text


def test_closing_does_what_was_handed_to_the_disk(qtbot: QtBot) -> None:
    owner, tasks, begun = QObject(), Tasks(), []
    for number in range(50):
        tasks.run(owner, DB, partial(begun.append, number), failed=not_expected)

    tasks.close()

    assert begun == list(range(50))


def test_closing_waits_for_what_runs_and_drops_what_waits(qtbot: QtBot) -> None:
    owner, tasks, gate, begun = QObject(), Tasks(), threading.Event(), []
    tasks.run(owner, LINE, lambda: (begun.append(1), gate.wait()), failed=not_expected)
    tasks.run(owner, LINE, lambda: begun.append(2), failed=not_expected)
    qtbot.waitUntil(lambda: begun == [1])
    gate.set()

    tasks.close()
    tasks.close()

    assert begun in ([1], [1, 2])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane")]
