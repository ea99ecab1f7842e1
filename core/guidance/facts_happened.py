"""Facts of what care follows upon: a payment, a pack that began, a ring-back tone of long ago, and what sources flag.

What the sources flag stands among the indicators; a site's own list need not have them, and then the fact is absent.
"""

from collections.abc import Mapping
from datetime import date

from core.domain.clock import local_day
from core.domain.customer import Billing, Holdings

Facts = dict[str, object]

RING_BACK = "ring-back"
"""code of a subscription"""
PAPERLESS, CUTOVER = "bill_paperless", "cutover_planned"
"""names of indicators"""
FLAGGED = (PAPERLESS, CUTOVER)


def happened_facts(
    billing: Billing | None, holdings: Holdings | None, indicators: Mapping[str, object] | None, today: date
) -> Facts:
    """Days since each of them; None where it is not known."""
    return _paid(billing, today) | _held(holdings, today) | _flagged(indicators or {})


def _paid(billing: Billing | None, today: date) -> Facts:
    days = [local_day(one.at) for one in billing.payments] if billing else []
    return {"paid_days_ago": (today - max(days)).days} if days and max(days) <= today else {}


def _held(holdings: Holdings | None, today: date) -> Facts:
    if holdings is None:
        return {}
    began = [one.since for one in holdings.packs if one.since is not None and one.since <= today]
    tones = [
        one for one in holdings.subscriptions if one.code == RING_BACK and (one.until is None or one.until >= today)
    ]
    since = [one.since for one in tones if one.since is not None and one.since <= today]
    return {
        "pack_days_ago": (today - max(began)).days if began else None,
        "ring_back_days": (today - max(since)).days if since else None,
    }


def _flagged(indicators: Mapping[str, object]) -> Facts:
    paperless, cutover = indicators.get(PAPERLESS), indicators.get(CUTOVER)
    return {
        "paper_bill": not paperless if isinstance(paperless, bool) else None,
        "cutover_planned": cutover if isinstance(cutover, bool) else None,
    }
