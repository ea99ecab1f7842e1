"""Faked saves and stonewalled disconnects that a score establishes (BB-12): as given, or as decided after a dispute.

While the agent disputes the score nothing is established; a score that was voided or amended establishes what is left.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import Select, select

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.incentive import FaultFound
from core.domain.quality.inspection import ScoreCase, ScoreState
from core.domain.quality.scorecard import Scorecard
from core.server.db.engine import Unit
from core.server.db.reviewed import day_of
from core.server.db.schema import quality_call, quality_score, review_call
from core.server.quality.content import card

_decode = decoding.decoder(ScoreCase).decode


def scored_faults(unit: Unit, code: Callable[[str], int]) -> Iterator[tuple[str, FaultFound]]:
    """With their team, the oldest first. `code` hides whose call it was, as the review's frame does."""
    cards: dict[tuple[str, int], Scorecard | None] = {}
    for row in unit.conn.execute(_failed(unit)):
        case = _decode(row.body)
        key = case.score.card, case.score.card_version
        if key not in cards:
            cards[key] = card(unit, *key)
        used = cards[key]
        for one in used.instant_fail if used is not None else ():
            if one.establishes is not None and one.id in case.result.failed_by:
                yield (
                    case.team,
                    FaultFound(
                        kind=one.establishes,
                        agent=case.agent,
                        day=local_day(case.called_at) if row.day is None else day_of(row.day),
                        customer=code(row.customer_id),
                        scenario=case.scenario,
                    ),
                )


def _failed(unit: Unit) -> Select[tuple[bytes, str, int | None]]:
    """Scores of nought that stand, with whose call it was and the day on which the review counts it."""
    score, call = quality_score.c, quality_call.c
    return (
        select(score.body, call.customer_id, review_call.c.day)
        .select_from(quality_score)
        .join(quality_call, (call.tenant_id == score.tenant_id) & (call.id == score.call_id))
        .outerjoin(
            review_call, (review_call.c.tenant_id == call.tenant_id) & (review_call.c.outcome_id == call.outcome_id)
        )
        .where(
            score.tenant_id == unit.tenant,
            score.counts,
            score.points == 0,
            score.state != ScoreState.DISPUTED.value,
        )
        .order_by(score.scored_at, score.id)
    )
