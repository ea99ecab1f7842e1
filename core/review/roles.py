"""Which measures each role is judged by first (KPI-01, KPI-02, KPI-08): for tiles, and for the columns of groups."""

from collections.abc import Iterable, Mapping

from core.domain.people import Role
from core.review.choice import Choice
from core.review.kinds import Measure

SAVES: Mapping[int, Measure] = {7: Measure.SAVE_RATE_7, 14: Measure.SAVE_RATE_14, 30: Measure.SAVE_RATE_30}
_ALL = (
    Measure.CALLS, Measure.CONNECT_RATE, Measure.RIGHT_PARTY_RATE, Measure.SUCCESS_RATE, Measure.SAVE_RATE_30,
    Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.MEAN_SCORE,
)  # fmt: skip
TILES: Mapping[str, tuple[Measure, ...]] = {
    # KPI-01: whom they keep and what they sell come first, calls and talk time second
    Role.PHONE_ACCOUNT_MANAGER: (
        Measure.SAVE_RATE_30, Measure.CHURN_RATE_30, Measure.NEW_SERVICES, Measure.DISPATCH_SHARE,
        Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.CALLS, Measure.TALK_TIME,
    ),
    # KPI-02
    Role.OUTBOUND_REPRESENTATIVE: (
        Measure.CALLS, Measure.SUCCESSES, Measure.SUCCESS_RATE, Measure.SUCCESS_PER_CALL, Measure.CONNECT_RATE,
        Measure.SAVE_RATE_30, Measure.CALLBACK_ADHERENCE, Measure.MEAN_SCORE,
    ),
    # KPI-08
    Role.VIP_SPECIALIST: (
        Measure.FIRST_CONTACT_IN_TIME, Measure.FIRST_CONTACT_TIME, Measure.DAYS_TO_CLOSE, Measure.COMPLAINT_DAYS,
        Measure.SATISFACTION, Measure.PROMISES_KEPT, Measure.SAVE_RATE_30, Measure.MEAN_SCORE,
    ),
    Role.CALLBACK_STAFF: (
        Measure.CALLS, Measure.CONNECT_RATE, Measure.RIGHT_PARTY_RATE, Measure.VERIFIED_OWNERS,
        Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.HANDLE_TIME, Measure.MEAN_SCORE,
    ),
}  # fmt: skip
_COLUMNS = (
    Measure.CALLS, Measure.CONNECT_RATE, Measure.OWNERS, Measure.SUCCESSES, Measure.SUCCESS_RATE, None,
    Measure.SAVE_RATE_30, Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.MEAN_SCORE, Measure.HANDLE_TIME,
)  # fmt: skip
COLUMNS: Mapping[str, tuple[Measure | None, ...]] = {
    Role.PHONE_ACCOUNT_MANAGER: (
        Measure.SAVE_RATE_30, Measure.CHURN_RATE_30, Measure.NEW_SERVICES, Measure.LATER_ORDERS, Measure.REFERRALS,
        None, Measure.DISPATCH_SHARE, Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.CALLS,
        Measure.TALK_TIME,
    ),
    Role.OUTBOUND_REPRESENTATIVE: (
        Measure.CALLS, Measure.OWNERS, Measure.SUCCESSES, Measure.SUCCESS_PER_CALL, Measure.SUCCESS_RATE, None,
        Measure.SAVE_RATE_30, Measure.CALLBACK_ADHERENCE, Measure.MEAN_SCORE, Measure.MISSED, Measure.WRONG,
    ),
    Role.VIP_SPECIALIST: (
        Measure.FIRST_CONTACT_IN_TIME, Measure.FIRST_CONTACT_TIME, Measure.CASES_CLOSED, Measure.DAYS_TO_CLOSE,
        Measure.SATISFACTION, None, Measure.PROMISES_KEPT, Measure.PROMISES_BROKEN, Measure.SAVE_RATE_30,
        Measure.MEAN_SCORE, Measure.CALLS,
    ),
    Role.CALLBACK_STAFF: (
        Measure.CALLS, Measure.CONNECT_RATE, Measure.OWNERS, Measure.VERIFIED_OWNERS, Measure.VERIFIED_RATE, None,
        Measure.CALLBACK_ADHERENCE, Measure.PROMISES_KEPT, Measure.HANDLE_TIME, Measure.WRAP_UP, Measure.MEAN_SCORE,
    ),
}  # fmt: skip
"""None is where success within the same mix of scenarios stands"""
BY_DEALER = (
    Measure.CALLS, Measure.CONNECT_RATE, Measure.OWNERS, Measure.VERIFIED_OWNERS, Measure.VERIFIED_RATE, None,
    Measure.FALSE_DATA, Measure.SUCCESS_RATE, Measure.SAVE_RATE_30, Measure.CHURN_RATE_30,
)  # fmt: skip
"""EVAL-05"""


def tiles_of(role: str, save_days: int) -> tuple[Measure, ...]:
    """Eight measures; of no role, or one that has none of its own, those of all."""
    return tuple(_saved(one, save_days) for one in TILES.get(role, _ALL))


def columns_of(role: str, dimension: str, save_days: int) -> tuple[Measure | None, ...]:
    found = BY_DEALER if dimension == "dealer" else COLUMNS.get(role, _COLUMNS)
    return tuple(None if one is None else _saved(one, save_days) for one in found)


def role_of(choice: Choice, agents: Iterable[str], roles: Mapping[str, str]) -> str:
    """The one that was chosen, or that all have who made the calls in view; empty for several. `roles` are by agent."""
    if len(choice.role) == 1:
        return choice.role[0]
    found = {roles.get(agent, "") for agent in agents}
    return found.pop() if len(found) == 1 else ""


def _saved(measure: Measure, save_days: int) -> Measure:
    """After as many days as one looks at."""
    return SAVES[save_days] if measure is Measure.SAVE_RATE_30 else measure
