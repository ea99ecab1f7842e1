"""At 1366 × 768, in both languages, nothing grows the window, hides what is worked with, or is cut in half."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from desk_kit import DISCONNECT, HARD_OF_HEARING, TWO_NUMBERS, UPGRADE, VIP, Working
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from core.domain.errors import ServerUnreachable
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import Lang, Text
from core.store.types import Sort
from core.sync.status import SyncState, SyncStatus
from desktop import theme
from desktop.call.call_page import CallPage
from desktop.call.words import DIALLED_ELSEWHERE
from desktop.shell import words as shell_words
from desktop.theme import Theme
from desktop.widgets.answer_button import AnswerButton
from desktop.widgets.chip import Chip
from desktop.widgets.field_frame import field_height
from desktop.widgets.option_row import OptionRow
from desktop.widgets.painted import pieces_of, width_of
from desktop.widgets.stage_bar import StageBar
from desktop.widgets.step_fields import DayField, NumberField
from desktop.widgets.values import Tone

SMALL = (1366, 768)
PAGES = ("Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+1")


@pytest.fixture(params=list(Lang))
def small(desk: Working, request: pytest.FixtureRequest) -> Working:
    desk.tongue.set_lang(request.param)
    desk.window.resize(*SMALL)
    desk.settle()
    return desk


@pytest.fixture
def english(desk: Working) -> Working:
    desk.tongue.set_lang(Lang.EN)
    desk.window.resize(*SMALL)
    desk.settle()
    return desk


def page_of(desk: Working) -> CallPage:
    assert desk.window.call_page is not None
    return desk.window.call_page


def statuses(desk: Working) -> list[SyncStatus]:
    now = desk.clock.wall
    since, waiting = now - timedelta(minutes=119), 12_345
    error = ServerUnreachable(title=Text("连不上", "No answer"), message=Text("。", "."), next_step=Text("。", "."))
    return [
        SyncStatus(state=SyncState.OFFLINE, since=since, waiting=waiting, last_error=error),
        SyncStatus(state=SyncState.SYNCING, since=since, waiting=waiting, progress=(99_999, 100_000)),
        SyncStatus(state=SyncState.SIGNED_OUT, since=since, waiting=waiting),
        SyncStatus(state=SyncState.ONLINE, since=since, waiting=waiting,
                   oldest_waiting_at=now - timedelta(minutes=5)),
        SyncStatus(state=SyncState.ONLINE, since=since, waiting=0),
    ]  # fmt: skip


def test_the_window_stays_as_small_as_it_is_whatever_happens(small: Working) -> None:
    small.window._config.server = "https://stayline." + "a-rather-long-name." * 4 + "example"
    small.open(VIP)
    small.talk(40)
    small.press("1", "1", "Q", "Alt+1")
    for key in PAGES:
        small.press(key)
        for status in statuses(small):
            small.news.told.emit(status)
            small.settle()
            least = small.window.minimumSizeHint()
            assert (small.window.width(), small.window.height()) == SMALL
            assert (least.width() <= SMALL[0], least.height() <= SMALL[1]) == (True, True), (key, status.state, least)


def test_a_page_that_claims_more_than_there_is_does_not_push_the_footer_out(small: Working) -> None:
    small.press("Ctrl+2")
    small.settle()
    small.window.stack.currentWidget().setMinimumHeight(900)
    for key in PAGES:
        small.press(key)
        small.settle()
        footer = small.window.footer
        assert small.window.minimumSizeHint().height() <= SMALL[1]
        assert small.window.rect().contains(QRect(footer.mapTo(small.window, QPoint(0, 0)), footer.size())), key


def worked_with(desk: Working) -> list[QWidget]:
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
    banner = desk.window.banner
    found = [w for kind in kinds for w in desk.window.findChildren(kind) if w.isVisible()]
    return [w for w in found if not banner.isAncestorOf(w) and not w.visibleRegion().isEmpty()]


def seen_at(desk: Working, widget: QWidget) -> QRect:
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(desk.window, seen.topLeft()), seen.size())


LONG = Text(
    "连不上服务器。网络不通或服务器未启动。可以继续离线工作，恢复后自动上传。",
    "The server cannot be reached. The network is down or the server is not running. Work goes on offline.",
)


@pytest.mark.parametrize("words", [DIALLED_ELSEWHERE, shell_words.STUCK, shell_words.UNTRUSTED, LONG])
def test_a_message_covers_nothing_that_is_worked_with_on_any_page(small: Working, words: Text) -> None:
    small.open(UPGRADE)
    for key in PAGES:
        small.press(key)
        small.window.say(words, Tone.WARN)
        small.settle()
        banner = small.window.banner
        line = QRect(banner.mapTo(small.window, QPoint(0, 0)), banner.size())
        assert small.window.rect().contains(line)
        covered = [widget for widget in worked_with(small) if seen_at(small, widget).intersects(line)]
        assert covered == [], key


def test_a_message_that_stands_when_the_language_changes_covers_nothing_either(small: Working) -> None:
    # Longer words move everything on the status line after the message was put there.
    small.window.say(LONG, Tone.WARN)
    for lang in (Lang.EN, Lang.ZH, Lang.EN):
        small.tongue.set_lang(lang)
        small.settle()
        banner = small.window.banner
        line = QRect(banner.mapTo(small.window, QPoint(0, 0)), banner.size())
        assert [widget for widget in worked_with(small) if seen_at(small, widget).intersects(line)] == [], lang


def test_a_calm_message_goes_away_by_itself_and_the_status_line_is_read_again(small: Working) -> None:
    small.window.say(DIALLED_ELSEWHERE, Tone.NEUTRAL)
    assert small.window.notify._calm.isActive()
    small.window.notify._calm.timeout.emit()
    assert small.told == ""
    small.window.say(shell_words.STUCK, Tone.BAD)
    assert not small.window.notify._calm.isActive(), "what asks for something stays"


def test_a_call_left_without_a_result_is_told_calmly(small: Working) -> None:
    small.open(UPGRADE)
    small.talk(5)
    small.open(VIP)
    assert small.told != ""
    assert small.window.notify._calm.isActive(), "it stands under “unfinished”: nothing has to be done now"


def test_the_note_shows_three_lines_from_its_beginning(small: Working) -> None:
    small.open(VIP)
    small.talk(40)
    small.press("1", "1", "Q", "Escape", "Alt+1", "X", "A", "G", "J")
    small.settle()
    note = page_of(small).outcome.note
    assert note.document().lineCount() > 3
    assert note.firstVisibleBlock().blockNumber() == 0
    assert note.verticalScrollBar().value() == 0
    assert note.viewport().height() - note.document().documentMargin() >= 3 * note.cursorRect().height()


def cut(desk: Working) -> list[str]:
    """Labels that ended in an ellipsis when the window was last painted."""
    desk.window.grab()
    kinds = (OptionRow, AnswerButton, Chip)
    return [w.told.whole for kind in kinds for w in desk.window.findChildren(kind) if w.isVisible() and w.told.cut]


@pytest.mark.parametrize("task", [VIP, DISCONNECT, UPGRADE])
def test_results_answers_and_chips_are_whole(small: Working, task: str) -> None:
    small.open(task)
    small.settle()
    assert cut(small) == []


@pytest.mark.parametrize("task", [VIP, DISCONNECT, UPGRADE])
def test_the_stages_of_the_script_are_whole(small: Working, task: str) -> None:
    small.open(task)
    small.settle()
    bar = page_of(small).script.findChildren(StageBar)[0]
    face = theme.font(10, bold=True)
    boxes = bar._boxes()
    for box, (label, _) in zip(boxes, bar.stages(), strict=True):
        assert width_of(label, face) <= box.width() - theme.px(8), label
        assert box.right() <= bar.width() + 0.5
        assert box.bottom() <= bar.height() + 0.5, "the lines below are in sight, too"


def test_the_reason_in_the_queue_is_whole(english: Working) -> None:
    view, face = english.window.queue.list_view, theme.font(12)
    room = view.viewport().width() - theme.px(19)
    assert view.rowHeight(1) == theme.px(62)
    for row in english.rows():
        pieces = pieces_of(row.reason.en, face, (room, room / 2))
        assert width_of(pieces[0], face) <= room
        assert width_of(pieces[-1], face) <= room, row.reason.en


def test_in_chinese_the_reason_is_whole_in_one_line(desk: Working) -> None:
    desk.window.resize(*SMALL)
    desk.settle()
    view, face = desk.window.queue.list_view, theme.font(12)
    assert view.rowHeight(1) == theme.px(48), "so that as many tasks are in sight as ever"
    for row in desk.rows():
        tail = TIER_NAMES[row.tier].zh if row.tier is not Tier.NONE else ""
        room = view.viewport().width() - theme.px(19) - (width_of(tail, face) + theme.px(4) if tail else 0)
        assert width_of(row.reason.zh, theme.font(10)) <= room, row.reason.zh


@pytest.mark.parametrize("task", [VIP, DISCONNECT, UPGRADE])
@pytest.mark.parametrize("keys", [(), ("Alt+1",), ("Alt+2", "A")])
def test_no_row_of_the_outcome_is_cut_at_the_notes_edge(small: Working, task: str, keys: tuple[str, ...]) -> None:
    small.open(task)
    small.talk(30)
    small.press(*keys)
    small.settle()
    column = page_of(small).outcome._scroll
    sight = column.viewport().rect()
    halves = []
    for widget in column.widget().findChildren(QWidget):
        if widget.layout() is None and widget.isVisible():
            box = QRect(widget.mapTo(column.viewport(), QPoint(0, 0)), widget.size())
            if box.intersects(sight) and not sight.contains(QRect(sight.left(), box.top(), 1, box.height())):
                halves.append(f"{type(widget).__name__} {widget.accessibleName()}")
    assert halves == []


@pytest.mark.parametrize("look", list(Theme))
def test_fields_that_open_or_step_are_framed_like_those_to_type_in(desk: Working, look: Theme) -> None:
    theme.apply(desk.qapp, look)
    desk.press("Ctrl+4")
    settings = desk.window.settings
    boxes = [settings.language, settings.theme_box, settings.scale, settings.phone]
    assert {box.height() for box in boxes} == {settings.prefix.height()} == {field_height()}
    assert {field.sizeHint().height() for field in (DayField(), NumberField())} == {field_height()}
    corner, edge = corner_of(settings.phone), corner_of(settings.prefix)
    assert corner == edge
    theme.apply(desk.qapp, Theme.LIGHT)


def corner_of(widget: QWidget) -> tuple[str, str]:
    """The colours at the very corner, where a rounded frame leaves the ground, and in the middle of the upper edge."""
    picture = widget.window().grab(QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())).toImage()
    return picture.pixelColor(0, 0).name(), picture.pixelColor(picture.width() // 2, 0).name()


def test_the_settings_stand_in_two_columns_in_the_middle(small: Working) -> None:
    small.window.resize(1600, 940)
    small.press("Ctrl+4")
    small.settle()
    page = small.window.settings
    left, right = (QRect(card.mapTo(page, QPoint(0, 0)), card.size()) for card in (page._look, page._store))
    assert left.right() < right.left()
    assert left.top() == right.top()
    assert abs(left.left() - (page.width() - right.right())) <= 2
    assert right.right() - left.left() > 0.7 * page.width()


def test_who_is_open_is_said_where_the_list_does_not_show_them(small: Working) -> None:
    queue = small.window.queue
    small.open(UPGRADE)
    small.settle()
    assert queue._elsewhere.isHidden(), "in the list the row itself stands out"
    small.press("Ctrl+F")
    small.type("nobody of that name")
    small.until(lambda: queue.model.is_empty)
    assert small.session.opened.name in queue._elsewhere.text()
    assert queue._elsewhere.isVisible()
    queue.search.clear()
    small.until(lambda: not queue.model.is_empty)
    small.until(queue._elsewhere.isHidden)
    assert queue.query().sort is Sort.QUEUE


def test_the_pages_of_the_360_view_are_told_apart_and_none_of_their_titles_is_cut(small: Working) -> None:
    small.open(UPGRADE)
    small.settle()
    small.window.grab()
    tabs = page_of(small).view360.tabs.tabs
    assert [tab.text() for tab in tabs if tab.told.cut] == []
    assert {tab.y() for tab in tabs} == {0}, "one line is enough at 100 %"
    for left, right in pairwise(tabs):
        words_end = left.x() + (left.width() + width_of(left.text(), theme.font(left.size_px))) / 2
        words_begin = right.x() + (right.width() - width_of(right.text(), theme.font(right.size_px))) / 2
        assert words_begin - words_end >= theme.px(8), (left.text(), right.text())


@pytest.mark.parametrize("task", [VIP, DISCONNECT, UPGRADE])
def test_what_still_keeps_a_result_from_being_saved_is_whole_in_its_row(small: Working, task: str) -> None:
    small.open(task)
    small.talk(30)
    for row in range(1, 10):
        small.press(f"Alt+{row}")
        small.settle()
        small.window.grab()
        column = page_of(small).outcome
        told = [one for one in column.findChildren(OptionRow) if one.isVisible() and one.sub]
        assert [one.sub for one in told if one.told.cut] == []
    assert small.session.lacking(small.session.opened.dispositions.results[0]), "there is something to tell"


LARGER = [1.0, 1.25, 1.5]
"""text sizes"""


@pytest.fixture(params=LARGER)
def large(small: Working, request: pytest.FixtureRequest) -> Iterator[Working]:
    theme.apply(small.qapp, Theme.LIGHT, request.param)
    small.window.resize(*SMALL)
    small.settle()
    yield small
    theme.apply(small.qapp, Theme.LIGHT)


def beyond(desk: Working) -> list[str]:
    """What is worked with on the call page and reaches out of the window, or out of what scrolls up and down."""
    page, found = page_of(desk), []
    for widget in page.findChildren(QWidget):
        kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, StageBar)
        if not isinstance(widget, kinds) or not widget.isVisible():
            continue
        room: QWidget = desk.window
        around = widget.parentWidget()
        while around is not None and around is not room:
            if isinstance(around, QScrollArea):
                room = around.viewport()
                break
            around = around.parentWidget()
        box = QRect(widget.mapTo(room, QPoint(0, 0)), widget.size())
        sight = room.rect()
        if box.left() < 0 or box.right() > sight.right() or (room is desk.window and not sight.contains(box)):
            found.append(f"{type(widget).__name__} {widget.accessibleName()} {box.getRect()} in {sight.getRect()}")
    return found


@pytest.mark.parametrize("task", [VIP, UPGRADE, HARD_OF_HEARING])
def test_at_any_text_size_nothing_that_is_worked_with_leaves_the_window(large: Working, task: str) -> None:
    assert beyond(large) == []
    large.open(task)
    large.settle()
    assert beyond(large) == []
    large.talk(40)
    large.press("1", "Q", "Alt+1")
    large.settle()
    assert beyond(large) == []
    large.press("Ctrl+L")
    large.settle()
    assert beyond(large) == []
    for _ in range(8):
        large.press("F3")
        large.settle()
        # What a page has to read first comes into it a moment later.
        large.until(lambda: beyond(large) == [])
    assert (large.window.width(), large.window.height()) == SMALL


@pytest.fixture
def narrow(desk: Working) -> Iterator[Working]:
    theme.apply(desk.qapp, Theme.LIGHT, 1.5)
    desk.window.resize(*SMALL)
    desk.settle()
    yield desk
    theme.apply(desk.qapp, Theme.LIGHT)


def test_where_four_columns_have_no_room_the_customer_takes_the_queues_place_and_gives_it_back(narrow: Working) -> None:
    page, queue = page_of(narrow), narrow.window.queue
    assert queue.isVisible(), "nobody is open: the tasks are what there is to do"
    narrow.open(UPGRADE)
    assert (queue.isVisible(), page.view360.isVisible()) == (False, True)
    narrow.press("Ctrl+L")
    assert (queue.isVisible(), page.view360.isVisible()) == (True, False)
    assert queue.list_view.hasFocus()
    narrow.press("Escape")
    assert (queue.isVisible(), page.view360.isVisible()) == (False, True)
    assert page.script.hasFocus(), "the digits answer the script again"
    narrow.press("Ctrl+F")
    assert queue.search.hasFocus()
    narrow.press("F3")
    assert page.view360.isVisible(), "a key of the 360° view brings it back"


def test_the_hand_on_the_mouse_turns_queue_and_customer_too(narrow: Working) -> None:
    page, queue = page_of(narrow), narrow.window.queue
    narrow.open(UPGRADE)
    columns = page.columns
    assert columns.to_queue.isVisible()
    columns.to_queue.click()
    assert queue.isVisible()
    assert columns.to_view.isVisible()
    columns.to_view.click()
    assert (queue.isVisible(), page.view360.isVisible()) == (False, True)


def test_at_the_usual_size_the_four_columns_stand_beside_each_other(small: Working) -> None:
    small.open(UPGRADE)
    page = page_of(small)
    assert all(column.isVisible() for column in (small.window.queue, page.view360, page.script, page.outcome))
    assert not page.columns.to_queue.isVisible()
    assert not page.columns.to_view.isVisible()


def test_words_on_the_status_line_are_cut_before_a_page_button_is(large: Working) -> None:
    large.open(VIP)
    footer = large.window.footer
    for status in statuses(large):
        large.news.told.emit(status)
        large.settle()
        assert [tab.text() for tab in footer.tabs if tab.width() < tab.sizeHint().width()] == [], status.state
        assert footer.tabs[-1].geometry().right() < footer.width()
        assert status.last_error is None or footer.sync_text in footer.sync_hint, "what is cut can be read whole"


def test_a_message_of_any_length_leaves_the_page_and_its_buttons(large: Working) -> None:
    footer = large.window.footer
    large.window.say(Text(LONG.zh * 5, LONG.en * 5), Tone.WARN)
    large.settle()
    banner = large.window.banner
    line = QRect(banner.mapTo(large.window, QPoint(0, 0)), banner.size())
    assert line.height() <= 3 * footer.height()
    assert not any(seen_at(large, tab).intersects(line) for tab in footer.tabs)
    assert banner.message == large.tongue(Text(LONG.zh * 5, LONG.en * 5)), "whole for whoever asks"
    large.window.grab()


def test_who_it_is_and_the_number_are_whole_at_any_text_size(large: Working) -> None:
    large.open(TWO_NUMBERS)
    large.talk(5)
    large.settle()
    for label in (page_of(large).header.name, page_of(large).header.number):
        assert label.width() >= label.sizeHint().width(), label.text()


def test_what_must_not_be_missed_is_whole_in_the_wrap_up_too(english: Working) -> None:
    english.open(HARD_OF_HEARING)
    english.talk(30)
    english.press("F8")
    english.settle()
    header = page_of(english).header
    header.grab()
    assert "talked 00:30" in english.read(header)
    assert [chip.words for chip in header.findChildren(Chip) if chip.isVisible() and chip.told.cut] == []
