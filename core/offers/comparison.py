"""Customers' bills under every plan, over the months that may be compared, and the gains of a change.

However many customers are compared, the calculator is called once for all whose latest months are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.domain.plan import Pack
from core.domain.recommendation import RecommendationRule
from core.offers.advice import Gain, PackAdded, Sureness
from core.offers.best import median
from core.offers.beyond import Ints
from core.offers.bill import totals
from core.offers.compiled import CompiledPlans
from core.offers.months import Months
from core.offers.pack_added import with_each_pack
from core.offers.record import Records, latest, matches, together
from core.offers.taken_up import taken_up


def comparisons(records: Sequence[Records], plans: CompiledPlans, rule: RecommendationRule) -> list[Comparison]:
    """One for each record of one customer, in their order."""
    windows = [latest(one, rule.window_months) for one in records]
    found: dict[int, Comparison] = {}
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, one in enumerate(windows):
        alike.setdefault(one.names, []).append(at)
    for places in alike.values():
        whole = together([windows[at] for at in places])
        settled = totals(plans, whole.months)
        counted = matches(whole, settled)
        credited = taken_up(plans)
        if credited is not None:
            settled = np.concatenate((settled, totals(credited.plans, whole.months)))
        places_taken = {} if credited is None else {at: len(plans.plans) + nth for nth, at in enumerate(credited.at)}
        by_customer = settled.reshape(len(plans.plans) + len(places_taken), whole.months.count, len(places))
        with_packs = _with_packs(plans, whole.months)
        for nth, at in enumerate(places):
            own = [PackBills(of.plan_at, of.packs, of.fen[:, :, nth]) for of in with_packs]
            found[at] = Comparison(windows[at], by_customer[:, :, nth], counted[nth], rule, own, places_taken)
    return [found[at] for at in range(len(windows))]


class PackBills(NamedTuple):
    """Bills of plans that take packs, once with each of them; rows are pairs of plan and pack."""

    plan_at: NDArray[np.intp]
    packs: tuple[Pack, ...]
    fen: Ints


def _with_packs(plans: CompiledPlans, months: Months) -> list[PackBills]:
    """Pairs × months × customers, one or none where no plan takes packs; a pack that was held counts once."""
    each = with_each_pack(plans)
    if each is None:
        return []
    settled = totals(each.plans, months).reshape(len(each.of), months.count, months.customers)
    return [PackBills(np.array([at for at, _ in each.of]), tuple(pack for _, pack in each.of), settled)]


class Comparison:
    """One customer's latest months; where none can be compared, bills of all known ones are still told."""

    def __init__(
        self,
        window: Records,
        settled: Ints,
        counted: NDArray[np.bool_],
        rule: RecommendationRule,
        with_packs: Sequence[PackBills] = (),
        taken_at: Mapping[int, int] | None = None,
    ) -> None:
        """`settled`: plans × months of the window; `counted`: which of these months the calculator makes; `taken_at`:
        where the bills of a plan stand with the bonus of its contract."""
        self._taken_at = taken_at or {}
        self.names = tuple(name for name, yes in zip(window.names, counted, strict=True) if yes)
        self.left_out = tuple(name for name, yes in zip(window.names, counted, strict=True) if not yes)
        shown = counted if counted.any() else window.months.known[0]
        self._rule = rule
        self._fen: Ints = settled[:, shown].astype(np.int64)
        self._plan_at = window.plan_at[0]
        self.total_fen: Ints = self._fen.sum(axis=1)
        self.mean_fen: Ints = -(-self.total_fen // max(self._fen.shape[1], 1))
        self.median_fen: Ints = median(self._fen.T, np.ones(self._fen.T.shape, dtype=np.bool_))
        self.worst_fen: Ints = self._fen.max(axis=1, initial=0)
        self._packs = {at: one for bills in with_packs if self.sound for at, one in self._worthy(bills, shown)}

    @property
    def sound(self) -> bool:
        """Whether enough months can be compared for a saving to be claimed."""
        return len(self.names) >= self._rule.needed_months

    def taken(self, at: int) -> int:
        """Where the bills of the plan at `at` stand for whoever takes it, with the bonus that its contract pays."""
        return self._taken_at.get(at, at)

    def whole(self, here: int | None) -> bool:
        """Whether every month of the window is compared and was billed under the plan at `here`."""
        enough = len(self.names) == self._rule.window_months
        return enough and here is not None and bool((self._plan_at == here).all())

    def gain(self, here: int, there: int) -> Gain:
        """What the change from the plan at `here` to that at `there` would have saved. Asked where `sound` holds."""
        gains = self._fen[here] - self._fen[there]
        count, better = len(gains), int((gains > 0).sum())
        mean, middle, worst = int(gains.sum()) // count, _lower_median(gains), int(gains.min())
        weights = self._rule.gain
        return Gain(
            mean_fen=mean,
            median_fen=middle,
            worst_fen=worst,
            months=count,
            months_better=better,
            sureness=self._sureness(better, count),
            weighed_fen=(mean * weights.mean + middle * weights.median + worst * weights.worst) // 100,
        )

    def pack_for(self, at: int) -> PackAdded | None:
        """The pack that would have saved most beside the plan at `at`; None where none is worth it and sure enough."""
        return self._packs.get(at)

    def _worthy(self, bills: PackBills, shown: NDArray[np.bool_]) -> Iterator[tuple[int, PackAdded]]:
        """By the place of the plan, what saves most last."""
        less = self._fen[bills.plan_at] - bills.fen[:, shown]
        count = less.shape[1]
        means, better = less.sum(axis=1) // count, (less > 0).sum(axis=1)
        worth = np.flatnonzero((means >= self._rule.worth_fen) & (better * 100 >= count * self._rule.sure_percent))
        for nth in worth[np.argsort(means[worth], kind="stable")].tolist():
            yield (
                int(bills.plan_at[nth]),
                PackAdded(
                    pack=bills.packs[nth], mean_fen=int(means[nth]), months=count, months_better=int(better[nth])
                ),
            )

    def _sureness(self, better: int, count: int) -> Sureness:
        if better == count:
            return Sureness.ALWAYS
        return Sureness.MOSTLY if better * 100 >= count * self._rule.sure_percent else Sureness.SELDOM


def _lower_median(gains: NDArray[np.int64]) -> int:
    """The middle gain, of two their mean, rounded down: no more is promised than was seen."""
    ordered = np.sort(gains)
    return (int(ordered[(len(gains) - 1) // 2]) + int(ordered[len(gains) // 2])) // 2
