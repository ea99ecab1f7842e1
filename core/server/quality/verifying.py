"""Claimed saves are asked after by callback staff: a task of its own script, whose result is kept against the save."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from core.domain.customer import Contacting, Identity
from core.domain.quality.sampling import SamplingRules, is_drawn, is_save
from core.domain.quality.save_check import SCENARIO, CheckState, SaveCheck
from core.domain.task import OPEN_STATES, Task, TaskCustomer, TaskState
from core.domain.text import Text
from core.server.db import audit, chains, customers, published, quality, save_checks, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.save_checks import Planned
from core.server.db.schema import save_check
from core.server.loading.new_tasks import add_tasks
from core.server.quality.arrived import Arrived
from core.server.quality.telling import tell_call

PRIORITY = 4
_AT_ONCE = 50
"""tasks made in one transaction"""
_OPEN_FOR = timedelta(days=7)
"""a task that nobody gets to by then is not asked any more"""
_ANSWERS = {one.value: one for one in (CheckState.CONFIRMED, CheckState.DENIED, CheckState.UNCLEAR)}
_SALT = "save-check"


def plan(unit: Unit, page: Sequence[Arrived], by: SamplingRules) -> None:
    """Saves that came are to be asked after; one that a correction takes back is not."""
    planned = []
    for one in page:
        value = one.outcome
        if value.corrects is not None:
            _taken_back(unit, one)
        elif is_save(value) and not one.superseded and is_drawn(value.id, _SALT, by.verify_percent):
            start = value.recorded_at
            check = SaveCheck(
                save=value.id, agent=value.agent, team=one.team, scenario=value.scenario,
                customer_id=value.customer_id, saved_at=start, state=CheckState.WAITING,
            )  # fmt: skip
            ask_from = start + timedelta(days=by.verify_after_days)
            planned.append(
                Planned(check=check, ask_from=ask_from, ask_until=start + timedelta(days=by.verify_within_days))
            )
    save_checks.add(unit, planned)


def _taken_back(unit: Unit, one: Arrived) -> None:
    check = save_checks.get(unit, chains.root_of(unit, str(one.outcome.id)))
    if check is not None and check.state is CheckState.WAITING and not is_save(one.outcome):
        save_checks.change(unit, check.save, state=CheckState.LAPSED.value)


def answers(unit: Unit, page: Sequence[Arrived]) -> list[SaveCheck]:
    """Keeps what callback staff found in these calls; gives the saves that were denied."""
    denied = []
    for one in page:
        value = one.outcome
        if value.scenario != SCENARIO or not value.task_id:
            continue
        check = save_checks.of_task(unit, value.task_id)
        state = _ANSWERS.get(value.result)
        # Nobody bears witness for themselves, and an answer that was kept is not looked at twice.
        if check is None or state is None or value.agent == check.agent or check.answer == value.id:
            continue
        if check.answer is not None and value.corrects is None:
            continue
        _settle(unit, check, state, one)
        if state is CheckState.DENIED:
            denied.append(check)
    return denied


def _settle(unit: Unit, check: SaveCheck, state: CheckState, one: Arrived) -> None:
    value = one.outcome
    save_checks.change(
        unit, check.save, state=state.value, answered_at=one.received_at, answered_by=value.agent,
        answer_id=str(value.id),
    )  # fmt: skip
    audit.write(
        unit, writer=value.agent, action=Action.SAVE_VERIFIED, object_=str(check.save), agent=check.agent,
        answer=state.value,
    )  # fmt: skip
    show(unit, check.save)


def keep(database: Database) -> int:
    """Makes tasks of the saves that are due, and ends what nobody could ask in time; gives how many tasks were made."""
    with database.write() as unit:
        _end(unit)
        if SCENARIO not in published.scenarios(unit):
            return 0
        wanted = {f"save-check-{check.save}": check for check in save_checks.due(unit, _AT_ONCE)}
        made = [task for task in (_task(unit, name, check) for name, check in wanted.items()) if task is not None]
        add_tasks(unit, made, list_id="save-check")
        asked = 0
        for task in made:
            # A customer with another open task is asked once that is done.
            if tasks.get(unit, task.id) is not None:
                save_checks.change(unit, wanted[task.id].save, state=CheckState.ASKED.value, task_id=task.id)
                asked += 1
        return asked


def _task(unit: Unit, name: str, check: SaveCheck) -> Task | None:
    who = customers.section(unit, check.customer_id, "identity", Identity)
    contact = customers.section(unit, check.customer_id, "contact", Contacting)
    if who is None or tasks.open_of(unit, check.customer_id):
        return None
    good = sorted((n for n in contact.numbers if not n.bad), key=lambda n: not n.main) if contact else []
    label = published.scenario_label(unit, check.scenario)
    return Task(
        id=name,
        customer_id=check.customer_id,
        type=published.task_type(unit, SCENARIO),
        scenario=SCENARIO,
        state=TaskState.WAITING,
        priority=PRIORITY,
        reason=Text(f"挽留核实：{label.zh}", f"Save to be verified: {label.en}"),
        customer=TaskCustomer(name=who.name, numbers=tuple(n.number for n in good), tier=who.tier),
        area=who.area,
        grid=who.grid,
        branch=who.branch,
        created_at=unit.now,
        expires_at=unit.now + _OPEN_FOR,
    )


def show(unit: Unit, save: UUID) -> None:
    """Who scores the call sees what was found."""
    call = quality.call(unit, str(save))
    if call is not None:
        tell_call(unit, call)


def _end(unit: Unit) -> None:
    """A task that was closed without an answer, or a time that ran out."""
    for check in save_checks.in_state(unit, CheckState.WAITING, save_check.c.ask_until <= unit.now):
        save_checks.change(unit, check.save, state=CheckState.LAPSED.value)
    for check in save_checks.in_state(unit, CheckState.ASKED):
        task = tasks.get(unit, check.task_id)
        if task is None or task.state not in OPEN_STATES:
            state = CheckState.UNREACHABLE if task is not None and task.attempts else CheckState.LAPSED
            save_checks.change(unit, check.save, state=state.value)
            show(unit, check.save)
