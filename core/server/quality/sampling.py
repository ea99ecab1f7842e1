"""Looking at what came: which calls go into the queue, by risk as they arrive, by chance with their share."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.domain.clock import local_day
from core.domain.outcome import CONNECTED, CaseResult, Outcome
from core.domain.quality.sampling import (
    Risk,
    SamplingRules,
    Why,
    fill_up,
    is_drawn,
    risks_of,
)
from core.domain.quality.save_check import SCENARIO
from core.domain.quality.scorecard import Subject
from core.server.db import chains, quality, records, settings
from core.server.db.engine import Database, Unit
from core.server.db.quality import StoredCall
from core.server.db.schema import outcome
from core.server.quality import correcting, verifying
from core.server.quality.arrived import PAGE, Arrived, Surroundings, arrived_since, days_left, left_at, saves_before
from core.server.quality.content import rules
from core.server.quality.telling import tell_call

OVERLAP = timedelta(minutes=10)
"""looked at again: a transaction may commit after one that began later"""
BEGIN_BACK = timedelta(days=7)
"""the first look at a database goes so far back"""
_MARK, _SALT, _WEEK = "quality_mark", "quality_salt", "quality_week"


def look(database: Database) -> int:
    """Takes what came since the last look; gives how many calls went into the queue."""
    with database.read() as unit:
        mark = settings.read(unit, _MARK)
        since = datetime.fromisoformat(mark) - OVERLAP if mark else unit.now - BEGIN_BACK
    taken, after = 0, ""
    while True:
        with database.write() as unit:
            page = arrived_since(unit, since, after)
            taken += take_page(unit, page)
            if page:
                since, after = page[-1].received_at, str(page[-1].outcome.id)
                settings.write(unit, _MARK, since.isoformat())
            elif not mark:
                settings.write(unit, _MARK, unit.now.isoformat())
            if len(page) < PAGE:
                return taken + _fill_week(unit)


def take_page(unit: Unit, page: Sequence[Arrived]) -> int:
    """Corrections, answers of callback staff, and the risks of calls that came."""
    if not page:
        return 0
    by = rules(unit)
    around = Surroundings(unit, by)
    for one in page:
        if one.outcome.corrects is not None:
            correcting.note(unit, one.outcome)
    verifying.plan(unit, page, by)
    left = days_left(unit, page)
    found = {
        call.id: call for one in page for call in _of_one(unit, one, around, by, left.get(one.outcome.customer_id))
    }
    return put(unit, [*found.values(), *_denied(unit, page)])


def put(unit: Unit, found: Iterable[StoredCall]) -> int:
    """Into the queue; a call that is there, or was scored, stays as it is, but for a reason that is new."""
    calls = {call.id: call for call in found}
    known = quality.known(unit, calls)
    fresh = [call for call in calls.values() if call.id not in known]
    quality.add_calls(unit, fresh)
    for call in fresh:
        tell_call(unit, call)
    for call_id in sorted(known & calls.keys()):
        _add_reasons(unit, call_id, calls[call_id].why)
    return len(fresh)


def _add_reasons(unit: Unit, call_id: str, why: Sequence[Why]) -> None:
    there = quality.call(unit, call_id, lock=True)
    if there is None:
        return
    new = [one for one in why if one.risk not in {known.risk for known in there.why}]
    if new and not (there.score_id and all(one.risk is Risk.CHANCE for one in new)):
        quality.change_call(unit, call_id, why=(*new, *there.why))
        changed = quality.call(unit, call_id)
        assert changed is not None
        tell_call(unit, changed)


def _of_one(
    unit: Unit, one: Arrived, around: Surroundings, by: SamplingRules, left_on: date | None
) -> list[StoredCall]:
    """`left_on`: when the customer of a save is known to have left."""
    value = one.outcome
    if value.scenario == SCENARIO:
        return []
    found = []
    if value.case_result is CaseResult.DISCONNECTED and not one.superseded:
        for save in saves_before(unit, value, by.churn_days):
            why = risks_of(save.outcome, around.around(save.outcome, left_at=value.recorded_at), by)
            found.append(call_of(unit, save, why))
    gone = left_at(left_on, value) if not one.superseded else None
    why = risks_of(value, around.around(value, left_at=gone), by)
    if value.corrects is None and value.contact in CONNECTED and is_drawn(value.id, salt(unit), by.chance_percent):
        why = (*why, Why(risk=Risk.CHANCE))
    if why:
        found.append(call_of(unit, one, why))
    return found


def _denied(unit: Unit, page: Sequence[Arrived]) -> list[StoredCall]:
    """Saves that callback staff found denied: the call in which each was claimed is looked at."""
    found = []
    for check in verifying.answers(unit, page):
        newest = chains.newest_of(unit, str(check.save))
        if newest is not None:
            arrived = Arrived(newest, check.team, superseded=False, received_at=unit.now)
            found.append(call_of(unit, arrived, (Why(risk=Risk.DENIED),)))
    return found


def call_of(unit: Unit, one: Arrived, why: tuple[Why, ...]) -> StoredCall:
    value = one.outcome
    root = chains.root_of(unit, str(value.id)) if value.corrects is not None else str(value.id)
    return StoredCall(
        id=root, subject=Subject.CALL, outcome_id=str(value.id), team=one.team, staff_number=value.agent,
        customer_id=value.customer_id, scenario=value.scenario, at=began(value), sampled_at=unit.now, why=why,
    )  # fmt: skip


def began(value: Outcome) -> datetime:
    return value.call.answered_at or value.call.dialled_at or value.recorded_at


def salt(unit: Unit) -> str:
    """The server's own, made at the first draw: no desk can tell which of its calls are drawn."""
    kept = settings.read(unit, _SALT)
    if kept is None:
        kept = secrets.token_hex(16)
        settings.write(unit, _SALT, kept)
    return kept


def _fill_week(unit: Unit) -> int:
    """Once a day: of each agent's last seven days so many are looked at, if they had as many."""
    today = local_day(unit.now).isoformat()
    if settings.read(unit, _WEEK) == today:
        return 0
    settings.write(unit, _WEEK, today)
    least = rules(unit).least_per_week
    week = _week(unit) if least else {}
    known = quality.known(unit, [str(one) for calls in week.values() for one in calls])
    sampled = {UUID(one) for one in known}
    drawn = [call for calls in week.values() for call in fill_up(calls, sampled, salt(unit), least)]
    rows = [one for one in (_arrived(unit, call) for call in drawn) if one is not None]
    return put(unit, [call_of(unit, one, (Why(risk=Risk.CHANCE),)) for one in rows])


def _week(unit: Unit) -> dict[str, list[UUID]]:
    """Connected calls of seven days by agent; each by its first record."""
    rows = unit.conn.execute(
        select(outcome.c.id, outcome.c.staff_number).where(
            outcome.c.tenant_id == unit.tenant,
            outcome.c.received_at >= unit.now - timedelta(days=7),
            outcome.c.corrects == "",
            outcome.c.scenario != SCENARIO,
            outcome.c.contact.in_(sorted(one.value for one in CONNECTED)),
        )
    )
    week: dict[str, list[UUID]] = {}
    for row in rows:
        week.setdefault(row.staff_number, []).append(UUID(row.id))
    return week


def _arrived(unit: Unit, call: UUID) -> Arrived | None:
    newest = chains.newest_of(unit, str(call))
    if newest is None:
        return None
    return Arrived(newest, records.team_of_outcome(unit, str(call)), superseded=False, received_at=unit.now)
