"""Campaigns in the database: their terms and state, what is noted of them, their members."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, Select, and_, bindparam, delete, func, or_, select, update

from core.domain import decoding
from core.domain.campaign import CALLS, Arm, Barrier, Campaign, CampaignState, MemberState, Route
from core.domain.campaign_notes import Standing, Why
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import campaign, campaign_member, campaign_reason
from core.server.db.upsert import upsert

_decode = decoding.decoder(Campaign).decode
_decode_standing = decoding.decoder(Standing).decode
_decode_why = decoding.decoder(Why).decode
_encode = msgspec.json.Encoder().encode
UNDER_WAY = (CampaignState.RUNNING, CampaignState.PAUSED)


class Kept(NamedTuple):
    """A campaign as it is kept."""

    campaign: Campaign
    state: CampaignState
    changed_at: datetime
    standing: Standing


class Member(NamedTuple):
    """One customer of a campaign. `drawn_at` of one who was not drawn is when they were chosen."""

    customer_id: str
    arm: Arm
    stratum: str
    state: MemberState
    barrier: Barrier | None
    route: Route | None
    rule_id: str
    model_id: str
    score: float | None
    expected: float | None
    drawn_at: datetime
    task_id: str = ""

    @property
    def place(self) -> tuple[float, float]:
        """Sorted by it they stand as `BEST_FIRST` puts them, but for those who are alike."""
        return -(self.expected or 0.0), -(self.score or 0.0)


CALLED = ("", *sorted(one.value for one in CALLS))
"""ways by which an agent calls, as the table has them; one of an older program says none"""
BEST_FIRST = (
    func.coalesce(campaign_member.c.expected, 0.0).desc(),
    func.coalesce(campaign_member.c.score, 0.0).desc(),
    campaign_member.c.customer_id,
)
"""TASK-06: by the effect that is expected, then by the score"""


def add(unit: Unit, value: Campaign) -> None:
    """A new draft."""
    unit.conn.execute(
        campaign.insert().values(
            tenant_id=unit.tenant, id=value.id, state=CampaignState.DRAFT.value, changed_at=unit.now,
            body=_encode(value), standing=None,
        )
    )  # fmt: skip


def get(unit: Unit, campaign_id: str, *, lock: bool = False) -> Kept | None:
    statement = _all(unit).where(campaign.c.id == campaign_id)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _kept(row)


def every(unit: Unit, states: Collection[CampaignState] = ()) -> list[Kept]:
    """By id; those in one of the states, all of them where none is named."""
    statement = _all(unit).order_by(campaign.c.id)
    if states:
        statement = statement.where(campaign.c.state.in_(sorted(states)))
    return [_kept(row) for row in unit.conn.execute(statement)]


def _all(unit: Unit) -> Select[str, str, datetime, bytes, bytes | None]:
    columns = (campaign.c.id, campaign.c.state, campaign.c.changed_at, campaign.c.body, campaign.c.standing)
    return select(*columns).where(campaign.c.tenant_id == unit.tenant)


def _kept(row: Row[str, str, datetime, bytes, bytes | None]) -> Kept:
    standing = Standing() if row.standing is None else _decode_standing(row.standing)
    return Kept(_decode(row.body), CampaignState(row.state), row.changed_at, standing)


def put(unit: Unit, value: Campaign) -> None:
    """Its terms as they are from now on."""
    _set(unit, value.id, {"body": _encode(value)})


def set_state(unit: Unit, campaign_id: str, state: CampaignState) -> None:
    _set(unit, campaign_id, {"state": state.value, "changed_at": unit.now})


def set_standing(unit: Unit, campaign_id: str, value: Standing) -> None:
    _set(unit, campaign_id, {"standing": _encode(value)})


def _set(unit: Unit, campaign_id: str, values: Mapping[str, object]) -> None:
    mine = and_(campaign.c.tenant_id == unit.tenant, campaign.c.id == campaign_id)
    unit.conn.execute(update(campaign).where(mine).values(**values))


def add_members(unit: Unit, campaign_id: str, members: Sequence[Member], reasons: Mapping[str, Why]) -> None:
    """New members, many at once; `reasons` by customer id, of those who may be called. One who is a member already
    and was never drawn is chosen anew."""
    rows = [_row(unit, campaign_id, one) for one in members]
    upsert(unit, campaign_member, rows, keys=("tenant_id", "campaign_id", "customer_id"))
    keep_reasons(unit, campaign_id, reasons)


def keep_reasons(unit: Unit, campaign_id: str, reasons: Mapping[str, Why]) -> None:
    """By customer id, until a task has them."""
    told = [
        {"tenant_id": unit.tenant, "campaign_id": campaign_id, "customer_id": key, "body": _encode(why)}
        for key, why in reasons.items()
    ]
    upsert(unit, campaign_reason, told, keys=("tenant_id", "campaign_id", "customer_id"))


def _row(unit: Unit, campaign_id: str, one: Member) -> dict[str, object]:
    return {
        "tenant_id": unit.tenant,
        "campaign_id": campaign_id,
        "customer_id": one.customer_id,
        "arm": one.arm.value,
        "stratum": one.stratum,
        "state": one.state.value,
        "barrier": one.barrier.value if one.barrier else "",
        "route": one.route.value if one.route else "",
        "rule_id": one.rule_id,
        "model_id": one.model_id,
        "score": one.score,
        "expected": one.expected,
        "task_id": one.task_id,
        "drawn_at": one.drawn_at,
        "dispatched_at": None,
    }


def drop_members(unit: Unit, campaign_id: str) -> None:
    """Of a draft alone: a drawing that was begun and cut short is done anew from its beginning."""
    for table in (campaign_reason, campaign_member):
        mine = and_(table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id)
        unit.conn.execute(delete(table).where(mine))


def members(unit: Unit, campaign_id: str) -> Iterator[Member]:
    """Those that the campaign would reach first come first."""
    return _read(unit, _ordered(unit, campaign_id))


def held(
    unit: Unit, campaign_id: str, barriers: Collection[Barrier], *, limit: int | None = None
) -> Iterator[Member]:  # fmt: skip
    """Those whom one of these holds, in the same order; the first of them where there is a `limit`."""
    table = campaign_member
    mine = and_(table.c.state == MemberState.HELD.value, table.c.barrier.in_(sorted(barriers)))
    return _read(unit, _ordered(unit, campaign_id).where(mine).limit(limit))


def treated(unit: Unit, campaign_id: str) -> int:
    """How many chance drew to be reached: those who were, and those who may be. Whoever is barred for good before
    anybody reached them fills no quota, nor whoever waits for a place in it."""
    table = campaign_member
    out = or_(
        table.c.state == MemberState.BLOCKED.value,
        and_(table.c.state == MemberState.HELD.value, table.c.barrier == Barrier.QUOTA.value),
    )
    statement = select(func.count()).where(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.arm == Arm.TREATED.value,
        ~and_(table.c.dispatched_at.is_(None), out),
    )  # fmt: skip
    return unit.conn.execute(statement).scalar_one()


def _ordered(unit: Unit, campaign_id: str) -> Select[*tuple[Any, ...]]:
    table = campaign_member
    statement = select(table).where(table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id)
    return statement.order_by(*BEST_FIRST)


def _read(unit: Unit, statement: Select[*tuple[Any, ...]]) -> Iterator[Member]:
    yield from map(member_of, unit.conn.execute(statement))


def member_of(row: Row[*tuple[Any, ...]]) -> Member:
    """Of a row with every column of the table."""
    return Member(
        row.customer_id, Arm(row.arm), row.stratum, MemberState(row.state),
        Barrier(row.barrier) if row.barrier else None, Route(row.route) if row.route else None, row.rule_id,
        row.model_id, row.score, row.expected, row.drawn_at, row.task_id,
    )  # fmt: skip


def member_arms(unit: Unit, campaign_id: str) -> dict[str, Arm]:
    """By customer id; whoever is in it is never chosen twice, but for those not drawn."""
    table = campaign_member
    statement = select(table.c.customer_id, table.c.arm).where(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id
    )
    return {row[0]: Arm(row[1]) for row in unit.conn.execute(statement)}


def held_by(unit: Unit, campaign_id: str, barrier: Barrier) -> frozenset[str]:
    """Ids of the members whom that holds."""
    return frozenset(unit.conn.execute(_held_by(unit, campaign_id, barrier)).scalars())


def any_held_by(unit: Unit, campaign_id: str, barrier: Barrier) -> bool:
    return unit.conn.execute(_held_by(unit, campaign_id, barrier).limit(1)).first() is not None


def held_undrawn(unit: Unit, campaign_id: str) -> frozenset[str]:
    """Ids of the members who are held, and of whom chance has not decided."""
    table = campaign_member
    statement = select(table.c.customer_id).where(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id,
        table.c.state == MemberState.HELD.value, table.c.arm == Arm.NOT_DRAWN.value,
    )  # fmt: skip
    return frozenset(unit.conn.execute(statement).scalars())


def _held_by(unit: Unit, campaign_id: str, barrier: Barrier) -> Select[str]:
    table = campaign_member
    return select(table.c.customer_id).where(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id,
        table.c.state == MemberState.HELD.value, table.c.barrier == barrier.value,
    )  # fmt: skip


def bar(unit: Unit, campaign_id: str, barred: Mapping[str, tuple[MemberState, Barrier]]) -> None:
    """These members may not be called, or not now; by customer id."""
    by_end: dict[tuple[MemberState, Barrier], list[str]] = {}
    for customer_id, end in barred.items():
        by_end.setdefault(end, []).append(customer_id)
    for (state, barrier), ids in sorted(by_end.items()):
        _change(unit, campaign_id, ids, {"state": state.value, "barrier": barrier.value})


def make_ready(unit: Unit, campaign_id: str, customer_ids: Sequence[str]) -> None:
    """What barred these members is over."""
    _change(unit, campaign_id, customer_ids, {"state": MemberState.READY.value, "barrier": ""})


def set_expected(unit: Unit, campaign_id: str, expected: Mapping[str, float | None]) -> None:
    """By customer id what a call is expected to change from now on."""
    if not expected:
        return
    table = campaign_member
    mine = and_(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id == bindparam("whose")
    )
    rows = [{"whose": customer_id, "effect": effect} for customer_id, effect in expected.items()]
    unit.conn.execute(update(table).where(mine).values(expected=bindparam("effect")), rows)


def sent(unit: Unit, campaign_id: str, task_ids: Mapping[str, str], *, keep_reasons: bool = False) -> None:
    """These members were dispatched; by customer id the task, empty where they are reached in another way, for which
    the reasons are kept."""
    if not task_ids:
        return
    table = campaign_member
    mine = and_(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id == bindparam("whose")
    )
    statement = update(table).where(mine)
    values = {"state": MemberState.DISPATCHED.value, "barrier": "", "dispatched_at": unit.now}
    rows = [{"whose": customer_id, "task": task_id} for customer_id, task_id in task_ids.items()]
    unit.conn.execute(statement.values(**values, task_id=bindparam("task")), rows)
    if not keep_reasons:
        forget_reasons(unit, campaign_id, task_ids)


def recalled(unit: Unit, campaign_id: str, customer_ids: Sequence[str]) -> None:
    """Their tasks were taken back before anybody had opened them: as if they had never been dispatched."""
    _change(unit, campaign_id, customer_ids, {"state": MemberState.RECALLED.value, "dispatched_at": None})


def undelivered(unit: Unit, campaign_id: str, customer_id: str) -> None:
    """What was sent to that member did not reach them."""
    end = {"state": MemberState.BLOCKED.value, "barrier": Barrier.UNDELIVERED.value}
    _turn(unit, campaign_id, customer_id, MemberState.DISPATCHED, "", end)


def delivered(unit: Unit, campaign_id: str, customer_id: str) -> None:
    """It has reached them after all."""
    end = {"state": MemberState.DISPATCHED.value, "barrier": ""}
    _turn(unit, campaign_id, customer_id, MemberState.BLOCKED, Barrier.UNDELIVERED.value, end)


def left_all_the_same(unit: Unit, campaign_id: str, customer_id: str) -> None:
    """A list took the member off while what is sent was on its way out."""
    end = {"state": MemberState.DISPATCHED.value, "barrier": "", "dispatched_at": unit.now}
    _turn(unit, campaign_id, customer_id, MemberState.BLOCKED, Barrier.GONE.value, end)


def _turn(
    unit: Unit, campaign_id: str, customer_id: str, state: MemberState, barrier: str, to: Mapping[str, object]
) -> None:
    """One member who stands so; any other stays."""
    table = campaign_member
    mine = and_(
        table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id == customer_id,
        table.c.state == state.value, table.c.barrier == barrier,
    )  # fmt: skip
    unit.conn.execute(update(table).where(mine).values(**to))


def _change(unit: Unit, campaign_id: str, ids: Sequence[str], values: Mapping[str, object]) -> None:
    table = campaign_member
    for chunk in chunks(ids):
        mine = and_(
            table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id.in_(chunk)
        )
        unit.conn.execute(update(table).where(mine).values(**values))


def reasons(unit: Unit, campaign_id: str, customer_ids: Sequence[str]) -> dict[str, Why]:
    """By customer id; of those let go meanwhile there is none."""
    table = campaign_reason
    found: dict[str, Why] = {}
    for chunk in chunks(customer_ids):
        statement = select(table.c.customer_id, table.c.body).where(
            table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id.in_(chunk)
        )
        found |= {row[0]: _decode_why(row[1]) for row in unit.conn.execute(statement)}
    return found


def forget_reasons(unit: Unit, campaign_id: str, customer_ids: Iterable[str]) -> None:
    """The tasks have them now."""
    table = campaign_reason
    for chunk in chunks(sorted(customer_ids)):
        mine = and_(
            table.c.tenant_id == unit.tenant, table.c.campaign_id == campaign_id, table.c.customer_id.in_(chunk)
        )
        unit.conn.execute(delete(table).where(mine))


def forget_all_reasons(unit: Unit, campaign_id: str) -> None:
    """Nobody will be called for them any more."""
    mine = and_(campaign_reason.c.tenant_id == unit.tenant, campaign_reason.c.campaign_id == campaign_id)
    unit.conn.execute(delete(campaign_reason).where(mine))
