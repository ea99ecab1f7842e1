"""Whole months from one day to another, and how long a customer has been on net."""

from datetime import date

from core.domain.customer import Identity


def months_between(earlier: date, later: date) -> int:
    """Whole months; 0 where `later` is not after `earlier`."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    return max(months, 0)


def tenure_months(identity: Identity, today: date) -> int | None:
    """From the day on which the customer came, else as it was told; None where neither is known or can be true."""
    since, told = identity.on_net_since, identity.tenure_months
    if since is not None:
        return months_between(since, today) if since <= today else None
    return told if told is not None and told >= 0 else None
