import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.deliveries_chart import ChartDay, DeliveriesChart, Outage, nice_step
from kiosk.ui.tokens import OFFLINE, SUCCESS

DAYS = (ChartDay("Wed 21", 60, 60, 0), ChartDay("Thu 22", 60, 0, 60))


@pytest.fixture
def chart(qtbot: QtBot, english: Words) -> DeliveriesChart:
    made = DeliveriesChart(english)
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


def _has(picture: QImage, colour: str, *, left: int, right: int) -> bool:
    wanted = QColor(colour).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(left, right) for y in range(picture.height()))


def _picture(chart: DeliveriesChart) -> QImage:
    return chart.grab().toImage()


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (1, 1), (3, 1), (4, 2), (24, 8), (74, 30), (214, 80), (240, 80), (241, 100), (3001, 2000)],
)
def test_three_steps_of_a_round_number_hold_the_most(most: int, step: int) -> None:
    assert nice_step(most) == step
    assert nice_step(most) * 3 >= most


def test_what_the_centre_has_is_solid_and_what_is_still_here_is_not(chart: DeliveriesChart) -> None:
    chart.show_days(DAYS, None)

    picture = _picture(chart)

    assert _has(picture, SUCCESS.colour, left=40, right=210)
    assert not _has(picture, SUCCESS.colour, left=220, right=400)


def test_an_outage_is_a_band_from_its_first_day_on(chart: DeliveriesChart) -> None:
    chart.show_days(DAYS, Outage(1, "Centre cut off since Thu 22 Jan 08.12"))

    picture = _picture(chart)

    assert not _has(picture, OFFLINE.tint, left=0, right=200)
    assert _has(picture, OFFLINE.tint, left=220, right=400)


def test_without_an_outage_there_is_no_band(chart: DeliveriesChart) -> None:
    chart.show_days(DAYS, None)

    assert not _has(_picture(chart), OFFLINE.tint, left=0, right=400)


def test_no_day_at_all_is_an_empty_grid(chart: DeliveriesChart) -> None:
    chart.show_days((), None)

    assert not _has(_picture(chart), SUCCESS.colour, left=0, right=400)


def test_who_cannot_see_the_chart_hears_its_numbers(chart: DeliveriesChart) -> None:
    chart.show_days(DAYS, None)

    assert chart.accessibleName() == "Backlog by day"
    assert chart.accessibleDescription() == (
        "Wed 21: 60 recorded, 60 at the centre, 0 waiting; Thu 22: 60 recorded, 0 at the centre, 60 waiting"
    )
