"""Which rows are learnt from and which are kept for the proof: by time where there is one, never by shuffling.

Without a time rows go by a hash of their customer, or of what they hold, so that one customer, and rows that say the
same, never stand on both sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.screening.model.reading import Floats, Whole

FOLDS = 5
MOST_FOLDED = 200_000
"""rows; of more a fifth is proof enough"""
_LAST = 0.2
"""share of the rows, at the least, that the proof takes from the end, and the calibration before it"""


@dataclass(frozen=True, slots=True)
class Part:
    """Places of rows."""

    train: Whole
    calibrate: Whole
    """empty where folds calibrate each other"""
    test: Whole


@dataclass(frozen=True, slots=True)
class Split:
    parts: tuple[Part, ...]
    """one; or one a fold, where each row is tested once"""
    by_time: bool
    first_test_day: float | None = None
    """days since 1970"""

    @property
    def folded(self) -> bool:
        return len(self.parts) > 1

    def tested(self) -> Whole:
        return np.concatenate([one.test for one in self.parts])


def keys_of(values: "pd.DataFrame | pd.Series[str]") -> npt.NDArray[np.uint64]:
    """A number for each row by what it holds: the same on every machine."""
    columns = [values] if isinstance(values, pd.Series) else [values[name] for name in values.columns]
    # Column by column: all cells of a wide list as text at once need more memory than all that is learnt from them.
    hashed = (np.asarray(pd.util.hash_pandas_object(one.astype(str), index=False), dtype=np.uint64) for one in columns)
    if isinstance(values, pd.Series):
        return _mixed(next(hashed))
    return _mixed(_together(hashed, len(columns)))


def _together(hashed: Iterator[npt.NDArray[np.uint64]], count: int) -> npt.NDArray[np.uint64]:
    """One number of several for each row, as CPython 3.7 hashed a tuple and pandas hashes a frame."""
    out, factor = np.uint64(0x345678), np.uint64(1_000_003)
    found: npt.NDArray[np.uint64] | np.uint64 = out
    for at, one in enumerate(hashed):
        found = (found ^ one) * factor
        factor += np.uint64(82_520 + 2 * (count - at))
    return np.asarray(found + np.uint64(97_531), dtype=np.uint64)


def split(moment: Floats, keys: npt.NDArray[np.uint64]) -> Split:
    """`moment`: each row's own day, NaN where there is none; `keys`: rows of one key stay together without a time."""
    if len(np.unique(moment[np.isfinite(moment)])) > 1:
        return _by_time(moment, keys)
    fold = (keys % np.uint64(FOLDS)).astype(np.int64)
    if len(keys) <= MOST_FOLDED:
        return Split(tuple(_folds(fold)), by_time=False)
    return Split((Part(_places(fold > 1), _places(fold == 1), _places(fold == 0)),), by_time=False)


def _folds(fold: Whole) -> Iterator[Part]:
    for one in range(FOLDS):
        if (fold == one).any():
            yield Part(_places(fold != one), _places(fold < 0), _places(fold == one))


def _by_time(moment: Floats, keys: npt.NDArray[np.uint64]) -> Split:
    known = np.isfinite(moment)
    times, counts = np.unique(moment[known], return_counts=True)
    behind = np.cumsum(counts[::-1])[::-1] / counts.sum()
    at = max(1, _last_at_least(behind, _LAST))
    test_from = times[at]
    if at == 1:
        # One earlier day alone: a fifth of its customers calibrate.
        held = known & (moment < test_from) & (keys % np.uint64(FOLDS) == 0)
        train = known & (moment < test_from) & ~held
    else:
        from_ = times[max(1, min(at - 1, _last_at_least(behind - behind[at], _LAST)))]
        held, train = known & (moment >= from_) & (moment < test_from), known & (moment < from_)
    part = Part(_places(train), _places(held), _places(known & (moment >= test_from)))
    return Split((part,), by_time=True, first_test_day=float(test_from))


def _last_at_least(behind: Floats, share: float) -> int:
    """The last place from which at least that share of the rows lies behind; 0 where none does."""
    found = np.flatnonzero(behind >= share)
    return int(found[-1]) if len(found) else 0


def _places(chosen: npt.NDArray[np.bool_]) -> Whole:
    return np.flatnonzero(chosen).astype(np.int64)


def _mixed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread over all bits: the places of a split follow from the lowest."""
    return (keys ^ (keys >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(11)
