"""The plan that would help most of those that are refused: to be named with the day on which what stands in its way
ends, or to be asked for where the branch may open it to calls; never to be sold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.domain.customer import Document
from core.offers.advice import Later, Recommendation, Row
from core.offers.broadband import Line
from core.offers.comparison import comparisons
from core.offers.eligibility import Verdict
from core.offers.recommend import PlanContent
from core.offers.record import Records

CHANNEL_CLOSED = "channel_closed"
"""id of the rule that refuses what is not open to calls"""


def best_waiting(
    found: Recommendation, document: Document, records: Records, content: PlanContent, today: date
) -> Later | None:
    """Of the plans that are refused only for what ends or can be put right, the one that would save most.

    None where none of them would save more than what may be taken now. Called on a worker: numpy is imported here."""
    return _best(found, document, records, content, today, lambda verdict: verdict.later)


def best_closed(
    found: Recommendation, document: Document, records: Records, content: PlanContent, today: date
) -> Later | None:
    """Of the plans that are refused only as they are not open to calls (4G-05), the one that would save most."""
    return _best(found, document, records, content, today, _closed_alone)


def _closed_alone(verdict: Verdict) -> bool:
    return bool(verdict.refusals) and all(refusal.rule == CHANNEL_CLOSED for refusal in verdict.refusals)


def _best(
    found: Recommendation,
    document: Document,
    records: Records,
    content: PlanContent,
    today: date,
    wanted: Callable[[Verdict], bool],
) -> Later | None:
    current = found.current
    here = content.plans.place(current.plan.code) if current else None
    (comparison,) = comparisons([records], content.plans, content.recommendation)
    if current is None or here is None or not comparison.sound:
        return None
    line = Line(
        document.services.broadband if document.services else None, current.plan, content.catalogue.broadband, today
    )
    best: Later | None = None
    least = found.proposed.helps_fen if found.proposed else 0
    for refused in found.refused:
        at = content.plans.place(refused.plan.code)
        if at is None or not wanted(refused.verdict):
            continue
        row = Row(
            plan=refused.plan,
            way=refused.verdict.way,
            total_fen=int(comparison.total_fen[at]),
            mean_fen=int(comparison.mean_fen[at]),
            median_fen=int(comparison.median_fen[at]),
            worst_fen=int(comparison.worst_fen[at]),
            gain=comparison.gain(here, at),
            broadband_fen=line.change_fen(refused.plan, content.recommendation),
        )
        if row.helps_fen > least:
            best, least = Later(row=row, verdict=refused.verdict), row.helps_fen
    return best
