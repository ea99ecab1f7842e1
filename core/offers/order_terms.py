"""Whether an order binds as the catalogue says: its term, its lock, and from when it holds.

What was read back is what the customer agreed to (OUTCOME-12): a term that no plan has must not leave as one. Pure."""

from datetime import date

from core.domain.order import Order
from core.domain.plan import BroadbandPlan, Plan
from core.domain.text import Text, filled

OTHER_TERM = Text(
    "“{what}”在目录里{term}，订单写的是{written}",
    "In the catalogue {what} has {term}; the order says {written}",
)
MOVED_UP_TERM = Text(
    "“{what}”是提档迁转，原协议照旧，不另起协议期，订单写的是{written}",
    "{what} is a tier-up migration: the contract goes on, no new term begins; the order says {written}",
)
MOVED_UP_LOCK = Text(
    "“{what}”是提档迁转，原协议照旧：协议锁定要勾上，念给客户听",
    "{what} is a tier-up migration and the contract goes on: tick the lock, and read it back",
)
NOT_BOUND = Text(
    "“{what}”不签协议，订单却写了协议锁定：去掉再念一遍",
    "{what} binds to no contract, and the order says it does: untick the lock, and read it back again",
)
BOUND = Text(
    "“{what}”要签协议，订单没有写协议锁定：勾上再念一遍",
    "{what} comes with a contract, and the order does not say so: tick the lock, and read it back again",
)
BEGUN = Text(
    "“{what}”的生效日 {day} 在通话之前",
    "{what} would take effect on {day}, before the call",
)
_NO_TERM, _TERM = Text("不签协议期", "no term"), Text("期限 {months} 个月", "a term of {months} months")
_DAYS = Text("期限 {days} 天", "a term of {days} days")
_YEAR_DAYS, _YEAR_MONTHS = 365, 12


def begun_refusal(order: Order, what: Text, today: date) -> Text | None:
    """`today` is the day of the call: nothing is sold for the past."""
    return filled(BEGUN, what=what, day=order.starts_on.isoformat()) if order.starts_on < today else None


def plan_terms_refusal(order: Order, plan: Plan, *, moved_up: bool = False) -> Text | None:
    """`moved_up`: a locked customer takes it as a tier-up migration, under the running contract (CONTRACT-02)."""
    months = 0 if moved_up else plan.contract.term_months
    if order.term_months != months or order.until is not None:
        words = MOVED_UP_TERM if moved_up else OTHER_TERM
        return filled(words, what=plan.name, term=_months(months), written=_written(order))
    if moved_up:
        return None if order.locked else filled(MOVED_UP_LOCK, what=plan.name)
    return _lock_refusal(order, plan.name, binds=months > 0)


def line_terms_refusal(order: Order, plan: BroadbandPlan) -> Text | None:
    """A year's line runs so many months, a holiday's so many days, a metered one has no end. None of them locks."""
    years, rest = divmod(plan.term_days, _YEAR_DAYS)
    months, days = (0, plan.term_days) if rest else (years * _YEAR_MONTHS, 0)
    # Typed by hand, an order has no day on which it ends: the product's own days hold.
    as_written = order.until is None or (order.until - order.starts_on).days + 1 == days
    if order.term_months != months or not as_written:
        term = filled(_DAYS, days=str(days)) if days else _months(months)
        return filled(OTHER_TERM, what=plan.name, term=term, written=_written(order))
    return _lock_refusal(order, plan.name, binds=False)


def _lock_refusal(order: Order, what: Text, *, binds: bool) -> Text | None:
    if order.locked is binds:
        return None
    return filled(BOUND if binds else NOT_BOUND, what=what)


def _written(order: Order) -> Text:
    if order.until is not None and not order.term_months:
        return filled(_DAYS, days=str((order.until - order.starts_on).days + 1))
    return _months(order.term_months)


def _months(months: int) -> Text:
    return filled(_TERM, months=str(months)) if months else _NO_TERM
