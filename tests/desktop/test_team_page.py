"""The lead's page of the team: the board of a real server, tasks moved by keys, one list of all that waits."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from desk_kit import NOW, Working
from msgspec import structs
from PySide6.QtWidgets import QMainWindow
from requests_kit import a_request, comes, told

from core.desk.desk import Desk
from core.desk.errands import Standing
from core.desk.leading import keep_board
from core.domain.authority import RequestState
from core.domain.errand import Errand, ErrandKind, ErrandState, ErrandTold
from core.domain.errors import Refused, ServerUnreachable
from core.domain.moving import Stays
from core.domain.people import Role
from core.domain.presence import AgentState, Seen
from core.domain.task import Tier
from core.domain.text import Lang, Text
from core.wire.team import (
    AgentToday,
    DeskTask,
    DeskTasks,
    Held,
    Left,
    Moved,
    MoveTasks,
    RefusedRecord,
    ScenarioToday,
    SetTarget,
    TeamBoard,
)
from desktop.keys.leading import Lead
from desktop.shell import pages
from desktop.shell.page import PageContext
from desktop.team import inbox, words
from desktop.team.page import TeamPage


class Asked:
    """Stands in for the questions to the server; notes what it was asked to do."""

    def __init__(self) -> None:
        self.moves: list[MoveTasks] = []
        self.targets: list[SetTarget] = []
        self.away = False
        self.answer = Moved(moved=("T1",))
        self.board = BOARD

    def team_board(self) -> TeamBoard:
        if self.away:
            raise unreachable()
        return self.board

    def desk_tasks(self, staff_number: str) -> DeskTasks:
        if self.away:
            raise unreachable()
        return DeskTasks(staff_number=staff_number, tasks=TASKS if staff_number == "2043" else ())

    def move_tasks(self, asked: MoveTasks) -> Moved:
        self.moves.append(asked)
        return self.answer

    def set_target(self, asked: SetTarget) -> TeamBoard:
        self.targets.append(asked)
        return BOARD

    def waiting_tips(self) -> list[Any]:
        if self.away:
            raise unreachable()
        return []


def unreachable() -> ServerUnreachable:
    return ServerUnreachable(title=Text("连不上", "Away"), message=Text("。", "."), next_step=Text("。", "."))


def an_agent(staff_number: str, name: str, **changes: Any) -> AgentToday:
    values: dict[str, Any] = {
        "role": Role.OUTBOUND_REPRESENTATIVE,
        "team": "spring",
        "state": AgentState.IN_CALL,
        "since": NOW - timedelta(minutes=4),
        "seen": Seen.HERE,
        "heard_at": NOW,
        "skills": ("4g-upgrade", "broadband-disconnect"),
        "calls_target": 80,
    }
    return AgentToday(staff_number=staff_number, name=name, **(values | changes))


BOARD = TeamBoard(
    at=NOW,
    agents=(
        an_agent(
            "2043", "何俊", remaining=30, overdue=2, callbacks=1,
            scenarios=(ScenarioToday(scenario="4g-upgrade", calls=10, connects=5, owners=4, successes=2,
                                     target_calls=40, target_successes=2),),
        ),
        an_agent("2044", "方晓琳", seen=Seen.UNHEARD, heard_at=NOW - timedelta(minutes=12), remaining=12),
        an_agent("2045", "郭志远", seen=Seen.NEVER, state=None, since=None),
    ),
)  # fmt: skip
TASKS = tuple(
    DeskTask(task_id=f"T{n}", name="吴文静", tier=Tier.NONE, scenario="4g-upgrade", reason=Text("流量超套", "Over"),
             due_at=NOW + timedelta(hours=n))
    for n in (1, 2, 3)
)  # fmt: skip


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(desk: Working, asked: Asked) -> Iterator[TeamPage]:
    made = TeamPage(_context(desk, asked))
    host = QMainWindow()
    host.setCentralWidget(made)
    host.resize(1346, 700)
    host.show()
    host.activateWindow()
    made.refresh()
    desk.until(lambda: made.presenter.board is not None and made.presenter.tasks is not None)
    yield made
    host.hide()
    host.deleteLater()


def _context(desk: Working, asked: Asked) -> PageContext:
    window = desk.window
    window.entered.ask = asked  # type: ignore[assignment]
    shown: list[object] = []
    return PageContext(
        entered=window.entered, config=desk.config, tongue=desk.tongue, store_lane=window._lanes.store,
        network_lane=window._lanes.network, heavy_lane=partial(window._jobs.heavy, window),
        scenarios=list,
        scenario_name=lambda name: Text("4G 升级", "4G upgrade"), say=window.say,
        show_error=window.show_error, open_task=lambda _: None, requests=window._authority.requests,
        online=lambda: True, in_call=lambda: False, desk=None, diagnostics=None,  # type: ignore[arg-type]
        config_taken=lambda: None, sign_out=lambda: None, show_page=shown.append,
    )  # fmt: skip


def test_the_board_says_who_does_what_and_who_is_silent(page: TeamPage) -> None:
    # KPI-02, ROLE-02
    first, silent, never = page._model.words()
    assert "通话中 · 4 分" in first
    assert "10/80" in first
    assert "失联 12 分（通话中）" in silent
    assert "今天未登录" in never
    assert [tile.value for tile in page._tiles.tiles()][:3] == ["1/3", "42", "2"]
    assert page.scenarios.words() == ["4G 升级 10/40 50% 2/2 —"]


def test_chosen_tasks_go_to_another_desk_by_a_key(page: TeamPage, desk: Working, asked: Asked) -> None:
    # TASK-18
    card = page.desk_card
    card.move_chosen()
    assert asked.moves == []
    card.table.selectRow(1)
    card.to.setCurrentIndex(1)
    desk.press("Alt+1")
    desk.until(lambda: bool(asked.moves))
    assert asked.moves == [MoveTasks(holder="2043", task_ids=("T2",), to="2044")]
    desk.until(lambda: "已调走 1 个任务" in desk.told)


def test_the_desks_to_choose_from_say_what_lies_there_now(page: TeamPage, desk: Working, asked: Asked) -> None:
    # TASK-18: after a move as much as before, and the desk that was chosen stays chosen
    card = page.desk_card
    card.to.setCurrentIndex(2)
    assert [card.to.itemText(at) for at in (1, 2)] == ["方晓琳 2044 · 12", "郭志远 2045 · 0"]
    asked.board = structs.replace(BOARD, agents=(*BOARD.agents[:2], structs.replace(BOARD.agents[2], remaining=1)))
    card.table.selectRow(1)
    desk.press("Alt+1")
    desk.until(lambda: card.to.itemText(2) == "郭志远 2045 · 1")
    assert card.to.currentData() == "2045"


def test_an_absentees_everything_goes_once_it_was_said_twice(page: TeamPage, desk: Working, asked: Asked) -> None:
    # TASK-18
    page.desk_card.absent()
    assert asked.moves == []
    assert "3 个全部调走" in page.desk_card.buttons[Lead.ABSENT].text()
    page.desk_card.absent()
    desk.until(lambda: bool(asked.moves))
    assert asked.moves == [MoveTasks(holder="2043", away=True)]


def test_choosing_somebody_else_takes_the_first_press_back(page: TeamPage, desk: Working, asked: Asked) -> None:
    page.desk_card.absent()
    page.table.selectRow(1)
    desk.until(lambda: page.presenter.tasks == ())
    page.desk_card.absent()
    assert asked.moves == []


def test_what_stays_is_told_with_the_reason(page: TeamPage, desk: Working, asked: Asked) -> None:
    asked.answer = Moved(moved=("T1",), left=(Left(task_id="T2", why=Stays.SKILL),))
    page.desk_card.table.selectAll()
    page.desk_card.move_chosen()
    desk.until(lambda: "1 个没有调：此人没有该场景的认证" in desk.told)


# TASK-16
def test_what_holds_the_calls_is_told_with_the_move(page: TeamPage, desk: Working, asked: Asked) -> None:
    why = Text(
        "客户要求这段时间免扰。最早今天 18:00。", "The customer asked for no calls at this hour. Earliest today 18:00."
    )
    asked.answer = Moved(moved=("T1",), held=(Held(task_id="T1", why=why),))
    page.desk_card.table.selectAll()
    page.desk_card.move_chosen()
    desk.until(lambda: "其中 1 个暂不能拨：客户要求这段时间免扰。最早今天 18:00。" in desk.told)


def test_a_target_is_set_for_the_agent_in_view(page: TeamPage, desk: Working, asked: Asked) -> None:
    card = page.desk_card
    assert (card.calls.value(), card.successes.value()) == (40, 2)
    card.calls.setValue(45)
    card.set_target()
    desk.until(lambda: bool(asked.targets))
    assert asked.targets == [SetTarget(staff_number="2043", scenario="4g-upgrade", calls=45, successes=2)]


def test_without_the_server_the_last_known_board_stays_with_its_age(
    page: TeamPage, desk: Working, asked: Asked
) -> None:
    asked.away = True
    page.refresh()
    desk.until(lambda: "连不上服务器 · 截至 10:00" in page._board_card.note)
    assert len(page._model.words()) == 3
    # The tasks of a desk are the server's alone: nobody waits for them to be read.
    page.presenter.choose("2044")
    desk.until(lambda: page.desk_card.table.empty_words == words.NEEDS_SERVER.zh)
    again = TeamPage(_context(desk, asked))
    again.refresh()
    desk.until(lambda: again.presenter.board == BOARD)
    again.deleteLater()


def test_one_list_holds_all_that_waits_and_opens_its_place(page: TeamPage, desk: Working, asked: Asked) -> None:
    # ROLE-02
    comes(desk, told(a_request(reason="老客户，再送一年"), RequestState.WAITING))
    page.inbox.load()
    desk.until(lambda: bool(page.inbox.rows))
    assert page.inbox.list.words() == ["权限申请 · 老客户，再送一年 · 苏梅 · 刚刚"]
    chosen: list[object] = []
    page.inbox._context = structs.replace(page.inbox._context, show_page=chosen.append)
    page.inbox.open(0)
    assert chosen == [pages.REQUESTS]


def test_disputes_and_what_was_passed_on_stand_in_the_same_list(
    page: TeamPage, desk: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    # QA-01, FOLLOW-09
    asked = Errand(
        id=uuid4(), kind=ErrandKind.FEEDBACK, department="network", text="三号楼信号弱", agent="2043",
        at=NOW - timedelta(hours=3),
    )  # fmt: skip
    told_of = ErrandTold(
        errand=asked, state=ErrandState.SUBMITTED, at=NOW, answer_by=NOW + timedelta(days=1), agent_name="何俊"
    )
    monkeypatch.setattr(inbox, "standing", lambda _: [Standing(told=told_of)])
    page.inbox.load()
    desk.until(lambda: page.inbox.list.words() == ["反馈 · 三号楼信号弱 · 何俊 · 3 小时"])
    assert [source.page() for source in inbox.SOURCES[2:5]] == [pages.QUALITY, pages.FOLLOW_UPS, pages.QUALITY]


def test_news_of_the_board_take_no_first_press_back(page: TeamPage, desk: Working, asked: Asked) -> None:
    page.desk_card.absent()
    page.presenter.load()
    desk.settle()
    page.desk_card.absent()
    desk.until(lambda: bool(asked.moves))


def test_it_speaks_english(page: TeamPage, desk: Working) -> None:
    desk.tongue.set_lang(Lang.EN)
    assert "Silent 12 min (In call)" in page._model.words()[1]
    assert page.desk_card.table.accessibleName() == "On the desk"


def test_a_board_of_another_version_is_no_obstacle(desk: Working) -> None:
    from core.desk.leading import known_board
    from core.store.settings import TEAM_BOARD

    mine: Desk = desk.entered.desk
    assert known_board(mine) is None
    keep_board(mine, BOARD)
    assert known_board(mine) == BOARD
    desk.store.put_setting(TEAM_BOARD, '{"at": 1}')
    assert known_board(mine) is None


def test_a_refusal_of_one_source_keeps_the_others(page: TeamPage, desk: Working, asked: Asked) -> None:
    def refuse() -> list[Any]:
        raise Refused(code="forbidden", title=Text("。", "."), message=Text("。", "."), next_step=Text("。", "."))

    asked.waiting_tips = refuse  # type: ignore[method-assign]
    page.inbox.load()
    desk.settle()
    assert page.inbox.list.empty_words == "没有事情在等您。"


def test_only_leads_see_the_page() -> None:
    assert pages.TEAM in pages.pages_seen_by(Role.TEAM_LEAD).values()
    assert pages.pages_seen_by(Role.TEAM_LEAD)["Ctrl+Shift+4"] is pages.TEAM
    assert pages.TEAM not in pages.pages_seen_by(Role.OUTBOUND_REPRESENTATIVE).values()


def test_a_refused_record_waits_for_the_lead_and_brings_its_agent_into_view(
    page: TeamPage, desk: Working, asked: Asked
) -> None:
    # ROLE-02, TASK-18
    why = Text("场景里没有这个通话结果", "The scenario has no such result")
    record = RefusedRecord(staff_number="2044", name="方晓琳", customer="吴**", since=NOW - timedelta(hours=1), why=why)
    asked.board = structs.replace(BOARD, at=NOW + timedelta(seconds=15), refused=(record,))
    page.refresh()
    desk.until(lambda: any(one.agent for one in page.inbox.rows))
    at = next(at for at, one in enumerate(page.inbox.rows) if one.agent)
    assert "吴**：场景里没有这个通话结果 · 方晓琳" in page.inbox.list.words()[at]
    page.inbox.open(at)
    assert page.presenter.chosen == "2044"
