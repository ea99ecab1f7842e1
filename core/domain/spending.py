"""What a customer paid a month, as it is shown beside the script and said in it: the same months, the same rounding."""

from collections.abc import Sequence
from typing import TypeVar

from core.domain.customer import Bill

WINDOW = 6
"""months that "the last six months" says"""
Month = TypeVar("Month")


def last_months(months: Sequence[Month]) -> Sequence[Month]:
    """Of months that stand oldest first the last six, or as many as there are."""
    return months[-WINDOW:]


def mean_fen(bills: Sequence[Bill]) -> int | None:
    """The mean of the totals, to the fen; None without bills."""
    return round(sum(bill.total_fen for bill in bills) / len(bills)) if bills else None
