"""Contracts, broadband and household ties."""

from datetime import date, timedelta
from random import Random

from msgspec import Struct

from core.content.plans import catalogue
from core.demo.cast import Deal, Trouble
from core.demo.english import english_of
from core.demo.line_hours import line_hours
from core.demo.names import person, stranger
from core.demo.plans import Plan
from core.demo.profile import Profile, Segment
from core.demo.rng import Purpose, stream, weighted
from core.demo.today import Today
from core.domain.customer import Broadband, Contract, Gender, Services, Tie
from core.domain.masking import mask_name, mask_number
from core.domain.plan import BroadbandKind, BroadbandPlan
from core.domain.text import Text

SUBSIDY = Text("机补协议", "Handset-subsidy contract")
PREPAY = Text("存费送费协议", "Prepay-for-credit contract")
HOME = Text("宽带包年协议", "Yearly broadband contract")
BONUS_FEN = 1_000
"""bonus credit of a month, of either contract"""
_HALF_YEAR = timedelta(days=183)
RIVALS = ("联信宽带", "江城广电", "移通家宽")


def _home_plans(*codes: str) -> tuple[BroadbandPlan, ...]:
    by_code = {plan.code: plan for plan in catalogue().broadband}
    return tuple(by_code[code] for code in codes)


HOME_PLANS: dict[BroadbandKind, tuple[BroadbandPlan, ...]] = {
    BroadbandKind.YEARLY: _home_plans("bb-y20", "bb-y50", "bb-y100", "bb-y200", "bb-y500"),
    BroadbandKind.HOLIDAY: _home_plans("bb-h100"),
    BroadbandKind.METERED: _home_plans("bb-m20"),
    BroadbandKind.BUNDLE: _home_plans("bb-e200", "bb-e500"),
}


class Ties(Struct, frozen=True, kw_only=True):
    services: Services
    subsidy: Contract | None
    """the handset-subsidy or prepay contract that runs"""
    home_plan: BroadbandPlan | None


def services(seed: int, profile: Profile, today: Today, plan: Plan, *, left: bool) -> Ties:
    """What binds a customer on `plan`; `left`: the broadband was disconnected after a call."""
    rng = stream(seed, profile.index, Purpose.SERVICES)
    subsidy = _contract(rng, profile, today, plan)
    contracts = [subsidy] if subsidy else []
    broadband, home_plan = (None, None) if left or not profile.had_broadband else _broadband(rng, profile, today, plan)
    if broadband and home_plan and home_plan.term_fen and broadband.ends_on and broadband.ends_on >= today.day:
        starts = broadband.ends_on - timedelta(days=home_plan.term_days)
        contracts.append(Contract(kind=HOME, starts_on=starts, ends_on=broadband.ends_on))
    if broadband and home_plan and broadband.installed_on:
        broadband.hours = line_hours(seed, profile.index, today, home_plan, broadband.installed_on)
    ties = _ties(rng, profile)
    return Ties(
        services=Services(
            whole=True,
            contracts=contracts,
            broadband=broadband,
            ties=ties,
            english=english_of(broadband.rivals if broadband else ()),
        ),
        subsidy=subsidy,
        home_plan=home_plan,
    )


_DEAL_DAYS = {Deal.LOCKED: (250, 700), Deal.RENEWABLE: (62, 180), Deal.ENDING: (12, 58)}


def _contract(rng: Random, profile: Profile, today: Today, plan: Plan) -> Contract | None:
    """A contract of 24 months that still runs; it ends evenly spread over the next two years."""
    deal, draw = profile.part.deal, rng.random()
    if deal is Deal.NONE or (deal is None and draw > 0.26):
        return None
    left_days = rng.randrange(*_DEAL_DAYS[deal]) if deal else rng.randrange(1, 730)
    ends_on = today.day + timedelta(days=left_days)
    starts_on = ends_on - timedelta(days=730)
    if starts_on < profile.on_net_since:
        if deal is None:
            return None
        starts_on = profile.on_net_since
    if deal is None and draw > 0.2:
        return Contract(kind=PREPAY, starts_on=starts_on, ends_on=ends_on, monthly_bonus_fen=BONUS_FEN)
    return Contract(
        kind=SUBSIDY,
        starts_on=starts_on,
        ends_on=ends_on,
        locked=True,
        renewal_from=ends_on - _HALF_YEAR,
        minimum_spend_fen=plan.fee_fen // 1_000 * 1_000,
        monthly_bonus_fen=BONUS_FEN,
    )


