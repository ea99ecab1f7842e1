"""The day's list: everything of the store is read on its lane, also right after new content came."""

import threading
from datetime import timedelta

import pytest
from presenter_kit import HandLane
from pytestqt.qtbot import QtBot
from store_kit import NOW, a_page, a_task, answered, gone, put, saved

from core.desk.desk import Desk
from core.domain.data_periods import LET_GO
from core.domain.text import Lang, Text
from core.wire.pull import Kind
from core.wire.push import Verdict
from desktop.today import words
from desktop.today.page import TodayPage
from desktop.tongue import Tongue
from desktop.widgets.label import Label


def today(desk: Desk, qtbot: QtBot, lane: HandLane, errors: list[Exception] | None = None) -> TodayPage:
    """The page of somebody who opens it at `NOW`."""
    page = TodayPage(
        desk,
        Tongue(Lang.ZH),
        lane=lane,
        scenario_name=lambda name: Text(name, name),
        say=lambda _text, _tone: None,
        show_error=([] if errors is None else errors).append,
    )
    qtbot.addWidget(page)
    desk.moment.wall = NOW  # type: ignore[attr-defined]
    return page


class OffThread(HandLane):
    """Works on a thread of its own, so that a read on the window's thread shows."""

    def run(self) -> None:
        while self._asked:
            work, done, _failed = self._asked.pop(0)
            found: list[object] = []
            worker = threading.Thread(target=lambda w=work, f=found: f.append(w()))  # type: ignore[misc]
            worker.start()
            worker.join()
            if done is not None:
                done(found[0])


def test_nothing_of_the_store_is_read_on_the_windows_thread(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.store.save(saved(a_task(1), result="order_agreed"))
    lane = OffThread()
    page = today(desk, qtbot, lane)
    window, read, content = threading.current_thread(), [], desk.store.content

    def watched(kind: str, name: str) -> bytes | None:
        read.append(threading.current_thread())
        return content(kind, name)

    monkeypatch.setattr(desk.store, "content", watched)
    page.refresh()
    lane.run()
    desk.forget_content()
    page.show()
    model = page.list.model()
    assert [model.index(0, column).data() for column in (1, 3)] == ["", "同意办理，待二次确认"]
    desk.forget_content()
    page.list.clicked.emit(model.index(0, 0))
    lane.run()
    assert page.result.currentData() == "order_agreed"
    assert read
    assert window not in read


def test_a_record_that_was_corrected_opens_as_it_stands_now(desk: Desk, qtbot: QtBot) -> None:
    first = saved(a_task(1), result="order_agreed", note="旧")
    desk.store.save(first)
    desk.store.save(saved(a_task(1), result="order_agreed", note="新", corrects=first.id))
    lane = HandLane()
    page = today(desk, qtbot, lane)
    page.refresh()
    lane.run()
    model = page.list.model()
    for row in range(2):
        page.list.clicked.emit(model.index(row, 0))
        lane.run()
        assert page.note.toPlainText() == "新"


def test_a_correction_on_its_way_is_not_saved_a_second_time(desk: Desk, qtbot: QtBot) -> None:
    # OUTCOME-11
    first = saved(a_task(1), result="order_agreed", note="旧")
    desk.store.save(first)
    lane, errors = HandLane(), list[Exception]()
    page = today(desk, qtbot, lane, errors)
    page.refresh()
    lane.run()
    page.list.clicked.emit(page.list.model().index(0, 0))
    lane.run()
    page.note.setPlainText("新")
    page.save()
    page.save()
    lane.run()
    assert errors == []
    assert page.list.model().rowCount() == 2
    assert page.save_button.isEnabled()


def test_a_day_without_anything_saved_says_so(desk: Desk, qtbot: QtBot) -> None:
    lane = HandLane()
    page = today(desk, qtbot, lane)
    page.refresh()
    lane.run()
    page.show()
    assert words.EMPTY.zh in [label.text() for label in page.findChildren(Label) if label.isVisible()]


def test_what_the_server_would_not_take_says_why_above_what_can_be_corrected(desk: Desk, qtbot: QtBot) -> None:
    wrong = saved(a_task(1), result="order_agreed")
    desk.store.save(wrong)
    desk.store.settle(answered(wrong.id, verdict=Verdict.REJECTED, message="通话 10 秒，此结果至少 60 秒"))
    lane = HandLane()
    page = today(desk, qtbot, lane)
    desk.moment.wall = NOW + timedelta(days=3)  # type: ignore[attr-defined]
    page.refresh()
    lane.run()
    assert page.list.model().rowCount() == 1, "its own day is over"
    page.list.activated.emit(page.list.model().index(0, 0))
    lane.run()
    shown = [label.text() for label in page.findChildren(Label) if not label.isHidden()]
    assert "通话 10 秒，此结果至少 60 秒" in shown


def test_a_record_whose_customer_was_let_go_counts_and_is_not_corrected(desk: Desk, qtbot: QtBot) -> None:
    kept = saved(a_task(1), result="order_agreed")
    desk.store.apply(a_page(put(a_task(1))), now=NOW)
    desk.store.save(kept)
    desk.store.settle(answered(kept.id))
    desk.store.apply(a_page(gone(Kind.TASK, "T0001"), gone(Kind.CUSTOMER, "C0001", LET_GO)), now=NOW)
    lane = HandLane()
    page = today(desk, qtbot, lane)
    page.refresh()
    lane.run()
    index = page.list.model().index(0, 1)
    assert index.data() == words.LET_GO.zh
    page.list.activated.emit(index)
    lane.run()
    assert not page.result.isVisibleTo(page)
