"""By which way each customer is reached (TASK-04): the first way that holds and that the campaign allows. Pure."""

from collections.abc import Mapping, Sequence

from core.domain.campaign import CALLS, Route
from core.domain.routing import Routes
from core.rules.evaluate import holds
from core.rules.form import fields_of

_OF_CUSTOMER = frozenset({"value", "tier"})
"""what the customer's own row says; all else is a factor"""


def factors_asked(routes: Routes) -> frozenset[str]:
    """The factors that the ways ask for."""
    return frozenset[str]().union(*(fields_of(way.when) for way in routes.ways)) - _OF_CUSTOMER


def route_for(routes: Routes, allowed: Sequence[Route], facts: Mapping[str, object]) -> Route:
    """`allowed`: the campaign's ways, none for calls alone. Where no way holds a representative calls; where the
    campaign has no calls its first way is taken."""
    may = frozenset(allowed) or CALLS
    for way in routes.ways:
        if way.route in may and holds(way.when, facts):
            return way.route
    if Route.REPRESENTATIVE_CALL in may:
        return Route.REPRESENTATIVE_CALL
    return next(iter(allowed), Route.REPRESENTATIVE_CALL)