def _home_kind(rng: Random, profile: Profile, plan: Plan) -> BroadbandKind:
    if profile.trouble is Trouble.HOLIDAY_ENDED:
        return BroadbandKind.HOLIDAY
    if profile.trouble in (Trouble.LOW_PREPAID, Trouble.ENDING):
        return BroadbandKind.YEARLY
    if plan.with_broadband:
        return BroadbandKind.BUNDLE
    return weighted(rng, ((BroadbandKind.YEARLY, 0.8), (BroadbandKind.HOLIDAY, 0.08), (BroadbandKind.METERED, 0.12)))


def _ends_on(rng: Random, trouble: Trouble, today: Today, term_days: int) -> date | None:
    if not term_days:
        return None
    if trouble is Trouble.HOLIDAY_ENDED:
        return today.day - timedelta(days=rng.randrange(2, 40))
    if trouble is Trouble.ENDING:
        return today.day + timedelta(days=rng.randrange(5, 58))
    if trouble is Trouble.LOW_PREPAID:
        return today.day + timedelta(days=rng.randrange(62, 66))
    return today.day + timedelta(days=rng.randrange(min(100, term_days - 10), term_days))


def _broadband(rng: Random, profile: Profile, today: Today, plan: Plan) -> tuple[Broadband, BroadbandPlan]:
    trouble = profile.trouble
    kind = _home_kind(rng, profile, plan)
    home = rng.choice(HOME_PLANS[kind][:3] if trouble is Trouble.LOW_PREPAID else HOME_PLANS[kind])
    ends_on = _ends_on(rng, trouble, today, home.term_days)
    left_days = max((ends_on - today.day).days, 0) if ends_on else 0
    rivals = list(rng.sample(RIVALS, 1 + (rng.random() < 0.3))) if rng.random() < 0.3 else []
    if trouble in (Trouble.RIVAL, Trouble.NEW_RIVAL) and not rivals:
        rivals = [rng.choice(RIVALS)]
    if trouble is Trouble.NEW_RIVAL:
        rivals = rivals[:1]
    age_days = max((today.day - profile.on_net_since).days, 20)
    faults = rng.randrange(2, 6) if trouble is Trouble.DISSATISFIED else weighted(rng, ((0, 0.72), (1, 0.2), (2, 0.08)))
    return Broadband(
        account=f"jc{profile.index + 1:07d}",
        speed_mbps=home.speed_mbps,
        plan_name=home.name,
        yearly_fee_fen=home.term_fen or None,
        balance_fen=home.term_fen * left_days // home.term_days if home.term_days else None,
        ends_on=ends_on,
        installed_on=today.day - timedelta(days=int(15 + (age_days - 15) * rng.random())),
        address=profile.address,
        rivals=rivals,
        moving=trouble is Trouble.MOVE_UNSERVED or rng.random() < 0.02,
        demolition=trouble is Trouble.DEMOLITION,
        faults_90d=faults,
    ), home


_TIES = (
    (Text("家庭成员", "Household"), 0.45),
    (Text("亲情网", "Family group"), 0.28),
    (Text("副卡", "Second SIM"), 0.17),
    (Text("集团 VPN", "Company VPN"), 0.1),
)


def _ties(rng: Random, profile: Profile) -> list[Tie]:
    count = 0 if rng.random() < 0.35 else rng.randrange(1, 5 if profile.segment is Segment.FAMILY else 3)
    ties = []
    for _ in range(count):
        gender = Gender.FEMALE if rng.random() < 0.5 else Gender.MALE
        label = mask_name(person(rng, gender))
        ties.append(Tie(kind=weighted(rng, _TIES), label=label, number_masked=mask_number(stranger(rng))))
    return ties
