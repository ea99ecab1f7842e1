"""The small widgets: they say what they are, take keys, change in place, and cut nothing in silence."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.answer_button import AnswerButton
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip, ChipFlow
from desktop.widgets.flow import FlowLayout
from desktop.widgets.kbd import Kbd
from desktop.widgets.key_values import KeyValues
from desktop.widgets.kpi_tile import KpiTile, TileRow
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.option_row import OptionRow
from desktop.widgets.painted import wrapped_height
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.say_box import SayBox
from desktop.widgets.small_table import SmallTable
from desktop.widgets.stage_bar import StageBar
from desktop.widgets.timeline import Timeline
from desktop.widgets.values import (
    Cell,
    ChipValue,
    OptionState,
    Row,
    StageState,
    TableRow,
    Tile,
    TimelineEntry,
    Tone,
)


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme.LIGHT)


def test_nothing_stands_between_a_name_and_its_comma(qtbot: QtBot) -> None:
    box = SayBox()
    qtbot.addWidget(box)
    box.set_spans([("Mr Xie", True), (", good afternoon", False)])
    shown = QTextDocumentFragment.fromHtml(box.text()).toPlainText()
    assert shown == box.words == "Mr Xie, good afternoon"


def test_a_chip_has_a_name_and_is_chosen_by_key(qtbot: QtBot) -> None:
    chip = Chip("资费 & 其他", key="Z", checkable=True)
    qtbot.addWidget(chip)
    assert (chip.accessibleName(), chip.accessibleDescription()) == ("资费 & 其他", "Z")
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert chip.isChecked()


def test_a_chip_to_read_takes_neither_focus_nor_press(qtbot: QtBot) -> None:
    chip = Chip("终端支持 4G", clickable=False)
    qtbot.addWidget(chip)
    assert chip.focusPolicy() is Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_chips_are_reused_when_another_customer_opens(qtbot: QtBot) -> None:
    flow = ChipFlow("提醒")
    qtbot.addWidget(flow)
    flow.set_chips([ChipValue("甲", Tone.BAD), ChipValue("乙"), ChipValue("丙")])
    children = len(flow.findChildren(Chip))
    flow.set_chips([ChipValue("丁")])
    assert flow.words() == ["丁"]
    assert len(flow.findChildren(Chip)) == children
    flow.set_chips([])
    assert flow.isHidden()


def test_a_flow_wraps_and_needs_more_height_when_narrow(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for word in ("怕不够用", "嫌麻烦", "不信任", "资费"):
        flow.addWidget(Chip(word))
    assert flow.heightForWidth(120) > flow.heightForWidth(600)


def test_an_option_that_is_off_says_why_and_cannot_be_chosen(qtbot: QtBot) -> None:
    row = OptionRow()
    qtbot.addWidget(row)
    row.resize(300, 56)
    row.set_row("同意办理", sub="还缺：复述资费", key="Alt 1", state=OptionState.OFF)
    assert row.accessibleDescription() == "还缺：复述资费 · Alt 1"
    with qtbot.assertNotEmitted(row.clicked):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        row.click()
    row.set_row("同意办理", key="Alt 1")
    with qtbot.waitSignal(row.clicked):
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert not row.isChecked(), "the owner says what is chosen"
    row.set_row("同意办理", state=OptionState.ON)
    assert row.isChecked()
    row.grab()


def test_an_answer_carries_its_digit_and_why_it_is_closed(qtbot: QtBot) -> None:
    button = AnswerButton()
    qtbot.addWidget(button)
    button.set_answer("1", "愿意办")
    assert (button.accessibleName(), button.accessibleDescription()) == ("愿意办", "1")
    button.set_answer("2", "办理", enabled=False, why_not="机主未核实")
    assert not button.isEnabled()
    assert "机主未核实" in button.accessibleDescription()
    button.grab()


def test_stages_are_walked_and_chosen_by_key(qtbot: QtBot) -> None:
    bar = StageBar()
    qtbot.addWidget(bar)
    bar.set_stages([("核身", StageState.DONE), ("了解", StageState.CURRENT), ("答疑", StageState.AHEAD)])
    assert "核身 → 了解 → 答疑; 了解" in bar.accessibleDescription()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.chosen) as told:
        qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert told.args == [2]
    bar.grab()


def test_words_to_say_mark_figures_and_are_no_markup(qtbot: QtBot) -> None:
    box = SayBox()
    qtbot.addWidget(box)
    box.set_spans([("吴女士", True), (" <b>您好</b> & 再见", False)])
    assert box.words == "吴女士 <b>您好</b> & 再见"
    assert box.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    box.resize(400, 80)
    assert theme.tokens().mark in _colours(box)
    theme.apply(QApplication.instance(), theme.Theme.DARK)  # type: ignore[arg-type]
    assert theme.tokens().mark in _colours(box), "a change of theme recolours what stands there"
    box.set_spans([(" <b>您好</b> & 再见", False)])
    assert theme.tokens().mark not in _colours(box)


def test_words_to_say_wrap_and_are_whole(qtbot: QtBot) -> None:
    box = SayBox()
    qtbot.addWidget(box)
    box.set_spans([("吴女士您好，", True), ("我是客服中心的专员，想和您核对一下宽带的情况。" * 3, False)])
    narrow, wide = box.heightForWidth(200), box.heightForWidth(800)
    assert narrow > 2 * wide
    box.resize(200, narrow)
    ink = theme.tokens().ink
    assert ink in _colours(box, top=narrow - 60), "the last line is drawn"
    assert ink not in _colours(box, top=narrow - 8), "and nothing of it is cut off"


def _colours(box: SayBox, top: int = 0) -> set[str]:
    image = box.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(top, image.height())}


def test_a_banner_tells_acts_and_goes(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_message("离线 6 分钟", tone=Tone.WARN, action="重试")
    assert not banner.isHidden()
    assert banner.accessibleName() == "离线 6 分钟"
    with qtbot.waitSignal(banner.acted):
        banner.action_button.click()
    with qtbot.waitSignal(banner.closed):
        banner.close_button.click()
    assert banner.isHidden()
    with qtbot.assertNotEmitted(banner.closed):
        banner.clear()


def test_values_wrap_and_are_told_to_screen_readers(qtbot: QtBot) -> None:
    values = KeyValues("家庭与宽带", columns=2)
    qtbot.addWidget(values)
    values.set_rows([Row("宽带", "200 Mbps"), Row("Rivals", "one operator and another and yet another one")])
    assert "Rivals one operator" in values.accessibleDescription()
    assert values.heightForWidth(140) > values.heightForWidth(900)
    values.resize(200, 100)
    values.grab()


def test_a_word_is_broken_only_if_it_is_wider_than_the_line(qapp: QApplication) -> None:
    face = theme.font(13)
    line = wrapped_height("a", face, 400)
    assert wrapped_height("a b", face, 400) == line
    assert wrapped_height("w" * 60, face, 100) > line


def test_a_label_that_does_not_fit_can_still_be_read_whole(qtbot: QtBot) -> None:
    label = Label("a very long title that cannot fit", wrap=False)
    wrapped = Label("a very long title that cannot fit", wrap=True)
    for each in (label, wrapped):
        qtbot.addWidget(each)
        each.resize(60, 20)
        each.grab()
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    assert wrapped.heightForWidth(60) > wrapped.heightForWidth(600)


def test_tiles_and_table_change_in_place(qtbot: QtBot) -> None:
    tiles = TileRow()
    table = SmallTable("套餐")
    qtbot.addWidget(tiles)
    qtbot.addWidget(table)
    tiles.set_tiles([Tile("在网", "3 年"), Tile("余额", "¥31.20")])
    tiles.set_tiles([Tile("在网", "4 年", hint="2022-08-03")])
    assert [tile.value for tile in tiles.tiles()] == ["4 年"]
    assert len(tiles.findChildren(KpiTile)) == 2
    table.set_table(["套餐", "月费"], [TableRow((Cell("现在"), Cell("58"))), TableRow((Cell("4G"), Cell("77")), True)])
    assert table.words() == ["现在 58", "4G 77"]
    assert "4G 77" in table.accessibleDescription()
    height = table.sizeHint().height()
    table.set_table(["套餐", "月费"], [TableRow((Cell("现在"), Cell("58")))])
    assert table.sizeHint().height() < height
    table.grab()


def test_the_timeline_filters_by_kind_and_keeps_the_filter(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.set_kinds([("", "全部"), ("call", "外呼"), ("payment", "缴费")], name="时间线", empty="未提供")
    line.set_entries(
        [TimelineEntry("call", "外呼", "07-20", "满意", Tone.BRAND), TimelineEntry("payment", "缴费", "05-02", "¥100")]
    )
    assert [chip.words for chip in line.chips()] == ["全部 2", "外呼 1", "缴费 1"]
    with qtbot.waitSignal(line.filtered) as told:
        line.next_filter()
    assert told.args == ["call"]
    assert line.words() == ["07-20 外呼 满意"]
    line.set_entries([TimelineEntry("payment", "缴费", "05-02", "¥100")])
    assert (line.filter, line.words(), line.list.empty_words) == ("call", [], "未提供")
    qtbot.mouseClick(line.chips()[0], Qt.MouseButton.LeftButton)
    assert line.words() == ["05-02 缴费 ¥100"]
    line.grab()


def test_a_long_list_paints_only_what_is_in_sight(qtbot: QtBot) -> None:
    drawn: list[int] = []

    def draw(_painter: QPainter, _rect: QRectF, row: int) -> None:
        drawn.append(row)

    rows: LineList[int] = LineList(draw=draw, spoken=str, hint=str)
    qtbot.addWidget(rows)
    rows.resize(200, 300)
    rows.set_rows(range(100_000))
    rows.grab()
    assert 0 < len(set(drawn)) < 30


def test_progress_is_held_between_nothing_and_all(qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    for done, whole, share in ((37, 80, 0.4625), (90, 80, 1.0), (5, 0, 0.0)):
        line.set_progress(done, whole, spoken=f"{done} / {whole}")
        assert line.share == share
    assert line.accessibleDescription() == "5 / 0"
    line.grab()


def test_a_card_names_itself_and_grows_with_the_text_scale(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card, key = Card("时间线"), Kbd("Alt T")
    column = QVBoxLayout(window)
    column.addWidget(card)
    column.addWidget(key)
    card.set_note("全部")
    card.set_key("Alt T")
    assert (card.accessibleName(), card.note, key.accessibleName()) == ("时间线", "全部", "Alt T")
    before = card.sizeHint().height(), key.sizeHint().width()
    theme.apply(qapp, theme.Theme.LIGHT, 1.5)
    assert card.sizeHint().height() > before[0]
    assert key.sizeHint().width() > before[1]
