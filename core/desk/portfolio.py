"""My customers: the named portfolio of a phone account manager, with what is to be done for each (TASK-05)."""

from datetime import date, datetime

from msgspec import Struct

from core.desk.desk import Desk
from core.desk.taskless import key_of
from core.domain.clock import day_start, local_day
from core.domain.portfolio import ENDS_SOON, PortfolioRow, coverage, next_end
from core.store.types import QueueQuery, QueueRow

_TASKS_MOST = 5_000


class Managed(Struct, frozen=True, kw_only=True):
    """One customer as the list shows them today."""

    row: PortfolioRow
    reached_at: datetime | None
    """the last talk, this desk's own included"""
    covered: bool
    """there was one this month"""
    due_at: datetime | None
    """what is next: a promised callback, or the term of the task"""
    callback: bool
    """it is a promised callback"""
    ends_on: date | None
    key: str
    """opens the customer on the desk: the task, or a call without one"""


class Figures(Struct, frozen=True, kw_only=True):
    customers: int
    covered: int
    warned: int
    ending: int
    """contracts that end within 60 days"""
    due: int
    """a task or a callback waits"""
    spend_fen: int | None
    """mean monthly bill of those with one (KPI-06)"""


class Portfolio(Struct, frozen=True, kw_only=True):
    customers: tuple[Managed, ...]
    figures: Figures


def look(desk: Desk) -> Portfolio:
    """Reads the store alone: for the lane."""
    now = desk.moment().wall
    today = local_day(now)
    month = day_start(today.replace(day=1))
    here = desk.store.reached_here(month)
    tasks = _tasks(desk, now)
    scenario = _scenario(desk)
    customers = tuple(
        _managed(row, here.get(row.customer_id), tasks.get(row.customer_id), today, month, scenario)
        for row in desk.store.portfolio()
    )
    return Portfolio(customers=customers, figures=_figures(customers, today, month))


def _managed(
    row: PortfolioRow, here: datetime | None, task: QueueRow | None, today: date, month: datetime, scenario: str
) -> Managed:
    reached = max((at for at in (row.reached_at, here) if at is not None), default=None)
    return Managed(
        row=row,
        reached_at=reached,
        covered=reached is not None and reached >= month,
        due_at=(task.callback_at or task.later_until or task.due_at) if task else None,
        callback=task is not None and task.callback_at is not None,
        ends_on=next_end(row, today),
        key=task.task_id if task else key_of(row.customer_id, scenario),
    )


def _figures(customers: tuple[Managed, ...], today: date, month: datetime) -> Figures:
    covered, count = coverage((one.reached_at for one in customers), month)
    spends = [one.row.spend_fen for one in customers if one.row.spend_fen is not None]
    return Figures(
        customers=count,
        covered=covered,
        warned=sum(one.row.warning is not None for one in customers),
        ending=sum(one.ends_on is not None and one.ends_on <= today + ENDS_SOON for one in customers),
        due=sum(one.due_at is not None for one in customers),
        spend_fen=sum(spends) // len(spends) if spends else None,
    )


def _tasks(desk: Desk, now: datetime) -> dict[str, QueueRow]:
    """Of each customer the task that comes first in the queue; what was saved here counts already."""
    found: dict[str, QueueRow] = {}
    for one in desk.store.queue(QueueQuery(now=now), offset=0, limit=_TASKS_MOST):
        found.setdefault(one.customer_id, one)
    return found


def _scenario(desk: Desk) -> str:
    """Of a call without a task: one that the manager is certified for."""
    known = desk.scenarios()
    return next((name for name in desk.agent.skills if name in known), known[0] if known else "")
