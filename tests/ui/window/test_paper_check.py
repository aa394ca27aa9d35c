"""Checking papers in the real window by keys: scanner, camera and file; one answer at a time; nothing of it stays."""

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.devices.api import Kind, Scene
from kiosk.domain.paper_check import Answer, Cause
from kiosk.services.kit import DeviceChoice
from kiosk.ui.devices.wedge import KeyboardWedge
from kiosk.ui.frame.rail import DELIVERIES, DEVICES, HOME, PAPERS
from kiosk.ui.pages.paper_check_state import Way
from kiosk.ui.places import PAPER_CHECK
from kiosk.ui.player import Script, press, type_text
from kiosk.ui.rooms.paper_check import PaperCheckRoom
from tests.services.sealed_papers import held_before, page_of, photo
from tests.ui.devices.keyboards import ENTER, Keyboard
from tests.ui.window.paper_bench import Bench, said
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, TECHNICIAN, ShownWindow, hand_of, texts


@pytest.fixture
def bench(window: ShownWindow) -> Bench:
    """An officer at home; neither camera nor scanner is set up."""
    window.sign_in(OFFICER)
    made = Bench(window)
    made.kit.choose(Kind.CAMERA, None)
    made.kit.choose(Kind.CODE_SCANNER, None)
    return made


def test_a_scanner_that_types_is_read_whole_and_the_answer_seen_and_put_aside_by_keys(bench: Bench) -> None:
    bench.begin()

    bench.type(bench.letters, "Return")
    answer = bench.until_answered()
    shown = " ".join(texts(bench.page))
    bench.press("Return")
    bench.until(lambda: bench.room.state.answer is None)
    stage = bench.page.stage.isVisible()
    bench.leave()

    assert " " in bench.letters
    assert answer is Answer.VALID
    assert "Asli dan berlaku" in shown
    assert bench.entry.number in shown
    assert bench.entry.full_name in shown
    assert stage
    assert bench.window.place == HOME
    with bench.window.counter.store.reading() as ledger:
        rows = [row for row in ledger.audit.about(bench.entry.number) if row.act == "check_paper"]
    assert [(row.user_id, row.detail) for row in rows] == [(OFFICER, "valid")]


def test_the_next_code_takes_the_answer_of_the_one_before_away_at_its_first_letter(bench: Bench) -> None:
    bench.begin()
    bench.type(bench.letters, "Return")
    bench.until_answered()

    bench.type("X")
    gone = bench.room.state.answer
    bench.type("YZ", "Return")
    second = bench.until_answered()

    assert gone is None
    assert second is Answer.CANNOT_TELL
    assert bench.room.state.answer is not None
    assert bench.room.state.answer.cause is Cause.NO_SEAL
    assert bench.entry.full_name not in said(bench.page)


def test_a_scanner_that_ends_with_enter_twice_leaves_the_answer_standing(bench: Bench) -> None:
    bench.begin()

    keyboard = Keyboard(bench.window.program.window)

    keyboard.scan(bench.letters, ENTER + ENTER)
    answer = bench.until_answered()
    keyboard.press(ENTER, after=40)  # as if the answer had come before the second half of the end
    stands = bench.room.state.answer
    keyboard.press(ENTER, after=500)

    assert answer is Answer.VALID
    assert stands is not None
    assert bench.room.state.answer is None


def test_what_a_scanner_types_elsewhere_on_the_page_arrives_in_the_field(bench: Bench) -> None:
    bench.begin()
    bench.page.file.setFocus(Qt.FocusReason.TabFocusReason)

    bench.type(bench.letters, "Return")

    assert bench.until_answered() is Answer.VALID


def test_a_scanner_with_a_driver_that_hears_the_keyboard_is_read_whole(bench: Bench) -> None:
    bench.kit.choose(Kind.CODE_SCANNER, DeviceChoice("code_scanner.wedge"))
    bench.begin()

    def waits() -> bool:
        wedge = bench.kit._open.get(Kind.CODE_SCANNER)
        return isinstance(wedge, KeyboardWedge) and wedge.waits and wedge._ear._window is not None

    bench.until(waits)
    QTest.qWait(300)  # by then it no longer throws away what was scanned before anybody asked
    bench.until(waits)
    Keyboard(bench.window.program.window).scan(bench.letters)
    answer = bench.until_answered()
    typed = bench.page.code.text()
    bench.press("Escape")
    bench.until(lambda: bench.room.state.answer is None)
    bench.until(waits)
    bench.leave()  # the look that waits is ended, not waited for

    assert (answer, typed) == (Answer.VALID, "")
    assert bench.kit.is_interruptible(Kind.CODE_SCANNER)
    assert Kind.CODE_SCANNER not in bench.kit._open


