"""Packages, standings and frames made small, for tests of pay and points."""

from datetime import date
from typing import Any

import numpy as np

from core.content.packages import packages
from core.domain.package import MonthRevenue, Package, PackageStanding
from core.review.frame import CALLS, Frame, Table, empty, nothing, number_of


def the_package() -> Package:
    return packages()[0]


def standing(
    *,
    customers: int = 1_000,
    left: int = 80,
    lately: int = 20,
    base_fen: int = 10_000_000,
    months: tuple[int, ...] = (10_000_000,) * 10,
    as_of: date = date(2026, 10, 31),
) -> PackageStanding:
    return PackageStanding(
        package=the_package().id,
        team="spring",
        taken_on=date(2026, 1, 1),
        as_of=as_of,
        customers=customers,
        left=left,
        left_lately=lately,
        lately_days=90,
        base_fen=base_fen,
        months=tuple(MonthRevenue(month=f"2026-{at:02d}", fen=fen) for at, fen in enumerate(months, start=1)),
    )


def frame_of(*rows: dict[str, Any]) -> Frame:
    """A frame of these calls; what a row leaves out is nothing, and a day is the first of October."""
    columns: dict[str, Any] = {}
    words: dict[str, tuple[str, ...]] = {}
    for column in CALLS:
        values = [row.get(column.name) for row in rows]
        if column.kind == "code":
            told = ("", *sorted({value for value in values if value}))
            words[column.name] = told
            columns[column.name] = np.array([told.index(value or "") for value in values], dtype=np.int16)
        elif column.name == "day":
            days = [number_of(value or date(2026, 10, 1)) for value in values]
            columns["day"] = np.array(days, dtype=column.kind)
        else:
            columns[column.name] = np.array([value or 0 for value in values], dtype=column.kind)
    bare = nothing()
    calls = Table(columns, words) if rows else empty(CALLS)
    return Frame(calls, bare.offers, bare.callbacks, bare.dispatched)
