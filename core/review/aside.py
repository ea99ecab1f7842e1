"""Counting what has a day and an agent of its own: callbacks, promises, cases' first contacts and closings, orders
that no call brought. By the words of the calls, so that a group has them beside its calls."""

from collections.abc import Callable, Mapping

import numpy as np

from core.domain.case import OpenedBy, Satisfaction
from core.domain.promise import PromiseState
from core.review.choice import Choice, rows_of
from core.review.derive import ON_TIME_S
from core.review.frame import IN_TIME, LATE, NEVER, Array, Frame, Table

Fact = Callable[[Table], Array]
"""of each row what it adds"""


def is_word(column: str, *words: str) -> Fact:
    """Which rows have one of the words."""

    def has(table: Table) -> Array:
        found: Array = np.isin(table[column], [table.code(column, word) for word in words])
        return found

    return has


def _took(table: Table) -> Array:
    return table["at"].astype(np.int64) - table["began_at"]


def _kept(table: Table) -> Array:
    found: Array = table["due"] & (table["off_s"] <= ON_TIME_S)
    return found


def _met(table: Table) -> Array:
    found: Array = table["took_s"] != NEVER
    return found


def _met_s(table: Table) -> Array:
    return np.where(_met(table), table["took_s"], 0).astype(np.int64)


def _complaint(table: Table) -> Array:
    return is_word("opened_by", OpenedBy.COMPLAINT)(table)


def _every(table: Table) -> Array:
    return np.ones(len(table), dtype=bool)


_SETTLED = (PromiseState.KEPT.value, PromiseState.BROKEN.value)
ASIDE: dict[str, dict[str, Fact]] = {
    "callbacks": {"promised": lambda table: table["due"], "kept": _kept},
    "promises": {
        "promises_settled": is_word("state", *_SETTLED),
        "promises_kept": is_word("state", PromiseState.KEPT),
        "promises_broken": is_word("state", PromiseState.BROKEN),
        "promises_open": is_word("state", PromiseState.OPEN),
    },
    "contacts": {
        "contacts_due": is_word("state", IN_TIME, LATE),
        "contacts_in_time": is_word("state", IN_TIME),
        "contacts_met": _met,
        "contact_s": _met_s,
    },
    "closings": {
        "closed": _every,
        "closed_s": _took,
        "closed_satisfied": is_word("satisfaction", Satisfaction.SATISFIED),
        "complaints_closed": _complaint,
        "complaint_s": lambda table: np.where(_complaint(table), _took(table), 0),
    },
    "elsewhere": {"elsewhere": _every},
}
"""by table of the frame: name of a count → what each row adds to it"""


def table_of(name: str) -> str | None:
    """The table that a count is of; None where it counts calls or what hangs on them."""
    return next((table for table, facts in ASIDE.items() if name in facts), None)


def counted_aside(frame: Frame, choice: Choice, dimension: str, groups: int) -> dict[str, Array]:
    """For all that is chosen, or by the calls' codes of a dimension."""
    found: dict[str, Array] = {}
    for name, facts in ASIDE.items():
        found |= _sums(_chosen(getattr(frame, name), choice), facts, frame, dimension, groups)
    return found


def _sums(table: Table, facts: Mapping[str, Fact], frame: Frame, dimension: str, groups: int) -> dict[str, Array]:
    added = {name: fact(table).astype(np.int64) for name, fact in facts.items()}
    if not dimension:
        return {name: np.array([values.sum()]) for name, values in added.items()}
    places = {word: at for at, word in enumerate(frame.calls.words[dimension])}
    # Who promised and has not called at all is a group of no call: not shown, and not counted to another.
    codes = np.array([places.get(word, groups) for word in table.words[dimension]], dtype=np.int32)
    group = codes[table[dimension]]
    # Sums of whole numbers far below 2**53 are exact as weights.
    return {
        name: np.bincount(group, weights=values, minlength=groups + 1)[:groups].astype(np.int64)
        for name, values in added.items()
    }


def _chosen(table: Table, choice: Choice) -> Table:
    rows = rows_of(table, choice)
    return table if rows is None else table.where(rows)