def test_a_scanner_on_a_line_is_read_again_and_again_and_comes_back_after_a_failure(bench: Bench) -> None:
    bench.kit.choose(Kind.CODE_SCANNER, DeviceChoice("code_scanner.simulated"))
    bench.kit.stage(Scene(person=1, code="KK:3325070101200001"))  # of a visit before
    bench.begin()
    bench.until(lambda: Kind.CODE_SCANNER in bench.kit._open)
    QTest.qWait(700)
    before = bench.room.state.answer

    bench.kit.stage(Scene(person=1, fault="vanish", code="X"))
    bench.until(lambda: bench.room.state.scanner is Way.AWAY)
    bench.kit.stage(Scene(person=1, code=""))
    bench.until(lambda: bench.room.state.scanner is Way.READS and Kind.CODE_SCANNER in bench.kit._open)
    bench.kit.stage(Scene(person=1, code=bench.letters))
    first = bench.until_answered()
    bench.kit.stage(Scene(person=2, code="https://example.test"))
    bench.until(
        lambda: bench.room.state.answer is not None and bench.room.state.answer.cause is Cause.NO_SEAL
    )
    bench.press("Escape")
    bench.leave()

    assert before is None
    assert first is Answer.VALID


def test_the_camera_finds_the_code_of_a_certificate_held_before_it_and_rests_until_the_next(
    bench: Bench, tmp_path: Path
) -> None:
    film = str(tmp_path / "held.avi")
    writer = cv2.VideoWriter(film, cv2.VideoWriter.fourcc(*"MJPG"), 20, (1280, 960))
    for picture in [held_before(bench.pdf)] * 20:
        writer.write(picture)
    writer.release()
    bench.kit.choose(Kind.CAMERA, DeviceChoice("camera.opencv", {"source": film}))

    bench.begin()
    first = bench.until_answered()
    rests = bench.room.state.camera
    bench.until(lambda: bench.window.program.tasks.is_free(Kind.CAMERA.value))
    bench.press("Return")
    bench.until(lambda: bench.room.state.answer is None)
    second = bench.until_answered()

    assert (first, second) == (Answer.VALID, Answer.VALID)
    assert rests is Way.RESTS
    assert not bench.page.stage.has_picture


def test_the_live_picture_is_shown_and_ends_with_the_page(bench: Bench) -> None:
    bench.kit.choose(Kind.CAMERA, DeviceChoice("camera.simulated"))
    bench.begin()
    bench.until(lambda: bench.page.stage.has_picture)
    room, page = bench.room, bench.page

    bench.leave()

    assert not page.stage.has_picture
    assert room._camera._newest is None
    assert not room._camera._again.isActive()


def test_a_camera_that_goes_away_is_told_and_shows_again_by_itself(bench: Bench) -> None:
    bench.kit.choose(Kind.CAMERA, DeviceChoice("camera.simulated"))
    bench.kit.stage(Scene(person=1, fault="vanish"))
    bench.begin()
    bench.until(lambda: bench.room.state.camera is Way.AWAY)
    told = bench.page.stage.told
    bench.type(bench.letters, "Return")
    answer = bench.until_answered()
    bench.kit.stage(Scene(person=1))
    bench.press("Return")
    bench.until(lambda: bench.page.stage.has_picture)

    assert told[0] == "Alat tidak tersambung."
    assert answer is Answer.VALID


