"""Rows into groups: known causes make the first centres, what they leave is gathered by its own words.

Spherical k-means (Dhillon and Modha, 2001) with centres to begin with. No chance in it: the same rows, the same groups.
"""

import numpy as np
from numpy.typing import NDArray

from core.review.causes.weights import Matrix, unit

Labels = NDArray[np.int32]
NONE = -1
"""label of a row that is like nothing else"""
ROUNDS = 12
LEAST_LIKE = 0.05
"""cosine below which a row belongs to no group"""
CLOSE = 0.5
"""cosine from which two rows begin a group of their own together"""
LEAST_OWN = 3
"""rows of a group of its own kind: two may be alike by chance"""
MOST_OWN = 12
"""groups made of what tells of no known cause"""


def grouped(rows: Matrix, causes: int, plain: NDArray[np.bool_], *, least: int) -> tuple[Labels, Matrix]:
    """The group of each row and the groups' centres; no group of fewer than `least` rows.

    The last `causes` columns of `rows` are known causes. `plain` are the rows with a word of one: what is worded
    alike among the others begins groups of its own, however likely a known cause seems."""
    centres = _centres(rows, causes, plain, least)
    labels = nearest(rows, centres, causes, plain)
    for _ in range(ROUNDS):
        if not len(centres):
            break
        sizes = np.bincount(labels[labels >= 0], minlength=len(centres))
        if (sizes < least).any():
            # One at a time: what the smallest gives away may keep the next one alive.
            centres = np.delete(centres, int(np.argmin(sizes)), axis=0)
        else:
            centres = _means(rows, labels, centres, causes)
        moved = nearest(rows, centres, causes, plain)
        if np.array_equal(moved, labels) and not (sizes < least).any():
            break
        labels = moved
    return _settled(rows, centres, causes, plain, least)


def nearest(rows: Matrix, centres: Matrix, causes: int, plain: NDArray[np.bool_]) -> Labels:
    """The most alike centre of each row, by cosine; NONE where none is.

    A row without a plain word that is worded like a group of its own kind belongs there, whatever is likely."""
    if not len(centres):
        return np.full(len(rows), NONE, dtype=np.int32)
    alike = rows @ centres.T
    own = _own(centres, causes)
    if own.any():
        split = rows.shape[1] - causes
        worded = unit(rows[~plain, :split]) @ centres[own, :split].T
        alike[np.ix_(~plain, own)] += np.where(worded >= CLOSE, worded, 0)
    best: Labels = alike.argmax(axis=1).astype(np.int32)
    best[alike.max(axis=1) < LEAST_LIKE] = NONE
    return best


def _own(centres: Matrix, causes: int) -> NDArray[np.bool_]:
    """Which centres are of no known cause."""
    told = centres[:, centres.shape[1] - causes :].max(axis=1, initial=0)
    own: NDArray[np.bool_] = np.asarray(told <= 0, dtype=np.bool_)
    return own


def _settled(rows: Matrix, centres: Matrix, causes: int, plain: NDArray[np.bool_], least: int) -> tuple[Labels, Matrix]:
    """The last word: groups that are large enough, the largest first."""
    labels = nearest(rows, centres, causes, plain)
    while len(centres):
        sizes = np.bincount(labels[labels >= 0], minlength=len(centres))
        if sizes.min() >= least:
            break
        centres = np.delete(centres, int(np.argmin(sizes)), axis=0)
        labels = nearest(rows, centres, causes, plain)
    if not len(centres):
        return labels, centres
    order = np.argsort(-np.bincount(labels[labels >= 0], minlength=len(centres)), kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return np.where(labels >= 0, place[labels], NONE).astype(np.int32), centres[order]


def _centres(rows: Matrix, causes: int, plain: NDArray[np.bool_], least: int) -> Matrix:
    split = rows.shape[1] - causes
    told = rows[:, split:]
    first = np.where(told.max(axis=1, initial=0) > 0, told.argmax(axis=1) if causes else 0, NONE)
    known = [rows[first == cause].mean(axis=0) for cause in range(causes) if (first == cause).sum() >= least]
    own = _own_centres(rows[~plain], split, max(least, LEAST_OWN))
    made = [*known, *own]
    return unit(np.array(made, dtype=np.float32)) if made else np.zeros((0, rows.shape[1]), dtype=np.float32)


def _own_centres(rows: Matrix, split: int, least: int) -> list[Matrix]:
    """Centres among rows that tell of no known cause: each time the row that most others still left are worded like."""
    left = rows[rows[:, :split].any(axis=1)]
    centres: list[Matrix] = []
    while len(left) >= least and len(centres) < MOST_OWN:
        # Of very many a part is enough to find what they have in common.
        part = left[:: max(1, len(left) // 2_000)]
        alike = unit(part[:, :split]) @ unit(left[:, :split]).T
        close = alike >= CLOSE
        best = int(close.sum(axis=1).argmax())
        if close[best].sum() < least:
            break
        centre = left[close[best]].mean(axis=0)
        centre[split:] = 0
        centres.append(centre)
        left = left[~close[best]]
    return centres


def _means(rows: Matrix, labels: Labels, centres: Matrix, causes: int) -> Matrix:
    sums = np.zeros_like(centres)
    inside = labels >= 0
    np.add.at(sums, labels[inside], rows[inside])
    sums[_own(centres, causes), rows.shape[1] - causes :] = 0
    return unit(sums)
