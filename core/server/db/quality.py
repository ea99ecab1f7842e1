"""Inspected calls, scores and coaching notes as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, select, update

from core.domain import decoding
from core.domain.quality.inspection import CoachingCase, ScoreCase
from core.domain.quality.sampling import Why
from core.domain.quality.scorecard import Subject
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.reviewed import touch_outcomes
from core.server.db.schema import coaching_note, quality_call, quality_score
from core.server.db.upsert import upsert

_encode = msgspec.json.Encoder().encode
_decode_why = decoding.decoder(tuple[Why, ...]).decode
_decode_score = decoding.decoder(ScoreCase).decode
_decode_note = decoding.decoder(CoachingCase).decode


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as it stands in the queue, or stood."""

    id: str
    subject: Subject
    outcome_id: str
    team: str
    staff_number: str
    customer_id: str
    scenario: str
    at: datetime
    sampled_at: datetime
    why: tuple[Why, ...]
    claim_id: str = ""
    claimed_by: str = ""
    claimed_until: datetime | None = None
    score_id: str = ""


def add_calls(unit: Unit, calls: Sequence[StoredCall]) -> None:
    """One that is there already stays as it is."""
    rows = [
        {
            "tenant_id": unit.tenant, "id": one.id, "subject": one.subject.value, "outcome_id": one.outcome_id,
            "team_id": one.team, "staff_number": one.staff_number, "customer_id": one.customer_id,
            "scenario": one.scenario, "at": one.at, "sampled_at": one.sampled_at, "claim_id": one.claim_id,
            "claimed_by": one.claimed_by, "claimed_until": one.claimed_until, "score_id": one.score_id,
            "why": _encode(one.why),
        }
        for one in calls
    ]  # fmt: skip
    upsert(unit, quality_call, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]) if rows else ())


def call(unit: Unit, call_id: str, *, lock: bool = False) -> StoredCall | None:
    statement = select(quality_call).where(quality_call.c.tenant_id == unit.tenant, quality_call.c.id == call_id)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _call(row)


def calls(unit: Unit, *conditions: Any, limit: int | None = None) -> list[StoredCall]:
    """Those that meet the conditions, latest first."""
    statement = select(quality_call).where(quality_call.c.tenant_id == unit.tenant, *conditions)
    rows = unit.conn.execute(statement.order_by(quality_call.c.at.desc(), quality_call.c.id).limit(limit))
    return [_call(row) for row in rows]


def known(unit: Unit, call_ids: Iterable[str]) -> frozenset[str]:
    """Which of these are in the queue, or were."""
    found: set[str] = set()
    wanted = sorted(set(call_ids))
    for some in chunks(wanted):
        statement = select(quality_call.c.id).where(
            quality_call.c.tenant_id == unit.tenant, quality_call.c.id.in_(some)
        )
        found |= set(unit.conn.execute(statement).scalars())
    return frozenset(found)


def change_call(unit: Unit, call_id: str, **values: Any) -> None:
    if "why" in values:
        values["why"] = _encode(values["why"])
    unit.conn.execute(
        update(quality_call)
        .where(quality_call.c.tenant_id == unit.tenant, quality_call.c.id == call_id)
        .values(**values)
    )


def drop_call(unit: Unit, call_id: str) -> None:
    unit.conn.execute(delete(quality_call).where(quality_call.c.tenant_id == unit.tenant, quality_call.c.id == call_id))


def put_score(unit: Unit, case: ScoreCase, *, counts: bool) -> None:
    """Keeps the case in step with its columns."""
    score, result = case.score, case.result
    row = {
        "tenant_id": unit.tenant, "id": str(score.id), "call_id": str(score.call),
        "outcome_id": str(score.outcome or ""), "staff_number": case.agent, "team_id": case.team,
        "scenario": case.scenario, "scored_by": score.by, "scored_at": score.at, "received_at": case.received_at,
        "state": case.state.value, "points": result.points, "passed": result.passed, "missed": result.missed,
        "wrong": result.wrong, "counts": counts and case.counts, "body": _encode(case),
    }  # fmt: skip
    upsert(unit, quality_score, [row], keys=("tenant_id", "id"))
    touch_outcomes(unit, [str(score.call)])


def score(unit: Unit, score_id: str, *, lock: bool = False) -> ScoreCase | None:
    """A score that stands; None also for one that came after another of the same call."""
    statement = select(quality_score.c.body).where(
        quality_score.c.tenant_id == unit.tenant, quality_score.c.id == score_id
    )
    body = unit.conn.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()
    return None if body is None else _decode_score(body)


def scores(unit: Unit, *conditions: Any) -> list[ScoreCase]:
    statement = select(quality_score.c.body).where(quality_score.c.tenant_id == unit.tenant, *conditions)
    rows = unit.conn.execute(statement.order_by(quality_score.c.scored_at.desc(), quality_score.c.id)).scalars()
    return [_decode_score(body) for body in rows]


def put_note(unit: Unit, case: CoachingCase) -> None:
    note = case.note
    row = {
        "tenant_id": unit.tenant, "id": str(note.id), "staff_number": note.agent, "team_id": case.team,
        "written_by": note.by, "written_at": note.at, "look_again_at": case.look_again_at, "open": case.open,
        "body": _encode(case),
    }  # fmt: skip
    upsert(unit, coaching_note, [row], keys=("tenant_id", "id"))


def note(unit: Unit, note_id: str, *, lock: bool = False) -> CoachingCase | None:
    statement = select(coaching_note.c.body).where(
        coaching_note.c.tenant_id == unit.tenant, coaching_note.c.id == note_id
    )
    body = unit.conn.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()
    return None if body is None else _decode_note(body)


def notes(unit: Unit, *conditions: Any) -> list[CoachingCase]:
    statement = select(coaching_note.c.body).where(coaching_note.c.tenant_id == unit.tenant, *conditions)
    return [_decode_note(body) for body in unit.conn.execute(statement.order_by(coaching_note.c.written_at)).scalars()]


def as_uuid(value: str) -> UUID | None:
    return UUID(value) if value else None


def _call(row: Row[Any]) -> StoredCall:
    return StoredCall(
        id=row.id, subject=Subject(row.subject), outcome_id=row.outcome_id, team=row.team_id,
        staff_number=row.staff_number, customer_id=row.customer_id, scenario=row.scenario, at=row.at,
        sampled_at=row.sampled_at, why=_decode_why(row.why), claim_id=row.claim_id, claimed_by=row.claimed_by,
        claimed_until=row.claimed_until, score_id=row.score_id,
    )  # fmt: skip
