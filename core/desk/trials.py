"""What customers were given for a time, and when it ends (FOLLOW-07): as the server told it, own sales laid over."""

from datetime import date, timedelta
from uuid import UUID

from core.desk.desk import Desk
from core.domain.clock import local_day
from core.domain.trial_told import TrialTold, endings

SINCE = timedelta(days=400)
"""sales of this machine are looked at so far back"""
SHOWN_AFTER = timedelta(days=7)
"""so long after its last day one is still listed"""
BEFORE = timedelta(days=2)
"""so long before its last day who looks after it is reminded"""
_OWN = UUID(int=0)


def running(desk: Desk) -> list[TrialTold]:
    """By their last day. A sale that the server does not know yet has no id of its own."""
    told = {(one.customer_id, one.offer): one for one in desk.store.trials()}
    for outcome in desk.store.sold_with_an_end(desk.moment().wall - SINCE):
        for made in endings(outcome):
            told.setdefault(
                (outcome.customer_id, made.offer),
                TrialTold(
                    id=_OWN,
                    outcome=outcome.id,
                    offer=made.offer,
                    name=made.name,
                    customer_id=outcome.customer_id,
                    agent=outcome.agent,
                    scenario=outcome.scenario,
                    until=made.until,
                ),
            )
    return sorted(told.values(), key=lambda one: (one.until, one.customer_id, one.offer))


def listed(desk: Desk) -> list[TrialTold]:
    """Those that run, and those that ended within a week."""
    today = local_day(desk.moment().wall)
    return [one for one in running(desk) if one.until >= today - SHOWN_AFTER]


def ending(desk: Desk) -> list[TrialTold]:
    """Those that end within two days: of them the customer is to hear before."""
    today = local_day(desk.moment().wall)
    return [one for one in running(desk) if today <= one.until <= today + BEFORE]


def key_of(one: TrialTold) -> str:
    return f"trial:{one.customer_id}:{one.offer}"


def days_left(one: TrialTold, today: date) -> int:
    """0 on its last day; below that it is over."""
    return (one.until - today).days
