"""What the shell says by itself: a clock set wrong, results that cannot be uploaded, callbacks that fall due."""

from datetime import timedelta
from typing import ClassVar

import msgspec
import pytest
from desk_kit import LATER, NOW, Working, city, put_task
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon

from core.domain.errors import ServerUnreachable
from core.domain.text import Text
from core.store import disk
from core.sync.certificates import key_changed
from core.sync.refusals import ServerBusy
from core.sync.status import SyncState, SyncStatus
from desktop.notify import Topic
from desktop.shell import tray as tray_module
from desktop.shell import words
from desktop.shell.callback_alert import CallbackAlert
from desktop.shell.footer import sync_words
from desktop.widgets.values import Tone

WHY = Text("没有回应", "No answer")


def alerts_heard(desk: Working) -> None:
    desk.window.alert.look()
    desk.until(lambda: "回拨" in desk.told)
    desk.window.banner.clear()


def clear(desk: Working) -> None:
    while not desk.window.banner.isHidden():
        desk.window.banner.close_button.click()


def online(desk: Working, *, oldest_s: int | None) -> SyncStatus:
    now = desk.clock.wall
    oldest = now - timedelta(seconds=oldest_s) if oldest_s is not None else None
    waiting = 0 if oldest is None else 1
    return SyncStatus(state=SyncState.ONLINE, since=now, waiting=waiting, oldest_waiting_at=oldest)


@pytest.mark.parametrize(("minutes", "word"), [(12, "快 12 分钟"), (-7, "慢 7 分钟")])
def test_a_clock_set_wrong_is_told_once_with_how_far_it_is_off(desk: Working, minutes: int, word: str) -> None:
    alerts_heard(desk)
    desk.store.note_server_time(NOW, NOW + timedelta(minutes=minutes))
    desk.entered.clock.heard()
    desk.news.told.emit(online(desk, oldest_s=None))
    assert word in desk.told
    clear(desk)
    desk.news.told.emit(online(desk, oldest_s=None))
    assert desk.told == ""


def test_a_clock_a_little_off_is_not_worth_a_word(desk: Working) -> None:
    alerts_heard(desk)
    desk.store.note_server_time(NOW, NOW + timedelta(minutes=3))
    desk.entered.clock.heard()
    desk.news.told.emit(online(desk, oldest_s=None))
    assert desk.told == ""


def test_results_that_stay_here_are_told_once_for_as_long_as_it_lasts(desk: Working) -> None:
    alerts_heard(desk)
    desk.news.told.emit(online(desk, oldest_s=61))
    assert desk.told == words.STUCK.zh
    clear(desk)
    for state in (SyncState.SYNCING, SyncState.ONLINE):
        desk.news.told.emit(msgspec.structs.replace(online(desk, oldest_s=90), state=state))
    assert desk.told == "", "the same trouble is not told again"
    desk.news.told.emit(online(desk, oldest_s=None))
    desk.news.told.emit(online(desk, oldest_s=61))
    assert desk.told == words.STUCK.zh, "new trouble is"


def test_a_server_that_answers_and_takes_nothing_is_told_as_well(desk: Working) -> None:
    # Reliability R12: the footer calls it offline, but the network is up
    alerts_heard(desk)
    told = Text("服务器暂时不可用", "The server is not available now")
    busy = ServerBusy(title=told, message=told, next_step=told, retry_after_s=None)
    desk.news.told.emit(
        msgspec.structs.replace(online(desk, oldest_s=61), state=SyncState.OFFLINE, last_error=busy),
    )
    assert desk.told == words.STUCK.zh


def test_a_server_that_is_not_to_be_trusted_is_told_once_and_is_more_than_offline(desk: Working) -> None:
    alerts_heard(desk)
    changed, away = key_changed(coded=False), ServerUnreachable(title=WHY, message=WHY, next_step=WHY)
    offline = msgspec.structs.replace(online(desk, oldest_s=None), state=SyncState.OFFLINE, last_error=away)
    desk.news.told.emit(offline)
    assert desk.told == ""
    desk.news.told.emit(msgspec.structs.replace(offline, last_error=changed))
    assert desk.told == words.UNTRUSTED.zh
    assert changed.title.zh in desk.window.footer.sync_hint, "what happened and what to do stand there in full"
    clear(desk)
    for error in (away, changed):
        desk.news.told.emit(msgspec.structs.replace(offline, last_error=error))
    assert desk.told == ""
    desk.news.told.emit(online(desk, oldest_s=None))
    desk.news.told.emit(msgspec.structs.replace(offline, last_error=changed))
    assert desk.told == words.UNTRUSTED.zh


# Reliability R9
def test_news_that_the_disk_does_not_take_is_told_once_and_the_line_does_not_say_that_all_is_well(
    desk: Working,
) -> None:
    alerts_heard(desk)
    well = online(desk, oldest_s=None)
    full = msgspec.structs.replace(well, last_error=disk.full())
    desk.news.told.emit(full)
    assert "磁盘已满" in desk.told
    assert "清理磁盘空间" in desk.told
    assert sync_words(full, desk.clock.wall)[1] is Tone.BAD
    clear(desk)
    for status in (msgspec.structs.replace(well, state=SyncState.SYNCING), full):
        desk.news.told.emit(status)
    assert desk.told == "", "the same trouble is not told again"
    desk.news.told.emit(well)
    desk.news.told.emit(full)
    assert "磁盘已满" in desk.told, "new trouble is"


