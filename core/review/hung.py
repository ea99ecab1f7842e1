"""What hangs on calls, a few rows of many: scores, orders and referrals that came later, offers and their money."""

from dataclasses import dataclass

import numpy as np

from core.domain.later_event import LaterKind
from core.domain.offered import Reply
from core.review.frame import Array, Frame


@dataclass(frozen=True, slots=True)
class Hung:
    """One count: the calls that have it, and what each of these rows adds."""

    calls: Array
    """rows of the frame's calls; several of one call where several things hang on it"""
    adds: Array


def hung(frame: Frame) -> dict[str, Hung]:
    """By name of the count."""
    later = _later(frame)
    return {**_scores(frame), **later, **_offers(frame), **_orders(frame, later["later_orders"])}


def summed(one: Hung, chosen: Array | None, group: Array | None, groups: int) -> Array:
    """Over the calls of a mask (None: all), by a number for each call below `groups` (None: all as one)."""
    inside = slice(None) if chosen is None else chosen[one.calls]
    adds, calls = one.adds[inside], one.calls[inside]
    if group is None:
        return np.array([adds.sum(dtype=np.int64)])
    return np.bincount(group[calls], weights=adds, minlength=groups).astype(np.int64)


def _scores(frame: Frame) -> dict[str, Hung]:
    table = frame.scores
    return {
        "scored": _each(table["call"]),
        "score_points": Hung(table["call"], table["points"].astype(np.int64)),
        "scores_passed": _where(table["call"], table["passed"]),
        "missed": _where(table["call"], table["missed"]),
        "wrong": _where(table["call"], table["wrong"]),
    }


def _later(frame: Frame) -> dict[str, Hung]:
    table, found = frame.later, {}
    for name, kind in (
        ("later_orders", LaterKind.ORDERED),
        ("referrals", LaterKind.REFERRED),
        ("joined", LaterKind.JOINED),
        ("arrived", LaterKind.BONUS),
    ):
        found[name] = _where(table["call"], table["kind"] == table.code("kind", kind))
    for name, kind in (("deposited_fen", LaterKind.DEPOSITED), ("recovered_fen", LaterKind.RECOVERED)):
        of_kind = table["kind"] == table.code("kind", kind)
        found[name] = _where(table["call"], np.where(of_kind, table["fen"], 0))
    return found


def _offers(frame: Frame) -> dict[str, Hung]:
    """KPI-09: who was told of a campaign, who takes part, what they pay for it, and what of that has come in."""
    table, calls = frame.offers, frame.calls
    taken = table["reply"] == table.code("reply", Reply.ACCEPTED)
    paid = np.where(taken, table["price_fen"], 0)
    came = np.where(calls["success"][table["call"]], paid, 0)
    return {
        "offers_told": _each(table["call"]),
        "offers_taken": _where(table["call"], taken),
        "agreed_fen": _where(table["call"], paid),
        "came_in_fen": _where(table["call"], came),
    }


def _orders(frame: Frame, later: Hung) -> dict[str, Hung]:
    """KPI-07: orders that count, the day of the call or later, and of them those of a dispatched task."""
    calls = frame.calls
    rows = np.flatnonzero(calls["ordered"] & calls["success"])
    both = np.concatenate([rows, later.calls])
    return {
        "orders": _each(rows),
        "orders_all": _each(both),
        "orders_tasked": _where(both, calls["tasked"][both]),
        "false_data": _each(np.flatnonzero(calls["false_data"])),
    }


def _each(calls: Array) -> Hung:
    """Every row adds one."""
    return Hung(calls, np.ones(len(calls), dtype=np.int64))


def _where(calls: Array, adds: Array) -> Hung:
    """The rows alone that add anything."""
    values = adds.astype(np.int64)
    kept = np.flatnonzero(values)
    return Hung(calls[kept], values[kept])
