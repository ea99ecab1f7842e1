"""Errands, commitments and later events as the server last told of them, what waits here to be uploaded laid over.

A callback that was moved stands at its new time at once.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.callback_move import CallbackMove
from core.domain.commitment import COMMITMENT, Commitment, CommitmentEnd, CommitmentTold
from core.domain.department import DEPARTMENT, Department
from core.domain.errand import ERRAND, Errand, ErrandChange, ErrandTold, ErrandVerdict
from core.domain.follow_up import FollowUp
from core.domain.later_event import LATER_EVENT, LATER_MONEY, BoundEvent
from core.domain.outcome import Outcome
from core.domain.store import STORE_TIME, StoreTime
from core.domain.trial_told import TRIAL, TrialTold, endings
from core.store.outbox import CURRENT
from core.store.overlay import Effect
from core.store.pieces import contents
from core.store.times import micros
from core.store.types import UploadState
from core.wire.errands import CommitmentEnded, CommitmentMade, ErrandAnswered, ErrandAsked, ErrandChanged
from core.wire.push import Saved

_told = decoding.decoder(ErrandTold).decode
_commitment = decoding.decoder(CommitmentTold).decode
_bound = decoding.decoder(BoundEvent).decode
_trial = decoding.decoder(TrialTold).decode
_store_time = decoding.decoder(StoreTime).decode
_department = decoding.decoder(Department).decode
_saved = decoding.decoder(Saved).decode
_follow_up = decoding.decoder(FollowUp).decode
_WAITING = decoding.decoder(ErrandAsked | ErrandChanged | ErrandAnswered | CommitmentMade | CommitmentEnded).decode
_KINDS = ("errand", "errand_change", "errand_verdict", "commitment", "commitment_end")


class Unsent(NamedTuple):
    """What was said here and the server has not answered yet, in the order of the saying."""

    asked: list[Errand]
    changed: list[ErrandChange]
    verdicts: list[ErrandVerdict]
    commitments: list[Commitment]
    ends: list[CommitmentEnd]


def errands(connection: Connection) -> list[ErrandTold]:
    """Those of this desk, and what a lead is asked of their team; changed last first."""
    return sorted((_told(body) for body in contents(connection, ERRAND)), key=lambda one: one.at, reverse=True)


def commitments(connection: Connection) -> list[CommitmentTold]:
    return [_commitment(body) for body in contents(connection, COMMITMENT)]


def later_events(connection: Connection) -> list[BoundEvent]:
    """What this desk's calls brought days later, the newest first."""
    bodies = [*contents(connection, LATER_EVENT), *contents(connection, LATER_MONEY)]
    return sorted((_bound(body) for body in bodies), key=lambda b: b.event.at, reverse=True)


def departments(connection: Connection) -> list[Department]:
    return [_department(body) for body in contents(connection, DEPARTMENT)]


def unsent(connection: Connection) -> Unsent:
    rows = connection.exec_driver_sql(
        f"SELECT body FROM work.outbox WHERE state = ? AND kind IN ({', '.join('?' * len(_KINDS))}) ORDER BY seq",
        (UploadState.WAITING.value, *_KINDS),
    )
    found = Unsent([], [], [], [], [])
    for row in rows:
        match _WAITING(row[0]):
            case ErrandAsked(errand=asked):
                found.asked.append(asked)
            case ErrandChanged(errand_change=change):
                found.changed.append(change)
            case ErrandAnswered(errand_verdict=verdict):
                found.verdicts.append(verdict)
            case CommitmentMade(commitment=made):
                found.commitments.append(made)
            case CommitmentEnded(commitment_end=end):
                found.ends.append(end)
    return found


def move_callback(work: Connection, move: CallbackMove) -> None:
    """The promise and the queue say the new time. A promise that waits to be uploaded keeps what else it says."""
    at, item_id = micros(move.to), str(move.id)
    done = work.exec_driver_sql(
        "UPDATE overlay SET at = ?, item_id = ?, settled_revision = NULL WHERE task_id = ? AND effect IN (?, ?)"
        " AND settled_revision IS NULL",
        (at, item_id, move.task_id, Effect.CALLBACK.value, Effect.MOVED.value),
    )
    if not done.rowcount:
        work.exec_driver_sql(
            "INSERT OR REPLACE INTO overlay (task_id, item_id, effect, at, number, mine) VALUES (?, ?, ?, ?, '', 1)",
            (move.task_id, item_id, Effect.MOVED.value, at),
        )
    rows = work.exec_driver_sql(
        "SELECT id, body FROM follow_up WHERE task_id = ? AND kind = 'callback' AND state = 'waiting'", (move.task_id,)
    ).all()
    for row in rows:
        body = msgspec.json.encode(msgspec.structs.replace(_follow_up(row[1]), due_at=move.to))
        work.exec_driver_sql("UPDATE follow_up SET due_at = ?, body = ? WHERE id = ?", (at, body, row[0]))


def sold_with_an_end(connection: Connection, since: datetime) -> list[Outcome]:
    """As they stand after their corrections; the text is looked into first, as few outcomes bring such an offer."""
    looks = """(instr(body, '"until":"') OR instr(body, '"ends_on":"'))"""
    rows = connection.exec_driver_sql(
        f"SELECT body FROM work.outcome AS o WHERE recorded_at >= ? AND {looks} AND {CURRENT}", (micros(since),)
    )
    outcomes = (_saved(row[0]).outcome for row in rows)
    return [one for one in outcomes if endings(one)]


def trials(connection: Connection) -> list[TrialTold]:
    """What was given for a time and this desk looks after, as the server told it."""
    return [_trial(body) for body in contents(connection, TRIAL)]


def store_times(connection: Connection) -> list[StoreTime]:
    """Times at stores that are booked, the soonest first."""
    return sorted((_store_time(body) for body in contents(connection, STORE_TIME)), key=lambda one: one.slot)