def test_without_camera_and_scanner_both_are_said_and_a_file_is_still_checked(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "surat.txt").write_text("no paper")
    (tmp_path / "surat.jpg").write_bytes(photo(page_of(bench.pdf)))
    bench.begin()
    camera, scanner = bench.room.state.camera, bench.room.state.scanner
    told, seen, say = bench.page.stage.told[0], texts(bench.page), bench.room.words.say

    bench.press("F7")
    bench.until(lambda: bool(bench.page.panel.files.rows))
    bench.page.panel.files.rows[-1].click()
    wrong = []
    for name in ("surat.txt", "gone.pdf"):
        bench.page.panel.own.selectAll()
        bench.type(str(tmp_path / name), "Return")
        bench.until(lambda: bench.page.panel.message.isVisible() and not bench.room.state.is_checking)
        wrong.append(bench.page.panel.message.text)
    bench.page.panel.own.selectAll()
    bench.type(str(tmp_path / "surat.jpg"), "Return")
    answer = bench.until_answered()

    assert (camera, scanner) == (Way.NONE, Way.NONE)
    assert told == say("No camera is set up.")
    assert say("No code scanner is set up. One that types like a keyboard works all the same.") in seen
    assert len(set(wrong)) == 2
    assert all(wrong)
    assert answer is Answer.VALID
    assert bench.page.panel.isHidden()
    assert bench.page.panel.own.text() == ""


def test_nothing_of_a_paper_stays_when_the_page_is_left_or_locked(bench: Bench) -> None:
    bench.begin()
    bench.type(bench.letters, "Return")
    bench.until_answered()
    page, room = bench.page, bench.room
    secrets = (bench.entry.nik, bench.entry.nik[:6] + " ", bench.entry.full_name, bench.entry.number)
    before = said(page)
    bench.type("half of a code")

    bench.press("F12")
    bench.until(bench.window.program.entry.login.isVisible)
    after = said(page)
    page.code.undo()

    assert all(secret in before for secret in secrets[1:])
    assert not any(secret in after for secret in (*secrets, "half of a code", bench.letters))
    assert (room.state.answer, page.answer.answer, page.code.text()) == (None, None, "")


def test_after_the_lock_the_next_paper_is_waited_for(bench: Bench) -> None:
    window, hand = bench.window, hand_of(OFFICER)
    bench.begin()
    bench.press("F12")
    bench.until(window.program.entry.login.isVisible)

    def sign_in_again() -> Script:
        window.program.entry.login.password.line.setFocus()
        yield window.program.entry.login.password.line.hasFocus
        type_text(hand.password)
        yield lambda: True
        press("Return")
        yield lambda: not window.program.entry.login.isVisible()

    window.play(sign_in_again())
    bench.until(lambda: window.place == PAPER_CHECK and bench.page.code.hasFocus())
    bench.type(bench.letters, "Return")

    assert bench.until_answered() is Answer.VALID


def test_an_answer_that_comes_after_the_page_was_left_is_shown_to_nobody(bench: Bench) -> None:
    bench.begin()
    room, page = bench.room, bench.page
    bench.type(bench.letters)

    def script() -> Script:
        yield lambda: True
        press("Return")
        bench.window.office.go(HOME)

    bench.window.play(script())
    bench.until(lambda: bench.window.program.tasks.idle)

    assert (room.state.answer, page.answer.answer) == (None, None)
    assert bench.entry.full_name not in said(page)


@pytest.mark.parametrize(("who", "place"), [(SUPERVISOR, PAPERS), (TECHNICIAN, DELIVERIES)])
def test_whoever_may_check_comes_here_by_f6_and_goes_back_where_he_came_from(
    window: ShownWindow, who: str, place: str
) -> None:
    window.sign_in(who)
    window.desk.tools.kit.choose(Kind.CAMERA, None)
    window.desk.tools.kit.choose(Kind.CODE_SCANNER, None)
    window.go(place)

    window.play(_pressed("F6"))
    window.until(lambda: window.place == PAPER_CHECK and window.office.room is not None)
    room = window.room
    assert isinstance(room, PaperCheckRoom)
    window.until(room.page.code.hasFocus)
    window.play(_pressed("Escape"))

    window.until(lambda: window.place == place and window.is_settled)


def test_where_devices_are_set_up_f6_still_does_that(window: ShownWindow) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.place == DEVICES and window.is_settled)

    window.play(_pressed("F6"))
    window.settle()

    assert window.place != PAPER_CHECK


def _pressed(key: str) -> Script:
    yield lambda: True
    press(key)
