"""Before dispatch: who of those chosen may be called, who may not, who not yet, and why. The preview and the start ask
the same; dispatch asks once more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import cached_property

from sqlalchemy import Column, Select, and_, or_, select

from core.domain.campaign import CALLS, Arm, Barrier, CampaignState, CampaignTerms, MemberState, Route
from core.domain.campaign_notes import being_chosen
from core.domain.clock import local_day
from core.domain.enabling import Enabled
from core.domain.routing import CampaignPolicy
from core.domain.task import OPEN_STATES, TaskType, Tier
from core.domain.task_types import made_to_sell, wins_back
from core.server.calling_rules import consent_withheld_by
from core.server.campaigns.heads import Head, numbers_of
from core.server.db import published, refusals
from core.server.db.campaigns import UNDER_WAY, every
from core.server.db.chunks import chunks
from core.server.db.enabling import enabled
from core.server.db.engine import Unit
from core.server.db.schema import campaign, campaign_member, departure, dial, task
from core.server.desks import REVISITS, Desk, Need, Room, WaitsFor, places_of
from core.server.dispatching import desks

_FEW = 2_000
"""customers who are looked up by their ids; a page of members has 400"""
LASTING = frozenset({Barrier.OPTED_OUT, Barrier.NO_NUMBER, Barrier.NO_CONSENT, Barrier.GONE, Barrier.UNDELIVERED})
"""they do not pass by themselves: blocked; the others are held, and looked at again"""


def shipped_policy() -> CampaignPolicy:
    """What came with the program, as whoever operates it has changed it. Raises ContentError."""
    # Its room reads YAML, which a server need not know to listen.
    from core.content.resources import folder
    from core.server.campaigns.content import load_policy

    return load_policy(folder())


def state_behind(barrier: Barrier | None) -> MemberState:
    if barrier is None:
        return MemberState.READY
    return MemberState.BLOCKED if barrier in LASTING else MemberState.HELD


class Centre:
    """What bars a call whichever campaign asks, in one moment of the database.

    Of a few customers it is looked up, of many all that there is is read, once: a week's dials are millions of rows,
    and members come a page at a time."""

    def __init__(self, unit: Unit, policy: CampaignPolicy) -> None:
        self.unit, self.policy = unit, policy
        self.enabled: Enabled = enabled(unit)
        self.desks: list[Desk] = desks(unit)
        self.room = Room(self.desks)

    def busy(self, ids: Sequence[str]) -> frozenset[str]:
        """Who of these, or of everybody, has an open task."""
        return busy_among(self.unit, ids) if len(ids) <= _FEW else self._busy

    def dialled(self, ids: Sequence[str]) -> frozenset[str]:
        """Who of these, or of everybody, was dialled lately."""
        return _dialled_among(self.unit, ids, self.policy.called_lately_days) if len(ids) <= _FEW else self._dialled

    def refusing(self, numbers: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """Of these customers with their numbers those for whom a refusal stands."""
        if len(numbers) <= _FEW:
            return frozenset(refusals.met(self.unit, numbers))
        standing = refusals.Standing(self.unit)
        return frozenset(one for one, own in numbers.items() if standing.met(one, own))

    @cached_property
    def _busy(self) -> frozenset[str]:
        return frozenset(self.unit.conn.execute(_with_open_task(self.unit)).scalars())

    @cached_property
    def _dialled(self) -> frozenset[str]:
        days = self.policy.called_lately_days
        return frozenset(self.unit.conn.execute(_dialled_since(self.unit, days)).scalars()) if days else frozenset()


class Sieve:
    """One campaign's barriers."""

    def __init__(self, centre: Centre, terms: CampaignTerms) -> None:
        self._centre, self._unit, self._terms = centre, centre.unit, terms
        self._type: TaskType = published.task_type(self._unit, terms.scenario)
        self._sells = made_to_sell(terms.scenario, self._type)
        self._wins_back = wins_back(terms.scenario)

    @property
    def type(self) -> TaskType:
        """Of the campaign's tasks."""
        return self._type

    def barriers(
        self, heads: Mapping[str, Head], ids: Sequence[str], routes: Mapping[str, Route], *,
        resting: Collection[str] = (), drawn: bool = False,
    ) -> dict[str, Barrier]:  # fmt: skip
        """By customer id, of those whom something bars; the barrier that lasts longest is the one told. `drawn`: chance
        has decided, so that another campaign is to wait for this one."""
        elsewhere = frozenset[str]() if drawn else self._elsewhere
        numbers = numbers_of(self._unit, [one for one in ids if one in heads])
        withheld = self._withheld([one for one in numbers if routes.get(one) is not Route.VISIT])
        left = frozenset[str]() if self._wins_back else left_among(self._unit, list(numbers))
        refusing, busy, dialled = self._centre.refusing(numbers), self._centre.busy(ids), self._centre.dialled(ids)
        found: dict[str, Barrier] = {}
        for one in ids:
            head = heads.get(one)
            if head is None or one in left:
                found[one] = Barrier.GONE
            elif one in refusing:
                found[one] = Barrier.OPTED_OUT
            elif not numbers[one] and routes.get(one) is not Route.VISIT:
                found[one] = Barrier.NO_NUMBER
            elif one in withheld:
                found[one] = Barrier.NO_CONSENT
            elif one in resting:
                found[one] = Barrier.REST
            elif one in elsewhere:
                found[one] = Barrier.OTHER_CAMPAIGN
            elif one in busy:
                found[one] = Barrier.OPEN_TASK
            elif one in dialled:
                found[one] = Barrier.CALLED_LATELY
            elif (barrier := self._held(head, routes.get(one))) is not None:
                found[one] = barrier
        return found

    def _withheld(self, ids: Sequence[str]) -> frozenset[str]:
        """Who of them agrees to no call or text that sells, where this campaign does."""
        return consent_withheld_by(self._unit, ids) if self._sells else frozenset()

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        return drawn_lately(self._unit, self._centre.policy.other_campaign_days, but=self._terms.id)

    def _held(self, head: Head, route: Route | None) -> Barrier | None:
        """Of a customer whom nothing of their own bars."""
        if not self._centre.enabled.allows(self._type, area=head.area, grid=head.grid):
            return Barrier.NOT_ENABLED
        if (route is None or route in CALLS) and isinstance(self._centre.room.able(self.need(head)), WaitsFor):
            return Barrier.NO_AGENT
        return None

    def need(self, head: Head) -> Need:
        """What of such a customer decides who may take their task."""
        return Need(
            self._terms.scenario,
            places_of(head.area, head.grid, head.branch),
            vip=Tier(head.tier) is not Tier.NONE,
            revisit=self._type in REVISITS,
        )

    def capacity(self, needs: Collection[Need]) -> tuple[int, int]:
        """Tasks that desks have room for now, and in a day by their targets, of agents who may take one of these."""
        able: dict[str, int] = {}
        for need in needs:
            found = self._centre.room.able(need)
            if not isinstance(found, WaitsFor):
                able |= {agent.staff_number: agent.daily_target for agent in found}
        lying = {desk.agent.staff_number: desk.open_tasks for desk in self._centre.desks}
        return sum(max(0, most - lying[who]) for who, most in able.items()), sum(able.values())


