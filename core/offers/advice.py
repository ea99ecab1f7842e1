"""What a recommendation says: rows with the customer's gain, the operator's interest apart, and the advice."""

from enum import StrEnum

from msgspec import Struct

from core.domain.plan import Pack, Plan
from core.offers.eligibility import Question, Verdict, Way


class Sureness(StrEnum):
    """In how many of the months compared the change would have helped."""

    ALWAYS = "always"
    MOSTLY = "mostly"
    """in at least the share that the rule asks for"""
    SELDOM = "seldom"


class Gain(Struct, frozen=True, kw_only=True):
    """Fen a month, rounded down; negative: the customer would have paid more."""

    mean_fen: int
    median_fen: int
    worst_fen: int
    """of the month in which the change would have helped least"""
    months: int
    """how many were compared"""
    months_better: int
    sureness: Sureness
    weighed_fen: int
    """mean, median and worst month by the rule's weights"""


class PackAdded(Struct, frozen=True, kw_only=True):
    """A pack that the customer does not hold and that would have lowered the bills under a plan."""

    pack: Pack
    mean_fen: int
    """a month, its fee paid, rounded down"""
    months: int
    months_better: int


class Row(Struct, frozen=True, kw_only=True):
    plan: Plan
    way: Way
    total_fen: int
    """of the bills of all months compared; mean, median and worst are of a month"""
    mean_fen: int
    """rounded up"""
    median_fen: int
    worst_fen: int
    """the dearest month"""
    gain: Gain | None = None
    """None where too few months can be compared: no saving is claimed"""
    broadband_fen: int = 0
    """a month, beside the gain: the yearly broadband fee that a bundle saves, or, negative, that leaving one costs"""
    assured_fen: int = 0
    """the operator's interest: how much more the plan assures a month than the present one"""
    tipped_fen: int = 0
    """what that and the ease of recommending add to the rank, by the rule"""
    bonus_fen: int = 0
    """a month, of the contract that taking the plan begins: these bills have it credited"""
    questions: tuple[Question, ...] = ()
    """to be asked before the offer stands"""
    pack: PackAdded | None = None
    """what would lower these bills further: told beside the gain, and no part of it or of the rank"""

    @property
    def helps_fen(self) -> int:
        """What the customer gains a month, all told."""
        return (self.gain.weighed_fen if self.gain else 0) + self.broadband_fen

    @property
    def rank_fen(self) -> int:
        return self.helps_fen + self.tipped_fen


class Refused(Struct, frozen=True, kw_only=True):
    plan: Plan
    verdict: Verdict


class Later(Struct, frozen=True, kw_only=True):
    """A plan that would help once what stands in the way has ended or been put right."""

    row: Row
    verdict: Verdict


class Advice(StrEnum):
    CHANGE = "change"
    TIER_UP = "tier_up"
    """the contract allows a tier-up migration alone, and it helps"""
    LATER = "later"
    """nothing that may be taken now helps, but another plan will: see `later`"""
    KEEP = "keep"
    """the present plan is best: the agent says so"""
    UNKNOWN = "unknown"
    """too few months can be compared, or the present plan is in no catalogue"""


class Recommendation(Struct, frozen=True, kw_only=True):
    advice: Advice
    compared: tuple[str, ...]
    """the months that the gains come from, `2026-10`, oldest first"""
    left_out: tuple[str, ...]
    """months of the window with a bill that was corrected by hand, or without data"""
    whole: bool
    """no month was left out, and all were billed under the present plan: bills on record and gains can be set off"""
    current: Row | None
    rows: tuple[Row, ...]
    """eligible plans, best first"""
    proposed: Row | None
    """with the advice to change or to tier up"""
    later: Later | None
    """with the advice to wait"""
    waiting: Later | None
    """of the plans refused only for what ends or can be put right, the one that would save most, and more than what may
    be taken now: named with the day on which it may be, never to be sold"""
    closed: Later | None
    """the same of those that only the branch has to open to calls (4G-05)"""
    tier_up: Row | None
    """under a contract lock the best of the approved migration path, whether it saves or not"""
    refused: tuple[Refused, ...]
    """the other plans, each with every reason"""
    locked: bool = False
    """a running contract forbids a change of plan other than a tier-up migration"""
