"""Do-not-disturb moments of one customer (VIP-03, TASK-16), from what is known of them: the rest after a complaint, and
the hours in which they asked for no calls. The desk and the server ask here alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.calendar import MINUTES_A_DAY, Window
from core.domain.customer import Ticket
from core.domain.task import Task, TaskType
from core.domain.task_types import usual_type


@dataclass(frozen=True, kw_only=True, slots=True)
class Rest:
    """The customer complained, and is called about nothing else."""

    until: datetime | None
    """aware UTC; None: for as long as the complaint is open"""


def rest_of(tickets: Iterable[Ticket], *, now: datetime, days: int) -> Rest | None:
    """What a complaint that is open, or was closed less than `days` ago, asks for; none where `days` is 0. As it stood
    at `now`: what was told of later does not count."""
    if days <= 0:
        return None
    mine = [one for one in tickets if one.complaint and one.opened_at <= now]
    if any(one.closed_at is None or one.closed_at > now for one in mine):
        return Rest(until=None)
    ends = [one.closed_at + timedelta(days=days) for one in mine if one.closed_at is not None]
    last = max(ends, default=None)
    return Rest(until=last) if last is not None and last > now else None


def awaited(task: Task | None, *, scenario: str = "", in_repair: bool = False) -> bool:
    """Whether the customer has something from the call, so that no complaint stands against it: it is about the
    complaint itself, or something was promised to them, or they asked for it. Without a task: by the scenario that the
    agent chose, or because the customer has a repair case."""
    if task is None:
        return in_repair or (scenario != "" and usual_type(scenario) is TaskType.COMPLAINT_REVISIT)
    return task.type is TaskType.COMPLAINT_REVISIT or task.callback_at is not None or task.besides or task.owed


def quiet_of(spans: Iterable[Window]) -> tuple[Window, ...]:
    """Those that are stretches of a day; what a list got wrong is left out."""
    return tuple(one for one in spans if 0 <= one.from_min < one.until_min <= MINUTES_A_DAY)
