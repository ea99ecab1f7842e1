"""Past outcomes as records, without any effect on tasks."""

import hashlib
from collections.abc import Iterable

import msgspec

from core.server.db import reviewed
from core.server.db.engine import Database
from core.server.db.records import follow_up_row, outcome_row
from core.server.db.schema import follow_up, item, outcome
from core.server.db.upsert import upsert
from core.wire.push import Saved, Verdict

BATCH = 500
_encode = msgspec.json.Encoder().encode


def load_history(database: Database, history: Iterable[Saved], teams: dict[str, str]) -> int:
    """Records of what was before; `teams` are by staff number. Known ones stay. Returns how many were given."""
    count, batch = 0, list[Saved]()
    for saved in history:
        batch.append(saved)
        if len(batch) == BATCH:
            count += _put_history(database, batch, teams)
            batch.clear()
    return count + _put_history(database, batch, teams)


def _put_history(database: Database, batch: list[Saved], teams: dict[str, str]) -> int:
    if not batch:
        return 0
    with database.write() as unit:
        outcomes = [
            outcome_row(
                unit,
                saved.outcome,
                team_id=teams.get(saved.outcome.agent, ""),
                superseded=False,
                received_at=saved.outcome.recorded_at,
            )
            for saved in batch
        ]
        items = [
            {
                "tenant_id": unit.tenant,
                "id": str(saved.id),
                "kind": "outcome",
                "digest": hashlib.sha256(_encode(saved)).digest(),
                "verdict": Verdict.ACCEPTED.value,
                "code": "",
                "staff_number": saved.outcome.agent,
                "received_at": saved.outcome.recorded_at,
            }
            for saved in batch
        ]
        follow_ups = [
            follow_up_row(unit, value, created_at=saved.outcome.recorded_at)
            for saved in batch
            for value in saved.follow_ups
        ]
        for table, rows in ((item, items), (outcome, outcomes), (follow_up, follow_ups)):
            upsert(unit, table, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]) if rows else ())
        reviewed.place(
            unit,
            [
                reviewed.Recorded(one.outcome, teams.get(one.outcome.agent, ""), one.outcome.recorded_at)
                for one in batch
            ],
        )
    return len(batch)
