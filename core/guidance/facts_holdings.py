"""Facts of the handset and of the services that a customer has."""

from datetime import date

from core.domain.customer import Holdings

Facts = dict[str, object]

MISSED_CALLS, ROAMING = "call-secretary", "roaming"
"""codes of a subscription and of a special service"""


def holding_facts(holdings: Holdings | None, today: date) -> Facts:
    """A service that is not listed is absent only where the list is whole."""
    if holdings is None:
        return {}
    found: Facts = {}
    if handset := holdings.handset:
        found |= {"handset_model": handset.model, "handset_4g": handset.supports_4g}
        if handset.since is not None and handset.since <= today:
            found["handset_age_days"] = (today - handset.since).days
    running = {one.code for one in holdings.subscriptions if one.until is None or one.until >= today}
    services = {one.code for one in holdings.services}
    if running or holdings.whole:
        found["added_services"] = len(running)
    found["missed_call_cover"] = _has(MISSED_CALLS, running, whole=holdings.whole)
    found["roaming_service"] = _has(ROAMING, services, whole=holdings.whole)
    return found


def _has(code: str, codes: set[str], *, whole: bool) -> bool | None:
    return True if code in codes else (False if whole else None)
