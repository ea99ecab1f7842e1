"""How much may be spent to keep a customer, as content: by value, for a period. Money is fen."""

from enum import StrEnum

from msgspec import Struct

from core.domain.customer import Value
from core.domain.text import Text


class Gauge(StrEnum):
    """How much of a customer's budget is spent."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    """all of it, or more"""


class BudgetRow(Struct, frozen=True, kw_only=True):
    value: Value
    fen: int
    """for one period"""


class BudgetRule(Struct, frozen=True, kw_only=True):
    version: int
    period_months: int
    """periods begin with the year; a divisor of 12"""
    rows: tuple[BudgetRow, ...]
    unknown_fen: int
    """for a customer whose value nobody knows"""
    amber_percent: int
    """from this share spent on"""
    words: dict[Gauge, Text]
    """what the gauge says to the agent"""
