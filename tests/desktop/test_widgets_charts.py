"""Charts: where things lie, what is told of them, how a point is chosen."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.bar_chart import BarChart
from desktop.widgets.chart_geometry import Box, bar_boxes, height_at, index_at, place_label, scale_for
from desktop.widgets.line_chart import LineChart
from desktop.widgets.stack_bar import StackBar
from desktop.widgets.values import Point, Segment

PLOT = Box(30, 16, 400, 100)
AMOUNTS = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=24)


def yuan(value: float) -> str:
    return f"¥{value:g}"


def months(*values: float | None) -> list[Point]:
    return [Point(f"26-{i + 1:02d}", value, f"2026-{i + 1:02d} ¥{value}") for i, value in enumerate(values)]


@settings(deadline=None)
@given(AMOUNTS)
def test_the_scale_holds_every_value_in_few_round_steps(values: list[float]) -> None:
    scale = scale_for(values)
    assert scale.top >= max(values) * (1 - 1e-9)
    assert 2 <= len(scale.ticks()) <= 5


@settings(deadline=None)
@given(AMOUNTS, st.floats(min_value=0.1, max_value=1e6), st.floats(min_value=20, max_value=120))
def test_the_words_of_the_line_never_lie_on_bars(values: list[float], level: float, width: float) -> None:
    scale = scale_for([*values, level])
    bars = bar_boxes(PLOT, scale, values)
    label = place_label(PLOT, bars, height_at(PLOT, scale, level), width, 16)
    assert not any(label.meets(bar) for bar in bars)
    assert label.x >= PLOT.x - 1e-9
    assert label.right <= PLOT.right + 1e-9


def test_bars_stand_on_the_ground_and_missing_ones_have_no_height() -> None:
    bars = bar_boxes(PLOT, scale_for([50.0]), [50.0, None, 25.0])
    assert [round(bar.bottom, 6) for bar in bars] == [PLOT.bottom] * 3
    assert bars[1].h == 0
    assert bars[0].h > bars[2].h > 0


def test_a_place_in_the_plot_belongs_to_one_slot() -> None:
    assert index_at(PLOT, 4, PLOT.x) == 0
    assert index_at(PLOT, 4, PLOT.right) == 3
    assert index_at(PLOT, 4, PLOT.x - 1) is None
    assert index_at(PLOT, 0, PLOT.x) is None


def test_a_month_is_chosen_by_click_and_by_key(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(400, 128)
    chart.set_points(months(10, 20, 30, 40), axis=yuan)
    plot = chart.plot()
    with qtbot.waitSignal(chart.chosen) as told:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(int(plot.x + plot.w * 0.6), int(plot.bottom - 5)))
    assert told.args == [2]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at == 1
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.at == 3
    assert chart.accessibleDescription() == "2026-04 ¥40"


def test_a_modified_arrow_is_left_to_the_window(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.set_points(months(10, 20), axis=yuan)
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert chart.at is None


def test_an_empty_chart_says_so_and_draws_no_zero(qtbot: QtBot) -> None:
    for chart in (BarChart(), LineChart()):
        qtbot.addWidget(chart)
        chart.set_points(months(None, None), axis=yuan, empty="未提供")
        assert chart.accessibleDescription() == "未提供"
        chart.grab()


def test_a_line_breaks_where_a_day_is_missing(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(300, 100)
    chart.set_points(months(1, 2, None, 4), axis=yuan)
    chart.choose(3)
    assert [spot is None for spot in chart.spots(chart.plot())] == [False, False, True, False]
    assert not chart.grab().isNull()


def test_the_make_up_names_every_part_also_a_discount(qtbot: QtBot) -> None:
    bar = StackBar()
    qtbot.addWidget(bar)
    bar.set_parts([Segment("套餐月费", 58, "¥58.00"), Segment("优惠", -5, "−¥5.00")])
    assert bar.accessibleDescription() == "套餐月费 ¥58.00; 优惠 −¥5.00"
    assert bar.heightForWidth(120) > bar.heightForWidth(600)
    bar.grab()
