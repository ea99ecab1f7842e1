"""How plans are weighed for a customer, as content: the customer's gain first, the operator's interest apart."""

from msgspec import Struct


class GainWeights(Struct, frozen=True, kw_only=True):
    """What the customer's gain is made of, in per cent; together 100."""

    mean: int
    median: int
    worst: int
    """the month in which the change would have helped least"""


class OperatorInterest(Struct, frozen=True, kw_only=True):
    """How far the operator's interest may move a plan up or down; it never outweighs a loss of the customer."""

    weight: int
    """per cent of the assured revenue a month that the plan adds: the fees' difference"""
    most_fen: int
    """a month: it weighs no more than this, in either direction"""
    ease_fen: int
    """a month, for each step of the ease-to-recommend index above 3"""


class RecommendationRule(Struct, frozen=True, kw_only=True):
    version: int
    window_months: int
    """how many of the latest months are compared"""
    needed_months: int
    """with fewer that can be compared no saving is claimed"""
    gain: GainWeights
    operator: OperatorInterest
    worth_fen: int
    """a month: a smaller gain is not worth a change, and the customer is told to keep the plan"""
    sure_percent: int
    """of months in which the change must have helped to be called sure"""
    freed_broadband_days: int
    """a yearly broadband fee that a bundle saves counts when its prepaid term ends within so many days"""
