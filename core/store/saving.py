"""Writing work: each outcome with its follow-ups, its overlay and its outbox row in one transaction of work.db."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.aftermath import Course, aftermath
from core.domain.disposition import Dispositions
from core.domain.follow_up import FollowUp
from core.domain.task import Task
from core.store import authority
from core.store.overlay import Effect
from core.store.search_words import folded
from core.store.times import micros
from core.store.types import UploadState
from core.wire.push import Item, Saved

_ENCODER = msgspec.json.Encoder()


class Consequence(Struct, frozen=True, kw_only=True):
    """What a saved outcome does to its task."""

    effect: Effect
    at: datetime | None = None
    number: str = ""
    mine: bool = True


class Known(Struct, frozen=True, kw_only=True):
    """What the mirror knew when an outcome was saved; kept with it, as the task may be gone tomorrow."""

    name: str = ""
    words: str = ""
    task_body: bytes | None = None
    in_mirror: bool = False


def consequence(saved: Saved, dispositions: Dispositions | None) -> Consequence:
    """A callback of one's own keeps the task here; one for anyone takes it off this desk."""
    outcome = saved.outcome
    result = dispositions.result(outcome.result) if dispositions else None
    then = aftermath(outcome, saved.follow_ups, result)
    if then.callback is not None and then.callback.mine:
        return Consequence(effect=Effect.CALLBACK, at=then.callback.due_at, number=then.callback.number)
    if then.course is not Course.RETRIED:
        return Consequence(effect=Effect.CLOSED)
    # From the call on, which a correction does not repeat.
    return Consequence(effect=Effect.RETRY, at=(outcome.call.ended_at or outcome.recorded_at) + then.retry_after)


def save(work: Connection, saved: Saved, known: Known, then: Consequence) -> None:
    """Raises ValueError where the same id was saved with other contents: an outcome is never overwritten."""
    body = _ENCODER.encode(saved)
    before = work.exec_driver_sql("SELECT body FROM outcome WHERE id = ?", (str(saved.id),)).scalar()
    if before is not None:
        if before != body:
            raise ValueError(f"outcome {saved.id} is saved already, with other contents")
        return
    _put_outcome(work, saved, body, known)
    authority.use(work, saved.outcome)
    _put_follow_ups(work, saved)
    put_outbox(work, saved, saved.outcome.recorded_at, body)
    task_id = saved.outcome.task_id
    if task_id is None or _is_of_an_earlier_call(work, saved):
        return
    _put_overlay(work, task_id, str(saved.id), known, then)
    if saved.outcome.corrects is None:
        work.exec_driver_sql("DELETE FROM skip WHERE task_id = ?", (task_id,))
        work.exec_driver_sql("DELETE FROM draft WHERE key = ? OR task_id = ?", (task_id,) * 2)


def _is_of_an_earlier_call(work: Connection, saved: Saved) -> bool:
    """A correction of an outcome after which the task was called again: the later call says where the task stands."""
    later = work.exec_driver_sql(
        "SELECT 1 FROM outcome AS c JOIN outcome AS r ON r.id = c.root_id"
        " JOIN outcome AS n ON n.task_id = c.task_id AND n.corrects IS NULL AND n.seq > r.seq WHERE c.id = ? LIMIT 1",
        (str(saved.id),),
    )
    return saved.outcome.corrects is not None and later.first() is not None


def _put_outcome(work: Connection, saved: Saved, body: bytes, known: Known) -> None:
    outcome = saved.outcome
    root_id, root_at = str(outcome.id), micros(outcome.recorded_at)
    if outcome.corrects is not None:
        root = work.exec_driver_sql(
            "SELECT root_id, root_at, name, words, task_body FROM outcome WHERE id = ?", (str(outcome.corrects),)
        ).first()
        if root is not None:
            root_id, root_at = root[0], root[1]
            known = Known(
                name=known.name or root[2],
                words=known.words or root[3],
                task_body=known.task_body or root[4],
                in_mirror=known.in_mirror,
            )
    insert(
        work,
        "outcome",
        id=str(outcome.id),
        root_id=root_id,
        root_at=root_at,
        corrects=None if outcome.corrects is None else str(outcome.corrects),
        recorded_at=micros(outcome.recorded_at),
        task_id=outcome.task_id,
        customer_id=outcome.customer_id,
        scenario=outcome.scenario,
        contact=outcome.contact.value,
        success=int(outcome.success),
        talk_time_s=outcome.call.talk_time_s,
        opt_out=int(outcome.opt_out),
        name=known.name,
        words="\n".join((known.words, folded(outcome.call.number), folded(outcome.note))),
        body=body,
        task_body=known.task_body,
        upload=UploadState.WAITING.value,
    )


def _put_follow_ups(work: Connection, saved: Saved) -> None:
    outcome = saved.outcome
    if outcome.corrects is not None:
        work.exec_driver_sql(
            "UPDATE follow_up SET state = 'cancelled' WHERE outcome_id = ? AND state = 'waiting'",
            (str(outcome.corrects),),
        )
    else:
        # Whoever was called again has been called back.
        work.exec_driver_sql(
            "UPDATE follow_up SET state = 'done' WHERE kind = 'callback' AND state = 'waiting'"
            " AND (task_id = ? OR (task_id IS NULL AND customer_id = ?))",
            (outcome.task_id, outcome.customer_id),
        )
    for follow_up in saved.follow_ups:
        put_follow_up(work, follow_up)


def put_follow_up(work: Connection, follow_up: FollowUp) -> None:
    insert(
        work,
        "follow_up",
        id=str(follow_up.id),
        outcome_id=str(follow_up.outcome_id),
        task_id=follow_up.task_id,
        customer_id=follow_up.customer_id,
        kind=follow_up.kind.value,
        state=follow_up.state.value,
        due_at=None if follow_up.due_at is None else micros(follow_up.due_at),
        body=_ENCODER.encode(follow_up),
    )


def _put_overlay(work: Connection, task_id: str, item_id: str, known: Known, then: Consequence) -> None:
    alone = None
    if not known.in_mirror:
        alone = (
            known.task_body
            or work.exec_driver_sql(
                "SELECT task_body FROM outcome WHERE task_id = ? AND task_body IS NOT NULL LIMIT 1", (task_id,)
            ).scalar()
        )
    insert(
        work,
        "overlay",
        how="INSERT OR REPLACE",
        task_id=task_id,
        item_id=item_id,
        effect=then.effect.value,
        at=None if then.at is None else micros(then.at),
        number=then.number,
        mine=int(then.mine),
        alone_body=alone,
    )


def put_outbox(work: Connection, item: Item, at: datetime, body: bytes) -> None:
    kind = item.__struct_config__.tag
    insert(work, "outbox", id=str(item.id), kind=kind, body=body, at=micros(at), state=UploadState.WAITING.value)


def known_of(task_body: bytes | None, words: str, name: str) -> Known:
    """What is kept with an outcome of what the mirror has; `name` stands where there is no task."""
    if task_body is None:
        return Known(name=name, words=folded(name))
    task = decoding.decode(task_body, Task)
    return Known(name=task.customer.name, words=words, task_body=task_body, in_mirror=True)


def insert(work: Connection, table: str, *, how: str = "INSERT", **values: Any) -> None:
    """A row of that table; `how` says what becomes of one with its key."""
    names = ", ".join(values)
    work.exec_driver_sql(
        f"{how} INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )
