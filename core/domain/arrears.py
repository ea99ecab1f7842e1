"""Since when a customer is in arrears: money pays the oldest bill first, so what is owed is of the newest ones."""

from datetime import date

from core.domain.customer import Billing
from core.domain.renewal import months_after

_RECENT_MONTHS = 2
"""a newer bill than one that came out so long ago is not on record: nobody knows of what the arrears are"""


def arrears_since(billing: Billing, today: date) -> date | None:
    """The day on which the oldest bill that is not wholly paid came out, the first of the month after it.

    None where nothing is owed, or the bills on record do not say: they come to less, a month between them is missing,
    or the newest ones are."""
    owed, last = billing.arrears_fen or 0, None
    if owed <= 0:
        return None
    for bill in reversed(billing.bills):
        out = months_after(date.fromisoformat(f"{bill.month}-01"), 1)
        if (last is None and months_after(out, _RECENT_MONTHS) <= today) or last not in (None, months_after(out, 1)):
            return None
        owed, last = owed - bill.total_fen, out
        if owed <= 0:
            return out
    return None
