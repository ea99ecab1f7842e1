"""Tasks of what a rule found: one for each customer who has none open, once for each rule and snapshot."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import uuid5

from msgspec import Struct
from sqlalchemy import select

from core.domain.customer import Warning_
from core.domain.factor import Library
from core.domain.task import Block, Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.task_types import wins_back
from core.domain.text import Text
from core.domain.warning_rule import LIST_OF_RULE, Population, WarningRule
from core.screening.matching import Match
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_of, reason_of
from core.server.campaigns.sifting import left_among
from core.server.customer_ids import NAMESPACE
from core.server.db import customers
from core.server.db.enabling import enabled
from core.server.db.engine import Unit
from core.server.db.schema import contact_number, customer, task
from core.server.loading.new_tasks import add_tasks
from core.server.screening.goes_by import of_model, of_rule

PAGE = 400
"""customers in one transaction, and keys in one IN list"""


class Screening(Struct, frozen=True, kw_only=True):
    """What all tasks of one rule in one run share."""

    rule: WarningRule
    library: Library
    snapshot_id: str
    scenario: str
    type: TaskType

    @property
    def wins_back(self) -> bool:
        """Whether its tasks are for those who have left the net."""
        return self.rule.population is Population.LEFT or wins_back(self.scenario)

    @property
    def values(self) -> frozenset[str]:
        """The factors that travel with the task, or stand in its words."""
        risk = {RISK} & self.library.factors.keys()
        return factors_of(self.rule) | risk


class Made(NamedTuple):
    made: int
    busy: int
    """customers with an open task, or whose task of this rule and snapshot there is already"""
    gone: int
    """customers who are there no more, or who left the net since the snapshot"""
    held: int = 0
    """customers whom a campaign under way has drawn, or in whose place the type of task is not switched on"""


def make_tasks(
    unit: Unit, screening: Screening, found: Sequence[Match], *, drawn: Collection[str] = frozenset()
) -> Made:
    """At most `PAGE` customers. Whoever gets a task has the warning in their history (ID-12).

    `drawn`: whom a campaign under way has drawn; a call would blur its effect."""
    ids = [one.customer_id for one in found]
    # By the snapshot who had left is no match; who left since nobody is to call but to win them back.
    left = frozenset[str]() if screening.wins_back else left_among(unit, ids)
    people = {key: who for key, who in _people(unit, ids).items() if key not in left}
    on = enabled(unit)
    may = {
        key: who
        for key, who in people.items()
        if key not in drawn and on.allows(screening.type, area=who.area, grid=who.grid)
    }
    wanted = [_task(unit, screening, one, may[one.customer_id]) for one in found if one.customer_id in may]
    before = _known(unit, wanted)
    add_tasks(unit, wanted, list_id=f"{LIST_OF_RULE}{screening.rule.id}"[:80])
    new = _known(unit, wanted) - before
    risks = {one.customer_id: one.values.get(RISK) for one in found}
    warnings = {
        one.customer_id: _warning(unit, one, screening.rule.code, risks[one.customer_id])
        for one in wanted
        if one.id in new
    }
    customers.add_warnings(unit, warnings)
    return Made(len(new), len(wanted) - len(new), len(found) - len(people), len(people) - len(may))


class _Person(NamedTuple):
    name: str
    tier: Tier
    area: str
    grid: str
    branch: str
    numbers: tuple[str, ...]
    all_bad: bool


def _people(unit: Unit, ids: Sequence[str]) -> dict[str, _Person]:
    # Held in the order that every batch of customers is held in, so that a run and a desk's push never wait for each
    # other.
    heads = (
        select(customer)
        .where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(ids))
        .order_by(customer.c.id)
        .with_for_update()
    )
    numbers = (
        select(contact_number)
        .where(contact_number.c.tenant_id == unit.tenant, contact_number.c.customer_id.in_(ids))
        .order_by(contact_number.c.main.desc(), contact_number.c.number)
    )
    listed: dict[str, list[tuple[str, bool]]] = {}
    for row in unit.conn.execute(numbers):
        listed.setdefault(row.customer_id, []).append((row.number, row.bad))
    found: dict[str, _Person] = {}
    for row in unit.conn.execute(heads):
        own = listed.get(row.id, [])
        good = tuple(number for number, bad in own if not bad)
        found[row.id] = _Person(
            row.name, Tier(row.tier), row.area, row.grid, row.branch,
            good or tuple(number for number, _bad in own), bool(own) and not good,
        )  # fmt: skip
    return found


def _task(unit: Unit, screening: Screening, match: Match, who: _Person) -> Task:
    rule, library, values = screening.rule, screening.library, match.values
    goes_by = of_rule(rule, library, values)
    return Task(
        id=str(uuid5(NAMESPACE, f"screen:{rule.id}:{match.customer_id}:{screening.snapshot_id}")),
        customer_id=match.customer_id,
        type=screening.type,
        scenario=screening.scenario,
        state=TaskState.WAITING,
        priority=rule.priority,
        reason=reason_of(rule, library, values),
        figure=goes_by.figure,
        customer=TaskCustomer(name=who.name, numbers=who.numbers, tier=who.tier),
        area=who.area,
        grid=who.grid,
        branch=who.branch,
        created_at=unit.now,
        block=Block.BAD_NUMBER if who.all_bad else None,
        in_use=(*goes_by.in_use, *of_model(match.why)),
    )


def _known(unit: Unit, wanted: Sequence[Task]) -> set[str]:
    ids = [one.id for one in wanted]
    statement = select(task.c.id).where(task.c.tenant_id == unit.tenant, task.c.id.in_(ids))
    return set(unit.conn.execute(statement).scalars())


def _warning(unit: Unit, value: Task, code: str, risk: object) -> Warning_:
    return Warning_(
        code=code, label=Text(value.reason.zh, value.reason.en), at=unit.now,
        risk=float(risk) if isinstance(risk, int | float) else None,
    )  # fmt: skip
