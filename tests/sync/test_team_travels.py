"""A lead's day through a real server process: states told by desks, tasks that change desks, a portfolio pulled."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from news_kept import News
from rough_server import ANNA
from server_process import ServerProcess

from core.calling import Moment
from core.demo.people import CAMPAIGNS, DISCONNECT, UPGRADE, VIP
from core.demo.world import World
from core.desk.attendance import Attendance
from core.desk.desk import Desk
from core.domain.call import CallRecord, CallState, Direction
from core.domain.clock import utc_now
from core.domain.errors import Refused
from core.domain.outcome import Contact, Outcome
from core.domain.people import Agent, Role
from core.domain.presence import AgentState, Seen
from core.domain.task import Task
from core.server.portfolios import tell_portfolios
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import QueueQuery, QueueRow, SavedRow, UploadState
from core.sync.ask import Ask
from core.sync.sign_in import sign_in_online
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.push import Saved
from core.wire.session import Site
from core.wire.team import MoveTasks

PASSWORD = "stayline-demo"
SKILLS = (VIP, DISCONNECT, UPGRADE, *CAMPAIGNS)
ME = msgspec.structs.replace(ANNA, skills=SKILLS, areas=(), role=Role.VIP_SPECIALIST)
BEN = msgspec.structs.replace(ME, staff_number="2044", name="贝")
LEAD = msgspec.structs.replace(ME, staff_number="2050", role=Role.TEAM_LEAD)
MANAGER = msgspec.structs.replace(ME, staff_number="1101", role=Role.PHONE_ACCOUNT_MANAGER)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        for who in (ME, BEN, LEAD, MANAGER):
            running.add_user(who, PASSWORD)
        running.publish_content()
        world = World(seed=7, customers=60, tasks=60)
        documents, tasks = list(world.documents()), {one.customer_id: one for one in world.tasks()}
        running.load([(one, _mine(tasks.get(one.id))) for one in documents])
        tell_portfolios(running.database)
        yield running


def _mine(task: Task | None) -> Task | None:
    """The city's tasks that are anybody's lie on one desk."""
    if task is None or not task.assigned_to or task.block is not None:
        return None
    return msgspec.structs.replace(task, assigned_to=ME.staff_number)


class Sitting:
    """One signed-in desk with its own store and sync."""

    def __init__(self, server: ServerProcess, folder: Path, who: Agent) -> None:
        self.store: Store = open_store(folder / who.staff_number, StoreKey("5a" * 32))
        if who.role is Role.PHONE_ACCOUNT_MANAGER:
            self.store.keep_portfolio_of(who.staff_number)
        self.transport, self.news = Transport(server.url, read_s=20), News()
        sign_in_online(self.store, self.transport, who.staff_number, PASSWORD)
        self.syncer = Syncer(self.store, self.transport, self.news, poll_s=600)
        site = Site(name_zh="江城客服", name_en="River City", official_hotline="10000")
        self.desk = Desk(store=self.store, agent=who, site=site, moment=lambda: Moment(utc_now(), 0.0))
        self.ask = Ask(self.store, self.transport)

    def round(self) -> None:
        """Pushes and pulls once, here and now."""
        self.syncer._round_and_pause()

    def close(self) -> None:
        self.syncer.stop()
        self.store.close()


@pytest.fixture(scope="module")
def sit(server: ServerProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Sitting]]:
    folder = tmp_path_factory.mktemp("desks")
    sitting = {who.staff_number: Sitting(server, folder, who) for who in (ME, BEN, LEAD, MANAGER)}
    yield sitting
    for one in sitting.values():
        one.close()


def test_the_lead_sees_what_a_desk_does_once_it_has_spoken(sit: dict[str, Sitting]) -> None:
    # KPI-02
    mine, lead = sit[ME.staff_number], sit[LEAD.staff_number]
    attendance = Attendance(mine.desk)
    attendance.follow(CallState.IN_CALL)
    mine.round()
    board = {one.staff_number: one for one in lead.ask.team_board().agents}
    assert (board[ME.staff_number].state, board[ME.staff_number].seen) == (AgentState.IN_CALL, Seen.HERE)
    attendance.follow(CallState.WRAP_UP)
    attendance.toggle(AgentState.BREAK)
    attendance.follow(CallState.SAVED)
    mine.round()
    board = {one.staff_number: one for one in lead.ask.team_board().agents}
    assert board[ME.staff_number].state is AgentState.BREAK
    assert mine.store.pending(10) == []


def test_an_absentees_tasks_reach_the_other_desk_and_unsent_work_stays_a_record(sit: dict[str, Sitting]) -> None:
    # TASK-18
    mine, bens, lead = sit[ME.staff_number], sit[BEN.staff_number], sit[LEAD.staff_number]
    mine.round()
    held = lead.ask.desk_tasks(ME.staff_number).tasks
    first = mine.store.task(held[0].task_id)
    assert first is not None
    unsent = Outcome(
        id=uuid4(), task_id=first.id, lease_epoch=first.lease_epoch, customer_id=first.customer_id,
        agent=ME.staff_number, scenario=first.scenario, script_version=1, result="busy", contact=Contact.UNANSWERED,
        call=CallRecord(direction=Direction.OUTBOUND, number="10000000001", dialled_at=utc_now()),
        recorded_at=utc_now(),
    )  # fmt: skip
    mine.store.save(Saved(outcome=unsent))
    done = lead.ask.move_tasks(MoveTasks(holder=ME.staff_number, to=BEN.staff_number, away=True))
    assert set(done.moved) == {one.task_id for one in held}
    bens.round()
    assert {one.task_id for one in held} <= {row.task_id for row in _rows(bens)}
    mine.round()
    assert _rows(mine) == []
    assert mine.store.customer(first.customer_id) is None
    kept: list[SavedRow] = mine.store.saved_between(utc_now() - timedelta(hours=1), utc_now() + timedelta(hours=1))
    assert [(row.outcome_id, row.upload) for row in kept] == [(unsent.id, UploadState.SUPERSEDED)]


def test_a_portfolio_comes_with_the_pull_and_its_customers_can_be_called(sit: dict[str, Sitting]) -> None:
    # TASK-05
    managers = sit[MANAGER.staff_number]
    managers.round()
    rows = managers.store.portfolio()
    assert rows
    assert all(managers.store.customer(row.customer_id) is not None for row in rows)
    with pytest.raises(Refused):
        managers.ask.team_board()


def _rows(sitting: Sitting) -> list[QueueRow]:
    return list(sitting.store.queue(QueueQuery(now=utc_now()), offset=0, limit=500))
