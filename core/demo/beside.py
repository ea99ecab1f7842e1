"""What some customers hold beside their plan: packs, and further SIMs of a shared plan with their use."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from core.demo.plans import BY_CODE, SHARED_FROM, Plan
from core.demo.profile import Profile
from core.demo.rng import Purpose, stream
from core.demo.today import Today, add_months
from core.domain.customer import MemberUse, MonthUse, Subscription
from core.domain.plan import Pack

PACK_SHARE, SECOND_PACK_SHARE = 0.3, 0.25
"""of customers on a plan that takes packs; of these, who hold two"""
RUNNING_SHARE = 0.6
"""of packs that have not ended"""
SHARING_SHARE = 0.35
"""of customers on a plan that a household shares"""


def shared_from(seed: int, who: Profile, today: Today, plan: Plan) -> tuple[Plan, date] | None:
    """The shared plan that a household changed to, and the first of the month from which; None for most."""
    rng = stream(seed, who.index, Purpose.SHARING)
    if who.part.scenario or plan.code not in SHARED_FROM or rng.random() >= SHARING_SHARE:
        return None
    first = today.firsts[rng.randrange(3, len(today.firsts) - 4)]
    return (BY_CODE[SHARED_FROM[plan.code]], first) if who.on_net_since < first else None


def with_members(seed: int, who: Profile, uses: Sequence[MonthUse], plans: Sequence[Plan]) -> list[MonthUse]:
    """The months of use with that of the further SIMs, in months whose plan has any; `plans` are of the same months."""
    rng = stream(seed, who.index, Purpose.MEMBERS)
    room = max((plan.sims for plan in plans), default=0)
    if not room or who.part.scenario:
        return list(uses)
    sims, appetite = rng.randrange(1, room + 1), 0.3 + 0.9 * rng.random()
    found = []
    for use, plan in zip(uses, plans, strict=True):
        part = appetite * (0.8 + 0.4 * rng.random())
        found.append(replace(use, members=_members(use, sims, part)) if plan.sims else use)
    return found


def _members(use: MonthUse, sims: int, part: float) -> MemberUse:
    """Each uses about that part of what the first SIM does; none of them leaves the country."""
    voice_min, data_mb = int((use.voice_min or 0) * part * sims), int((use.data_mb or 0) * part * sims)
    return MemberUse(
        sims=sims,
        data_mb=data_mb,
        directed_mb=data_mb // 6,
        off_peak_mb=data_mb // 9,
        voice_min=voice_min,
        off_net_min=voice_min // 3,
        sms=int((use.sms or 0) * part),
        roaming_mb=0,
    )


def packs_held(seed: int, who: Profile, today: Today, plan: Plan) -> list[Subscription]:
    """Packs of the present plan, running or ended; in months of another plan they may stay unbilled."""
    rng = stream(seed, who.index, Purpose.PACKS)
    if who.part.scenario or not plan.packs or rng.random() >= PACK_SHARE:
        return []
    count = 2 if len(plan.packs) > 1 and rng.random() < SECOND_PACK_SHARE else 1
    held = []
    for pack in rng.sample(plan.packs, count):
        since = max(today.firsts[rng.randrange(6, 23)] + timedelta(days=rng.randrange(28)), who.on_net_since)
        ended = add_months(since.replace(day=1), rng.randrange(9)) + timedelta(days=rng.randrange(28))
        until = None if rng.random() < RUNNING_SHARE or ended >= today.day else max(ended, since)
        held.append(Subscription(code=pack.code, label=pack.name, fee_fen=pack.fee_fen, since=since, until=until))
    return held


def packs_in(held: Sequence[Subscription], plan: Plan, first: date) -> tuple[Pack, ...]:
    """Those of a plan's packs that were held on any day of the month that begins on `first`."""
    after = add_months(first, 1)
    codes = {one.code for one in held if one.since and one.since < after and (one.until is None or one.until >= first)}
    return tuple(pack for pack in plan.packs if pack.code in codes)
