"""What a planner asks of the screening: GET /v1/screening/factors, /rules, /rules/{id}/versions, /counts,
POST /preview, /preview/stop, /rules/judged, /rules/saved, /rules/{id}/use."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.domain.warning_rule import WarningRule

LONGEST_NOTE = 400
LONGEST_YAML = 40_000
"""characters of a rule as a file"""
MOST_EXAMPLES = 5
PAST_DAYS = 30
"""after a past snapshot, within which those who left count as found"""


class SnapshotSeen(Struct, frozen=True, kw_only=True):
    """The snapshot that all figures of an answer are of."""

    id: str
    taken_at: datetime
    customers: int


class FactorRow(Struct, frozen=True, kw_only=True):
    name: str
    label: Text
    initials: str
    """of the Chinese label: 余额 is ye"""
    group: Text
    kind: IndicatorType
    unit: Text | None = None
    choices: tuple[Text, ...] = ()
    """what a word can be, where that is known; its Chinese is what a rule says"""
    sources: tuple[Text, ...] = ()
    known: int | None = None
    """customers of the snapshot of whom it is known; None where it is worked out of others"""


class Factors(Struct, frozen=True, kw_only=True):
    factors: tuple[FactorRow, ...]
    snapshot: SnapshotSeen | None = None
    """None: none was taken yet"""


class RuleStanding(StrEnum):
    SHIPPED = "shipped"
    """as it came with the program or the folder of content"""
    OWN = "own"
    """a version that a planner published"""
    DRAFT = "draft"
    """saved, and never published"""
    WITHDRAWN = "withdrawn"
    """taken out of use"""
    BROKEN = "broken"
    """it asks for what there is no more, and finds nobody until it is mended"""


class RuleRow(Struct, frozen=True, kw_only=True):
    """A rule as it is in use, or its newest version where it is not."""

    rule: WarningRule
    asks: Text
    standing: RuleStanding
    newest: int
    """the newest version that was saved; above the rule's own where a newer one waits to be published"""
    changed_by: str = ""
    """name of who published it; empty for one that ships"""
    changed_at: datetime | None = None
    held: tuple[Text, ...] = ()
    """ID-10: what of a source holds it on the newest snapshot"""
    matched: int | None = None
    """customers of the newest snapshot; None where it was not counted yet"""
    trouble: Text | None = None


class Rules(Struct, frozen=True, kw_only=True):
    rules: tuple[RuleRow, ...]
    snapshot: SnapshotSeen | None = None


class RuleFlaw(Struct, frozen=True):
    line: int
    """of the file, from 1"""
    why: Text


class JudgeRule(Struct, frozen=True, kw_only=True):
    """Either a rule, or one as a file."""

    rule: WarningRule | None = None
    yaml: str = ""


class JudgedRule(Struct, frozen=True, kw_only=True):
    rule: WarningRule | None = None
    """None where the file is no rule"""
    yaml: str = ""
    asks: Text = Text("", "")
    flaws: tuple[RuleFlaw, ...] = ()
    """empty: it may be saved"""
    newest: int = 0
    """the newest version that there is of a rule of this id; 0: none"""


class AskPreview(Struct, frozen=True, kw_only=True):
    rule: WarningRule
    overlaps: bool = False
    """count as well whom the other rules match too, which takes longer"""
    past: bool = False
    """tell as well how it would have done on past snapshots"""


class Overlap(Struct, frozen=True, kw_only=True):
    rule_id: str
    name: Text
    both: int
    other: int
    """customers whom the other rule matches in all"""


class UnknownOf(Struct, frozen=True):
    """How often a factor that the rule asks for is not known."""

    label: Text
    customers: int


class PastMonth(Struct, frozen=True, kw_only=True):
    """How the rule would have done on a snapshot of then."""

    snapshot_id: str
    taken_at: datetime
    matched: int
    left: int
    """of those, customers who left the net within the days after"""
    precision: float | None
    """percent"""
    recall: float | None
    """percent of all who left"""
    lift: float | None
    """times the share of leavers among all customers"""


class RulePreview(Struct, frozen=True, kw_only=True):
    snapshot: SnapshotSeen
    matched: int
    resting: int
    """of those, whom a rule of rest leaves in peace"""
    alone: int | None = None
    """of those matched, whom no other rule that has calls made matches; None where overlaps were not asked"""
    overlaps: tuple[Overlap, ...] = ()
    """most first"""
    examples: tuple[Text, ...] = ()
    """reasons as agents will read them, of a few who match; no names"""
    unknown: tuple[UnknownOf, ...] = ()
    held: tuple[Text, ...] = ()
    past: tuple[PastMonth, ...] = ()
    """newest first; empty where no snapshot is old enough for its customers' fate to be known"""
    past_days: int = 0
    took_ms: int = 0


class PreviewStopped(Struct, frozen=True):
    stopped: int
    """previews that somebody waited for"""


class SaveRule(Struct, frozen=True, kw_only=True):
    rule: WarningRule
    """its version is given by the server"""
    after: int
    """the newest version that the planner has seen; 0 for a new rule"""
    note: str
    """what was changed and why"""
    publish: bool = False


class SavedRule(Struct, frozen=True, kw_only=True):
    version: int
    published: bool


class UseRule(Struct, frozen=True, kw_only=True):
    """Publish a version, an earlier one to roll back to, or 0 to take the rule out of use."""

    version: int
    note: str = ""


class RuleVersion(Struct, frozen=True, kw_only=True):
    rule: WarningRule
    yaml: str
    lines: tuple[Text, ...]
    """the rule in words, a line for each thing, for telling versions apart"""
    shipped: bool = False
    saved_by: str = ""
    saved_at: datetime | None = None
    note: str = ""
    in_use: bool = False


class UseMade(Struct, frozen=True, kw_only=True):
    version: int
    """0: taken out of use"""
    by: str
    at: datetime
    note: str


class RuleHistory(Struct, frozen=True, kw_only=True):
    """Newest first."""

    versions: tuple[RuleVersion, ...]
    uses: tuple[UseMade, ...] = ()
