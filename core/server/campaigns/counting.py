"""What has become of a campaign's members and tasks, counted in the database."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import case, distinct, func, select

from core.domain.campaign import Arm, Barrier, MemberState, Route
from core.domain.outcome import Contact
from core.domain.task import OPEN_STATES, TaskState
from core.server.db.campaigns import CALLED, Member
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, outcome, task
from core.wire.campaigns import BarrierCount, CampaignDone, MemberCounts, RouteCount

Key = tuple[Arm, MemberState, Barrier | None, Route | None]


def member_counts(unit: Unit, campaign_id: str) -> MemberCounts:
    table = campaign_member
    statement = (
        select(table.c.arm, table.c.state, table.c.barrier, table.c.route, func.count())
        .where(table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id)
        .group_by(table.c.arm, table.c.state, table.c.barrier, table.c.route)
    )
    return counted(
        {
            (
                Arm(row[0]), MemberState(row[1]), Barrier(row[2]) if row[2] else None, Route(row[3]) if row[3] else None
            ): row[4]
            for row in unit.conn.execute(statement)
        }
    )  # fmt: skip


def left_to_call(unit: Unit, campaign_id: str) -> int:
    """Of those ready, whom an agent would call: nobody agrees to a text."""
    table = campaign_member
    statement = select(func.count()).where(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id,
        table.c.state == MemberState.READY.value, table.c.arm == Arm.TREATED.value,
        table.c.route.in_(CALLED),
    )  # fmt: skip
    return unit.conn.execute(statement).scalar_one()


def counts_of(members: Iterable[Member]) -> MemberCounts:
    """Of members that are not kept yet."""
    return counted(Counter((one.arm, one.state, one.barrier, one.route) for one in members))


def counted(groups: dict[Key, int] | Counter[Key]) -> MemberCounts:
    """By arm, state, barrier and route how many members."""
    arms: Counter[Arm] = Counter()
    states: Counter[MemberState] = Counter()
    barriers: Counter[Barrier] = Counter()
    routes: Counter[Route] = Counter()
    for (arm, state, barrier, route), number in groups.items():
        arms[arm] += number
        if arm is Arm.TREATED and route is not None:
            routes[route] += number
        if arm is Arm.CONTROL:
            continue
        states[state] += number
        if barrier is not None:
            barriers[barrier] += number
    return MemberCounts(
        chosen=sum(arms.values()),
        treated=arms[Arm.TREATED],
        control=arms[Arm.CONTROL],
        not_drawn=arms[Arm.NOT_DRAWN],
        ready=states[MemberState.READY],
        held=states[MemberState.HELD],
        blocked=states[MemberState.BLOCKED],
        dispatched=states[MemberState.DISPATCHED],
        recalled=states[MemberState.RECALLED],
        barriers=tuple(BarrierCount(barrier=one, members=number) for one, number in barriers.most_common()),
        routes=tuple(RouteCount(route=one, members=number) for one, number in routes.most_common()),
    )


def done(unit: Unit, campaign_id: str) -> CampaignDone:
    """Of its tasks, which carry its id as the list that they came from."""
    mine = (task.c.tenant_id == unit.tenant) & (task.c.list_id == campaign_id)
    states: Counter[TaskState] = Counter()
    for state, number in unit.conn.execute(select(task.c.state, func.count()).where(mine).group_by(task.c.state)):
        states[TaskState(state)] += number
    told = (
        select(
            func.count(distinct(case((outcome.c.contact == Contact.OWNER.value, outcome.c.task_id)))).label("reached"),
            func.count(distinct(case((outcome.c.success, outcome.c.task_id)))).label("agreed"),
        )
        .join(task, (task.c.tenant_id == outcome.c.tenant_id) & (task.c.id == outcome.c.task_id))
        .where(mine, outcome.c.corrected_by == "", outcome.c.superseded.is_(False))
    )
    came = unit.conn.execute(told).one()
    return CampaignDone(
        tasks=sum(states.values()),
        open=sum(states[one] for one in OPEN_STATES),
        waiting=states[TaskState.WAITING],
        finished=states[TaskState.DONE],
        reached=came.reached,
        agreed=came.agreed,
        expired=states[TaskState.EXPIRED],
        cancelled=states[TaskState.CANCELLED],
    )
