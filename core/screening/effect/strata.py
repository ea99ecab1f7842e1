"""Counts of both arms by stratum, and small strata put together so that each can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

FEWEST = 10
"""of each arm in a stratum that is compared by itself"""


@dataclass(frozen=True, slots=True)
class Counts:
    """By stratum: how many of each arm, and of how many what is looked at is so."""

    treated: Floats
    treated_met: Floats
    control: Floats
    control_met: Floats

    @property
    def weights(self) -> Floats:
        """Each stratum's share of all customers: the effect is the mean over those whom the campaign chose."""
        size = self.treated + self.control
        return np.asarray(size / size.sum(axis=-1, keepdims=True))


def put_together(treated: Flags, stratum: Codes, *, fewest: int = FEWEST) -> Codes:
    """New codes from 0, where strata with fewer than `fewest` in either arm are one.

    The draw rounds fairly over strata, so that everybody has the same chance of being held out: putting strata together
    leaves the comparison without bias. Where all small ones together are still too small, they join the next smallest.
    """
    _names, codes = np.unique(stratum, return_inverse=True)
    count = int(codes.max()) + 1 if len(codes) else 0
    sizes = np.stack([np.bincount(codes[arm], minlength=count) for arm in (treated, ~treated)])
    least = sizes.min(axis=0)
    joined = set(np.flatnonzero(least < fewest).tolist())
    for one in _smallest_first(sizes, [at for at in range(count) if at not in joined]):
        if not joined or sizes[:, list(joined)].sum(axis=1).min() >= fewest:
            break
        joined.add(one)
    to = np.arange(count, dtype=np.int64)
    if joined:
        to[list(joined)] = min(joined)
    return np.unique(to[codes], return_inverse=True)[1].astype(np.int64)


def _smallest_first(sizes: npt.NDArray[np.int64], among: Sequence[int]) -> list[int]:
    return sorted(among, key=lambda at: (int(sizes[:, at].sum()), at))


def counted(treated: Flags, met: Flags, codes: Codes) -> Counts:
    """Of customers with these codes from 0."""
    count = int(codes.max()) + 1 if len(codes) else 0

    def of(flags: Flags) -> Floats:
        return np.bincount(codes[flags], minlength=count).astype(np.float64)

    return Counts(of(treated), of(treated & met), of(~treated), of(~treated & met))
