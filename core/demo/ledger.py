"""A customer's account: bills, payments and what is left."""

from datetime import date, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from core.demo.beside import packs_in
from core.demo.billing import Extras, bill
from core.demo.plans import Plan
from core.demo.profile import Profile
from core.demo.rng import Purpose, stream
from core.demo.today import Today, add_months, moment
from core.domain.customer import Bill, Contract, Holdings, MonthUse, Payment, Subscription
from core.domain.text import Text

ROAMING_PACK_FEN = 9_800
ADJUSTED_SHARE = 0.03
"""of bills, which carry a correction by hand"""
_TOP_UPS = (3_000, 5_000, 10_000, 20_000, 30_000, 50_000)
CHANNELS = (
    Text("手机支付", "Mobile payment"), Text("网厅", "Online hall"), Text("空中充值", "Over-the-air top-up"),
    Text("营业厅", "Store"), Text("银行代扣", "Direct debit"),
)  # fmt: skip


class Metered(Struct, frozen=True, kw_only=True):
    """Broadband by the month."""

    fen: int
    since: date


class Account(Struct, frozen=True, kw_only=True):
    bills: list[Bill]
    payments: list[Payment]
    opening_fen: int
    balance_fen: int
    """opening + payments − bills; negative: owed"""


def account(
    seed: int,
    profile: Profile,
    today: Today,
    uses: list[MonthUse],
    plans: tuple[Plan, ...],
    held: Holdings,
    contract: Contract | None,
    metered: Metered | None,
) -> Account:
    """Bill each month of use, oldest first, and pay as this customer pays. `plans` are those of the last 24 months."""
    rng = stream(seed, profile.index, Purpose.LEDGER)
    offset = len(today.months) - len(uses)
    bills = []
    for place, use in enumerate(uses):
        plan, first = plans[place + offset], today.firsts[place + offset]
        extras = _extras(first, use, held.subscriptions, contract, metered, _adjustment(rng))
        packs = packs_in(held.packs, plan, first)
        bills.append(bill(plan, use, replace(extras, packs=packs)))
    opening = rng.randrange(500, 6_000)
    return _paid(rng, profile, today, bills, offset, opening)


def _adjustment(rng: Random) -> int:
    """A correction by hand in fen, mostly in the customer's favour; 0 for most bills."""
    if rng.random() >= ADJUSTED_SHARE:
        return 0
    return rng.choice((-1, -1, 1)) * rng.randrange(150, 1_500)


def _extras(
    first: date,
    use: MonthUse,
    subscriptions: list[Subscription],
    contract: Contract | None,
    metered: Metered | None,
    adjustment: int,
) -> Extras:
    after = add_months(first, 1)
    value_added = sum(
        s.fee_fen or 0 for s in subscriptions if s.since and s.since < after and not (s.until and s.until < first)
    )
    runs = contract is not None and contract.starts_on is not None and contract.starts_on < after
    pack = ROAMING_PACK_FEN if (use.roaming_mb or 0) > 400 else 0
    return Extras(
        value_added=value_added,
        broadband=metered.fen if metered and metered.since < after else 0,
        roaming_pack=pack,
        bonus=(contract.monthly_bonus_fen or 0) if runs and contract else 0,
        minimum=(contract.minimum_spend_fen or 0) if runs and contract else 0,
        adjustment=adjustment,
    )


def _paid(rng: Random, profile: Profile, today: Today, bills: list[Bill], offset: int, opening: int) -> Account:
    """Prepaid: topped up in round sums when little is left; else the bill, days later; the careless at times not."""
    channel, other = rng.choice(CHANNELS), rng.choice(CHANNELS)
    balance, payments = opening, []
    for place, one in enumerate(bills):
        balance -= one.total_fen
        due = add_months(today.firsts[place + offset], 1)
        if profile.careless > 0.95 and rng.random() < 0.35:
            continue
        floor = 0 if profile.careless > 0.5 else 1_500
        if balance >= floor:
            continue
        short = floor - balance
        paid = next((sum_ for sum_ in _TOP_UPS if sum_ >= short), -(-short // 10_000) * 10_000)
        if not profile.prepaid:
            paid = -(-short // 100) * 100
        at = moment(due + timedelta(days=rng.randrange(9)), 8 * 60 + rng.randrange(780))
        at = min(at, today.as_of - timedelta(minutes=30))
        payments.append(Payment(at=at, fen=paid, channel=channel if rng.random() < 0.8 else other))
        balance += paid
    return Account(bills=bills, payments=payments, opening_fen=opening, balance_fen=balance)
