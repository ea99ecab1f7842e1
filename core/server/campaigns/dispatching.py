"""Each round: tasks as desks have room for them, those of the greatest expected effect first (TASK-06); what is not
called leaves through its own port."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select

from core.domain.campaign import CALLS, Arm, Barrier, Campaign, CampaignState, MemberState
from core.domain.clock import day_around, local_day
from core.domain.people import Agent
from core.domain.routing import CampaignPolicy
from core.domain.task import TIER_RANK, TaskType
from core.server.campaigns.heads import Head, heads_of
from core.server.campaigns.making import make_tasks
from core.server.campaigns.sifting import Centre, Sieve, shipped_policy, state_behind
from core.server.db import audit, campaigns
from core.server.db.audit import Action
from core.server.db.campaigns import Member
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_member, customer
from core.server.desks import Need, Room, WaitsFor
from core.server.dispatching import dispatch_waiting
from core.server.list_quality.holding import held
from core.server.making_room import Placed, Placements
from core.server.one_run import one_run_at_a_time

PAGE = 400
"""members in one transaction"""
_MOST_PAGES = 200
"""in one round: what is left comes with the next"""


def dispatch_campaigns(database: Database, *, actor: str) -> int:
    """How many members were dispatched. What waits is given out with what was made: due promises and VIPs of any list
    come first, and a new task for which they leave no room waits."""
    with database.read() as unit:
        running = _running(unit)
    if not running:
        return 0
    policy, total, seen = shipped_policy(), 0, Seen()
    for _page in range(_MOST_PAGES):
        with database.write() as unit:
            one_run_at_a_time(unit)
            sent, looked_at = page_of(unit, policy, seen, actor)
        total += sent
        if sent:
            dispatch_waiting(database, actor=actor)
        if not looked_at:
            break
    return total


def _running(unit: Unit) -> list[Campaign]:
    """Those that run today, the most urgent first; not those whose list agents found poor (TASK-08)."""
    today, poor = local_day(unit.now), held(unit)
    found = [one.campaign for one in campaigns.every(unit, [CampaignState.RUNNING])]
    found = [one for one in found if not poor & {one.id, one.audience.list_id}]
    on = [one for one in found if one.starts_on <= today <= one.ends_on]
    return sorted(on, key=lambda one: (one.priority, one.id))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a round has found of each campaign, by id."""

    passed: Counter[str] = field(default_factory=Counter)
    """how many stay ready, since no desk that may take them has room; they do not stand in the way of those behind"""
    needs: dict[str, frozenset[Need] | None] = field(default_factory=dict)
    """what those ask for who were ready as it began; None where one of them is there no more"""


class _Next(NamedTuple):
    campaign: Campaign
    member: Member
    tier: int


def page_of(unit: Unit, policy: CampaignPolicy, seen: Seen, actor: str) -> tuple[int, int]:
    """How many were dispatched, and how many were looked at."""
    passed = seen.passed
    centre, running = Centre(unit, policy), _running(unit)
    left = {one.id: _left_today(unit, one) for one in running}
    sieves = {one.id: Sieve(centre, one) for one in running if left[one.id] > 0}
    pages = {
        one.id: _next_of(unit, one, passed[one.id], called=_has_a_desk(unit, one, sieves[one.id], seen, centre.room))
        for one in running
        if one.id in sieves
    }
    next_ = {campaign_id: found for campaign_id, found in pages.items() if found}
    heads = heads_of(unit, [one.member.customer_id for found in next_.values() for one in found])
    clear: list[_Next] = []
    for campaign_id, found in next_.items():
        barred = _bar(unit, campaign_id, sieves[campaign_id], found, heads)
        clear += [one for one in found if one.member.customer_id not in barred]
        passed[campaign_id] += len(found) - len(barred)
    sent = 0
    seated = _seated(clear, left, centre, sieves, heads)
    for each in (one for one in running if one.id in seated):
        done, settled = _dispatch(unit, each, sieves[each.id].type, seated[each.id], heads)
        passed[each.id] -= settled
        sent += done
        if done:
            audit.write(unit, writer=actor, action=Action.CAMPAIGN_DISPATCHED, object_=each.id, members=done)
    return sent, sum(map(len, next_.values()))


def _bar(
    unit: Unit, campaign_id: str, sieve: Sieve, found: Sequence[_Next], heads: Mapping[str, Head]
) -> frozenset[str]:
    """What came between the drawing and the call."""
    members = [one.member for one in found]
    ways = {one.customer_id: one.route for one in members if one.route is not None}
    barriers = sieve.barriers(heads, [one.customer_id for one in members], ways, drawn=True)
    campaigns.bar(unit, campaign_id, {key: (state_behind(one), one) for key, one in barriers.items()})
    return frozenset(barriers)


def _seated(
    clear: list[_Next], left: Mapping[str, int], centre: Centre, sieves: Mapping[str, Sieve], heads: Mapping[str, Head]
) -> dict[str, list[Member]]:
    """By campaign who is reached now. Across campaigns VIPs come first, then the planner's own order, then the effect
    that is expected, then the risk. Of those who are not called nobody has to wait. `left`: how many more each
    campaign may reach today; who finds no desk takes none of them."""
    clear.sort(key=lambda one: (one.tier, one.campaign.priority, one.member.place))
    found: dict[str, list[Member]] = {}
    seats = _Seats(centre.room)
    for one in clear:
        if len(found.get(one.campaign.id, ())) >= left[one.campaign.id]:
            continue
        called = one.member.route is None or one.member.route in CALLS
        if not called or seats.take(sieves[one.campaign.id].need(heads[one.member.customer_id])):
            found.setdefault(one.campaign.id, []).append(one.member)
    return found


