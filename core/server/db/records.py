"""What agents did, as rows: outcomes, follow-ups, dials, reveals, skips, and the items' verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import select, update

from core.domain import decoding
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.outcome import Outcome
from core.server.db import reviewed
from core.server.db.engine import Unit
from core.server.db.schema import follow_up, item, outcome
from core.wire.push import Verdict

_encode = msgspec.json.Encoder().encode
_decode_outcome = decoding.decoder(Outcome).decode
_decode_follow_up = decoding.decoder(FollowUp).decode


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that was pushed before."""

    digest: bytes
    verdict: Verdict
    code: str
    staff_number: str


def seen(unit: Unit, item_id: str) -> Seen | None:
    row = unit.conn.execute(
        select(item.c.digest, item.c.verdict, item.c.code, item.c.staff_number).where(
            item.c.tenant_id == unit.tenant, item.c.id == item_id
        )
    ).one_or_none()
    return None if row is None else Seen(bytes(row.digest), Verdict(row.verdict), row.code, row.staff_number)


def remember(
    unit: Unit, *, item_id: str, kind: str, digest: bytes, verdict: Verdict, code: str, staff_number: str
) -> None:
    """The item's verdict, for good: its UUID is never taken again."""
    unit.conn.execute(
        item.insert().values(
            tenant_id=unit.tenant,
            id=item_id,
            kind=kind,
            digest=digest,
            verdict=verdict.value,
            code=code,
            staff_number=staff_number,
            received_at=unit.now,
        )
    )


def outcome_row(unit: Unit, value: Outcome, *, team_id: str, superseded: bool, received_at: datetime) -> dict[str, Any]:
    return {
        "tenant_id": unit.tenant,
        "id": str(value.id),
        "corrects": str(value.corrects or ""),
        "corrected_by": "",
        "task_id": value.task_id or "",
        "customer_id": value.customer_id,
        "staff_number": value.agent,
        "team_id": team_id,
        "scenario": value.scenario,
        "result": value.result,
        "reason": value.reason,
        "contact": value.contact.value,
        "success": value.success,
        "opt_out": value.opt_out,
        "superseded": superseded,
        "recorded_at": value.recorded_at,
        "received_at": received_at,
        "body": _encode(value),
    }


def follow_up_row(unit: Unit, value: FollowUp, *, created_at: datetime) -> dict[str, Any]:
    falls_back = (
        value.due_at + timedelta(minutes=value.fall_back_after_min if value.mine else 0)
        if value.kind is FollowUpKind.CALLBACK and value.due_at is not None
        else None
    )
    return {
        "tenant_id": unit.tenant,
        "id": str(value.id),
        "outcome_id": str(value.outcome_id),
        "task_id": value.task_id or "",
        "customer_id": value.customer_id,
        "staff_number": value.agent,
        "kind": value.kind.value,
        "state": value.state.value,
        "due_at": value.due_at,
        "falls_back_at": falls_back,
        "created_at": created_at,
        "body": _encode(value),
    }


def add_outcome(unit: Unit, value: Outcome, *, team_id: str, superseded: bool) -> None:
    unit.conn.execute(
        outcome.insert(), [outcome_row(unit, value, team_id=team_id, superseded=superseded, received_at=unit.now)]
    )
    reviewed.place(unit, [reviewed.Recorded(value, team_id, unit.now)])
    if value.corrects is not None:
        unit.conn.execute(
            update(outcome)
            .where(outcome.c.tenant_id == unit.tenant, outcome.c.id == str(value.corrects))
            .values(corrected_by=str(value.id))
        )


def add_follow_ups(unit: Unit, values: Sequence[FollowUp]) -> None:
    if values:
        unit.conn.execute(follow_up.insert(), [follow_up_row(unit, value, created_at=unit.now) for value in values])
        _touch(unit, values)


def get_outcome(unit: Unit, outcome_id: str) -> Outcome | None:
    body = unit.conn.execute(
        select(outcome.c.body).where(outcome.c.tenant_id == unit.tenant, outcome.c.id == outcome_id)
    ).scalar_one_or_none()
    return None if body is None else _decode_outcome(body)


def team_of_outcome(unit: Unit, outcome_id: str) -> str:
    return (
        unit.conn.execute(
            select(outcome.c.team_id).where(outcome.c.tenant_id == unit.tenant, outcome.c.id == outcome_id)
        ).scalar_one_or_none()
        or ""
    )


def last_of_task(unit: Unit, task_id: str) -> str | None:
    """Id of the task's newest outcome that counted."""
    return unit.conn.execute(
        select(outcome.c.id)
        .where(outcome.c.tenant_id == unit.tenant, outcome.c.task_id == task_id, ~outcome.c.superseded)
        .where(outcome.c.corrected_by == "")
        .order_by(outcome.c.received_at.desc(), outcome.c.recorded_at.desc())
        .limit(1)
    ).scalar_one_or_none()


def waiting_follow_ups(unit: Unit, *, task_id: str = "", outcome_id: str = "") -> list[FollowUp]:
    """Those of a task, or of an outcome, that still wait."""
    which = follow_up.c.task_id == task_id if task_id else follow_up.c.outcome_id == outcome_id
    statement = select(follow_up.c.body).where(
        follow_up.c.tenant_id == unit.tenant, which, follow_up.c.state == FollowUpState.WAITING.value
    )
    return [_decode_follow_up(body) for body in unit.conn.execute(statement).scalars()]


def get_follow_up(unit: Unit, follow_up_id: str) -> FollowUp | None:
    body = unit.conn.execute(
        select(follow_up.c.body).where(follow_up.c.tenant_id == unit.tenant, follow_up.c.id == follow_up_id)
    ).scalar_one_or_none()
    return None if body is None else _decode_follow_up(body)


def move_follow_up(unit: Unit, value: FollowUp, due_at: datetime) -> None:
    """Its new time, and with it when a callback of one's own becomes anyone's."""
    moved = msgspec.structs.replace(value, due_at=due_at)
    row = follow_up_row(unit, moved, created_at=unit.now)
    unit.conn.execute(
        update(follow_up)
        .where(follow_up.c.tenant_id == unit.tenant, follow_up.c.id == str(value.id))
        .values(due_at=row["due_at"], falls_back_at=row["falls_back_at"], body=row["body"])
    )
    _touch(unit, [value, moved])


def cancel_callbacks(unit: Unit, customer_id: str) -> None:
    """Whoever may not be called any more is not called back either, whatever was promised."""
    statement = select(follow_up.c.body).where(
        follow_up.c.tenant_id == unit.tenant,
        follow_up.c.customer_id == customer_id,
        follow_up.c.kind == FollowUpKind.CALLBACK.value,
        follow_up.c.state == FollowUpState.WAITING.value,
    )
    for body in unit.conn.execute(statement).scalars().all():
        set_follow_up(unit, _decode_follow_up(body), FollowUpState.CANCELLED)


def set_follow_up(unit: Unit, value: FollowUp, state: FollowUpState) -> None:
    unit.conn.execute(
        update(follow_up)
        .where(follow_up.c.tenant_id == unit.tenant, follow_up.c.id == str(value.id))
        .values(state=state.value, body=_encode(msgspec.structs.replace(value, state=state)))
    )
    _touch(unit, [value])


def _touch(unit: Unit, values: Sequence[FollowUp]) -> None:
    """Callbacks that are kept, taken back or new count on the day for which they are promised."""
    promised = [one for one in values if one.kind is FollowUpKind.CALLBACK]
    reviewed.touch_promises(unit, [(str(one.outcome_id), one.due_at) for one in promised if one.due_at is not None])
