"""Values of the catalogue's indicators, each hung on the customer's life; one module a group."""

from core.demo.indicators import (
    account,
    apps,
    calls,
    contact,
    daily,
    handset,
    home,
    mobility,
    monthly,
    network,
    person,
    plan,
    service,
)
from core.demo.indicators.facts import Facts, Values
from core.demo.life import Life
from core.domain.customer import Care, DayUse

_GROUPS = (
    monthly,
    daily,
    apps,
    calls,
    network,
    handset,
    account,
    service,
    contact,
    plan,
    home,
    person,
    mobility,
)


def indicator_values(life: Life, days: list[DayUse], care: Care, *, open_complaints: int) -> Values:
    """Values by indicator name; what is not known of this customer is absent."""
    facts = Facts(life, days, care, open_complaints)
    found: Values = {}
    for group in _GROUPS:
        found |= group.values(facts)
    return {name: value for name, value in found.items() if value is not None}
