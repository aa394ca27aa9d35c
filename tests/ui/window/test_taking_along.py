"""F8 on the technician's page: a report or a bundle in a folder he chooses by keys, and every trouble with it."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from kiosk.devices.api import Scene
from kiosk.domain.selftest import Part
from kiosk.services.selftest import SelfTester, look_at_parts
from kiosk.services.taking_along import Taken
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.pages.report_panel import ReportPanel
from kiosk.ui.player import Script, always, press, typing
from tests.ui.window.shown_window import TECHNICIAN, ShownWindow, texts


def panel_of(window: ShownWindow) -> ReportPanel:
    page = window.room.page
    assert isinstance(page, DevicesPage)
    return page.report_panel


@pytest.fixture
def panel(window: ShownWindow) -> ReportPanel:
    """The panel, open; the page shows the disk, which was tested."""
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    window.press("F8")
    made = panel_of(window)
    window.until(lambda: made.isVisible() and bool(made.places.rows))
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def choose_folder(window: ShownWindow, panel: ReportPanel, folder: Path) -> None:
    """Go to the last row, which asks for another folder, and type one, by keys alone."""

    def script() -> Script:
        press("Tab")
        yield always
        for _ in range(len(panel.places.rows) - 1):
            press("Down")
            yield always
        press("Return")
        yield panel.own.hasFocus
        yield from typing(str(folder))
        yield lambda: panel.folder == str(folder)

    window.play(script())


def test_a_report_is_written_by_keys_and_the_page_stays_as_it_was(
    window: ShownWindow, panel: ReportPanel, stick: Path
) -> None:
    page = window.room.page
    assert isinstance(page, DevicesPage)
    part = page.table.part
    choose_folder(window, panel, stick)

    window.press("Return")
    window.until(lambda: "Tersimpan." in texts(panel))
    (written,) = stick.iterdir()

    assert written.name.startswith("practice-gringsing-1-")
    assert written.suffix == ".pdf"
    assert written.read_bytes().startswith(b"%PDF-")
    assert str(written) in texts(panel)

    window.press("Return")  # on Close
    assert panel.isHidden()
    assert page.panel.isVisible()
    assert page.table.part is part
    assert all(view.last is None for view in look_at_parts(window.counter))  # Enter tested nothing meanwhile


def test_a_bundle_has_the_report_and_what_the_window_knows(
    window: ShownWindow, panel: ReportPanel, stick: Path
) -> None:
    window.press("Right")
    assert panel.what.key == Taken.BUNDLE
    choose_folder(window, panel, stick)

    window.press("Return")
    window.until(lambda: "Tersimpan." in texts(panel))
    (written,) = stick.iterdir()
    with ZipFile(written) as zipped:
        names, screen = set(zipped.namelist()), zipped.read("screen.txt").decode()

    assert {"report.pdf", "selftests.json", "logs/kiosk.log", "drivers.json", "settings.toml"} <= names
    assert screen.startswith("platform offscreen\nscreen ")
    with window.counter.store.reading() as ledger:
        (entry,) = [entry for entry in ledger.audit.all() if entry.act == "diagnostic_bundle"]
    assert entry.user_id == TECHNICIAN


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("gone", "Folder itu tidak ada."),
        ("kiosk", "Tidak di folder data."),
        ("kiosk/logs", "Tidak di folder data."),
    ],
)
def test_a_folder_that_will_not_do_is_told_and_another_can_be_typed(
    window: ShownWindow, panel: ReportPanel, stick: Path, place: str, told: str
) -> None:
    choose_folder(window, panel, stick.parent / place)
    window.press("Return")
    window.until(lambda: told in texts(panel))

    panel.own.setFocus()
    window.press("Ctrl+A")
    window.play(typing(str(stick)))
    window.press("Return")
    window.until(lambda: "Tersimpan." in texts(panel))

    assert len(list(stick.iterdir())) == 1
    assert told not in texts(panel)


def test_a_path_that_does_not_begin_at_the_root_is_told(window: ShownWindow, panel: ReportPanel) -> None:
    choose_folder(window, panel, Path("laporan"))
    window.press("Return")

    window.until(lambda: "Folder itu tidak ada." in texts(panel))


def test_escape_leaves_it_and_nothing_was_written_down(window: ShownWindow, panel: ReportPanel) -> None:
    window.press("Escape")

    assert panel.isHidden()
    assert window.place == DEVICES
    with window.counter.store.reading() as ledger:
        assert not [entry for entry in ledger.audit.all() if entry.act == "selftest_report"]


def test_a_question_of_a_running_test_comes_before_the_report(
    window: ShownWindow, panel: ReportPanel
) -> None:
    room, page = window.room, window.room.page
    assert isinstance(page, DevicesPage)
    room._test(page.table.part)  # type: ignore[attr-defined]
    room._questions.asked.emit("Lay a card on the reader.")  # type: ignore[attr-defined]
    window.until(page.panel.question.isVisible)

    assert panel.isHidden()
    room._answer(is_done=False)  # type: ignore[attr-defined]
    window.settle()


def test_f7_takes_the_traces_of_what_failed_along(window: ShownWindow, stick: Path) -> None:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    window.desk.tools.kit.stage(Scene(person=1, fault="vanish"))
    SelfTester(window.counter, window.desk.tools.kit).test(Part.TICKET_PRINTER)
    window.press("F7")
    made = panel_of(window)
    window.until(lambda: made.isVisible() and bool(made.places.rows))
    assert made.what.key == Taken.BUNDLE

    choose_folder(window, made, stick)
    window.press("Return")
    window.until(lambda: bool(list(stick.glob("*.zip"))))
    window.settle()

    with ZipFile(next(stick.glob("*.zip"))) as bundle:
        assert any(name.endswith(".trace") for name in bundle.namelist())
