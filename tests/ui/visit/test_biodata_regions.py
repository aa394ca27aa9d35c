"""The village by four lists: chosen step by step, or by a code typed into any of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.regions import RegionLevel
from kiosk.domain.words import Words
from kiosk.ui.kit.fields import ChoiceField
from kiosk.ui.visit.regions_cascade import VillageCell
from tests.ui.gallery.visits import FORM, reference
from tests.ui.visit.biodata_desk import BiodataDesk

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

_LEBO = ["33  Jawa Tengah", "25  Batang", "07  Gringsing", "2015  Lebo"]


@pytest.fixture
def desk(qtbot: QtBot, words: Words) -> BiodataDesk:
    return BiodataDesk(qtbot, words)


def _shown(desk: BiodataDesk) -> list[str]:
    return [_list(desk, level).currentText() for level in RegionLevel]


def _list(desk: BiodataDesk, level: RegionLevel) -> ChoiceField:
    found = desk.cell(Field.VILLAGE).controls[level - 1]
    assert isinstance(found, ChoiceField)
    return found


def _type(desk: BiodataDesk, level: RegionLevel, text: str) -> None:
    choice = _list(desk, level)
    desk.page.turn_to(0)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys(text)
    desk.press(Qt.Key.Key_Tab)


def test_the_counters_own_district_stands_there_before_anything_is_typed(desk: BiodataDesk) -> None:
    assert _shown(desk) == [*_LEBO[:3], ""]
    assert desk.typed == []
    assert desk.state(Field.VILLAGE) == ""


@pytest.mark.parametrize("level", RegionLevel)
@pytest.mark.parametrize("code", ["33.25.07.2015", "3325072015"])
def test_a_village_code_typed_into_any_list_fills_all_four(
    desk: BiodataDesk, level: RegionLevel, code: str
) -> None:
    _type(desk, level, code)

    assert _shown(desk) == _LEBO
    assert desk.typed == [(Field.VILLAGE, "33.25.07.2015")]


def test_a_pasted_village_code_of_another_province_fills_all_four(desk: BiodataDesk) -> None:
    choice = _list(desk, RegionLevel.DISTRICT)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    choice.line.insert("")
    choice.line.selectAll()
    for sign in "11.11.05.2005":
        QTest.keyClicks(choice.line, sign)

    assert _shown(desk) == [
        "11  Aceh",
        "11  Bireuen",
        "05  Peusangan",
        "2005  Matang Glumpang Dua Meunasah Dayah",
    ]


def test_a_village_is_found_by_a_part_of_its_name(desk: BiodataDesk) -> None:
    _type(desk, RegionLevel.VILLAGE, "plel")

    assert desk.typed == [(Field.VILLAGE, "33.25.07.2007")]


def test_choosing_a_region_empties_and_fills_what_lies_in_it(desk: BiodataDesk) -> None:
    _type(desk, RegionLevel.VILLAGE, "2015")
    _type(desk, RegionLevel.REGENCY, "75")

    assert _shown(desk) == ["33  Jawa Tengah", "75  Kota Pekalongan", "", ""]
    assert desk.typed[-1] == (Field.VILLAGE, "")
    assert _list(desk, RegionLevel.DISTRICT).count() == len(reference().regions.children("33.75"))
    assert _list(desk, RegionLevel.VILLAGE).count() == 0


def test_a_code_of_a_district_fills_three_and_asks_for_the_village(desk: BiodataDesk) -> None:
    _type(desk, RegionLevel.PROVINCE, "33.25.06")

    assert _shown(desk)[2].startswith("06  ")
    assert _shown(desk)[3] == ""


def test_the_list_of_villages_is_that_of_one_district(desk: BiodataDesk) -> None:
    assert max(_list(desk, level).count() for level in RegionLevel) < 120


@pytest.mark.parametrize("level", RegionLevel)
def test_what_is_no_region_is_kept_as_typed_and_told_at_its_list(
    desk: BiodataDesk, level: RegionLevel
) -> None:
    _type(desk, level, "Negeri Dongeng")

    assert desk.form[Field.VILLAGE] == "Negeri Dongeng"
    assert "Negeri Dongeng" in desk.told(Field.VILLAGE)
    assert _list(desk, level).property("state") == "danger"
    assert _list(desk, level).currentText() == "Negeri Dongeng"


def test_a_wrong_village_is_mended_by_choosing_another(desk: BiodataDesk) -> None:
    _type(desk, RegionLevel.VILLAGE, "Dongeng")
    _type(desk, RegionLevel.VILLAGE, "lebo")

    assert desk.form[Field.VILLAGE] == "33.25.07.2015"
    assert desk.state(Field.VILLAGE) == ""


def test_a_number_that_fits_no_entry_does_not_jump_to_another_province(desk: BiodataDesk) -> None:
    _type(desk, RegionLevel.VILLAGE, "33")

    assert _shown(desk)[:3] == _LEBO[:3]
    assert desk.form[Field.VILLAGE] == "33"


def test_a_kept_village_is_shown_and_the_code_is_read_above(qtbot: QtBot, words: Words) -> None:
    desk = BiodataDesk(qtbot, words, FORM)
    cell = desk.cell(Field.VILLAGE)

    assert _shown(desk) == _LEBO
    assert isinstance(cell, VillageCell)
    assert cell.path == "33.25.07.2015"


def test_a_kept_text_that_is_no_village_stands_in_the_villages_list(qtbot: QtBot, words: Words) -> None:
    desk = BiodataDesk(qtbot, words, FORM | {Field.VILLAGE: "33.25.07.9999"})

    assert _shown(desk) == [*_LEBO[:3], "33.25.07.9999"]
    assert desk.state(Field.VILLAGE) == "danger"


def test_another_visit_has_the_own_district_again(qtbot: QtBot, words: Words) -> None:
    desk = BiodataDesk(qtbot, words, FORM | {Field.VILLAGE: "11.11.05.2005"})
    desk.form = {}
    desk.changes = {"visit_id": "visit-2"}
    desk.show()

    assert _shown(desk) == [*_LEBO[:3], ""]
