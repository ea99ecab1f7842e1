"""Columns that know the answer: by their name, by telling leavers from stayers alone, or by a value that only leavers
have. They are left out until somebody who knows the column says otherwise."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from msgspec import Struct

from core.domain.text import Text
from core.screening.model.columns import Column, Kind, bin_count, bins, encoded, seen
from core.screening.model.figures import auc
from core.screening.model.naming import Naming
from core.screening.model.reading import Flags, Floats, Whole

ALONE = 0.95
"""AUC of a column by itself"""
_PURE, _COVERS, _ROWS = 0.98, 0.3, 20
"""a value of which that share left, that holds that share of all leavers, on that many rows"""
_COMMON = 0.6
"""share of leavers above which a pure value is no wonder"""
_LABEL = Text("它也写着谁离网", "it too says who left")


class Knows(Struct, frozen=True, kw_only=True):
    """A column, and why it is thought to know."""

    column: str
    why: Text
    by_name: bool
    kept: bool
    """learnt from all the same, as was asked for"""


def knowing(
    frame: pd.DataFrame, names: Collection[str], left: Flags, moment: Floats, half: Flags, naming: Naming,
    keep: Collection[str], labels: Collection[str] = (),
) -> list[Knows]:  # fmt: skip
    """`half`: a half of the rows by their customer; what is learnt on the one is judged on the other. `labels`: other
    columns that say who left."""
    found = []
    for name in names:
        suspect = naming.suspect(name)
        if name in labels:
            why: Text | None = _LABEL
        else:
            why = suspect.why if suspect else _seen(seen(name, frame[name], moment), frame[name], left, moment, half)
        if why is not None:
            by_name = suspect is not None or name in labels
            found.append(Knows(column=name, why=why, by_name=by_name, kept=name in keep))
    return found


def _seen(column: Column, values: "pd.Series[str]", left: Flags, moment: Floats, half: Flags) -> Text | None:
    figures = encoded(column, values, moment)
    places = bins(column, figures)
    alone = _alone(column, figures, places, left, half)
    if alone > ALONE:
        return Text(
            f"单凭这一列就能分清谁离网（AUC {alone:.2f}）", f"it tells who left all by itself (AUC {alone:.2f})"
        )
    if left.mean() < _COMMON and (share := _pure(column, places, left)):
        return Text(
            f"有一个取值几乎只有离网客户才有，占离网客户的 {share:.0%}",
            f"it has a value that hardly anybody but leavers has, {share:.0%} of all leavers",
        )
    return None


def _alone(column: Column, figures: Floats, places: Whole, left: Flags, half: Flags) -> float:
    count = bin_count(column)
    judged = np.zeros(len(left))
    for learn in (half, ~half):
        everybody = np.bincount(places[learn], minlength=count)
        leavers = np.bincount(places[learn], weights=left[learn], minlength=count)
        judged[~learn] = ((leavers + left.mean()) / (everybody + 1))[places[~learn]]
    both = [auc(left[one], judged[one]) for one in (half, ~half) if left[one].any() and not left[one].all()]
    binned = float(np.mean(both)) if both else 0.5
    if column.kind is Kind.WORD or column.median is None:
        return binned
    straight = auc(left, np.where(np.isfinite(figures), figures, column.median))
    return max(binned, straight, 1 - straight)


def _pure(column: Column, places: Whole, left: Flags) -> float:
    """The share of all leavers that has such a value, or any value at all; 0 where there is none."""
    count = bin_count(column)
    filled = (places != count - 1).astype(np.int64)
    share = max(_pure_share(places, left, count), _pure_share(filled, left, 2))
    return share if share >= _COVERS else 0.0


def _pure_share(places: Whole, left: Flags, count: int) -> float:
    everybody = np.bincount(places, minlength=count)
    leavers = np.bincount(places, weights=left, minlength=count)
    pure = (everybody >= _ROWS) & (leavers >= _PURE * everybody)
    return float(leavers[pure].sum() / left.sum())
