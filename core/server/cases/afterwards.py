"""What follows a repair, as a task of the one who led it: a warning where it was accepted grudgingly (FOLLOW-03), a
revisit where it satisfied (FOLLOW-06, 08)."""

from datetime import timedelta

from msgspec.structs import replace

from core.domain import decoding
from core.domain.case import SATISFACTION_NAMES, Case, Satisfaction
from core.domain.customer import Care, Warning_
from core.domain.repair import REPAIR, RepairTemplate
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.db import cases, customers, people, published, refusals, revisits, tasks
from core.server.db.engine import Database, Unit
from core.server.db.revisits import Revisit
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task

_OWN = "repair-"
"""begins the id of a task that a repair has made"""
WARNING = "grudging_acceptance"
_LABEL = Text("修复后勉强接受", "Accepted a repair grudgingly")


def after_end(unit: Unit, case: Case) -> None:
    """Called once a case was closed."""
    if case.satisfaction is Satisfaction.SATISFIED:
        template = _template(unit, case.began.template)
        if template is not None and template.afterwards is not None:
            then = template.afterwards
            _call_again(unit, case, then.scenario, then.reason, then.in_days)
        return
    if case.satisfaction is None:
        return
    _warn(unit, case)
    pace = published.repair_pace(unit)
    how, title = SATISFACTION_NAMES[case.satisfaction], case.began.title
    reason = Text(f"修复“{title.zh}”后客户{how.zh}，再听听意见", f"{how.en} after “{title.en}”: ask once more")
    if pace is not None:
        _call_again(unit, case, pace.grudging_scenario, reason, pace.grudging_days)


def _warn(unit: Unit, case: Case) -> None:
    label = (
        _LABEL if case.satisfaction is Satisfaction.GRUDGING else Text("修复后仍不满意", "Not satisfied by a repair")
    )

    def edit(care: Care) -> None:
        care.warnings = [Warning_(code=WARNING, label=label, at=unit.now), *care.warnings]

    customers.edit_care(unit, case.began.customer_id, edit)


def _call_again(unit: Unit, case: Case, scenario: str, reason: Text, in_days: int) -> None:
    """A task of its own, once the customer has no other: the call that is under way may close the one they have."""
    wanted = Revisit(
        case=case.id,
        customer_id=case.began.customer_id,
        agent=case.owner.staff_number,
        scenario=scenario,
        reason=reason,
        at=unit.now + timedelta(days=in_days),
        task_id=f"{_OWN}{case.id}-{len(case.log)}",
    )
    revisits.put(unit, wanted)
    _bring(unit, wanted)


def bring_revisits(database: Database) -> int:
    """Makes tasks of those whose customer is free by now; gives how many."""
    with database.read() as unit:
        waiting = revisits.possible(unit)
    brought = 0
    for one in waiting:
        with database.write() as unit:
            tasks.lock_customer(unit, one.customer_id)
            wanted = revisits.get(unit, one.case)
            brought += wanted is not None and _bring(unit, wanted)
    return brought


def _bring(unit: Unit, wanted: Revisit) -> bool:
    """Called with the customer held."""
    head = cases.case_head(unit, wanted.case)
    if refusals.is_opted_out(unit, wanted.customer_id) or head is None or head.is_open:
        # A case that goes on ends once more.
        revisits.drop(unit, wanted.case)
        return False
    if tasks.open_of(unit, wanted.customer_id):
        return False
    account = people.get(unit, wanted.agent)
    agent = wanted.agent if account is not None and not account.disabled else ""
    made = own_task(
        unit,
        wanted.task_id,
        customer_id=wanted.customer_id,
        scenario=wanted.scenario,
        reason=wanted.reason,
        agent=agent,
        state=TaskState.FOLLOW_UP if agent else TaskState.WAITING,
    )
    add_tasks(unit, [replace(made, callback_at=max(wanted.at, unit.now), callback_mine=bool(agent))])
    revisits.drop(unit, wanted.case)
    return True


def _template(unit: Unit, name: str) -> RepairTemplate | None:
    found = published.body(unit, REPAIR, name) if name else None
    return None if found is None else decoding.decode(found, RepairTemplate)
