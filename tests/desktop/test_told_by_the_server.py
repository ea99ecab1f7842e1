"""What the server changes while somebody works arrives without a restart, and never takes anything away."""

from datetime import timedelta

import msgspec
import pytest
from desk_kit import DUE, DUE_FIRST, LATER, SITE, UPGRADE, Working, city, document_of, gone, put_customer, put_task
from pytestqt.qtbot import QtBot
from store_kit import put

from core.content.calendars import load_calendar
from core.desk.promises import promised
from core.domain.calendar import CALENDAR, DayKind, DayRule
from core.domain.clock import CHINA
from core.domain.customer import Care
from core.domain.follow_up import FollowUpKind
from core.domain.task import TaskState
from core.domain.text import Text
from core.store.types import Applied, Section
from core.sync.refusals import TokenRefused, past_offline_limit
from core.sync.status import SyncState, SyncStatus
from core.wire.pull import Change, ContentDocument, Kind


def heard_the_alerts(desk: Working) -> None:
    """The callbacks that are due in the morning have been told and put away."""
    desk.window.alert.look()
    desk.until(lambda: "回拨" in desk.told)
    desk.window.banner.clear()


def test_a_task_revoked_in_preview_makes_way_with_a_word(desk: Working) -> None:
    heard_the_alerts(desk)
    desk.open(UPGRADE)
    desk.tells(gone(UPGRADE))
    desk.until(lambda: desk.window.presenter.session is None)
    assert "收回" in desk.told
    desk.until(lambda: UPGRADE not in [row.task_id for row in desk.rows()])


