"""The columns of a pack's promised callbacks, and of the tasks that came to a team's desks."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from core.domain.clock import day_start, local_day
from core.domain.follow_up import FollowUpKind, FollowUpState
from core.review.frame import NEVER
from core.review.pack_write import write_rows
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.reviewed import day_of, number_of
from core.server.db.schema import app_user, customer, follow_up, lease, outcome, past_customer, review_call, task
from core.server.review.codes import Coder
from core.server.review.reading import COUNTS_AS, is_past
from core.server.review.whose import WHOSE, About, TaskAbout, dealers, whose
from core.wire.review import CALLBACKS, DISPATCHED

_STATES = tuple(state.value for state in FollowUpState if state is not FollowUpState.CANCELLED)
_LONGEST_MINE = timedelta(days=2)
"""a callback of mine becomes anyone's at most so long after it fell due; bounds the index"""
TeamOf = Callable[[str, int], str]
"""of a staff number and a day the id of the team"""


def callbacks_part(unit: Unit, team_id: str, first: int, last: int, *, code: Coder) -> bytes:
    """Callbacks that the team promised for these days, save those that were taken back."""
    start, end = day_start(day_of(first)), day_start(day_of(last + 1))
    statement = (
        select(
            follow_up.c.due_at, follow_up.c.customer_id, follow_up.c.outcome_id, review_call.c.at,
            review_call.c.staff_number, outcome.c.scenario, task.c.list_id, *COUNTS_AS,
        )
        .join(
            review_call,
            (review_call.c.tenant_id == follow_up.c.tenant_id) & (review_call.c.outcome_id == follow_up.c.outcome_id),
        )
        .join(outcome, (outcome.c.tenant_id == follow_up.c.tenant_id) & (outcome.c.id == follow_up.c.outcome_id))
        .outerjoin(
            customer, (customer.c.tenant_id == outcome.c.tenant_id) & (customer.c.id == outcome.c.customer_id)
        )
        .outerjoin(past_customer, is_past(outcome))
        .outerjoin(task, (task.c.tenant_id == outcome.c.tenant_id) & (task.c.id == outcome.c.task_id))
        .where(
            follow_up.c.tenant_id == unit.tenant,
            follow_up.c.kind == FollowUpKind.CALLBACK.value,
            follow_up.c.state.in_(_STATES),
            follow_up.c.falls_back_at >= start,
            follow_up.c.falls_back_at < end + _LONGEST_MINE,
            follow_up.c.due_at >= start,
            follow_up.c.due_at < end,
            review_call.c.team_id == team_id,
        )
        .order_by(follow_up.c.due_at, follow_up.c.id)
    )  # fmt: skip
    found = unit.conn.execute(statement).all()
    bought = dealers(unit, [row.customer_id for row in found])
    dials = _dials(unit, [row.customer_id for row in found], since=min((row.at for row in found), default=start))
    rows = [
        {
            "at": int(row.due_at.timestamp()),
            **_whose(row, bought),
            "customer": code(row.customer_id),
            **_kept(row.at, row.due_at, dials.get(row.customer_id, ())),
        }
        for row in found
    ]
    return write_rows(CALLBACKS, rows)


def _whose(row: Row[*tuple[Any, ...]], bought: Mapping[str, str]) -> dict[str, str]:
    about = About(row.area or "", row.tier or "", row.value or "")
    return whose(row.staff_number, about, bought.get(row.customer_id, ""), TaskAbout(row.scenario, row.list_id or ""))


def _kept(promised_at: datetime, due_at: datetime, dials: Sequence[datetime]) -> dict[str, int]:
    """The dial nearest to the promise, between the call in which it was given and the end of the day after."""
    end = day_start(local_day(due_at) + timedelta(days=2))
    off = [abs(int((at - due_at).total_seconds())) for at in dials if promised_at < at < end]
    return {"called": int(bool(off)), "off_s": min(off, default=NEVER)}


def _dials(unit: Unit, customer_ids: Sequence[str], *, since: datetime) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = defaultdict(list)
    for chunk in chunks(customer_ids):
        statement = select(review_call.c.customer_id, review_call.c.at).where(
            review_call.c.tenant_id == unit.tenant,
            review_call.c.customer_id.in_(chunk),
            review_call.c.at >= since,
            review_call.c.dialled,
        )
        for customer_id, at in unit.conn.execute(statement):
            found[customer_id].append(at)
    return found


def dispatched_part(unit: Unit, team_id: str, first: int, last: int, *, team_of: TeamOf) -> bytes:
    """Tasks that came to a desk of the team for the first time on these days, counted by what they are about."""
    start, end = day_start(day_of(first)), day_start(day_of(last + 1))
    earlier = lease.alias()
    begun = (
        select(func.count())
        .where(
            earlier.c.tenant_id == lease.c.tenant_id,
            earlier.c.task_id == lease.c.task_id,
            earlier.c.epoch < lease.c.epoch,
        )
        .scalar_subquery()
    )
    statement = (
        select(
            lease.c.at, lease.c.staff_number, task.c.scenario, task.c.list_id, task.c.customer_id, *COUNTS_AS,
        )
        .join(task, (task.c.tenant_id == lease.c.tenant_id) & (task.c.id == lease.c.task_id))
        .outerjoin(customer, (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id))
        .outerjoin(past_customer, is_past(task))
        .where(lease.c.tenant_id == unit.tenant, lease.c.at >= start, lease.c.at < end, begun == 0)
    )  # fmt: skip
    counts: Counter[tuple[Any, ...]] = Counter()
    found = [
        (day, row)
        for row in unit.conn.execute(statement)
        if team_of(row.staff_number, day := number_of(local_day(row.at))) == team_id
    ]
    bought = dealers(unit, [row.customer_id for _, row in found])
    for day, row in found:
        counts[(day, *_whose(row, bought).values())] += 1
    rows = [dict(zip(("day", *WHOSE), key, strict=True)) | {"tasks": number} for key, number in sorted(counts.items())]
    return write_rows(DISPATCHED, rows)


def teams_then(unit: Unit) -> TeamOf:
    """The team that somebody was in on a day: the one that their next call counts for, without one today's."""
    called: dict[str, list[tuple[int, str]]] = defaultdict(list)
    statement = (
        select(review_call.c.staff_number, review_call.c.day, review_call.c.team_id)
        .where(review_call.c.tenant_id == unit.tenant)
        .distinct()
    )
    for row in unit.conn.execute(statement):
        called[row.staff_number].append((row.day, row.team_id))
    for days in called.values():
        days.sort()
    today = teams_today(unit)

    def team_of(staff_number: str, day: int) -> str:
        days = called.get(staff_number, [])
        at = bisect_left(days, (day, ""))
        return days[at][1] if at < len(days) else today.get(staff_number, "")

    return team_of


def teams_today(unit: Unit) -> dict[str, str]:
    """By staff number."""
    statement = select(app_user.c.staff_number, app_user.c.team_id).where(app_user.c.tenant_id == unit.tenant)
    return {row.staff_number: row.team_id for row in unit.conn.execute(statement)}
