"""What may still be spent to keep a customer in this period, and how that stands: green, amber or red."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.domain.clock import local_day
from core.domain.customer import Value
from core.domain.offered import PastOffer, Reply
from core.domain.renewal import months_after
from core.domain.retention_budget import BudgetRule, Gauge
from core.domain.text import Text


class Budget(Struct, frozen=True, kw_only=True):
    """One customer's, in fen."""

    whole_fen: int
    spent_fen: int
    """granted in this period, in earlier calls and in this one"""
    granted_fen: int = 0
    """what a lead granted in this call and the customer has not taken yet: the gauge counts it"""
    gauge: Gauge
    said: Text
    begins_on: date
    renews_on: date
    """the first day of the next period"""

    @property
    def left_fen(self) -> int:
        """Negative where a lead granted more than there was."""
        return self.whole_fen - self.spent_fen


def budget_of(
    rule: BudgetRule,
    value: Value | None,
    history: Iterable[PastOffer],
    today: date,
    *,
    here_fen: int = 0,
    granted_fen: int = 0,
) -> Budget:
    """The budget of a customer of that value; `here_fen` is what this call has given so far, `granted_fen` what a lead
    granted beside it that was not taken yet."""
    whole = next((row.fen for row in rule.rows if row.value is value), rule.unknown_fen)
    begins = _period_begins(rule, today)
    spent = here_fen + sum(
        one.cost_fen for one in history if one.reply is Reply.ACCEPTED and begins <= local_day(one.at) <= today
    )
    gauge = _gauge(rule, spent + granted_fen, whole)
    return Budget(
        whole_fen=whole,
        spent_fen=spent,
        granted_fen=granted_fen,
        gauge=gauge,
        said=rule.words[gauge],
        begins_on=begins,
        renews_on=months_after(begins, rule.period_months),
    )


def _period_begins(rule: BudgetRule, today: date) -> date:
    month = (today.month - 1) // rule.period_months * rule.period_months + 1
    return date(today.year, month, 1)


def _gauge(rule: BudgetRule, spent_fen: int, whole_fen: int) -> Gauge:
    if spent_fen >= whole_fen:
        return Gauge.RED
    return Gauge.AMBER if spent_fen * 100 >= whole_fen * rule.amber_percent else Gauge.GREEN
