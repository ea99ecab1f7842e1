"""What the past three months' calls were made for, and what became of the customers: tasks long done, and who left."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from core.demo.calls import PastDial, past_calls
from core.demo.people import DISCONNECT, UPGRADE
from core.demo.profile import Profile, profile
from core.demo.results import DISCONNECTED, HESITANT, SCENARIO_LABELS
from core.demo.rng import Purpose, stream
from core.demo.today import Today, moment
from core.domain.clock import local_day
from core.domain.outcome import Contact
from core.domain.task import Task, TaskCustomer, TaskState
from core.domain.task_types import usual_type
from core.domain.text import Text

_LEAVES = {DISCONNECT: 0.85, UPGRADE: 0.22}
_LEAVES_ELSE = 0.36
_STAYED, _WAVERED = 0.3, 0.75
"""how much likelier than after a refusal one leaves who agreed, or who wavered"""
_MEAN_DAYS = 11
_GIVEN_AT = 8 * 60 + 30
_UNDIALLED = 0.16
"""so many more tasks were given out than anybody dialled"""


class PastTask(Struct, frozen=True, kw_only=True):
    task: Task
    given_at: datetime
    """when it came to the desk for the first time"""
    campaign: str
    """the list that it came with"""


def task_of(index: int, call: PastDial) -> str | None:
    """Id of the task that a past call was made for; None where it was made without one."""
    return f"P{index + 1:07d}-{call.wave}" if call.wave else None


def past_tasks(seed: int, index: int, today: Today) -> Iterator[PastTask]:
    """The tasks of a customer's past calls, and now and then one that nobody came to dial."""
    who = profile(seed, index, today)
    first: dict[int, PastDial] = {}
    for call in past_calls(seed, who, today):
        if call.wave:
            first.setdefault(call.wave, call)
    rng = stream(seed, index, Purpose.PAST_WORK)
    for call in first.values():
        yield _task(who, call, str(task_of(index, call)), TaskState.DONE)
        if rng.random() < _UNDIALLED:
            yield _task(who, call, f"{task_of(index, call)}x", TaskState.EXPIRED)


def left_on(seed: int, index: int, today: Today) -> tuple[str, date] | None:
    """Id of the customer and the day, where they left the net: mostly who said so or was not won over, never one of
    the cast."""
    who = profile(seed, index, today)
    calls = [call for call in past_calls(seed, who, today) if call.contact is Contact.OWNER]
    if not calls or who.part.scenario:
        return None
    last, rng = calls[-1], stream(seed, index, Purpose.LEFT)
    chance = _LEAVES.get(last.scenario, _LEAVES_ELSE)
    chance *= _STAYED if last.success else _WAVERED if last.ending is HESITANT else 1.0
    if last.ending is not DISCONNECTED and rng.random() > chance:
        return None
    day = local_day(last.at) + timedelta(days=1 + int(rng.expovariate(1 / _MEAN_DAYS)))
    return (who.id, day) if day < today.day else None


def _task(who: Profile, call: PastDial, task_id: str, state: TaskState) -> PastTask:
    day = local_day(call.at)
    label = SCENARIO_LABELS[call.scenario]
    task = Task(
        id=task_id,
        customer_id=who.id,
        type=usual_type(call.scenario),
        scenario=call.scenario,
        state=state,
        priority=5,
        reason=Text(f"{label.zh}名单", f"List: {label.en}"),
        customer=TaskCustomer(name=who.name, numbers=tuple(who.numbers)),
        area=who.place.area,
        created_at=moment(day - timedelta(days=1), 20 * 60),
        assigned_to=call.agent,
        lease_epoch=1,
        attempts=1 if state is TaskState.DONE else 0,
    )
    return PastTask(task=task, given_at=moment(day, _GIVEN_AT), campaign=f"{day:%Y-%m} {label.zh}")
