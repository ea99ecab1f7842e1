"""Every measure, once: what it is called, how it is reckoned, and from which counts."""

from dataclasses import dataclass

from core.domain.interval import FEW, difference, wilson
from core.review.call_measures import CALL_MEASURES
from core.review.kinds import SUMS, Definition, Kind, Measure
from core.review.tally import Counts
from core.review.work_measures import WORK_MEASURES

__all__ = ["DEFINITIONS", "SUMS", "Change", "Definition", "Figure", "Kind", "Measure", "figure"]

DEFINITIONS: dict[Measure, Definition] = {**CALL_MEASURES, **WORK_MEASURES}
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of a group."""

    measure: Measure
    part: int
    whole: int = 0
    young: int = 0
    """not yet due, counted nowhere"""

    @property
    def definition(self) -> Definition:
        return DEFINITIONS[self.measure]

    @property
    def value(self) -> float | None:
        """A rate or share between 0 and 1, seconds, days, points, fen or a count; None where there is nothing to
        divide by."""
        kind = self.definition.kind
        if kind in SUMS:
            return float(self.part)
        if not self.whole:
            return None
        return self.part / self.whole / (DAY_S if kind is Kind.MEAN_DAYS else 1)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of a rate, 95 %."""
        return wilson(self.part, self.whole) if self.definition.kind is Kind.RATE and self.whole else None

    @property
    def few(self) -> bool:
        """A rate or mean from too few to judge by."""
        return self.definition.kind not in SUMS and self.definition.kind is not Kind.SHARE and self.whole < FEW


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside that of the period before."""

    now: Figure
    before: Figure

    @property
    def apart(self) -> float | None:
        """Now minus before: of rates a share (0.021 is 2.1 percentage points), of counts a count."""
        now, before = self.now.value, self.before.value
        return None if now is None or before is None else now - before

    @property
    def sure(self) -> bool:
        """The difference of two rates is more than chance would bring in 95 of 100 cases."""
        if self.now.definition.kind is not Kind.RATE or self.apart is None:
            return False
        low, high = difference(self.now.part, self.now.whole, self.before.part, self.before.whole)
        return low > 0 or high < 0

    @property
    def good(self) -> bool | None:
        """Whether it went the better way; None where it did not move or neither way is better."""
        apart = self.apart
        better = self.now.definition.better
        return None if not apart or not better else apart * better > 0


def figure(measure: Measure, counts: Counts, group: int = 0) -> Figure:
    """The measure of one group."""
    made = DEFINITIONS[measure]
    return Figure(
        measure,
        _count(made.part, counts, group),
        _count(made.whole, counts, group) if made.whole else 0,
        _count(made.young, counts, group) if made.young else 0,
    )


def _count(name: str, counts: Counts, group: int) -> int:
    if name == "handle_s":
        return counts.of("talk_s", group) + counts.of("wrap_s", group)
    if name == "left_30":
        return counts.of("attempts_30", group) - counts.of("on_net_30", group)
    if name == "new_services":
        return sum(counts.of(one, group) for one in ("orders", "offers_taken", "later_orders"))
    if name == "orders_known":
        return counts.of("orders_all", group) + counts.of("elsewhere", group)
    return counts.of(name, group)
