"""Unreached customers are tried again by a policy of attempts, hours and days (TASK-18)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.retrying import RetryPolicy, Span, next_try, policy_for
from core.domain.task import TaskType

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""ten in the morning in China, a Monday"""


def policy(**changes: Any) -> RetryPolicy:
    values: dict[str, Any] = {
        "id": "usual", "version": 1, "attempts": 3, "over_days": 5, "a_day": 2, "wait_min": 120,
        "spans": (Span(from_hour=9, until_hour=12), Span(from_hour=14, until_hour=20)),
    }  # fmt: skip
    return RetryPolicy(**(values | changes))


def hours(value: float) -> timedelta:
    return timedelta(hours=value)


@pytest.mark.parametrize(
    ("changes", "after_h", "next_h"),
    [
        ({}, (0,), 4),  # noon has no span: at two in the afternoon
        ({}, (0, 4), 23),  # two a day: tomorrow at nine, an hour that was not tried
        ({"attempts": 5}, (0, 4, 23, 28), 49),  # nine and ten, two and three were tried: at eleven of the day after
        ({}, (0, 4, 23), None),
        ({"over_days": 1}, (0, 4, 8), None),
        ({"attempts": 9, "over_days": 1, "a_day": 9}, (0, 4, 24), None),
        ({"wait_min": 30, "spans": ()}, (0,), 1),  # the same hour is not tried twice
        ({"wait_min": 30, "spans": (), "other_hours": False}, (0,), 0.5),
        ({"spans": (Span(from_hour=10, until_hour=11),)}, (0,), 24),  # no other hour is left: the same one tomorrow
    ],
)  # fmt: skip
def test_the_next_attempt_waits_changes_its_hour_and_ends(
    changes: dict[str, Any], after_h: tuple[float, ...], next_h: float | None
) -> None:
    # TASK-18
    found = next_try(policy(**changes), [TEN + hours(h) for h in after_h])
    assert found == (None if next_h is None else TEN + hours(next_h))


def test_what_the_result_asks_for_counts_where_it_is_longer() -> None:
    assert next_try(policy(), [TEN], least=hours(7)) == TEN + hours(7)
    assert next_try(policy(), [TEN], least=hours(0.5)) == TEN + hours(4)


def test_hours_at_which_calls_are_barred_are_passed_over_and_a_festival_ends_nothing() -> None:
    # TASK-16
    barred = {TEN + hours(h) for h in (4, 4.25)}
    assert next_try(policy(), [TEN], allowed=lambda at: at not in barred) == TEN + hours(4.5)
    assert next_try(policy(), [TEN], allowed=lambda _: False) == TEN + hours(4)


def test_a_scenarios_own_policy_comes_before_its_types_and_the_usual() -> None:
    usual = policy()
    typed = policy(id="surveys", types=(TaskType.MARKET_SURVEY,))
    own = policy(id="own", scenarios=("market-survey",))
    every = [usual, typed, own]
    assert policy_for(every, "market-survey", TaskType.MARKET_SURVEY) is own
    assert policy_for(every, "other-survey", TaskType.MARKET_SURVEY) is typed
    assert policy_for(every, "low-balance", TaskType.KEY_CUSTOMER_CALL) is usual
    assert policy_for([typed, own], "low-balance", TaskType.KEY_CUSTOMER_CALL) is None
