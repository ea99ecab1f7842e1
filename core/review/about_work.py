"""The calls behind what is no call: those in which a promise was given or a case worked on, and what followed."""

import numpy as np

from core.review.aside import ASIDE, table_of
from core.review.choice import Choice, rows_of
from core.review.frame import Array, Frame, Table

SPAN = 1 << 32
"""more seconds than a time of the frame has: a customer and a time make one number to sort by"""
DAY_S = 86_400


def calls_about(frame: Frame, fact: str, choice: Choice) -> Array:
    """Rows of the calls behind a count of promises or cases, within no choice of their own: a promise of this month
    may have been given in a call of the last."""
    name = table_of(fact)
    assert name is not None
    table: Table = getattr(frame, name)
    rows = rows_of(table, choice)
    chosen = table if rows is None else table.where(rows)
    wanted = chosen.where(np.flatnonzero(ASIDE[name][fact](chosen)))
    if not len(wanted):
        return np.zeros(0, dtype=np.int64)
    return _calls_between(frame.calls, wanted["customer"], *_span(name, wanted))


def _span(name: str, table: Table) -> tuple[Array, Array]:
    """From when until when calls belong to it: a promise is settled, a first word is said, a case is closed."""
    until = table["at"].astype(np.int64)
    if name == "promises":
        settled = table["settled_at"].astype(np.int64)
        return table["made_at"].astype(np.int64), np.maximum(until, settled)
    began = table["began_at"].astype(np.int64)
    if name == "contacts":
        until = np.maximum(until, began + np.minimum(table["took_s"], DAY_S))
    return began, until


def _calls_between(calls: Table, customers: Array, since: Array, until: Array) -> Array:
    """To these customers, from the last call at or before `since`, a day back at most, to `until`."""
    known, place = np.unique(customers, return_inverse=True)
    of_them = np.flatnonzero(np.isin(calls["customer"], known))
    keys = np.searchsorted(known, calls["customer"][of_them]).astype(np.int64) * SPAN + calls["at"][of_them]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    start = place.astype(np.int64) * SPAN
    first = np.searchsorted(keys, start + since, side="right") - 1
    before = keys[np.maximum(first, 0)] if len(keys) else np.zeros(len(first), dtype=np.int64)
    made_in_it = (first >= 0) & (before >= start + np.maximum(since - DAY_S, 0))
    low = np.where(made_in_it, first, first + 1)
    high = np.searchsorted(keys, start + until, side="right")
    found = [order[one:end] for one, end in zip(low.tolist(), high.tolist(), strict=True) if one < end]
    return of_them[np.unique(np.concatenate(found))] if found else np.zeros(0, dtype=np.int64)
