"""Lists and tables: no row is cut in half at the lower edge, and words stand clear of the line around them."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.edged import EDGE_PX
from desktop.widgets.line_list import LineList, line_height
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.row_table import ROW_PX, RowTable
from desktop.widgets.values import Tone
from desktop.widgets.whole_rows import WholeRows


def list_of(count: int, height: int) -> LineList[str]:
    def draw(painter: QPainter, rect: QRectF, row: str) -> None:
        draw_words(painter, rect, row, theme.font(13), ink(Tone.NEUTRAL))

    lines: LineList[str] = LineList(draw=draw, spoken=str, hint=str)
    lines.setMinimumHeight(0)
    lines.resize(200, height)
    lines.set_rows([f"第 {at} 行" for at in range(count)])
    return lines


def is_plain(image: QImage, top: int, bottom: int, *, left: int = 0, right: int | None = None) -> bool:
    until = image.width() if right is None else right
    colours = {image.pixel(x, y) for y in range(top, bottom) for x in range(left, until)}
    return len(colours) <= 1


@pytest.mark.parametrize("more", [3, 9])
def test_a_row_that_does_not_fit_whole_is_left_for_scrolling(qtbot: QtBot, more: int) -> None:
    rows = 5
    lines = list_of(20, rows * line_height() + more)
    qtbot.addWidget(lines)
    lines.show()
    seen = lines.viewport().grab().toImage()
    end = rows * line_height()
    assert not is_plain(seen, end - line_height(), end, right=150), "the last whole row is there"
    assert is_plain(seen, end, seen.height(), right=150)


def test_a_row_higher_than_a_third_of_the_list_is_shown_as_far_as_it_goes(qtbot: QtBot) -> None:
    lines = list_of(20, 2 * line_height() + line_height() // 2)
    qtbot.addWidget(lines)
    lines.show()
    seen = lines.viewport().grab().toImage()
    assert not is_plain(seen, 2 * line_height(), seen.height(), right=150)


def test_words_of_a_table_stand_clear_of_the_line_around_it(qtbot: QtBot) -> None:
    names = QStandardItemModel()
    for at in range(3):
        names.setItem(at, 0, QStandardItem("▉▉▉"))
    table = RowTable(names)
    qtbot.addWidget(table)
    table.resize(200, 200)
    table.show()
    seen = table.viewport().grab().toImage()
    assert is_plain(seen, 0, theme.px(ROW_PX), right=theme.px(EDGE_PX))
    assert not is_plain(seen, 0, theme.px(ROW_PX))


@pytest.mark.parametrize(("height", "seen"), [(100, 100), (70, 40)])
def test_a_heading_is_left_for_scrolling_with_what_it_stands_above(qtbot: QtBot, height: int, seen: int) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in (QPushButton("结果"), QLabel("原因"), QPushButton("资费"), QPushButton("跟进")):
        part.setFixedHeight(20 if isinstance(part, QLabel) else 40)
        column.addWidget(part)
    rows = WholeRows(inner)
    qtbot.addWidget(rows)
    rows.setFrameShape(WholeRows.Shape.NoFrame)
    # The theme gives it a frame, where another test has put it on.
    rows.ensurePolished()
    rows.resize(200, height + 2 * rows.frameWidth())
    rows.show()
    rows.show_top()
    assert rows.viewport().height() == seen


def test_rows_that_come_while_the_end_is_in_sight_are_seen_and_leave_no_gap_above(qtbot: QtBot) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    parts = [QPushButton(str(at)) for at in range(10)]
    for part in parts:
        part.setFixedHeight(40)
        column.addWidget(part)
    parts[-1].hide()
    rows = WholeRows(inner)
    qtbot.addWidget(rows)
    rows.resize(200, 170)
    rows.show()
    rows.show_end()
    parts[-1].show()
    bar = rows.verticalScrollBar()
    qtbot.waitUntil(lambda: inner.height() == 400)
    assert bar.value() == bar.maximum()
    bar.setValue(40)
    parts[-2].setFixedHeight(80)
    qtbot.waitUntil(lambda: inner.height() == 440)
    assert bar.value() == 40, "whoever scrolled away stays there"


def column_of(qtbot: QtBot, heights: list[int], height: int) -> tuple[WholeRows, list[QPushButton]]:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    parts = [QPushButton(str(at)) for at in range(len(heights))]
    for part, high in zip(parts, heights, strict=True):
        part.setFixedHeight(high)
        column.addWidget(part)
    rows = WholeRows(inner)
    qtbot.addWidget(rows)
    rows.setFrameShape(WholeRows.Shape.NoFrame)
    rows.ensurePolished()
    rows.resize(200, height + 2 * rows.frameWidth())
    rows.show()
    rows.show_top()
    return rows, parts


def cut_rows(rows: WholeRows, parts: list[QPushButton]) -> list[str]:
    top = rows.verticalScrollBar().value()
    end = top + rows.viewport().height()
    spots = [(part.text(), part.y(), part.y() + part.height()) for part in parts]
    return [name for name, above, below in spots if above < top < below or above < end < below]


@pytest.mark.parametrize("place", [10, 47, 90, 133, 171])
def test_scrolled_to_anywhere_no_row_is_cut_at_either_end(qtbot: QtBot, place: int) -> None:
    rows, parts = column_of(qtbot, [40, 24, 40, 32, 40, 24, 40, 32, 40], 130)
    rows.verticalScrollBar().setValue(place)
    assert cut_rows(rows, parts), "the place is one that would cut"
    qtbot.waitUntil(lambda: not cut_rows(rows, parts))
    assert abs(rows.verticalScrollBar().value() - place) < 40


def test_rows_that_change_their_height_while_the_middle_is_in_sight_are_not_cut(qtbot: QtBot) -> None:
    rows, parts = column_of(qtbot, [40] * 9, 120)
    rows.verticalScrollBar().setValue(80)
    qtbot.waitUntil(lambda: not cut_rows(rows, parts))
    parts[3].setFixedHeight(66)
    qtbot.waitUntil(lambda: parts[8].y() == 40 * 7 + 66 and not cut_rows(rows, parts))


def test_what_was_asked_into_sight_stays_there(qtbot: QtBot) -> None:
    rows, parts = column_of(qtbot, [40] * 9, 130)
    rows.ensureWidgetVisible(parts[5])
    qtbot.waitUntil(lambda: not cut_rows(rows, parts))
    seen = rows.viewport().rect()
    assert seen.contains(parts[5].geometry().translated(0, -rows.verticalScrollBar().value()))
