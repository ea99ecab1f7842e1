"""Which contracts bind, and from when one may be extended (CONTRACT-03): within its last six months, unless it says so
itself."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.domain.customer import Contract

MONTHS_A_YEAR, DAYS_A_YEAR = 12, 365.25
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


class RenewalTerms(Struct, frozen=True, kw_only=True):
    """The same contract once more (CONTRACT-01): as long as before, from the day after its end."""

    months: int
    starts_on: date
    ends_on: date
    """the last day"""
    minimum_spend_fen: int | None = None
    locked: bool = False


def renewal_terms(contract: Contract) -> RenewalTerms | None:
    """None where its start or its end is not on record, or it ran for less than a month: nothing is made up then."""
    if contract.starts_on is None or contract.ends_on is None:
        return None
    months = round((contract.ends_on - contract.starts_on).days * MONTHS_A_YEAR / DAYS_A_YEAR)
    if months < 1:
        return None
    starts_on = contract.ends_on + timedelta(days=1)
    return RenewalTerms(
        months=months,
        starts_on=starts_on,
        ends_on=months_after(starts_on, months) - timedelta(days=1),
        minimum_spend_fen=contract.minimum_spend_fen,
        locked=contract.locked,
    )


def months_after(day: date, months: int) -> date:
    """The same day that many months later; the first of the month after where that month is too short."""
    number = day.year * 12 + day.month - 1 + months
    try:
        return day.replace(year=number // 12, month=number % 12 + 1)
    except ValueError:
        return date((number + 1) // 12, (number + 1) % 12 + 1, 1)
