"""The week of the follow-ups: all that is due in one place, moved by key or hand where the customer agreed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from cases_kit import promise_of
from desk_kit import NOW, SU, UPGRADE, Working, city, put
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.desk import errands
from core.desk.agenda import ItemKind, agenda
from core.domain import decoding
from core.domain.clock import CHINA, day_start, local_day
from core.domain.commitment import COMMITMENT, Commitment, CommitmentTold, Rhythm
from core.domain.errand import ERRAND, Errand, ErrandKind, ErrandState, ErrandTold, Stage
from core.domain.errors import InputError
from core.domain.later_event import LATER_EVENT, LATER_MONEY, BoundEvent, LaterEvent, LaterKind
from core.domain.store import STORE_TIME, Slot, StoreTime
from core.domain.task import Task, TaskState
from core.domain.text import Lang, Text
from core.domain.trial_told import TRIAL, TrialTold
from core.wire.errands import CallbackMoved
from core.wire.pull import Change, ContentDocument, Kind
from desktop.followups.alert import ErrandAlert
from desktop.followups.page import FollowUpsPage
from desktop.followups.trial_alert import TrialAlert
from desktop.followups.week_layout import LANES, hours_shown, place
from desktop.shell.pages import FOLLOW_UPS
from desktop.shell.tray import Tray

MONDAY = local_day(NOW) - timedelta(days=local_day(NOW).weekday())
TOMORROW = (NOW.astimezone(CHINA) + timedelta(days=1)).replace(hour=10, minute=30, second=0, microsecond=0)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Working]:
    working = Working(qtbot, qapp, tmp_path / "desk")
    yield working
    working.leave()


def told(kind: str, name: str, value: msgspec.Struct) -> Change:
    document = ContentDocument(kind=kind, name=name, version=1, body=msgspec.Raw(msgspec.json.encode(value)))
    return put(Kind.CONTENT, f"{kind}/{name}", document)


def task_of(task_id: str = UPGRADE) -> Task:
    return city()[1][task_id]


def an_errand(number: int, kind: ErrandKind, **changes: object) -> Change:
    asked = Errand(
        id=UUID(int=number), kind=kind, department="maintenance", text="晚上掉线，请查线路", agent=SU.staff_number,
        at=NOW, customer_id=task_of().customer_id, due_at=TOMORROW if kind is ErrandKind.HOME_VISIT else None,
        consent=True,
    )  # fmt: skip
    values = {
        "errand": asked, "state": ErrandState.IN_PROGRESS, "at": NOW, "answer_by": TOMORROW + timedelta(hours=4),
        "stage": Stage.CONTACTED, "customer": "张**",
    }  # fmt: skip
    return told(ERRAND, str(asked.id), ErrandTold(**(values | changes)))  # type: ignore[arg-type]


def monthly(first: date) -> Change:
    made = Commitment(
        id=UUID(int=50), customer_id=task_of().customer_id, agent=SU.staff_number, scenario="vip-care", text="读账单",
        rhythm=Rhythm.MONTHLY, first_on=first, minute=600, at=NOW,
    )  # fmt: skip
    return told(COMMITMENT, str(made.id), CommitmentTold(commitment=made, customer="张**"))


def called_back() -> Change:
    dated = msgspec.structs.replace(
        task_of(), state=TaskState.FOLLOW_UP, assigned_to=SU.staff_number, callback_at=TOMORROW
    )
    return put(Kind.TASK, dated.id, dated)


def a_full_week(desk: Working) -> FollowUpsPage:
    desk.tells(
        called_back(),
        an_errand(1, ErrandKind.HOME_VISIT),
        an_errand(2, ErrandKind.WORK_ORDER, overdue=True),
        monthly((TOMORROW + timedelta(days=1)).date()),
    )
    desk.press("Ctrl+2", "Alt+W")
    page = desk.window.follow_ups
    desk.until(lambda: len(page.week.grid.blocks) >= 4)
    return page


def test_all_that_is_due_stands_in_the_week(desk: Working) -> None:
    # FOLLOW-04, 05, 08, 10
    page = a_full_week(desk)
    kinds = {one.item.kind for one in page.week.grid.blocks}
    assert {ItemKind.CALLBACK, ItemKind.VISIT, ItemKind.WORK_ORDER, ItemKind.COMMITMENT} <= kinds
    late = [one.item for one in page.week.grid.blocks if one.item.late and one.item.kind is ItemKind.WORK_ORDER]
    assert [one.state.zh for one in late if one.state] == ["超时 · 已联系客户"]


def test_a_callback_moves_by_keys_once_it_is_said_with_whom(desk: Working) -> None:
    page = a_full_week(desk)
    grid = page.week.grid
    grid.choose(UPGRADE)
    desk.press("Ctrl+Down", "Ctrl+Down")
    later = TOMORROW + timedelta(minutes=30)
    assert grid.held == later, "held where it would go"
    assert [chip.isVisible() for chip in page.week.agreed.values()] == [True, True, True]
    desk.press("Esc")
    assert not any(chip.isVisible() for chip in page.week.agreed.values())
    desk.press("Ctrl+Down", "Ctrl+Down", "2")
    desk.until(lambda: [one.item.at for one in grid.blocks if one.item.key == UPGRADE] == [later])
    (item,) = [one for one in desk.store.pending(50) if one.kind == "callback_move"]
    move = decoding.decode(item.body, CallbackMoved).callback_move
    assert (move.before, move.to, move.agreed_with) == (TOMORROW, later, "family")
    assert "已改到" in desk.told


def test_a_time_at_which_no_call_may_be_made_is_not_promised(desk: Working) -> None:
    page = a_full_week(desk)
    page.week.grid.choose(UPGRADE)
    page.week.grid.held = TOMORROW.replace(hour=23)
    page.week.agree(next(iter(page.week.agreed)))
    desk.until(lambda: "不能外呼" in desk.told)
    assert [one for one in desk.store.pending(50) if one.kind == "callback_move"] == []


def test_a_visit_is_dragged_to_another_day(desk: Working) -> None:
    page = a_full_week(desk)
    grid = page.week.grid
    (block,) = [one for one in grid.blocks if one.item.kind is ItemKind.VISIT]
    here = grid.rect_of(block).center().toPoint()
    there = here - QPoint(grid.width() // 8, 0) if block.day else here + QPoint(grid.width() // 8, 0)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=here)
    QTest.mouseMove(grid, there)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=there)
    assert grid.held is not None
    assert abs(grid.held - TOMORROW) == timedelta(days=1)
    grid.held = max(grid.held, NOW + timedelta(hours=2))
    page.week.agreed[next(iter(page.week.agreed))].click()
    desk.until(lambda: any(one.kind == "errand_change" for one in desk.store.pending(50)))
    (standing,) = [one for one in errands.standing(desk.entered.desk) if one.told.errand.id == UUID(int=1)]
    assert standing.unsent


def test_more_than_find_room_stand_behind_the_last(desk: Working) -> None:
    changes = [an_errand(10 + at, ErrandKind.HOME_VISIT) for at in range(5)]
    desk.tells(*changes)
    start = day_start(MONDAY)
    found = agenda(desk.entered.desk, start, start + timedelta(days=14))
    visits = [one for one in found if one.kind is ItemKind.VISIT]
    monday = local_day(TOMORROW) - timedelta(days=local_day(TOMORROW).weekday())
    placed = place(visits, monday, visits[-1].key)
    assert (len(placed), max(one.lane for one in placed), placed[-1].more) == (LANES, LANES - 1, 2)
    assert placed[-1].item.key == visits[-1].key, "the chosen one is in front"
    night = msgspec.structs.replace(visits[0], at=TOMORROW.replace(hour=21, minute=30))
    assert hours_shown([*visits, night]) == (8, 23), "a late one has its whole block in sight"


@pytest.mark.parametrize("lang", list(Lang))
def test_the_list_says_how_departments_commitments_and_later_orders_stand(desk: Working, lang: Lang) -> None:
    # FOLLOW-09, 10, OUTCOME-07, OFFER-06
    desk.tongue.set_lang(lang)
    event = LaterEvent(id="e", kind=LaterKind.ORDERED, customer_id=task_of().customer_id, at=NOW)
    bound = BoundEvent(event=event, outcome_id=uuid4(), scenario="4g-upgrade", agent=SU.staff_number, days=3)
    money = LaterEvent(
        id="m", kind=LaterKind.DEPOSITED, customer_id=task_of().customer_id, at=NOW - timedelta(days=1), fen=10_000
    )
    paid = msgspec.structs.replace(bound, event=money, days=2)
    desk.tells(
        an_errand(2, ErrandKind.WORK_ORDER, overdue=True),
        monthly(date(2026, 12, 5)),
        told(LATER_EVENT, "e", bound),
        told(LATER_MONEY, "m", paid),
    )
    desk.window.stack.show_page(FOLLOW_UPS)
    page = desk.window.follow_ups
    model = page.others.model()
    desk.until(lambda: model.rowCount() == 4)
    cells = [[str(model.index(row, at).data()) for at in (2, 3, 4)] for row in range(4)]
    zh = [
        ["工单", "晚上掉线，请查线路", "超时 · 已联系客户"],
        ["长期约定", "读账单", "每月 5 日 10:00"],
        ["后续成效", "后来办理，通话后 3 天", "—"],
        ["后续成效", "预存已到账 100 元，通话后 2 天", "—"],
    ]
    if lang is Lang.ZH:
        assert cells == zh
    else:
        assert [row[0] for row in cells] == ["Work order", "Commitment", "Later event", "Later event"]
        assert cells[0][2] == "Overdue · Customer contacted"


def a_trial(until: date) -> Change:
    value = TrialTold(
        id=uuid4(), outcome=uuid4(), offer="data-pack", name=Text("流量体验包", "Data trial"),
        customer_id=task_of().customer_id, customer="张**", agent=SU.staff_number, until=until,
    )  # fmt: skip
    return told(TRIAL, str(value.id), value)


def a_store_time() -> Change:
    value = StoreTime(
        id=UUID(int=77), store="S1", name=Text("锦川营业厅", "Jinchuan store"), slot=Slot(begins_at=TOMORROW),
        customer_id=task_of().customer_id, customer="张**", agent=SU.staff_number, what="loan-phone",
        what_name=Text("备用机", "loan phone"), reference="YY-7",
    )  # fmt: skip
    return told(STORE_TIME, str(value.id), value)


@pytest.mark.parametrize("lang", list(Lang))
def test_promises_trials_and_times_at_stores_stand_in_list_and_week(desk: Working, lang: Lang) -> None:
    # FOLLOW-07, CHANNEL-02, VIP-11
    desk.tongue.set_lang(lang)
    promise = promise_of(UPGRADE, "查清上月账单", TOMORROW + timedelta(hours=1))
    desk.tells(promise, a_trial(TOMORROW.date()), a_store_time())
    desk.window.stack.show_page(FOLLOW_UPS)
    page = desk.window.follow_ups
    model = page.others.model()
    desk.until(lambda: model.rowCount() == 3)
    cells = [[str(model.index(row, at).data()) for at in (1, 2, 3, 4)] for row in range(3)]
    assert len({row[0] for row in cells}) == 1, "all are of one customer"
    assert "*" not in cells[0][0], "who is on this desk is named in full"
    told_so = [row[1:] for row in cells]
    assert (
        told_so
        == {
            Lang.ZH: [
                ["到期", "流量体验包", "还有 1 天"],
                ["营业厅", "锦川营业厅，留 备用机", "已约，YY-7"],
                ["承诺", "查清上月账单", "未到期"],
            ],
            Lang.EN: [
                ["Ends", "Data trial", "1 d left"],
                ["Store", "Jinchuan store, keeps loan phone", "booked, YY-7"],
                ["Promise", "查清上月账单", "Open"],
            ],
        }[lang]
    )
    start = day_start(MONDAY)
    found = agenda(desk.entered.desk, start, start + timedelta(days=14))
    kinds = [one.kind for one in found if one.customer_id == task_of().customer_id and one.key != UPGRADE]
    assert sorted(kinds) == sorted([ItemKind.PROMISE, ItemKind.TRIAL, ItemKind.STORE_TIME])
    page.others.setFocus()
    page.others.setCurrentIndex(model.index(1, 0))
    desk.press("Return")
    desk.until(lambda: desk.open_task == UPGRADE)


def at_once(
    work: Callable[[], Any],
    done: Callable[[Any], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    assert done is not None
    done(work())


def test_a_trial_that_is_about_to_end_is_told_before_and_on_its_day(desk: Working) -> None:
    # FOLLOW-07: whoever looks after it by now, not only the desk that sold it.
    desk.tells(a_trial(TOMORROW.date()))
    said: list[str] = []
    alert = TrialAlert(
        desk.entered.desk, desk.tongue, lane=at_once, tray=Tray(desk.window),
        say=lambda text, _: said.append(text.zh), open_page=lambda: None, parent=desk.window,
    )  # fmt: skip
    for _ in range(2):
        alert.look()
    desk.clock.pass_(24 * 3600)
    for _ in range(2):
        alert.look()
    assert ["还有 1 天" in one for one in said] == [True, False]
    assert "今天到期" in said[1]
    assert "流量体验包" in said[1]
    desk.clock.pass_(24 * 3600)
    alert.look()
    assert len(said) == 2


def test_what_is_asked_here_stands_in_the_list_before_the_server_has_it(desk: Working) -> None:
    # FOLLOW-09, INTEG-04
    at_desk = desk.entered.desk
    errands.ask(at_desk, kind=ErrandKind.FEEDBACK, department="network", text="割接后漫游短信丢失")
    (one,) = errands.standing(at_desk)
    assert (one.unsent, one.told.state) == (True, ErrandState.WAITING)
    for wrong in ({"text": ""}, {"text": "请打 10012345678"}, {"department": "team"}):
        with pytest.raises(InputError):
            errands.ask(
                at_desk,
                **({"kind": ErrandKind.FEEDBACK, "department": "network", "text": "x"} | wrong),  # type: ignore[arg-type]
            )


def on_a_callback(desk: Working) -> FollowUpsPage:
    desk.tells(called_back())
    desk.press("Ctrl+2")
    page = desk.window.follow_ups
    desk.until(lambda: page.callbacks.model().rowCount() > 0)
    page.callbacks.setFocus()
    page.callbacks.setCurrentIndex(page.callbacks.model().index(0, 0))
    return page


def on_the_first_other(desk: Working, page: FollowUpsPage) -> None:
    desk.until(lambda: page.others.model().rowCount() == 1)
    page.others.setFocus()
    page.others.setCurrentIndex(page.others.model().index(0, 0))


def test_a_work_order_is_sent_for_the_chosen_customer_by_keys(desk: Working) -> None:
    # INTEG-04, TASK-12
    page = on_a_callback(desk)
    desk.press("Alt+1")
    desk.until(lambda: page.composer.isVisible() and page.composer.pick.count() > 2)
    page.composer.pick.setCurrentIndex(page.composer.pick.findData("maintenance"))
    desk.type("Call 10012345678")
    desk.press("Return")
    desk.until(lambda: "不要写号码" in desk.read(page.composer))
    page.composer.line.clear()
    desk.type("no signal at night")
    desk.press("Return")
    desk.until(lambda: not page.composer.isVisible())
    (standing,) = errands.standing(desk.entered.desk)
    asked = standing.told.errand
    assert (asked.department, asked.text, bool(asked.customer_id)) == ("maintenance", "no signal at night", True)
    on_the_first_other(desk, page)
    assert "no signal at night · 待派出 · 派单" in desk.read(page)
    desk.press("Alt+7")
    desk.until(lambda: "升级给您" in desk.told)
    desk.press("Alt+6")
    desk.until(lambda: any(one.kind == "errand_change" for one in desk.store.pending(50)))


def test_what_an_agent_passed_on_is_answered_by_keys(desk: Working) -> None:
    # TASK-12
    passed = Errand(
        id=UUID(int=9), kind=ErrandKind.ESCALATION, department="team_lead", text="客户要求回电", agent="2043", at=NOW,
        customer_id=task_of().customer_id,
    )  # fmt: skip
    page = on_a_callback(desk)
    desk.tells(told(ERRAND, str(passed.id), ErrandTold(
        errand=passed, state=ErrandState.SUBMITTED, at=NOW, answer_by=TOMORROW
    )))  # fmt: skip
    on_the_first_other(desk, page)
    desk.press("Alt+7")
    desk.until(page.composer.isVisible)
    page.composer.pick.setCurrentIndex(page.composer.pick.findData("refused"))
    desk.press("Return")
    desk.until(lambda: "坐席要讲给客户听" in desk.read(page.composer))
    desk.type("call made")
    desk.press("Return")
    desk.until(lambda: [one.kind for one in desk.store.pending(50)][-1:] == ["errand_verdict"])


def test_a_standing_commitment_is_made_and_ended_by_keys(desk: Working) -> None:
    # FOLLOW-10
    page = on_a_callback(desk)
    desk.press("Alt+4")
    desk.until(lambda: page.composer.isVisible())
    page.composer.pick.setCurrentIndex(page.composer.pick.findData(Rhythm.MONTHLY.value))
    desk.type("read the bill")
    desk.press("Return")
    on_the_first_other(desk, page)
    desk.press("Alt+6")
    desk.until(lambda: page.others.model().rowCount() == 0)
    kinds = [one.kind for one in desk.store.pending(50)]
    assert [kind for kind in kinds if kind.startswith("commitment")] == ["commitment", "commitment_end"]


def test_offline_no_store_is_promised(desk: Working) -> None:
    # CHANNEL-02, INTEG-05
    on_a_callback(desk)
    desk.press("Alt+5")
    desk.until(lambda: "还没有预约" in desk.told)


def test_what_a_department_refused_is_told_once(desk: Working) -> None:
    # TASK-12
    desk.tells(an_errand(2, ErrandKind.WORK_ORDER))
    desk.until(lambda: desk.window.findChild(ErrandAlert) is not None)
    desk.settle()
    desk.tells(an_errand(2, ErrandKind.WORK_ORDER, state=ErrandState.REFUSED, reason=Text("端口已满", "no port")))
    desk.until(lambda: desk.told == "工单（张**）：已退单：端口已满")