def _with_open_task(unit: Unit) -> Select[str]:
    return select(task.c.customer_id).where(task.c.tenant_id == unit.tenant, task.c.state.in_(OPEN_STATES))


def _dialled_since(unit: Unit, days: int) -> Select[str]:
    since = unit.now - timedelta(days=days)
    return select(dial.c.customer_id).where(dial.c.tenant_id == unit.tenant, dial.c.at >= since).distinct()


def _among(unit: Unit, statement: Select[str], column: Column[str], ids: Sequence[str]) -> frozenset[str]:
    """Those of these customers whom the statement would give."""
    asked = (statement.where(column.in_(chunk)) for chunk in chunks(ids))
    return frozenset(one for each in asked for one in unit.conn.execute(each).scalars())


def drawn_lately(unit: Unit, days: int, *, but: str = "") -> frozenset[str]:
    """Whom chance has drawn in a campaign under way within so many days, whom it holds out however long ago that was,
    and whom one that has ended held out within so many: a call would blur its effect. `but`: without that campaign's
    own."""
    return frozenset(unit.conn.execute(_drawn(unit, days, but)).scalars())


def drawn_among(unit: Unit, ids: Sequence[str], days: int, *, but: str = "") -> frozenset[str]:
    """Those of these customers whom `drawn_lately` would tell."""
    return _among(unit, _drawn(unit, days, but), campaign_member.c.customer_id, ids)


def busy_among(unit: Unit, ids: Sequence[str]) -> frozenset[str]:
    """Those of these customers who have an open task."""
    return _among(unit, _with_open_task(unit), task.c.customer_id, ids)


def _dialled_among(unit: Unit, ids: Sequence[str], days: int) -> frozenset[str]:
    return _among(unit, _dialled_since(unit, days), dial.c.customer_id, ids) if days else frozenset()


def left_among(unit: Unit, ids: Sequence[str]) -> frozenset[str]:
    """Those of these customers who are known to have left the net by today."""
    statement = select(departure.c.customer_id).where(
        departure.c.tenant_id == unit.tenant, departure.c.left_on <= local_day(unit.now)
    )
    return _among(unit, statement, departure.c.customer_id, ids)


def _drawn(unit: Unit, days: int, but: str) -> Select[str]:
    member = campaign_member
    # A draft has members only while they are chosen; what a start that was cut short left belongs to nobody.
    drafts = [one for one in every(unit, [CampaignState.DRAFT]) if being_chosen(one.standing, unit.now)]
    lately, held_out = member.c.drawn_at >= unit.now - timedelta(days=days), member.c.arm == Arm.CONTROL.value
    return (
        select(member.c.customer_id)
        .join(campaign, (campaign.c.tenant_id == member.c.tenant_id) & (campaign.c.id == member.c.campaign_id))
        .where(
            member.c.tenant_id == unit.tenant,
            member.c.campaign_id != but,
            member.c.arm.in_([Arm.TREATED.value, Arm.CONTROL.value]),
            or_(
                and_(campaign.c.state.in_([one.value for one in UNDER_WAY]), or_(lately, held_out)),
                and_(campaign.c.id.in_([one.campaign.id for one in drafts]), lately),
                # Its effect is told only days after its end; those who were called may be called by what follows it.
                and_(campaign.c.state == CampaignState.ENDED.value, held_out, lately),
            ),
        )
    )
