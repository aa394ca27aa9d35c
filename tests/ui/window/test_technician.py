"""A technician at the real window: sees what is broken, tests it, and reads what to try, by keys alone."""

import threading

from PySide6.QtWidgets import QApplication

from kiosk.devices.api import Kind, Scene
from kiosk.domain.selftest import ADVICE, Part, Problem, Verdict
from kiosk.services.selftest import look_at_parts
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.rooms.devices import DevicesRoom, Questions
from tests.ui.window.shown_window import TECHNICIAN, ShownWindow, texts


def _page(window: ShownWindow) -> DevicesPage:
    page = window.room.page
    assert isinstance(page, DevicesPage)
    return page


def _verdict(window: ShownWindow, part: Part) -> Verdict | None:
    last = next(view.last for view in look_at_parts(window.counter) if view.part is part)
    return None if last is None else last.verdict


def test_a_broken_part_is_found_tested_and_mended_by_keys(window: ShownWindow) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    assert window.place == DEVICES
    window.desk.tools.kit.stage(Scene(person=1, fault="vanish"))

    window.press("Return")  # the first part is the camera, never tested
    window.until(lambda: _verdict(window, Part.CAMERA) is Verdict.BROKEN)
    window.until(lambda: any("Tidak tersambung sejak" in text for text in texts(_page(window).panel)))

    first_act = window.room.words.say(ADVICE[Problem.NOT_CONNECTED][0])
    assert first_act in texts(_page(window).panel)

    window.desk.tools.kit.stage(Scene(person=1))
    window.until(_page(window).panel.test.isEnabled)
    window.press("Return")
    window.until(
        lambda: _verdict(window, Part.CAMERA) in (Verdict.GOOD, Verdict.CARE)
    )  # slow beside other work
    window.until(lambda: first_act not in texts(_page(window).panel))


def test_all_parts_are_tested_one_after_the_other_without_asking_anybody(window: ShownWindow) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    window.press("F5")
    window.until(lambda: all(view.last is not None for view in look_at_parts(window.counter)), seconds=120)
    window.settle()

    verdicts = {view.part: view.last.verdict for view in look_at_parts(window.counter) if view.last}
    assert set(verdicts) == set(Part)
    assert Verdict.BROKEN not in {verdicts[part] for part in (Part.FINGERPRINT, Part.IRIS, Part.DATABASE)}
    assert _page(window).table.part is not None
    assert {state.kind for state in window.desk.tools.kit.states()} >= {Kind.CAMERA}


def test_a_question_behind_a_page_that_was_left_holds_up_nobody(window: ShownWindow) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    room = window.room
    assert isinstance(room, DevicesRoom)
    answers: list[bool] = []
    room._begin(Part.CLOCK, with_person=True)
    window.press("Alt+2")
    window.until(lambda: window.place != DEVICES)
    asking = threading.Thread(target=lambda: answers.append(room._questions.ask("Lay a card on the reader.")))
    asking.start()
    window.until(lambda: bool(answers), seconds=10)
    asking.join()

    assert answers == [False]


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_question() -> None:
    questions = Questions()
    answers: list[bool] = []

    def ask() -> None:
        answers.append(questions.ask("Look into the iris camera."))

    questions.answer(is_done=True)  # nobody asks any more
    asking = threading.Thread(target=ask)
    asking.start()
    asking.join(0.2)
    still_open = list(answers)
    questions.close()
    asking.join()

    assert still_open == []
    assert answers == [False]


def test_leaving_the_page_ends_the_row_of_tests_and_comes_back_to_what_was_kept(window: ShownWindow) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    window.press("Alt+2")
    window.settle()
    window.go(DEVICES)

    assert len(_page(window).table.rows.rows) == len(Part)
    assert QApplication.focusWidget() in _page(window).table.rows.rows
