"""A customer's whole life with the operator, put together once; documents, tasks and past calls are read from it."""

from datetime import date, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from core.demo.beside import packs_held, shared_from, with_members
from core.demo.billing import ItemCode, best_upgrade, use_fen
from core.demo.calls import PastDial, past_calls
from core.demo.holdings import holdings
from core.demo.ledger import Account, Metered, account
from core.demo.people import UPGRADE
from core.demo.plans import MANIFOLD, PLANS, Plan
from core.demo.profile import Profile, profile
from core.demo.results import DISCONNECTED
from core.demo.rng import Purpose, stream
from core.demo.services import Ties, services
from core.demo.standing import Points, mean_fen, points_of, stage_of, tier_of, value_of
from core.demo.today import Today, add_months
from core.demo.use import month_uses
from core.domain.clock import local_day
from core.domain.customer import Bill, Holdings, LifeStage, MonthUse, Value
from core.domain.task import Tier
from core.domain.tenure import months_between


class Life(Struct, frozen=True, kw_only=True):
    today: Today
    seed: int
    profile: Profile
    calls: list[PastDial]
    plans: tuple[Plan, ...]
    """of each of the last 24 months, oldest first"""
    plan: Plan
    plan_since: date
    uses: list[MonthUse]
    holdings: Holdings
    ties: Ties
    account: Account
    tenure_months: int
    credit: int
    mean_year_fen: int
    mean_half_year_fen: int
    tier: Tier
    value: Value
    stage: LifeStage
    points: Points
    months_over_data: int
    months_over_voice: int

    @property
    def opted_out(self) -> bool:
        return any(call.refused for call in self.calls)


class PlanHistory(Struct, frozen=True, kw_only=True):
    plans: tuple[Plan, ...]
    plan: Plan
    since: date


def live(seed: int, index: int, today: Today) -> Life:
    """The life of customer `index`, up to `today`."""
    who = profile(seed, index, today)
    calls = past_calls(seed, who, today)
    history = _plan_history(seed, who, calls, today)
    ceilings = tuple(max(plan.data_mb * 6, 300) for plan in history.plans)
    alone = month_uses(seed, who, today, ceilings)
    on_net = history.plans[len(history.plans) - len(alone) :]
    uses = with_members(seed, who, alone, on_net)
    held = replace(holdings(seed, who, today, history.plan), packs=packs_held(seed, who, today, history.plan))
    left = any(call.ending is DISCONNECTED for call in calls)
    ties = services(seed, who, today, history.plan, left=left)
    money = account(seed, who, today, uses, history.plans, held, ties.subsidy, _metered(ties))
    tenure = months_between(who.on_net_since, today.day)
    credit = _credit(who, money, tenure)
    year, half_year = mean_fen(money.bills, 12), mean_fen(money.bills, 6)
    return Life(
        today=today,
        seed=seed,
        profile=who,
        calls=calls,
        plans=history.plans,
        plan=history.plan,
        plan_since=history.since,
        uses=uses,
        holdings=held,
        ties=ties,
        account=money,
        tenure_months=tenure,
        credit=credit,
        mean_year_fen=year,
        mean_half_year_fen=half_year,
        tier=tier_of(year, tenure, credit),
        value=value_of(half_year),
        stage=stage_of(tenure, uses),
        points=points_of(money.bills, 0.2 + 0.7 * who.careless),
        months_over_data=_months_with(money.bills, ItemCode.DATA_OVER),
        months_over_voice=_months_with(money.bills, ItemCode.VOICE_OVER),
    )


def _months_with(bills: list[Bill], code: ItemCode) -> int:
    """In how many of the last six that line stands."""
    return sum(any(item.code == code for item in bill.items) for bill in bills[-6:])


def _metered(ties: Ties) -> Metered | None:
    line, plan = ties.services.broadband, ties.home_plan
    if line is None or line.installed_on is None or plan is None or not plan.monthly_fen:
        return None
    return Metered(fen=plan.monthly_fen, since=line.installed_on)


def saving_fen(life: Life) -> int:
    """What the best of the campaign's plans would save a month by plan and use alone: by it the campaign chooses whom
    to call, and nobody is told of it. Negative where all cost more."""
    recent = life.uses[-6:]
    now = sum(use_fen(life.plan, use) for use in recent) // len(recent)
    return now - best_upgrade(recent, has_broadband=life.ties.services.broadband is not None)[1]


