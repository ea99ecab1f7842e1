"""Whether the arms are as chance would have drawn them: by their size, and by what stood before anybody was called."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from core.screening.effect.strata import Codes, Flags

REFUSED_AT = 0.001
"""by how much chance alone may refuse a sound draw, over all that is looked at: one campaign in a thousand"""
_FEWEST = 20
_PARTS = 4
Standing = Mapping[str, npt.NDArray[Any]]
"""by name what was known of each customer before the draw: words, or figures, which are looked at by quarters"""


@dataclass(frozen=True, slots=True)
class Unlike:
    """One thing that stood before and lies unevenly."""

    name: str
    word: str
    treated: float
    control: float
    """shares of the arms, between 0 and 1"""


def unlike(treated: Flags, codes: Codes, standing: Standing) -> list[Unlike]:
    """What differs between the arms by more than chance brings, the most uneven first.

    N. Mantel's and W. Haenszel's test within strata (Journal of the National Cancer Institute 22, 1959, 719-748), the
    level shared out over all that is looked at (Bonferroni)."""
    found: list[tuple[float, Unlike]] = []
    looked = 0
    for name, values in standing.items():
        words = _quarters(values) if values.dtype.kind == "f" else values.astype(str)
        for word in np.unique(words):
            has = words == word
            if not _FEWEST <= has.sum() <= len(has) - _FEWEST:
                continue
            looked += 1
            shares = (float(has[treated].mean()), float(has[~treated].mean()))
            found.append((_errors(treated, has, codes), Unlike(name, str(word), *shares)))
    if not looked:
        return []
    bound = NormalDist().inv_cdf(1 - REFUSED_AT / looked / 2)
    return [one for errors, one in sorted(found, key=lambda pair: -pair[0]) if errors > bound]


def share_is_off(treated: int, control: int, control_percent: float) -> bool:
    """Whether fewer or more are held out than were to be, by more than chance or rounding explains."""
    share, size = control_percent / 100, treated + control
    spread = (size * share * (1 - share)) ** 0.5
    return bool(abs(control - size * share) > max(NormalDist().inv_cdf(1 - REFUSED_AT / 2) * spread, 1.0))


def _errors(treated: Flags, has: Flags, codes: Codes) -> float:
    """How many standard errors the number of those who have it in the treated arm lies from what is expected."""
    count = int(codes.max()) + 1
    size = np.bincount(codes, minlength=count).astype(np.float64)
    ours = np.bincount(codes[treated], minlength=count).astype(np.float64)
    with_it = np.bincount(codes[has], minlength=count).astype(np.float64)
    both = np.bincount(codes[treated & has], minlength=count).astype(np.float64)
    variance = (ours * (size - ours) * with_it * (size - with_it) / (size**2 * np.maximum(size - 1, 1))).sum()
    off = abs(float((both - ours * with_it / size).sum()))
    return max(off - 0.5, 0.0) / float(variance) ** 0.5 if variance > 0 else 0.0


def _quarters(values: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    known = np.isfinite(values)
    out = np.full(len(values), "—", dtype=object)
    if known.any():
        bounds = np.quantile(values[known], np.arange(1, _PARTS) / _PARTS)
        out[known] = [f"{part + 1}/{_PARTS}" for part in np.searchsorted(bounds, values[known], side="right")]
    return out
