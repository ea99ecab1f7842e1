"""Amounts in plans that were written without their unit: told with what to write instead."""

from collections.abc import Iterable

from core.content.flaws import Flaw, Where
from core.content.quantities import Kind, unitless

_MONEY = ("fee", "minimum_spend", "member_fee", "block_cap", "month_cap", "monthly_bonus", "term_fee", "monthly_fee")
_KINDS = {
    **dict.fromkeys(_MONEY, Kind.MONEY),
    **dict.fromkeys(("data", "directed", "off_peak", "roaming"), Kind.DATA),
    **dict.fromkeys(("voice", "on_net", "off_net"), Kind.MINUTES),
    "sms": Kind.SMS,
    "broadband": Kind.SPEED,
    "speed": Kind.SPEED,
    "included": Kind.HOURS,
}
"""key of a plan, a pack or a broadband plan, and what its amount counts"""


def bare_amounts(value: object, where: Where = ()) -> list[Flaw]:
    """Every number that stands where an amount with its unit belongs."""
    key = where[-1] if where else ""
    if isinstance(value, int | float) and not isinstance(value, bool) and key in _KINDS:
        return [Flaw(where, unitless(str(value), _KINDS[str(key)]))]
    return [flaw for at, inner in _inside(value) for flaw in bare_amounts(inner, (*where, at))]


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
