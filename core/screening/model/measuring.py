"""The figures of a proof: of trees and scorecard, of segments, and the points of the report's pictures."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from msgspec import Struct

from core.domain.call_costs import Costs
from core.screening.model.cells import numbers
from core.screening.model.columns import words
from core.screening.model.figures import Figure, Ranked, bins_by_rank, brier, calibration_error, interval
from core.screening.model.money import profit
from core.screening.model.reading import Flags, Floats, Whole

_BIG = 200_000
_FEW_ROUNDS, _ROUNDS = 60, 200
_SMALL_SEGMENT = 10
"""leavers, and stayers"""
_MOST_WORDS, _POINTS = 8, 50


class Worth(Struct, frozen=True, kw_only=True):
    """Scores against what became of the customers."""

    auc: Figure
    lift: Figure
    """of the top tenth"""
    ece: Figure
    brier: Figure
    profit: Figure | None = None
    """fen for each 1,000 customers; None where no costs were stated"""


class Segment(Struct, frozen=True, kw_only=True):
    column: str
    value: str
    rows: int
    left: int
    told: float
    """mean probability"""
    auc: Figure | None
    """None of too few"""
    lift: Figure | None
    profit: Figure | None = None
    """fen for each 1,000 of them; None of too few, and where no costs were stated"""


class Bin(Struct, frozen=True):
    told: float
    seen: Figure


class Measured(Struct, frozen=True, kw_only=True):
    worth: Worth
    segments: list[Segment]
    gains: list[float]
    """share of all leavers among the first 2, 4 … 100 percent of customers"""
    bins: list[Bin]


def worth(left: Flags, scores: Floats, chances: Floats, clusters: Whole, costs: Costs | None) -> Worth:
    ranked, rounds = Ranked(left, scores), rounds_for(len(left))
    return Worth(
        auc=interval(ranked.auc, clusters, rounds=rounds),
        lift=interval(ranked.lift, clusters, rounds=rounds),
        ece=interval(calibration_error(left, chances), clusters, rounds=rounds, centred=True),
        brier=interval(brier(left, chances), clusters, rounds=rounds),
        profit=interval(profit(left, chances, costs), clusters, rounds=rounds) if costs else None,
    )


def ahead(left: Flags, first: Floats, second: Floats, clusters: Whole) -> Figure:
    """By how much AUC the first scores stand before the second, drawn together."""
    one, other = Ranked(left, first), Ranked(left, second)
    return interval(lambda weights: one.auc(weights) - other.auc(weights), clusters, rounds=rounds_for(len(left)))


def measured(
    frame: pd.DataFrame, left: Flags, scores: Floats, chances: Floats, clusters: Whole, *, costs: Costs | None,
    by: Sequence[str],
) -> Measured:  # fmt: skip
    """`frame`: those rows; `by`: columns whose values are the segments."""
    found = [one for name in by for one in segments(frame[name], left, scores, chances, clusters, costs)]
    return Measured(
        worth=worth(left, scores, chances, clusters, costs), segments=found, gains=_gains(left, scores),
        bins=_bins(left, chances, clusters),
    )  # fmt: skip


def segments(
    values: "pd.Series[str]", left: Flags, scores: Floats, chances: Floats, clusters: Whole, costs: Costs | None
) -> list[Segment]:
    """One a value, of a column of many figures one a third of the customers."""
    named = _named(values)
    out = []
    for value in named.value_counts().index[:_MOST_WORDS]:
        at = (named == value).to_numpy(dtype=bool)
        few = min(int(left[at].sum()), int((~left[at]).sum())) < _SMALL_SEGMENT
        ranked = Ranked(left[at], scores[at])
        own = np.unique(clusters[at], return_inverse=True)[1].astype(np.int64)
        brought = profit(left[at], chances[at], costs) if costs and not few else None
        out.append(
            Segment(
                column=str(values.name), value=str(value), rows=int(at.sum()), left=int(left[at].sum()),
                told=float(chances[at].mean()),
                auc=None if few else interval(ranked.auc, own, rounds=_FEW_ROUNDS),
                lift=None if few else interval(ranked.lift, own, rounds=_FEW_ROUNDS),
                profit=None if brought is None else interval(brought, own, rounds=_FEW_ROUNDS),
            )
        )  # fmt: skip
    return out


def _named(values: "pd.Series[str]") -> "pd.Series[str]":
    plain = words(values)
    if plain.nunique() <= _MOST_WORDS:
        return plain.fillna("—").astype(str)
    figures = pd.Series(numbers(values)[0])
    if figures.notna().mean() < 0.5:
        return plain.fillna("—").astype(str)
    cut = pd.qcut(figures, 3, duplicates="drop")
    named: pd.Series[str] = cut.map(lambda one: f"{one.left:g} – {one.right:g}").astype(object).fillna("—").astype(str)
    return named


def _gains(left: Flags, scores: Floats) -> list[float]:
    return [float(one) for one in Ranked(left, scores).found(np.arange(1, _POINTS + 1) / _POINTS)]


def _bins(left: Flags, chances: Floats, clusters: Whole) -> list[Bin]:
    group, out = bins_by_rank(chances), []
    for one in np.unique(group):
        at = group == one
        seen = left[at].astype(np.float64)
        own = np.unique(clusters[at], return_inverse=True)[1].astype(np.int64)

        def share(weights: Floats, seen: Floats = seen) -> float:
            return float(np.dot(weights, seen) / weights.sum())

        out.append(Bin(float(chances[at].mean()), interval(share, own, rounds=_FEW_ROUNDS)))
    return out


def rounds_for(rows: int) -> int:
    """Of many rows fewer draws: their intervals are narrow."""
    return _ROUNDS if rows <= _BIG else _FEW_ROUNDS
