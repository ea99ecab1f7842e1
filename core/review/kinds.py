"""Which measures there are, and what a definition of one says."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.text import Text


class Measure(StrEnum):
    CALLS = "calls"
    CONNECT_RATE = "connect_rate"
    RIGHT_PARTY_RATE = "right_party_rate"
    OWNERS = "owners"
    SUCCESSES = "successes"
    SUCCESS_RATE = "success_rate"
    SUCCESS_PER_CALL = "success_per_call"
    SAVE_RATE_7 = "save_rate_7"
    SAVE_RATE_14 = "save_rate_14"
    SAVE_RATE_30 = "save_rate_30"
    CHURN_RATE_30 = "churn_rate_30"
    HANDLE_TIME = "handle_time"
    WRAP_UP = "wrap_up"
    TALK_TIME = "talk_time"
    CALLBACK_ADHERENCE = "callback_adherence"
    NEW_SERVICES = "new_services"
    PROMISES_KEPT = "promises_kept"
    PROMISES_BROKEN = "promises_broken"
    FIRST_CONTACT_IN_TIME = "first_contact_in_time"
    FIRST_CONTACT_TIME = "first_contact_time"
    CASES_CLOSED = "cases_closed"
    DAYS_TO_CLOSE = "days_to_close"
    COMPLAINT_DAYS = "complaint_days"
    SATISFACTION = "satisfaction"
    MEAN_SCORE = "mean_score"
    SCORES_PASSED = "scores_passed"
    MISSED = "missed"
    WRONG = "wrong"
    LATER_ORDERS = "later_orders"
    REFERRALS = "referrals"
    DISPATCH_SHARE = "dispatch_share"
    PARTICIPATION = "participation"
    DEPOSITS = "deposits"
    RECOVERY = "recovery"
    PAID_IN = "paid_in"
    RECOVERED = "recovered"
    VERIFIED_OWNERS = "verified_owners"
    VERIFIED_RATE = "verified_rate"
    FALSE_DATA = "false_data"


class Kind(StrEnum):
    COUNT = "count"
    RATE = "rate"
    MEAN_S = "mean_s"
    """seconds, the mean of a call"""
    SUM_S = "sum_s"
    MEAN_DAYS = "mean_days"
    """days, the mean of a case; its part is seconds"""
    MEAN_POINTS = "mean_points"
    """of 100, the mean of a score"""
    SUM_FEN = "sum_fen"
    SHARE = "share"
    """of money: between 0 and 1 as a rate is, but no count that chance would have an interval for"""


SUMS = frozenset({Kind.COUNT, Kind.SUM_S, Kind.SUM_FEN})
"""kinds that stand for themselves; the others are a part of a whole"""


@dataclass(frozen=True, slots=True)
class Definition:
    """How a measure comes about."""

    kind: Kind
    title: Text
    how: Text
    part: str
    """name of a count"""
    whole: str = ""
    better: int = 1
    """1: more is better, −1: less is, 0: neither"""
    young: str = ""
    """count of those that are not yet due and count nowhere"""
