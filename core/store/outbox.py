"""What waits to be uploaded, and what the server said of it."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from core.domain.text import Text
from core.store import sent
from core.store.times import moment, moment_or_none
from core.store.types import OutboxItem, OutboxState, TroubledItem, UploadState
from core.wire.push import Answer, Verdict

_UPLOAD = {
    Verdict.ACCEPTED: UploadState.UPLOADED,
    Verdict.DUPLICATE: UploadState.UPLOADED,
    Verdict.SUPERSEDED: UploadState.SUPERSEDED,
    Verdict.REJECTED: UploadState.REJECTED,
    Verdict.CONFLICT: UploadState.CONFLICT,
}
_KEPT = frozenset({UploadState.REJECTED, UploadState.CONFLICT})
CURRENT = "NOT EXISTS (SELECT 1 FROM work.outcome AS c WHERE c.root_id = o.root_id AND c.seq > o.seq)"
"""of an outcome `o` and its corrections, the last"""
REFUSED = (
    f"o.id IN (SELECT id FROM work.outbox WHERE state IN ('rejected', 'conflict') AND kind = 'outcome') AND {CURRENT}"
)
"""of an outcome `o`: the server would not take it, and no correction stands in its place"""
_UNASKED = "state"
"""what the desk tells by itself: nobody waits for it to be uploaded, nor can do anything where it is refused"""


def pending(work: Connection, limit: int, unread: Collection[str] = ()) -> list[OutboxItem]:
    """The oldest waiting items, in the order in which they were saved, without those of kinds that stay `unread`."""
    rows = work.exec_driver_sql(
        "SELECT id, kind, body FROM work.outbox WHERE state = 'waiting'"
        " AND kind NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?",
        (_json(unread), limit),
    )
    return [OutboxItem(id=UUID(row[0]), kind=row[1], body=row[2]) for row in rows]


def settle(work: Connection, answers: tuple[Answer, ...], revision: int) -> None:
    """Takes answered items out of the outbox; those that the server would not take stay, to be shown.

    `revision` is the mirror's at this moment: a task that it sends later knows of these items.
    """
    for answer in answers:
        upload, item_id = _UPLOAD[answer.verdict], str(answer.id)
        said = (answer.code, answer.message_zh, answer.message_en)
        if upload in _KEPT:
            work.exec_driver_sql(
                "UPDATE outbox SET state = ?, code = ?, message_zh = ?, message_en = ? WHERE id = ? AND kind <> ?",
                (upload.value, *said, item_id, _UNASKED),
            )
            work.exec_driver_sql("DELETE FROM outbox WHERE id = ? AND kind = ?", (item_id, _UNASKED))
        else:
            sent.keep(work, item_id)
            work.exec_driver_sql("DELETE FROM outbox WHERE id = ?", (item_id,))
        work.exec_driver_sql(
            "UPDATE outcome SET upload = ?, message_zh = ?, message_en = ? WHERE id = ?",
            (upload.value, *said[1:], item_id),
        )
        work.exec_driver_sql(
            "UPDATE overlay SET settled_revision = ? WHERE item_id = ? AND settled_revision IS NULL",
            (revision, item_id),
        )


def state(work: Connection, unread: Collection[str] = ()) -> OutboxState:
    """What waits and what was not taken. What this server does not read yet is nothing to be minded: it waits for
    another one."""
    waiting, results, oldest = work.exec_driver_sql(
        "SELECT count(*), coalesce(sum(kind = 'outcome'), 0), min(at) FROM work.outbox"
        " WHERE state = 'waiting' AND kind NOT IN (SELECT value FROM json_each(?))",
        (_json({_UNASKED, *unread}),),
    ).one()
    rows = work.exec_driver_sql(
        "SELECT id, kind, state, code, message_zh, message_en, at FROM work.outbox"
        " WHERE state IN ('rejected', 'conflict') ORDER BY seq"
    )
    troubled = [
        TroubledItem(
            id=UUID(row[0]),
            kind=row[1],
            state=UploadState(row[2]),
            code=row[3],
            message=Text(row[4], row[5]),
            at=moment(row[6]),
        )
        for row in rows
    ]
    refused = work.exec_driver_sql(f"SELECT count(*) FROM work.outcome AS o WHERE {REFUSED}").scalar_one()
    return OutboxState(
        waiting=waiting,
        results=int(results),
        refused=int(refused),
        oldest_at=moment_or_none(oldest),
        troubled=troubled,
    )


def _json(kinds: Collection[str]) -> str:
    return msgspec.json.encode(sorted(kinds)).decode()
