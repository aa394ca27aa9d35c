"""The page of a device that is tried live: what it shows of each kind, what Enter does, what is let go of."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.devices.api import Kind, Printed, Trouble
from kiosk.domain.words import Words
from kiosk.services.trying_seen import CameraSeen, CodeSeen, PrintedSeen
from kiosk.ui.kit.badges import CheckLine
from kiosk.ui.kit.texts import ElidedText
from kiosk.ui.pages.device_live import DeviceLivePage
from kiosk.ui.pages.device_live_figures import TROUBLES
from kiosk.ui.pages.device_live_stages import PictureStage, StrokesStage, stage_of
from kiosk.ui.pages.device_live_state import LiveState, Phase
from kiosk.ui.pages.device_live_words import act_of, badge_of, hint_of
from tests.ui.gallery.device_live import STATES, camera_seen, events, scanned, state, strokes


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> DeviceLivePage:
    made = DeviceLivePage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


def texts(page: DeviceLivePage) -> set[str]:
    shown = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return {label.whole if isinstance(label, ElidedText) else label.text() for label in shown}


def figures(page: DeviceLivePage) -> list[str]:
    return [line.accessibleName() for line in page.figures.findChildren(CheckLine) if line.isVisible()]


def test_a_camera_has_its_rate_sharpness_and_light_beside_its_picture(page: DeviceLivePage) -> None:
    page.show_state(STATES["camera"]())

    assert isinstance(page.stage, PictureStage)
    assert page.stage.has_picture
    assert figures(page)[0] == "Pictures a second: 25"
    assert [line.split(":")[0] for line in figures(page)] == ["Pictures a second", "Sharpness", "Light"]


def test_figures_move_with_the_pictures_in_the_same_lines(page: DeviceLivePage) -> None:
    page.show_state(STATES["camera"]())
    lines = page.figures.findChildren(CheckLine)

    page.show_seen(replace(camera_seen(), rate=4.0, sharpness=0.4, light=91.0))

    assert page.figures.findChildren(CheckLine) == lines
    assert figures(page) == ["Pictures a second: 4", "Sharpness: 0.4, blurred", "Light: 91 %, too bright"]


def test_each_finger_and_each_eye_is_named_with_its_worth(page: DeviceLivePage) -> None:
    page.show_state(STATES["fingers"]())
    fingers = figures(page)
    page.show_state(STATES["iris"]())

    assert [line.split(":")[0] for line in fingers] == [
        "Right index finger",
        "Right middle finger",
        "Right ring finger",
        "Right little finger",
    ]
    assert [line.split(":")[0] for line in figures(page)] == ["Right eye", "Left eye"]
    assert all(0 < int(line.split(": ")[1]) <= 100 for line in (*fingers, *figures(page)))


def test_what_spoils_the_plate_is_said_and_the_badge_says_not_good(
    page: DeviceLivePage, english: Words
) -> None:
    page.show_state(STATES["fingers-poor"]())

    assert "The plate is dirty." in page.hint.text
    assert badge_of(english, STATES["fingers-poor"]())[0] == "Not good"


def test_a_card_comes_and_goes_the_newest_first(page: DeviceLivePage) -> None:
    page.show_state(STATES["card"]())

    assert {"Card seen", "Card gone", "Taken away too early", "04 A2 5E 91 33 70 80"} <= texts(page)
    assert figures(page) == ["Number (UID): 04 A2 5E 91 33 70 80", "Answer (ATR): 3B 81 80 01 80 80"]

    page.show_state(STATES["card-none"]())
    assert "Card seen" not in texts(page)


def test_of_a_code_nothing_but_its_end_stands_on_the_page(page: DeviceLivePage) -> None:
    seen = CodeSeen("0007", 16)
    page.show_state(state(Kind.CODE_SCANNER, Phase.LIVE, seen, events=events(seen)))

    assert "•••• 0007" in texts(page)
    assert figures(page) == ["Code: •••• 0007", "Signs: 16"]


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("camera", ""), ("gone", ""), ("in-use", ""), ("fingers-asked", ""), ("printer-asking", ""),
        ("ended", "Start"), ("fingers", "Take again"), ("signature", ""), ("page-ready", "Scan a page"),
        ("page", "Scan a page"), ("printer-ready", "Print a page"), ("ticket-out", "Print a ticket"),
    ],
)  # fmt: skip
def test_enter_does_what_there_is_to_do_and_nothing_where_there_is_nothing(
    page: DeviceLivePage, english: Words, name: str, act: str
) -> None:
    acted: list[bool] = []
    page.act_wanted.connect(lambda: acted.append(True))
    page.back_wanted.connect(lambda: acted.append(False))
    page.show_state(STATES[name]())
    QTest.keyClick(page, Qt.Key.Key_Return)

    assert act_of(english, STATES[name]()) == act
    if name != "printer-asking":
        assert acted == ([True] if act else [])


@pytest.mark.parametrize("name", STATES)
def test_escape_leads_back_from_every_state(page: DeviceLivePage, name: str) -> None:
    left: list[bool] = []
    page.back_wanted.connect(lambda: left.append(True))
    page.show_state(STATES[name]())
    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert left == [True]


@pytest.mark.parametrize(("key", "came_out"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_F6, False)])
def test_whether_a_page_came_out_is_answered_by_a_key(
    page: DeviceLivePage, key: Qt.Key, came_out: bool
) -> None:
    answers: list[bool] = []
    page.answered.connect(answers.append)
    page.show_state(STATES["printer-asking"]())
    QTest.keyClick(page, key)

    assert answers == [came_out]


@pytest.mark.parametrize("printed", Printed)
def test_what_the_printer_claims_is_told_beside_the_question(english: Words, printed: Printed) -> None:
    told = hint_of(english, state(Kind.PAGE_PRINTER, Phase.ASKING, PrintedSeen(printed))).rest

    assert ("says that it has printed" in told) is (printed is Printed.PRINTED)


def test_a_device_that_is_gone_shows_no_picture_any_more(page: DeviceLivePage) -> None:
    page.show_state(STATES["camera"]())
    page.show_state(STATES["gone"]())

    assert isinstance(page.stage, PictureStage)
    assert not page.stage.has_picture
    assert "goes on by itself" in page.hint.text
    assert figures(page) == []


@pytest.mark.parametrize(
    ("kind", "seen"),
    [(Kind.CAMERA, camera_seen), (Kind.DOCUMENT_SCANNER, scanned), (Kind.SIGNATURE, strokes)],
)
def test_leaving_lets_go_of_everything_that_was_seen(page: DeviceLivePage, kind: Kind, seen: object) -> None:
    page.show_state(state(kind, Phase.DONE, seen()))  # type: ignore[operator]
    stage = page.stage
    assert isinstance(stage, PictureStage | StrokesStage)

    page.clear()

    assert page.stage is None
    assert not (stage.has_picture if isinstance(stage, PictureStage) else stage.has_lines)
    assert figures(page) == []


def test_another_kind_has_a_stage_of_its_own(page: DeviceLivePage) -> None:
    page.show_state(STATES["camera"]())
    first = page.stage
    page.show_state(LiveState(Kind.IRIS))

    assert page.stage is not first
    assert "Try live: Iris camera" in texts(page)


def test_every_kind_has_a_stage_and_every_trouble_of_a_printer_a_word(english: Words, qtbot: QtBot) -> None:
    for kind in Kind:
        stage = stage_of(english, kind)
        qtbot.addWidget(stage)
    assert set(TROUBLES) == set(Trouble)


def test_a_picture_is_drawn_whole(page: DeviceLivePage) -> None:
    seen = camera_seen()
    assert isinstance(seen, CameraSeen)
    page.show_state(state(Kind.CAMERA, Phase.LIVE, seen))
    assert isinstance(page.stage, PictureStage)

    drawn = page.stage.grab().toImage()
    middle = drawn.pixelColor(drawn.width() // 2, 60)

    assert middle.blue() > 100  # the blue sheet behind the resident
