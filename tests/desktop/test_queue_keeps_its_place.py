"""The queue is read again all day long: where the agent stands in it stays, and the keys find it."""

import msgspec
import pytest
from desk_kit import UPGRADE, VIP, Working, city, gone, put_task
from PySide6.QtWidgets import QComboBox

from desktop.queue import words
from desktop.queue.panel import IN_SIGHT

DEEP = IN_SIGHT + 25


@pytest.fixture
def long(desk: Working) -> Working:
    """A queue of more tasks than are read at first."""
    task = city()[1][UPGRADE]
    more = [put_task(msgspec.structs.replace(task, id=f"M{number:07d}")) for number in range(2 * DEEP)]
    desk.tells(*more)
    desk.until(lambda: len(desk.rows()) > 2 * DEEP)
    return desk


def chosen(desk: Working) -> str:
    return desk.window.queue.list_view.current_task()


def test_a_task_deep_in_the_list_stays_chosen_when_the_queue_is_read_again(long: Working) -> None:
    view = long.window.queue.list_view
    view.select(DEEP)
    there, bar = chosen(long), view.verticalScrollBar().value()
    assert there
    long.window.queue.refresh()
    long.settle()
    assert chosen(long) == there
    assert view.verticalScrollBar().value() == bar


def test_rows_in_sight_are_never_blank_after_a_reading(long: Working) -> None:
    queue = long.window.queue
    queue.list_view.select(DEEP)
    seen: list[bool] = []
    queue.model.modelReset.connect(lambda: seen.append(queue.model.at(DEEP) is not None))
    queue.refresh()
    long.settle()
    assert seen == [True]


def test_the_keys_find_the_list_when_the_first_tasks_come(desk: Working) -> None:
    tasks = [row.task_id for row in desk.rows()]
    desk.window.queue.focus_list()
    desk.tells(*map(gone, tasks))
    desk.until(lambda: desk.rows() == [])
    desk.tells(put_task(city()[1][UPGRADE]))
    desk.until(lambda: bool(desk.rows()))
    assert desk.focus is desk.window.queue.list_view
    desk.press("Down", "Return")
    desk.until(lambda: desk.open_task == UPGRADE)


def test_nobody_else_stands_out_when_the_open_customer_is_not_in_the_list(desk: Working) -> None:
    desk.open(UPGRADE)
    box = desk.window.queue.findChildren(QComboBox)[0]
    desk.until(lambda: box.findData("broadband-disconnect") >= 0)
    box.setCurrentIndex(box.findData("broadband-disconnect"))
    desk.settle()
    desk.window.queue.list_view.select(1)
    desk.open(VIP)
    desk.until(lambda: chosen(desk) == "")
    desk.settle()
    assert chosen(desk) == ""


def test_the_heading_of_the_first_task_of_a_group_is_seen_with_it(long: Working) -> None:
    view, model = long.window.queue.list_view, long.window.queue.model
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.select(1)
    assert model.headings[0] == 0
    assert view.rowAt(2) == 0


def test_a_search_that_finds_nobody_says_that_no_task_matches(desk: Working) -> None:
    desk.press("Ctrl+F")
    desk.type("nobody")
    desk.until(lambda: words.EMPTY_FILTER.zh in desk.read(desk.window.queue))
    assert words.EMPTY.zh not in desk.read(desk.window.queue)
