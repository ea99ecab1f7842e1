"""Which contracts bind, and from when one may be extended (CONTRACT-03): within its last six months, unless it says so
itself."""

from collections.abc import Sequence
from datetime import date

from core.domain.customer import Contract

RENEWAL_MONTHS = 6
"""before its end a contract may be extended, where the contract does not say from when itself"""


def running(contracts: Sequence[Contract], today: date) -> list[Contract]:
    """The contracts that bind today, the one that binds most first: locked before others, then the longest."""
    found = [one for one in contracts if one.ends_on is None or one.ends_on >= today]
    return sorted(found, key=lambda one: (one.locked, one.ends_on or date.max), reverse=True)


def most_binding_first(contracts: Sequence[Contract], today: date) -> list[Contract]:
    """All on record: those that bind today as `running` has them, then those that are over, the latest first."""
    binding = running(contracts, today)
    over = (one for one in contracts if one.ends_on is not None and one.ends_on < today)
    return [*binding, *sorted(over, key=lambda one: one.ends_on or date.min, reverse=True)]


def renewal_from(contract: Contract) -> date | None:
    """The first day of the renewal window; None where neither it nor the contract's end is known."""
    if contract.renewal_from is not None:
        return contract.renewal_from
    return months_after(contract.ends_on, -RENEWAL_MONTHS) if contract.ends_on else None


def months_after(day: date, months: int) -> date:
    """The same day that many months later; the first of the month after where that month is too short."""
    number = day.year * 12 + day.month - 1 + months
    try:
        return day.replace(year=number // 12, month=number % 12 + 1)
    except ValueError:
        return date((number + 1) // 12, (number + 1) % 12 + 1, 1)
