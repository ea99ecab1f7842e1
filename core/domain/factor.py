"""ID-08: a factor, anything that is known of a customer by name: an indicator, a fact of the document, or a value that
is worked out of others. `core.rules.worked` says what each operation gives, `core.screening` asks it of millions."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.indicator import IndicatorType
from core.domain.text import Text


class Fact(StrEnum):
    """What the sections of a document say beside the indicators; an unknown one is absent, never zero."""

    PREPAID = "prepaid"
    AREA = "area"
    GRID = "grid"
    BRANCH = "branch"
    NAMED_MANAGER = "named_manager"
    OPTED_OUT = "opted_out"
    HAS_BROADBAND = "has_broadband"
    BROADBAND_ENDS_ON = "broadband_ends_on"
    BROADBAND_INSTALLED_ON = "broadband_installed_on"
    CONTRACT_STARTS_ON = "contract_starts_on"
    CONTRACT_ENDS_ON = "contract_ends_on"
    RENEWAL_FROM = "renewal_from"
    ARREARS_AND_BALANCE = "arrears_and_balance"
    """balance less arrears, fen"""
    COMPLAINT_ON = "complaint_on"
    """when the newest complaint was opened"""
    DISSATISFIED_ON = "dissatisfied_on"
    """when the newest complaint was closed of those that did not satisfy: grudging acceptance counts as such"""
    WARNINGS = "warnings"
    """ID-12: how many warnings are in the history"""
    WARNED_ON = "warned_on"
    POINTS_EXPIRE_ON = "points_expire_on"
    LEFT_ON = "left_on"
    """when the customer left the net"""
    PLAN_SAVING = "plan_saving"
    """what the best plan on sale would have saved, fen a month; 0 where the present one is the best"""
    BETTER_PLAN = "better_plan"
    """its name in Chinese"""


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """Both are names of factors."""

    before: str
    now: str


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    part: str
    of: str


class Difference(Struct, frozen=True, forbid_unknown_fields=True):
    take: str
    away: str


class Rank(Struct, frozen=True, forbid_unknown_fields=True):
    factor: str
    at: float
    """percent, above 0 and below 100"""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A word and what it takes; without `when` it stands for all the rest."""

    word: Text
    when: Condition | None = None


class DayPart(StrEnum):
    DAY_OF_MONTH = "day_of_month"
    MONTH = "month"


class Working(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Exactly one operation over other factors; where one of them is unknown the value is unknown.

    Days are those of the snapshot's own day in China.
    """

    days_since: str | None = None
    """whole days from that day; negative for a day to come"""
    days_until: str | None = None
    change_percent: Change | None = None
    """100 × (now − before) ÷ before; unknown where `before` is 0"""
    share_percent: Share | None = None
    """100 × part ÷ of; unknown where `of` is 0"""
    sum: tuple[str, ...] | None = None
    difference: Difference | None = None
    """take − away"""
    in_top: Rank | None = None
    """yes where the value is not below the nearest-rank percentile `at` of all customers who have one"""
    in_bottom: Rank | None = None
    """yes where the value is not above that percentile"""
    earlier: str | None = None
    """the same factor in the snapshot before this one"""
    today: DayPart | None = None
    holds: Condition | None = None
    """yes or no, never unknown"""
    cases: tuple[Case, ...] | None = None
    """the Chinese word of the first case that holds; unknown where none does"""


class Factor(Struct, frozen=True, kw_only=True):
    """One entry of the library."""

    name: str
    label: Text
    group: Text
    kind: IndicatorType
    unit: Text | None = None
    source: str = ""
    """id of a `Source`; empty where it is worked out: it then hangs on those of the factors it asks"""
    fact: Fact | None = None
    working: Working | None = None
    file: str = ""
    choices: tuple[Text, ...] = ()


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """ID-10: where factors come from, and what about it holds up all that hangs on it."""

    id: str
    label: Text
    late_after_h: int
    """hours between its last arrival, where that is told, and the snapshot"""
    least_rows_percent: int = 50
    """of the rows with a value in the snapshot before"""
    most_null_points: int = 20
    """percentage points by which one factor's share of missing values may rise against the snapshot before"""
    most_unusable_percent: float = 1.0
    """of one factor's values, those that are not of its type"""
    drift_told_from: float = 0.5
    """standard deviations that a mean moved since the snapshot before: told, and holds nothing"""


class Library(NamedTuple):
    """All factors by name, all sources by id."""

    factors: Mapping[str, Factor]
    sources: Mapping[str, Source]

    def asked_by(self, names: frozenset[str]) -> frozenset[str]:
        """These factors with all that they are worked out of; names that there are not are passed over."""
        found: set[str] = set()
        waiting = [name for name in names if name in self.factors]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                working = self.factors[name].working
                waiting += [one for one in (operands(working) if working else ()) if one in self.factors]
        return frozenset(found)

    def sources_of(self, names: frozenset[str]) -> frozenset[str]:
        """The ids of the sources that these factors hang on."""
        return frozenset(self.factors[one].source for one in self.asked_by(names)) - {""}


NO_FACTORS: Mapping[str, Factor] = MappingProxyType({})


def operands(working: Working) -> tuple[str, ...]:
    """The names that an operation asks for, each once or more."""
    single = tuple(one for one in (working.days_since, working.days_until, working.earlier) if one)
    pairs: list[str] = list(working.sum or ())
    if working.change_percent:
        pairs += (working.change_percent.before, working.change_percent.now)
    if working.share_percent:
        pairs += (working.share_percent.part, working.share_percent.of)
    if working.difference:
        pairs += (working.difference.take, working.difference.away)
    pairs += [rank.factor for rank in (working.in_top, working.in_bottom) if rank]
    asked = _asked(working.holds).union(*(_asked(one.when) for one in working.cases or ()))
    return (*single, *pairs, *sorted(asked))


def operations(working: Working) -> list[str]:
    """The names of the operations that are given: one, where it is sound."""
    return [name for name in working.__struct_fields__ if getattr(working, name) is not None]


def _asked(condition: Condition | None) -> frozenset[str]:
    if condition is None:
        return frozenset()
    below = (*(condition.all or ()), *(condition.any or ()), condition.not_)
    return frozenset({condition.field} - {""}).union(*(_asked(one) for one in below))
