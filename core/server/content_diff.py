"""What differs between two sets of content: which pieces are new, changed or gone, and in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from core.domain import decoding
from core.domain.calendar import CALENDAR, Calendar
from core.domain.care_class import CARE_CLASSES, CareClasses
from core.domain.causes import CAUSE_WORDS, CauseWords
from core.domain.content_kinds import DISPOSITIONS, DRILL, KNOWLEDGE, SCRIPT, SKIP_REASONS, SMS_TEMPLATES
from core.domain.data_periods import DATA_PERIODS, DataPeriods
from core.domain.department import DEPARTMENT, Department
from core.domain.disposition import Dispositions
from core.domain.drill import Drill
from core.domain.eligibility import EligibilityRules
from core.domain.granting import GrantRules
from core.domain.incentive import CONTEST, INCENTIVE, Contest, Incentive
from core.domain.incoming import EVENT_KIND, EventKind
from core.domain.job import JOB, Job
from core.domain.knowledge import TIP, Article
from core.domain.list_quality import LIST_QUALITY, QualityRule
from core.domain.offer import Offer, OfferingRules
from core.domain.offer_content import BUDGET, ELIGIBILITY, GRANTING, OFFER, OFFERING, PLANS, RECOMMENDATION, SHELF
from core.domain.outreach import OUTREACH, Outreach
from core.domain.package import PACKAGE, Package
from core.domain.plan import Catalogue
from core.domain.quality.kinds import SAMPLING, SCORECARD
from core.domain.quality.sampling import SamplingRules
from core.domain.quality.scorecard import Scorecard
from core.domain.recheck import RECHECK, Recheck
from core.domain.recommendation import RecommendationRule
from core.domain.repair import REPAIR, REPAIR_PACE, RepairPace, RepairTemplate
from core.domain.retention_budget import BudgetRule
from core.domain.retrying import RETRY_POLICY, RetryPolicy
from core.domain.script import Script
from core.domain.shelf import Shelf
from core.domain.template import SkipReasons, SmsTemplates
from core.domain.watched import WATCHED, WatchedWords
from core.wire.pull import ContentDocument

_STRUCTS: dict[str, type[msgspec.Struct]] = {
    SCRIPT: Script,
    DISPOSITIONS: Dispositions,
    SMS_TEMPLATES: SmsTemplates,
    SKIP_REASONS: SkipReasons,
    KNOWLEDGE: Article,
    TIP: Article,
    DRILL: Drill,
    CARE_CLASSES: CareClasses,
    PLANS: Catalogue,
    ELIGIBILITY: EligibilityRules,
    RECOMMENDATION: RecommendationRule,
    OFFER: Offer,
    OFFERING: OfferingRules,
    GRANTING: GrantRules,
    BUDGET: BudgetRule,
    SHELF: Shelf,
    DEPARTMENT: Department,
    SCORECARD: Scorecard,
    SAMPLING: SamplingRules,
    REPAIR: RepairTemplate,
    REPAIR_PACE: RepairPace,
    CAUSE_WORDS: CauseWords,
    PACKAGE: Package,
    INCENTIVE: Incentive,
    CONTEST: Contest,
    WATCHED: WatchedWords,
    DATA_PERIODS: DataPeriods,
    EVENT_KIND: EventKind,
    RETRY_POLICY: RetryPolicy,
    RECHECK: Recheck,
    JOB: Job,
    OUTREACH: Outreach,
    LIST_QUALITY: QualityRule,
    CALENDAR: Calendar,
}
_NAMED_BY = ("id", "code")
_DERIVED = frozenset({"version", "initials"})
"""shown apart, or made from what is shown"""


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece that is not as it was."""

    change: Change
    kind: str
    name: str
    before: int | None
    """version, None where it was not there"""
    after: int | None
    lines: tuple[str, ...]
    """`- ` and `+ ` before each value that went or came"""


def kinds_known() -> frozenset[str]:
    """Those of which a field that a later program adds is no difference."""
    return frozenset(_STRUCTS)


def same(one: ContentDocument, other: ContentDocument) -> bool:
    """Equal as this program reads them: a field that a later program adds makes no other content."""
    return one.version == other.version and _read(one) == _read(other)


def differences(before: Sequence[ContentDocument], after: Sequence[ContentDocument]) -> list[Difference]:
    """From one set to the other, by kind and name."""
    old = {(piece.kind, piece.name): piece for piece in before}
    new = {(piece.kind, piece.name): piece for piece in after}
    out: list[Difference] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and same(was, now):
            continue
        out.append(_difference(key, was, now))
    return out


def _difference(key: tuple[str, str], was: ContentDocument | None, now: ContentDocument | None) -> Difference:
    change = Change.NEW if was is None else Change.GONE if now is None else Change.CHANGED
    return Difference(
        change=change,
        kind=key[0],
        name=key[1],
        before=was.version if was else None,
        after=now.version if now else None,
        lines=tuple(_changed_lines(was, now)) if was and now else (),
    )


def _changed_lines(was: ContentDocument, now: ContentDocument) -> Iterator[str]:
    # Not needed to listen: the server imports this module as it starts.
    import difflib

    for line in difflib.unified_diff(_lines_of(was), _lines_of(now), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"{line[0]} {line[1:]}"


def _lines_of(piece: ContentDocument) -> list[str]:
    return list(_lines(_read(piece), ""))


def _lines(value: Any, path: str) -> Iterator[str]:
    """A line a value, with the way to it; list items by their id or code. What is empty stands for nothing."""
    if isinstance(value, dict):
        for key, item in value.items():
            if path or key not in _DERIVED:
                yield from _lines(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _lines(item, f"{path}[{_name_of(item, at)}]")
    elif value not in (None, "", False):
        yield from (f"{path}: {line}" for line in str(value).splitlines() if line.strip())


def _name_of(item: Any, at: int) -> str:
    if isinstance(item, dict):
        for key in _NAMED_BY:
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(at + 1)


def _read(piece: ContentDocument) -> Any:
    kind = _STRUCTS.get(piece.kind)
    if kind is None:
        return decoding.plain(piece.body)
    return decoding.plain(msgspec.json.encode(decoding.decode(piece.body, kind)))
