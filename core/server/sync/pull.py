"""A page of changes, composed of bytes that are kept encoded."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import and_, or_, select

from core.domain.data_periods import LET_GO
from core.domain.people import Right
from core.domain.task import OPEN_STATES, Block, TaskState, why_gone
from core.server.db import customers, feed, past, settings
from core.server.db.engine import Database, Unit
from core.server.db.feed import Found, Position
from core.server.db.published import content_key
from core.server.db.schema import content, indicator_catalogue, task
from core.server.sync.cursor import Cursor, read, written
from core.wire.pull import Kind

DEFAULT_LIMIT = 500
MAX_LIMIT = 2000
PAGE_BYTES = 4_000_000
"""a page stops growing here, whatever the limit"""
_CHUNK = 100
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Page:
    """`body` is a wire.pull.PullPage as JSON."""

    body: bytes
    changes: int


def pull(database: Database, *, staff_number: str, rights: frozenset[Right], cursor: str, limit: int) -> Page:
    """The changes since `cursor` that this person may see; raises BadCursor."""
    with database.read() as unit:
        mark = settings.feed_mark(unit)
        start = read(cursor, mark) if cursor else Cursor(Position(), began=feed.end(unit))
        found = feed.after(unit, staff_number, start.position, limit + 1)
        more, found = len(found) > limit, found[:limit]
        parts: list[bytes] = []
        size, reached = 0, start.position
        for begin in range(0, len(found), _CHUNK):
            chunk = found[begin : begin + _CHUNK]
            told = [entry for entry in chunk if not start.passes_over(entry)]
            changes = _changes(unit, staff_number, rights, told)
            parts += changes
            size += sum(map(len, changes))
            reached = chunk[-1].position
            if size >= PAGE_BYTES and begin + _CHUNK < len(found):
                more = True
                break
        tail = b'],"cursor":%b,"more":%b,"anew":%b,"server_time":%b,"site":%b}' % (
            _encode(written(mark, reached, start.began if more else None)),
            b"true" if more else b"false",
            b"true" if start.of_another else b"false",
            _encode(unit.now),
            _encode(None if more else settings.site(unit)),
        )
        return Page(b'{"changes":[' + b",".join(parts) + tail, len(parts))


def _changes(unit: Unit, staff_number: str, rights: frozenset[Right], chunk: Sequence[Found]) -> list[bytes]:
    wanted: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for entry in chunk:
        if not entry.deleted:
            wanted[entry.kind].append(entry.key)
    bodies = {
        Kind.CUSTOMER: customers.documents(unit, wanted[Kind.CUSTOMER], rights) if wanted[Kind.CUSTOMER] else {},
        Kind.TASK: _tasks(unit, staff_number, wanted[Kind.TASK]) if wanted[Kind.TASK] else {},
        Kind.CONTENT: _contents(unit, wanted[Kind.CONTENT]) if wanted[Kind.CONTENT] else {},
        Kind.INDICATORS: _catalogues(unit, wanted[Kind.INDICATORS]) if wanted[Kind.INDICATORS] else {},
    }
    told = [(entry, bodies[entry.kind].get(entry.key)) for entry in chunk]
    buried = {
        kind: [entry.key for entry, body in told if body is None and entry.kind is kind]
        for kind in (Kind.TASK, Kind.CUSTOMER)
    }
    why = {Kind.TASK: _why(unit, buried[Kind.TASK]), Kind.CUSTOMER: _let_go(unit, buried[Kind.CUSTOMER])}
    return [_change(entry, body, why.get(entry.kind, {}).get(entry.key, "")) for entry, body in told]


def _change(entry: Found, body: bytes | None, why: str) -> bytes:
    """What cannot be read any more is a tombstone, not an error that would stop the desk's sync."""
    head = b'{"kind":"' + entry.kind.value.encode() + b'","key":' + _encode(entry.key)
    if not entry.deleted and body is not None:
        return head + b',"body":' + body + b"}"
    return head + b',"deleted":true' + (b',"why":' + _encode(why) if why else b"") + b"}"


def _tasks(unit: Unit, staff_number: str, ids: list[str]) -> dict[str, bytes]:
    statement = select(task.c.id, task.c.body).where(
        task.c.tenant_id == unit.tenant,
        task.c.id.in_(ids),
        task.c.assigned_to == staff_number,
        task.c.state.in_(OPEN_STATES),
    )
    return {row[0]: row[1] for row in unit.conn.execute(statement)}


def _why(unit: Unit, ids: list[str]) -> dict[str, str]:
    """Why each of these tasks is on the desk no more, as they stand now."""
    if not ids:
        return {}
    columns = select(task.c.id, task.c.state, task.c.block)
    rows = unit.conn.execute(columns.where(task.c.tenant_id == unit.tenant, task.c.id.in_(ids)))
    return {row[0]: why_gone(TaskState(row[1]), Block(row[2]) if row[2] else None).value for row in rows}


def _let_go(unit: Unit, ids: list[str]) -> dict[str, str]:
    """Of customers who are on the desk no more those of whom nothing is to stay there: what was saved neither."""
    return dict.fromkeys(past.gone_of(unit, ids), LET_GO)


def _contents(unit: Unit, keys: list[str]) -> dict[str, bytes]:
    pairs = [key.split("/", 1) for key in keys]
    which = or_(*(and_(content.c.kind == kind, content.c.name == name) for kind, name in pairs))
    rows = unit.conn.execute(
        select(content.c.kind, content.c.name, content.c.body).where(content.c.tenant_id == unit.tenant, which)
    )
    return {content_key(row[0], row[1]): row[2] for row in rows}


def _catalogues(unit: Unit, sources: list[str]) -> dict[str, bytes]:
    rows = unit.conn.execute(
        select(indicator_catalogue.c.source, indicator_catalogue.c.body).where(
            indicator_catalogue.c.tenant_id == unit.tenant, indicator_catalogue.c.source.in_(sources)
        )
    )
    return {row[0]: row[1] for row in rows}