def above_fee_fen(life: Life) -> int:
    """How far the mean of the last six bills lies above the fee; 0 where it does not, or there are fewer bills."""
    bills = life.account.bills[-6:]
    if len(bills) < 6:
        return 0
    return max(round(sum(bill.total_fen for bill in bills) / 6) - life.plan.fee_fen, 0)


def _credit(who: Profile, money: Account, tenure: int) -> int:
    """0 … 100: longer tenure raises it, owing and careless paying lower it."""
    score = 62 + min(tenure, 96) // 3 - (18 if money.balance_fen < -2_000 else 0) - (14 if who.careless > 0.95 else 0)
    return max(min(score, 98), 20)


def _plan_history(seed: int, who: Profile, calls: list[PastDial], today: Today) -> PlanHistory:
    """The plan of each month: one in ten changed it long ago; who agreed to an upgrade has it from the next month."""
    rng = stream(seed, who.index, Purpose.PLAN)
    plan, since = who.base_plan, _since(rng, who, today)
    before, changed = plan, date.min
    if rng.random() < 0.1 and not who.part.scenario:
        cheaper = [one for one in PLANS if one.fee_fen < plan.fee_fen and one.generation <= plan.generation]
        changed = today.firsts[rng.randrange(4, 18)]
        if cheaper and changed > who.on_net_since:
            before, since = max(cheaper, key=lambda one: one.fee_fen), changed
    after, upgraded = plan, date.max
    for call in calls:
        if call.success and call.scenario == UPGRADE:
            upgraded = add_months(_china_month(call), 1)
            after = fitting(who)
    plans = tuple(
        after if first >= upgraded else (before if before is not plan and first < changed else plan)
        for first in today.firsts
    )
    sharing = shared_from(seed, who, today, plan)
    if sharing is not None and changed < sharing[1] and upgraded == date.max:
        shared, first_shared = sharing
        plans = tuple(shared if f >= first_shared else p for f, p in zip(today.firsts, plans, strict=True))
        return PlanHistory(plans=plans, plan=shared, since=first_shared)
    if upgraded <= today.day:
        return PlanHistory(plans=plans, plan=after, since=upgraded)
    several = manifold(who, calls, since) if before is plan and upgraded == date.max else ()
    if several:
        return _changing(several, since, today)
    return PlanHistory(plans=plans, plan=plan, since=since)


def manifold(who: Profile, calls: list[PastDial], since: date) -> tuple[Plan, ...]:
    """Plans of more than one price that this customer had in turn; none for whom a campaign may call: who is
    asked what must not hang on it."""
    callable_ = bool(who.numbers) and not any(call.refused for call in calls)
    if callable_ or who.index % 4 == 0 or who.part.scenario or who.base_plan.with_broadband:
        return ()
    alike = [one for one in MANIFOLD if one.generation == who.base_plan.generation]
    first = [one for one in alike if one.listed and (one.on_sale or since <= (one.listed.on_sale_until or since))]
    later = [one for one in alike if one.on_sale]
    nth = who.index // 4
    if not first or not later:
        return (first[nth % len(first)],) if first else ()
    return first[nth % len(first)], *(later[(nth + more) % len(later)] for more in (1, 2))


def _changing(several: tuple[Plan, ...], since: date, today: Today) -> PlanHistory:
    """Each for as many months as the others."""
    each = -(-len(today.firsts) // len(several))
    plans = tuple(several[place // each] for place in range(len(today.firsts)))
    plan = plans[-1]
    began = today.firsts[(len(several) - 1) * each] if len(several) > 1 else since
    launched = plan.listed.on_sale_from if plan.listed else began
    return PlanHistory(plans=plans, plan=plan, since=max(since, began, launched))


def _since(rng: Random, who: Profile, today: Today) -> date:
    """From when the customer is on the present plan: since joining, or since some day after it came on sale."""
    launch = date(who.base_plan.since, 9, 1)
    if who.on_net_since >= launch:
        return who.on_net_since
    return launch + timedelta(days=int(rng.random() * max((today.firsts[0] - launch).days, 0)))


def fitting(who: Profile) -> Plan:
    """The 4G plan that an agent would offer for this customer's usual use."""
    usual = MonthUse(month="", data_mb=int(who.data_mb), voice_min=int(who.voice_min))
    return best_upgrade([usual], has_broadband=who.had_broadband)[0]


def _china_month(call: PastDial) -> date:
    return local_day(call.at).replace(day=1)
