"""Before a customer is open: what is due, what is left, and one key that begins."""

from datetime import timedelta

import pytest
from desk_kit import DISCONNECT, DUE_FIRST, UPGRADE, Working, gone

from core.domain.text import Lang
from desktop.call.view360 import OVERVIEW, PLANS
from desktop.start.panel import StartPanel
from desktop.widgets.values import Tone


def start_of(desk: Working) -> StartPanel:
    desk.until(lambda: any(one.rows.rows() for one in desk.window.findChildren(StartPanel)))
    return desk.window.findChildren(StartPanel)[0]


def told(desk: Working) -> dict[str, str]:
    return {row.label: row.value for row in start_of(desk).rows.rows()}


def test_the_day_that_is_ahead_stands_beside_the_queue(desk: Working) -> None:
    # TASK-09, FOLLOW-01
    rows = told(desk)
    assert next(iter(rows)) == "到时回拨", "what was promised comes first"
    assert rows["到时回拨"].startswith("2 位：")
    assert "09:42" in rows["到时回拨"]
    assert "11:45" in rows["今天晚些回拨"]
    assert rows["今日目标"] == "25 位，已处理 0，还差 25"
    assert start_of(desk).rows.rows()[0].tone is Tone.BAD
    words = desk.read(start_of(desk))
    assert "上午好，苏梅" in words
    assert "11 月 20 日 周五 · 可拨 09:00–20:00" in words
    assert not desk.call_page.view360.isVisible(), "no titles of pages that nobody is on"


def test_it_follows_the_clock_and_the_language(desk: Working) -> None:
    assert "今天晚些回拨" in told(desk)
    desk.clock.pass_(timedelta(hours=2).total_seconds())
    desk.window.queue.refresh()
    desk.until(lambda: "今天晚些回拨" not in told(desk))
    assert told(desk)["到时回拨"].startswith("3 位")
    desk.tongue.set_lang(Lang.EN)
    assert "Callbacks due" in told(desk)
    assert "Good afternoon, 苏梅" in desk.read(start_of(desk))


def test_enter_or_the_button_opens_the_first_customer_and_the_view_takes_its_place(desk: Working) -> None:
    start = start_of(desk)
    desk.press("Return")
    desk.until(lambda: desk.open_task == DUE_FIRST)
    assert (start.isVisible(), desk.call_page.view360.isVisible()) == (False, True)


def test_the_button_does_as_enter_does(desk: Working) -> None:
    start_of(desk).begin.click()
    desk.until(lambda: desk.open_task == DUE_FIRST)


@pytest.mark.parametrize("page", ["Alt+B", "Alt+V", "F2"])
def test_the_next_customer_begins_with_the_first_page(desk: Working, page: str) -> None:
    desk.open(UPGRADE)
    desk.press(page)
    desk.settle()
    assert desk.call_page.view360.page != OVERVIEW
    desk.open(DISCONNECT)
    desk.settle()
    assert desk.call_page.view360.page == OVERVIEW


def test_newer_data_of_the_same_customer_leave_the_page_open(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("Alt+B")
    desk.tells(gone(DISCONNECT))
    desk.tongue.set_lang(Lang.EN)
    desk.settle()
    assert desk.call_page.view360.page == PLANS
