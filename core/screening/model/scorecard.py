"""The baseline: a logistic scorecard whose points anyone can read, kept as plain figures."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from core.screening.model.columns import Column, Kind
from core.screening.model.reading import Flags, Floats

_STRENGTH = 1.0
"""scikit-learn's C: the default"""
_ITERATIONS = 500
_FAR = 8.0
"""standard deviations beyond which a figure counts as that far"""


class Scorecard(Struct, frozen=True, kw_only=True):
    """Points by column: of figures one each standard deviation and one for a missing value, of words one each."""

    fills: list[float]
    """by column: what a missing figure is taken as"""
    centres: list[float]
    scales: list[float]
    points: list[list[float]]
    offset: float


def _wide(columns: Sequence[Column], figures: Floats, card: Scorecard) -> Iterator[Floats]:
    """Each column as it is scored, one at a time, since all of them take several times what the figures do: a figure
    and whether it is missing, or a flag for each word."""
    for at, column in enumerate(columns):
        values = figures[:, at]
        if column.kind is Kind.WORD:
            places = np.where(np.isfinite(values), values, len(column.levels) + 1).astype(np.int64)
            yield np.eye(len(column.levels) + 2)[places]
        else:
            filled = np.where(np.isfinite(values), values, card.fills[at])
            scaled = np.clip((filled - card.centres[at]) / card.scales[at], -_FAR, _FAR)
            yield np.column_stack([scaled, ~np.isfinite(values)])


def _widths(columns: Sequence[Column]) -> list[int]:
    return [len(one.levels) + 2 if one.kind is Kind.WORD else 2 for one in columns]


def drawn_up(columns: Sequence[Column], figures: Floats, left: Flags) -> Scorecard:
    """The scorecard of these rows."""
    from sklearn.linear_model import LogisticRegression

    bare = Scorecard(fills=[], centres=[], scales=[], points=[], offset=0.0)
    for at, column in enumerate(columns):
        known = figures[np.isfinite(figures[:, at]), at]
        plain = len(known) > 0 and column.kind is not Kind.WORD
        bare.fills.append(float(np.median(known)) if plain else 0.0)
        bare.centres.append(float(known.mean()) if plain else 0.0)
        bare.scales.append(float(known.std()) or 1.0 if plain else 1.0)
    ends = np.cumsum(_widths(columns))
    wide = np.empty((len(figures), int(ends[-1])))
    for end, one in zip(ends, _wide(columns, figures, bare), strict=True):
        wide[:, end - one.shape[1] : end] = one
    fitted = LogisticRegression(C=_STRENGTH, max_iter=_ITERATIONS).fit(wide, left)
    points = [[float(value) for value in one] for one in np.split(fitted.coef_[0], ends[:-1])]
    return Scorecard(
        fills=bare.fills, centres=bare.centres, scales=bare.scales, points=points, offset=float(fitted.intercept_[0])
    )


def _parts(card: Scorecard, columns: Sequence[Column], figures: Floats) -> Floats:
    wide = _wide(columns, figures, card)
    parts = [one @ np.array(points) for one, points in zip(wide, card.points, strict=True)]
    return np.column_stack(parts) if parts else np.zeros((len(figures), 0))


def scores(card: Scorecard, columns: Sequence[Column], figures: Floats) -> Floats:
    """Logits before calibration."""
    return np.asarray(_parts(card, columns, figures).sum(axis=1) + card.offset, dtype=np.float64)


def contributions(card: Scorecard, columns: Sequence[Column], figures: Floats) -> Floats:
    """What each column added to each row's logit, against the customer whom training saw on the average."""
    parts = _parts(card, columns, figures)
    usual = np.array([_usual(column, points) for column, points in zip(columns, card.points, strict=True)])
    return parts - usual if len(usual) else parts


def _usual(column: Column, points: Sequence[float]) -> float:
    if column.kind is Kind.WORD:
        return float(np.dot(points, column.shares))
    return float(points[1] * column.shares[-1])


def importance(card: Scorecard, columns: Sequence[Column], figures: Floats) -> Floats:
    """Each column's share of how far points spread over these rows."""
    spread = _parts(card, columns, figures).std(axis=0)
    return np.asarray(spread / spread.sum() if spread.sum() else spread, dtype=np.float64)