def test_the_line_counts_results_as_the_day_does_and_not_what_each_brings_along(desk: Working) -> None:
    alerts_heard(desk)
    offline = SyncStatus(state=SyncState.OFFLINE, since=desk.clock.wall, waiting=4, results=2)
    desk.news.told.emit(offline)
    assert desk.window.footer.sync_text == "离线 刚刚 · 2 个结果待上传，已存本机"
    desk.news.told.emit(msgspec.structs.replace(offline, state=SyncState.ONLINE, waiting=1, results=0))
    assert desk.window.footer.sync_text == "在线 · 拨号等记录待上传"
    assert desk.window.footer.sync_text != words.ONLINE.zh, "what waits is not called uploaded"


def test_the_line_says_that_a_result_was_not_accepted(desk: Working) -> None:
    status = msgspec.structs.replace(online(desk, oldest_s=None), refused=2)
    words_, tone = sync_words(status, desk.clock.wall)
    assert (words_.zh, tone) == ("在线 · 2 个结果未被接受，见“今日”", Tone.WARN)


def test_an_empty_queue_says_that_tasks_are_on_their_way_while_the_sync_is_at_work(desk: Working) -> None:
    alerts_heard(desk)
    desk.window.queue.search.setText("没有这个人")
    desk.until(lambda: desk.window.queue.model.is_empty)
    desk.window.queue.search.clear()
    desk.news.told.emit(SyncStatus(state=SyncState.SYNCING, since=desk.clock.wall))
    assert desk.window.queue.empty_words == "正在取任务…"
    full = msgspec.structs.replace(online(desk, oldest_s=None), last_error=disk.full())
    desk.news.told.emit(full)
    assert desk.window.queue.empty_words.startswith("新任务存不进本机"), "whether there are tasks is not known"
    desk.news.told.emit(online(desk, oldest_s=None))
    assert "没有任务" in desk.window.queue.empty_words


# FOLLOW-01
def test_a_callback_promised_anew_is_told_anew(desk: Working) -> None:
    heard: list[str] = []
    desk.window.alert.due.connect(lambda task_id, _who: heard.append(task_id))
    alerts_heard(desk)
    desk.clock.pass_(2 * 3600)
    task = city()[1][LATER]
    for due_at in (task.callback_at, desk.clock.wall - timedelta(minutes=1)):
        desk.tells(put_task(msgspec.structs.replace(task, callback_at=due_at)))
        heard.clear()
        for _ in range(2):
            desk.window.alert.look()
            desk.settle()
        assert heard.count(LATER) <= 1
        assert remembered(desk.window.alert)[LATER] == due_at
    assert heard == [LATER]


# FOLLOW-01
def test_a_callback_that_is_over_is_not_remembered(desk: Working) -> None:
    alerts_heard(desk)
    before = len(remembered(desk.window.alert))
    desk.clock.pass_(2 * 3600)
    desk.window.alert.look()
    desk.settle()
    assert len(remembered(desk.window.alert)) == before + 1
    desk.tells(put_task(msgspec.structs.replace(city()[1][LATER], callback_at=None)))
    desk.window.alert.look()
    desk.settle()
    assert LATER not in remembered(desk.window.alert)


# FOLLOW-01
def test_several_callbacks_that_fall_due_together_are_all_told(desk: Working) -> None:
    alerts_heard(desk)
    tasks, due_at = city()[1], desk.clock.wall - timedelta(minutes=1)
    together = sorted(tasks)[:3]
    desk.tells(*(put_task(msgspec.structs.replace(tasks[name], callback_at=due_at)) for name in together))
    desk.until(lambda: "另有 2 位" in desk.told)


def test_a_due_callback_and_a_leads_answer_for_one_customer_stand_beside_each_other(desk: Working) -> None:
    alerts_heard(desk)
    offer, open_ = desk.window.notify.offer, words.OPEN
    for words_, topic in (("回拨", Topic.CALLBACK), ("答复", Topic.ANSWER), ("又一答复", Topic.ANSWER)):
        offer(Text(words_, words_), Tone.WARN, open_, lambda: None, about=LATER, topic=topic)
    assert desk.told == "又一答复"
    desk.window.banner.close_button.click()
    assert desk.told == "回拨"
    desk.window.banner.close_button.click()
    assert desk.told == ""


class Tray(QObject):
    """Stands in for the system's tray: notes what it is asked to show."""

    messageClicked = Signal()
    shown: ClassVar[list[tuple[str, str]]] = []
    there: ClassVar[list["Tray"]] = []

    def __init__(self, _icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        self.there.append(self)

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return True

    def show(self) -> None:
        self.shown.clear()

    def showMessage(self, title: str, words: str, _icon: QIcon) -> None:
        self.shown.append((title, words))


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> type[Tray]:
    monkeypatch.setattr(tray_module, "QSystemTrayIcon", Tray)
    return Tray


# FOLLOW-01
def test_the_tray_tells_a_due_callback_and_a_click_there_opens_the_customer(tray: type[Tray], desk: Working) -> None:
    alerts_heard(desk)
    tray.shown.clear()
    desk.press("Ctrl+3")
    desk.clock.pass_(105 * 60)
    desk.window.alert.look()
    desk.until(lambda: tray.shown != [])
    customer = city()[1][LATER].customer
    assert tray.shown == [(words.ALERT.zh, f"{customer.name} 11:45")]
    tray.there[-1].messageClicked.emit()
    desk.until(lambda: desk.open_task == LATER)
    assert desk.window.stack.currentIndex() == 0, "the desk is shown, wherever one was"


def remembered(alert: CallbackAlert) -> dict[str, object]:
    return dict(alert._told)