def _dispatch(
    unit: Unit, campaign: Campaign, type_: TaskType, members: Sequence[Member], heads: Mapping[str, Head]
) -> tuple[int, int]:
    """How many were dispatched, and how many are ready no more."""
    called = [one for one in members if one.route is None or one.route in CALLS]
    others = {one.customer_id: "" for one in members if one.route is not None and one.route not in CALLS}
    made = frozenset(make_tasks(unit, campaign, type_, called, heads)) if called else frozenset[str]()
    campaigns.sent(unit, campaign.id, others, keep_reasons=True)
    busy = {one.customer_id for one in called} - made
    campaigns.bar(unit, campaign.id, dict.fromkeys(busy, (MemberState.HELD, Barrier.OPEN_TASK)))
    return len(made) + len(others), len(members)


class _Seats:
    """Places at desks, taken in turn: whoever is full is not asked again, however many desks there are."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._able: dict[Need, deque[Agent]] = {}
        self._placements = Placements()

    def take(self, need: Need) -> bool:
        """Whether a desk that may take such a task had a place, or came to have one as another's was moved; those least
        busy come first."""
        if need not in self._able:
            able = self._room.able(need)
            self._able[need] = deque([] if isinstance(able, WaitsFor) else sorted(able, key=self._order))
        line = self._able[need]
        while line:
            agent = line.popleft()
            if self._room.has(agent):
                self._put(agent, need)
                line.append(agent)
                return True
        able = self._room.able(need)
        freed = None if isinstance(able, WaitsFor) else self._placements.make_room(self._room, need, able)
        if freed is not None:
            self._put(freed, need)
        return freed is not None

    def _put(self, agent: Agent, need: Need) -> None:
        self._room.put(agent)
        self._placements.add(Placed(need, agent.staff_number))

    def _order(self, agent: Agent) -> tuple[float, str]:
        return self._room.loads[agent.staff_number], agent.staff_number


def _left_today(unit: Unit, campaign: Campaign) -> int:
    if not campaign.a_day:
        return PAGE
    start, end = day_around(unit.now)
    member = campaign_member
    statement = select(func.count()).where(
        member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign.id, member.c.dispatched_at >= start,
        member.c.dispatched_at < end,
    )  # fmt: skip
    return min(PAGE, campaign.a_day - unit.conn.execute(statement).scalar_one())


def _has_a_desk(unit: Unit, campaign: Campaign, sieve: Sieve, seen: Seen, room: Room) -> bool:
    """Whether a desk with room may take anybody of those ready, or one of them is there no more: else all of them would
    be looked at in each round."""
    if room.full:
        return False
    if campaign.id not in seen.needs:
        seen.needs[campaign.id] = _needs(unit, campaign, sieve)
    needs = seen.needs[campaign.id]
    if needs is None:
        return True
    able = (found for need in needs if not isinstance(found := room.able(need), WaitsFor))
    return any(map(room.has, chain.from_iterable(able)))


def _needs(unit: Unit, campaign: Campaign, sieve: Sieve) -> frozenset[Need] | None:
    member = campaign_member
    statement = (
        select(customer.c.area, customer.c.grid, customer.c.branch, customer.c.tier)
        .select_from(member)
        .outerjoin(customer, and_(customer.c.tenant_id == member.c.tenant_id, customer.c.id == member.c.customer_id))
        .where(_ready(unit, campaign), member.c.route.in_(campaigns.CALLED))
        .distinct()
    )
    rows = unit.conn.execute(statement).all()
    if any(row.tier is None for row in rows):
        return None
    return frozenset(sieve.need(Head("", row.tier, row.area, row.grid, row.branch, "")) for row in rows)


def _ready(unit: Unit, campaign: Campaign) -> ColumnElement[bool]:
    member = campaign_member.c
    return and_(
        member.tenant_id == unit.tenant, member.campaign_id == campaign.id,
        member.state == MemberState.READY.value, member.arm == Arm.TREATED.value,
    )  # fmt: skip


def _next_of(unit: Unit, campaign: Campaign, passed: int, *, called: bool) -> list[_Next]:
    """Of those ready, as many as a page holds behind those that were `passed`; where nobody is `called`, those alone
    who are reached by other ways: of them none was passed."""
    member = campaign_member
    rank = case(
        {tier.value: at for tier, at in TIER_RANK.items()}, value=customer.c.tier, else_=max(TIER_RANK.values())
    )
    statement = (
        select(member, rank.label("rank"))
        .outerjoin(customer, and_(customer.c.tenant_id == member.c.tenant_id, customer.c.id == member.c.customer_id))
        .where(_ready(unit, campaign))
        .order_by(rank, *campaigns.BEST_FIRST)
    )
    statement = statement.offset(passed) if called else statement.where(member.c.route.not_in(campaigns.CALLED))
    rows = unit.conn.execute(statement.limit(PAGE))
    return [_Next(campaign, campaigns.member_of(row), row.rank) for row in rows]
