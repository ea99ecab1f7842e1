"""What one customer asks for (VIP-03, TASK-16), from what is known of them: the rest after a complaint, the hours in
which they want no calls, and none to sell them something. The desk and the server ask here alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.calendar import MINUTES_A_DAY, Window
from core.domain.customer import Ticket
from core.domain.task import Task, TaskType
from core.domain.task_types import made_to_sell, usual_type

CONSENT = "marketing_consent"
"""the indicator by which other systems tell it"""


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
    promised = task.callback_at is not None and task.callback_agreed
    return task.type is TaskType.COMPLAINT_REVISIT or promised or task.owed


def consent_withheld(indicators: Mapping[str, object]) -> bool:
    """Whether the record says that the customer agrees to no commercial calls. Where it says nothing they were asked at
    the contract, which other systems keep: only a refusal reaches this one."""
    return indicators.get(CONSENT) is False


def needs_consent(withheld: bool, task: Task | None, *, scenario: str = "") -> bool:
    """Whether a call lacks a consent that it wants: one made to sell, to who withheld it, and did not ask for it.
    Without a task: by the scenario that the agent chose."""
    if not withheld or awaited(task, scenario=scenario):
        return False
    return made_to_sell(scenario or (task.scenario if task else ""), task.type if task else None)


def quiet_of(spans: Iterable[Window]) -> tuple[Window, ...]:
    """Those that are stretches of a day; what a list got wrong is left out."""
    return tuple(one for one in spans if 0 <= one.from_min < one.until_min <= MINUTES_A_DAY)
