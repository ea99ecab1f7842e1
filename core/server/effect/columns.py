"""Members of a campaign and what became of each, in few queries of many rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from core.domain.campaign import Arm
from core.domain.clock import local_day
from core.domain.drawing import still_holds
from core.domain.order_state import ENDED_IN_NOTHING
from core.domain.outreach import SENT_ROUTES
from core.screening.effect.told import NEVER_DAY, Member
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, departure, outcome, placed_order, review_call

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Whom chance drew, in an order that stays."""

    members: list[Member]
    place_of: dict[str, int]
    """by customer id the place among them"""
    arms_hold: bool


def drawn_members(unit: Unit, campaign_id: str, seed: str) -> Drawn:
    """Everybody in either arm."""
    columns = campaign_member.c
    statement = (
        _of(campaign_id, unit)
        .add_columns(
            columns.arm, columns.stratum, columns.drawn_at, columns.rule_id, columns.model_id, columns.score,
            columns.dispatched_at, columns.barrier, columns.route, departure.c.left_on,
        )
        .outerjoin(
            departure,
            (departure.c.tenant_id == columns.tenant_id) & (departure.c.customer_id == columns.customer_id),
        )
        .order_by(columns.customer_id)
    )  # fmt: skip
    rows = unit.conn.execute(statement).all()
    agreed, ordered, called = (dict(pairs) for pairs in _firsts(unit, campaign_id))
    members = [_member(row, agreed, ordered, called) for row in rows]
    return Drawn(members, {row.customer_id: at for at, row in enumerate(rows)}, _arms_hold(seed, rows))


def day_number(moment: datetime) -> int:
    """The day in China, since 1970."""
    return number_of_day(local_day(moment))


def number_of_day(day: date) -> int:
    return (day - _EPOCH).days


def _of(campaign_id: str, unit: Unit) -> Select[Any]:
    columns = campaign_member.c
    return select(columns.customer_id).where(
        columns.tenant_id == unit.tenant, columns.campaign_id == campaign_id, columns.arm != Arm.NOT_DRAWN.value
    )


def _firsts(unit: Unit, campaign_id: str) -> Iterator[Iterator[tuple[str, int]]]:
    """By customer the first success, order and dialled call after the draw, whoever made it."""
    columns = campaign_member.c
    calls = (
        _of(campaign_id, unit)
        .add_columns(func.min(review_call.c.at).label("at"))
        .join(
            review_call,
            (review_call.c.tenant_id == columns.tenant_id)
            & (review_call.c.customer_id == columns.customer_id)
            & (review_call.c.at >= columns.drawn_at),
        )
        .join(outcome, (outcome.c.tenant_id == review_call.c.tenant_id) & (outcome.c.id == review_call.c.outcome_id))
        .where(outcome.c.corrected_by == "")
        .group_by(columns.customer_id)
    )
    orders = (
        _of(campaign_id, unit)
        .add_columns(func.min(placed_order.c.created_at).label("at"))
        .join(
            placed_order,
            (placed_order.c.tenant_id == columns.tenant_id)
            & (placed_order.c.customer_id == columns.customer_id)
            & (placed_order.c.created_at >= columns.drawn_at),
        )
        .where(placed_order.c.state.not_in(sorted(ENDED_IN_NOTHING)))
        .group_by(columns.customer_id)
    )
    for statement in (calls.where(outcome.c.success), orders, calls.where(review_call.c.dialled)):
        yield ((row.customer_id, day_number(row.at)) for row in unit.conn.execute(statement))


def _member(row: Row[Any], agreed: dict[str, int], ordered: dict[str, int], called: dict[str, int]) -> Member:
    who = row.customer_id
    return Member(
        treated=row.arm == Arm.TREATED.value, stratum=row.stratum, drawn=day_number(row.drawn_at),
        left=NEVER_DAY if row.left_on is None else number_of_day(row.left_on),
        agreed=agreed.get(who, NEVER_DAY), ordered=ordered.get(who, NEVER_DAY), called=called.get(who, NEVER_DAY),
        rule=row.rule_id, model=row.model_id, score=row.score, dispatched=row.dispatched_at is not None,
        barrier=row.barrier, by_call=row.route not in SENT_ROUTES,
    )  # fmt: skip


def _arms_hold(seed: str, rows: "list[Row[Any]] | Any") -> bool:
    together: dict[tuple[str, datetime], dict[str, Arm]] = {}
    for row in rows:
        together.setdefault((row.stratum, row.drawn_at), {})[row.customer_id] = Arm(row.arm)
    return all(still_holds(seed, arms) for arms in together.values())
