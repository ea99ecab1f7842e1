"""What each churn cause costs: how many who show it left, beyond what others lose, what they paid, and what a measure
would keep of it. Seen together is not caused by: only a campaign with a control group measures what a measure keeps."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import ibis
from msgspec import Struct

from core.domain.clock import local_day
from core.rules.form import fields_of
from core.screening.churn_causes import ChurnCause, ChurnCauses
from core.screening.frame import Frame
from core.screening.past.fates import CALLED, ENDED, GONE, fates
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID

REVENUE = "revenue_year"
"""the factor that says what a customer pays in a year, fen"""


class Harm(Struct, frozen=True, kw_only=True):
    """Of the customers on net at the snapshot whom nobody called afterwards."""

    cause: ChurnCause
    showing: int
    """customers who show the cause; somebody may show several"""
    left: int
    """of those, within the days"""
    beyond: float
    """how many more of them left than if they had left as often as those who do not show it; below 0: fewer"""
    lost_fen: int
    """what those who left had paid in a year"""
    kept: float
    """customers whom the measure would keep, by its assumption: of those beyond the usual alone, since the others leave
    for something else; 0 where no more left than usual"""
    kept_fen: int
    """a year"""


def asked_by(causes: ChurnCauses) -> frozenset[str]:
    """The factors without which nothing is told."""
    return frozenset({REVENUE}).union(*(fields_of(one.when) for one in causes.causes))


def harms(
    frame: Frame, causes: ChurnCauses, snapshot: Snapshot, *, left_on: Mapping[str, date], called: frozenset[str],
    within_days: int,
) -> list[Harm]:  # fmt: skip
    """One for each cause, what costs most first."""
    compiler = frame.compiler()
    shown = {f"cause_{at}": compiler.shows(one.when).ifelse(1, 0) for at, one in enumerate(causes.causes)}
    paid = ibis.coalesce(compiler.value(REVENUE), 0)
    table = frame.table.select(customer_id=frame.table[CUSTOMER_ID], paid=paid, **shown)
    ends = ibis.memtable(fates(left_on, called, local_day(snapshot.taken_at), within_days))
    joined = table.left_join(ends, "customer_id")
    ended = ibis.coalesce(joined[ENDED], 0)
    free = joined.filter((ended != GONE) & ~ibis.coalesce(joined[CALLED], False))
    gone = ibis.coalesce(free[ENDED], 0)
    sums: dict[str, Any] = {"all_free": free.count(), "all_left": gone.sum()}
    for name in shown:
        sums |= {
            f"{name}_n": free[name].sum(), f"{name}_left": (free[name] * gone).sum(),
            f"{name}_fen": (free[name] * gone * free["paid"]).sum(),
        }  # fmt: skip
    told = {name: int(values[0] or 0) for name, values in free.agg(**sums).to_pyarrow().to_pydict().items()}
    found = [_harm(one, f"cause_{at}", told) for at, one in enumerate(causes.causes)]
    return sorted(found, key=lambda one: (-one.lost_fen, one.cause.id))


def _harm(cause: ChurnCause, name: str, told: Mapping[str, int]) -> Harm:
    showing, left, lost_fen = told[f"{name}_n"], told[f"{name}_left"], told[f"{name}_fen"]
    others, others_left = told["all_free"] - showing, told["all_left"] - left
    usual = others_left / others if others else 0.0
    beyond = left - showing * usual
    kept = max(0.0, beyond) * cause.keeps_percent / 100
    return Harm(
        cause=cause, showing=showing, left=left, beyond=beyond, lost_fen=lost_fen, kept=kept,
        kept_fen=round(lost_fen * kept / left) if left else 0,
    )  # fmt: skip