# TASK-18
def test_a_task_revoked_while_in_call_is_told_calmly_and_the_call_is_finished_and_saved(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("1", "Alt+N")
    desk.type("in the middle of it")
    desk.tells(gone(UPGRADE))
    desk.until(lambda: desk.window.presenter.told.withdrawn)
    assert desk.told
    assert desk.open_task == UPGRADE
    assert "in the middle of it" in desk.note
    desk.clock.pass_(5)
    desk.press("Escape", "F8", "Alt+3", "Z", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    (saved,) = desk.saved()
    assert (saved.task_id, saved.talk_time_s) == (UPGRADE, 35)


@pytest.mark.parametrize(
    ("why", "said"), [("opted_out", "免打扰"), ("reassigned", "改派给别人"), ("expired", "过期"), ("done", "办结"),
                      ("cancelled", "取消"), ("a later reason", "收回")]
)  # fmt: skip
def test_why_a_task_was_revoked_is_said(desk: Working, why: str, said: str) -> None:
    heard_the_alerts(desk)
    desk.open(UPGRADE)
    desk.tells(gone(UPGRADE, why))
    desk.until(lambda: desk.window.presenter.session is None)
    assert said in desk.told


# OUTCOME-11
def test_a_do_not_call_that_comes_during_the_call_is_said_and_takes_the_promised_callback_along(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("Alt+2", "X", "A")
    assert desk.session.form.callback() is not None
    customer = desk.session.opened.customer_id
    desk.tells(gone(UPGRADE, "opted_out"), Change(kind=Kind.CUSTOMER, key=customer, deleted=True))
    desk.until(lambda: desk.window.presenter.told.withdrawn)
    assert "已登记免打扰，约好的回拨已撤" in desk.told
    assert desk.session.form.callback() is None
    desk.press("A", "P")
    assert desk.session.form.callback() is None, "none can be promised any more"
    assert "不能约回拨" in desk.told
    assert "回拨" not in desk.note
    desk.press("F8", "Ctrl+Return")
    desk.until(lambda: len(desk.saved()) == 1)
    assert not [one for one in desk.store.follow_ups() if one.kind is FollowUpKind.CALLBACK]
    assert desk.store.opted_out(customer, ()), "nor is the customer dialled from here again"
    assert customer not in [row.customer_id for row in promised(desk.window.entered.desk).callbacks]


# OUTCOME-11
def test_a_do_not_call_is_said_in_a_call_without_a_task_too(desk: Working) -> None:
    document = document_of(UPGRADE)
    assert document.contact is not None
    desk.window.presenter.in_view.open_customer(document.id, "4g-upgrade", document.contact.numbers[0].number)
    desk.until(lambda: desk.open_task.startswith("call:"))
    desk.session.choose("hesitant")
    desk.session.plan_callback(desk.clock.wall + timedelta(days=1))
    care = msgspec.structs.replace(document.care or Care(whole=True), opted_out=True)
    desk.tells(put_customer(msgspec.structs.replace(document, care=care, version=document.version + 1)))
    desk.until(lambda: "约好的回拨已撤" in desk.told)
    assert desk.session.form.callback() is None


# VIEW-04 and the like
def test_a_value_that_the_server_changes_is_shown_after_the_sync(desk: Working) -> None:
    desk.open(UPGRADE)
    assert desk.window.call_page is not None
    view = desk.window.call_page.view360
    view.show_page(1)
    document = document_of(UPGRADE)
    assert document.billing is not None
    billing = msgspec.structs.replace(document.billing, balance_fen=4_321_00)
    desk.tells(put_customer(msgspec.structs.replace(document, billing=billing, version=document.version + 1)))
    desk.until(lambda: "4,321" in desk.read(view) or "4321" in desk.read(view))


def test_newer_data_in_a_call_leave_the_form_and_the_script_where_they_are(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("1", "Alt+2", "X", "Alt+N", "Ctrl+A")
    desk.type("mine")
    step, focus = desk.session.conversation.view().step_id, desk.focus
    document = document_of(UPGRADE)
    assert document.identity is not None
    identity = msgspec.structs.replace(document.identity, name="改名客户")
    desk.tells(put_customer(msgspec.structs.replace(document, identity=identity)))
    desk.until(lambda: desk.session.opened.name == "改名客户")
    assert desk.session.conversation.view().step_id == step
    assert (desk.session.form.result, desk.session.form.reason, desk.note) == ("hesitant", "not_enough", "mine")
    assert desk.focus is focus


def test_a_new_task_of_the_morning_arrives_in_the_queue_without_a_restart(desk: Working) -> None:
    task = next(t for t in city()[1].values() if t.assigned_to == "2043" and t.block is None)
    assert task.id not in [row.task_id for row in desk.rows()]
    desk.tells(put_task(msgspec.structs.replace(task, assigned_to="1027")))
    desk.until(lambda: task.id in [row.task_id for row in desk.rows()])


# FOLLOW-01
def test_a_callback_that_falls_due_alerts_once_comes_first_and_opens_from_the_line(desk: Working) -> None:
    rows = {row.task_id: row for row in desk.rows()}
    assert rows[LATER].section is Section.LATER
    heard_the_alerts(desk)
    desk.clock.pass_(2 * 3600)
    desk.window.queue.refresh()
    desk.window.alert.look()
    desk.until(lambda: rows[LATER].name in desk.told)
    desk.until(lambda: {row.task_id for row in desk.rows()[:3]} == {DUE_FIRST, DUE, LATER})
    desk.window.banner.action_button.click()
    desk.until(lambda: desk.open_task == LATER)
    desk.window.banner.clear()
    desk.window.alert.look()
    desk.settle()
    assert desk.told == "", "it is told once"


@pytest.mark.parametrize(
    "told", [gone(UPGRADE), put_task(msgspec.structs.replace(city()[1][UPGRADE], state=TaskState.DONE))],
    ids=["given to another", "done elsewhere"],
)  # fmt: skip
def test_a_task_that_is_another_agents_now_or_done_leaves_the_queue(desk: Working, told: Change) -> None:
    before = [row.task_id for row in desk.rows()]
    assert UPGRADE in before
    desk.tells(told)
    desk.until(lambda: len(desk.rows()) < len(before))
    assert [row.task_id for row in desk.rows()] == [one for one in before if one != UPGRADE]


def test_a_script_published_meanwhile_is_used_from_the_next_call_on(desk: Working) -> None:
    from desk_kit import put

    from core.content.shipped import scripts
    from core.wire.pull import ContentDocument, Kind

    desk.open(UPGRADE)
    desk.talk(10)
    script = msgspec.structs.replace(scripts()["4g-upgrade"], version=99)
    body = msgspec.Raw(msgspec.json.encode(script))
    document = ContentDocument(kind="script", name="4g-upgrade", version=99, body=body)
    desk.tells(put(Kind.CONTENT, "script/4g-upgrade", document))
    desk.settle()
    assert desk.session.opened.script.version != 99
    desk.open("Q0000035")
    assert desk.session.opened.script.version == 99


def test_an_alert_does_not_swallow_a_line_that_needs_attention(desk: Working) -> None:
    heard_the_alerts(desk)
    desk.open(UPGRADE)
    desk.tells(gone(UPGRADE))
    desk.until(lambda: "收回" in desk.told)
    desk.clock.pass_(2 * 3600)
    desk.window.alert.look()
    desk.until(lambda: "回拨到时" in desk.told)
    desk.window.banner.close_button.click()
    assert "收回" in desk.told


def test_changed_calling_hours_show_on_the_status_line_and_hold_for_the_next_dial(desk: Working) -> None:
    # TASK-16
    desk.open(UPGRADE)
    footer = desk.window.footer
    assert "09:00" in footer._standing.text()
    site = msgspec.structs.replace(SITE, call_from="14:00")
    # What entering does on the sync's thread, before the window hears of it.
    desk.entered.desk.site = site
    desk.news.told.emit(Applied(site=site))
    desk.until(lambda: "14:00" in footer._standing.text())
    desk.press("F7")
    desk.until(lambda: "14:00" in desk.told)
    assert desk.phone.handed == []


def test_a_calendar_that_the_centre_publishes_holds_for_the_next_dial(desk: Working) -> None:
    # TASK-16
    desk.open(UPGRADE)
    today = desk.clock.wall.astimezone(CHINA).date()
    rest = DayRule(kind=DayKind.REST, label=Text("停呼日", "No calls"), hours=())
    closed = msgspec.structs.replace(load_calendar(SITE.calendar), version=2, days={today: rest})
    desk.tells(
        put(ContentDocument(kind=CALENDAR, name=closed.name, version=2, body=msgspec.Raw(msgspec.json.encode(closed))))
    )
    desk.until(lambda: "停呼日" in desk.window.footer._standing.text())
    desk.press("F7")
    desk.until(lambda: "停呼日" in desk.told)
    assert desk.phone.handed == []


@pytest.fixture
def stopped(desk: Working) -> SyncStatus:
    """The server has refused the session: this account was disabled."""
    why = TokenRefused(
        code="disabled",
        title=Text("账号已停用", "Account is disabled"),
        message=Text("管理员停用了这个工号。", "An administrator disabled this staff number."),
        next_step=Text("如有疑问请联系班长。", "Ask your team lead."),
    )
    return SyncStatus(state=SyncState.SIGNED_OUT, since=desk.clock.wall, waiting=2, last_error=why)


def test_a_stopped_desk_dials_and_shows_nothing_says_why_and_saves_what_was_begun(
    desk: Working, stopped: SyncStatus
) -> None:
    # Reliability S5
    heard_the_alerts(desk)
    desk.open(UPGRADE)
    desk.talk(30)
    rung = list(desk.phone.handed)
    desk.entered.desk.heard(stopped)
    desk.news.told.emit(stopped)
    assert "账号已停用" in desk.window.footer.sync_text
    desk.press("Alt+S")
    desk.until(lambda: "账号" in desk.told)
    assert "重新登录" in desk.told
    assert not desk.window.presenter.call.revealed
    desk.press("F8", "Alt+3", "Z", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    desk.press("F7")
    desk.settle()
    assert desk.phone.handed == rung


def test_a_desk_that_runs_on_past_its_limit_opens_and_dials_nobody_and_saves_what_was_begun(desk: Working) -> None:
    # Reliability S5
    heard_the_alerts(desk)
    desk.open(UPGRADE)
    desk.talk(30)
    rung = list(desk.phone.handed)
    past = SyncStatus(state=SyncState.SIGNED_OUT, since=desk.clock.wall, last_error=past_offline_limit(72))
    desk.entered.desk.heard(past)
    desk.news.told.emit(past)
    assert "离线已到时限" in desk.window.footer.sync_text
    desk.press("F8", "Alt+3", "Z", "Ctrl+Return")
    desk.until(lambda: "连上服务器" in desk.told)
    assert [one.task_id for one in desk.saved()] == [UPGRADE]
    desk.press("F7")
    desk.settle()
    assert (desk.phone.handed, desk.open_task) == (rung, "")
    desk.entered.desk.heard(msgspec.structs.replace(past, state=SyncState.ONLINE, last_error=None))
    desk.open(LATER)
    assert desk.open_task == LATER


def test_whoever_was_stopped_sees_where_to_sign_in_again(desk: Working, stopped: SyncStatus, qtbot: QtBot) -> None:
    again = desk.window.footer.sign_in
    assert again.isHidden()
    desk.entered.desk.heard(stopped)
    desk.news.told.emit(stopped)
    assert again.isVisible()
    assert (again.text(), again.accessibleName()) == ("重新登录  F12", "重新登录")
    with qtbot.waitSignal(desk.window.signed_out):
        again.click()
    desk.news.told.emit(msgspec.structs.replace(stopped, state=SyncState.ONLINE, last_error=None))
    assert again.isHidden()


def test_a_key_signs_in_again_and_does_nothing_while_the_session_runs(
    desk: Working, stopped: SyncStatus, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(desk.window.signed_out):
        desk.press("F12")
    desk.news.told.emit(stopped)
    with qtbot.waitSignal(desk.window.signed_out):
        desk.press("F12")
