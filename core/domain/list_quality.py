"""TASK-08: what agents found wrong lowers the quality of the list and of the dealer behind it (EVAL-05)."""

from typing import Final

from msgspec import Struct

from core.domain.outcome import Contact

LIST_QUALITY: Final = "list_quality"
"""the kind of content; one piece of that name"""
WRONG = frozenset({Contact.BAD_NUMBER, Contact.NOT_OWNER, Contact.OTHER_NUMBER})
"""空号错号, 非机主, 已换号: the list named somebody whom the number does not reach"""


class QualityRule(Struct, frozen=True, kw_only=True):
    """When a list is held: `resources/rules/list_quality.yaml`."""

    version: int
    least_calls: int
    """customers called of it, before anything is concluded"""
    most_wrong_percent: float
    """held once the share of wrong ones is certainly above: its interval lies beyond"""
    days: int
    """calls of the last so many days count, for dealers"""


class Quality(Struct, frozen=True, kw_only=True):
    """Of a list or a dealer: customers of whom an agent learnt something, and how many of those were wrong."""

    called: int
    wrong: int
    owners: int
    """of whom the owner was spoken to (EVAL-05: verified owners)"""
    low: float | None = None
    high: float | None = None
    """share of wrong ones, the bounds of its 95 % interval; None with no calls"""

    @property
    def share(self) -> float | None:
        return self.wrong / self.called if self.called else None


def is_poor(found: Quality, rule: QualityRule) -> bool:
    """Certainly above what the rule allows."""
    return found.called >= rule.least_calls and found.low is not None and found.low * 100 > rule.most_wrong_percent
