"""A plan that is tried: until when, and what the customer may go back to (SCRIPT-14, FOLLOW-07)."""

from datetime import date
from typing import NamedTuple

from core.domain.customer import Care
from core.domain.order import Trial
from core.domain.text import Text


class TrialRunning(NamedTuple):
    what: Text
    """the plan that is tried"""
    trial: Trial


def trial_running(care: Care, today: date) -> TrialRunning | None:
    """The trial whose last day has not passed; the newest order tells."""
    found = (
        TrialRunning(one.what, one.trial)
        for one in sorted(care.orders, key=lambda one: one.at, reverse=True)
        if one.trial is not None and one.what is not None and today <= one.trial.ends_on
    )
    return next(found, None)
