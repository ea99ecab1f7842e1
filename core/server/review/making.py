"""Making the packs that are behind: a few at a time, so that no request waits for years of calls."""

import hashlib
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from core.domain.clock import local_day
from core.server.db import packs, reviewed, settings
from core.server.db.engine import Database, Unit
from core.server.db.packs import Key
from core.server.db.reviewed import Recorded, day_of
from core.server.db.schema import outcome, review_call
from core.server.review import reading
from core.server.review.call_columns import call_parts
from core.server.review.casework_columns import casework_parts
from core.server.review.codes import coder, prepare_codes
from core.server.review.elsewhere_columns import elsewhere_part
from core.server.review.layout_change import note_layout
from core.server.review.periods import days_of, is_day, last_month, month_of, period_of_number
from core.server.review.promise_columns import TeamOf, callbacks_part, dispatched_part, teams_then, teams_today
from core.wire.review import CALLBACKS, DISPATCHED, ELSEWHERE

PLACED = "review_placed"
"""setting: every outcome is known to the review; those of before it was there are placed first"""
BUDGET_S = 5.0
"""that one request spends on packs; the rest is made with the next"""
DAY_RESTS = timedelta(minutes=10)
"""today's pack is made anew after so long without a call too: tasks may have come"""
_BATCH = 2_000
_making = threading.Lock()


def refresh(database: Database, *, budget_s: float = BUDGET_S) -> int:
    """Make what is behind, for about so long; returns how many packs still are."""
    until = time.monotonic() + budget_s
    with _making:
        prepare_codes(database)
        note_layout(database)
        if not _place_former(database, until):
            return 1
        behind = _behind(database)
        left = len(behind)
        if not behind:
            return 0
        with database.read() as unit:
            team_of = teams_then(unit)
        for key, ids in behind.items():
            if left < len(behind) and time.monotonic() >= until:
                break
            _make(database, key, ids, team_of)
            left -= 1
        return left


def _place_former(database: Database, until: float) -> bool:
    """Outcomes from before this room was there; False where some are still to be placed."""
    with database.read() as unit:
        if settings.read(unit, PLACED):
            return True
    while True:
        with database.write() as unit:
            found = _unplaced(unit)
            reviewed.place(unit, found)
            if len(found) < _BATCH:
                settings.write(unit, PLACED, "1")
                return True
        if time.monotonic() >= until:
            return False


def _unplaced(unit: Unit) -> list[Recorded]:
    statement = (
        select(outcome.c.body, outcome.c.team_id, outcome.c.received_at)
        .outerjoin(
            review_call, (review_call.c.tenant_id == outcome.c.tenant_id) & (review_call.c.outcome_id == outcome.c.id)
        )
        .where(outcome.c.tenant_id == unit.tenant, review_call.c.outcome_id.is_(None))
        .order_by(outcome.c.received_at, outcome.c.recorded_at)
        .limit(_BATCH)
    )
    return [
        Recorded(reading.decode_outcome(row.body), row.team_id, row.received_at) for row in unit.conn.execute(statement)
    ]


def _behind(database: Database) -> dict[Key, list[str]]:
    """Packs to be made, with the changes that each takes in; the newest period first, which is looked at first."""
    with database.read() as unit:
        today, teams = local_day(unit.now), teams_today(unit)
        behind: dict[Key, list[str]] = defaultdict(list)
        for touch in reviewed.touches(unit):
            team = touch.team_id or teams.get(touch.staff_number, "")
            behind[(team, period_of_number(touch.day, today))].append(touch.id)
        for key, made_at in packs.made(unit).items():
            period, day = key[1], local_day(made_at)
            if is_day(period) and date.fromisoformat(period) < last_month(today):
                behind[(key[0], month_of(period))] += []
            elif is_day(period) and period == day.isoformat() and (day < today or unit.now - made_at > DAY_RESTS):
                behind[key] += []
    return dict(sorted(behind.items(), key=lambda one: one[0][1], reverse=True))


def _make(database: Database, key: Key, touches: list[str], team_of: TeamOf) -> None:
    team_id, period = key
    first, last = days_of(period)
    with database.read() as unit:
        reads = list(reading.calls(unit, team_id, first, last))
        code = coder(unit)
        parts = {
            **call_parts(unit, reads, code),
            CALLBACKS: callbacks_part(unit, team_id, first, last, code=code),
            DISPATCHED: dispatched_part(unit, team_id, first, last, team_of=team_of),
            ELSEWHERE: elsewhere_part(unit, team_id, first, last, team_of=team_of),
            **casework_parts(unit, team_id, first, last, code=code),
        }
    with database.write() as unit:
        packs.put(unit, key, _digested(parts), calls=len(reads))
        if not is_day(period):
            packs.drop(unit, [(team_id, day_of(day).isoformat()) for day in range(first, last + 1)])
        reviewed.settle(unit, touches)


def _digested(parts: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    return {name: (hashlib.sha256(body).hexdigest(), body) for name, body in parts.items()}
