"""The feed: which object changed for whom, in an order that a cursor can follow without losing anything.

SQLite takes `seq` from a counter under BEGIN IMMEDIATE, so commit order is cursor order. On PostgreSQL commits overtake
one another: rows carry the transaction's id, and only those below the oldest transaction still running are handed out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, func, literal, literal_column, select, tuple_, update

from core.server.db.engine import Unit
from core.server.db.schema import counter, feed
from core.server.db.upsert import upsert
from core.wire.pull import Kind

EVERYONE = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """One object's newest state for one audience."""

    audience: str
    kind: Kind
    key: str
    deleted: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the feed."""

    xid: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    position: Position
    kind: Kind
    key: str
    deleted: bool


def publish(unit: Unit, entries: Iterable[Entry]) -> None:
    """Move the entries to the feed's end, in this order; of equal ones the last counts."""
    newest = list({(e.audience, e.kind, e.key): e for e in entries}.values())
    if not newest:
        return
    numbers, xid = _numbers(unit, len(newest))
    upsert(
        unit,
        feed,
        [
            {
                "tenant_id": unit.tenant,
                "audience": e.audience,
                "kind": e.kind.value,
                "key": e.key,
                "deleted": e.deleted,
                "xid": xid,
                "seq": seq,
            }
            for e, seq in zip(newest, numbers, strict=True)
        ],
        keys=("tenant_id", "audience", "kind", "key"),
    )


def _numbers(unit: Unit, count: int) -> tuple[Sequence[int], int]:
    if unit.postgres:
        rows = unit.conn.exec_driver_sql(
            "SELECT nextval('feed_seq'), pg_current_xact_id()::text::bigint FROM generate_series(1, %s)", (count,)
        ).all()
        return [row[0] for row in rows], rows[0][1]
    statement = (
        update(counter)
        .where(counter.c.tenant_id == unit.tenant, counter.c.name == "feed")
        .values(value=counter.c.value + count)
        .returning(counter.c.value)
    )
    last = unit.conn.execute(statement).scalar_one_or_none()
    if last is None:
        unit.conn.execute(counter.insert().values(tenant_id=unit.tenant, name="feed", value=count))
        last = count
    return range(last - count + 1, last + 1), 0


def end(unit: Unit) -> Position:
    """Beyond all that a desk could be told at this moment: what is published later lies behind it."""
    if unit.postgres:
        settled = unit.conn.exec_driver_sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return Position(settled.scalar_one(), 0)
    last = select(counter.c.value).where(counter.c.tenant_id == unit.tenant, counter.c.name == "feed")
    return Position(0, unit.conn.execute(last).scalar_one_or_none() or 0)


def republish_all(unit: Unit, kind: Kind, keys: Sequence[str]) -> None:
    """The objects changed: move them to the end for all who hold them. At most as many as stand in one IN list."""
    statement = select(feed.c.audience, feed.c.key).where(
        feed.c.tenant_id == unit.tenant, feed.c.kind == kind.value, feed.c.key.in_(keys), ~feed.c.deleted
    )
    held = sorted((row.key, row.audience) for row in unit.conn.execute(statement))
    publish(unit, [Entry(audience, kind, key) for key, audience in held])


def holders(unit: Unit, kind: Kind, key: str) -> frozenset[str]:
    """The audiences that have the object now."""
    found = unit.conn.execute(
        select(feed.c.audience).where(
            feed.c.tenant_id == unit.tenant, feed.c.kind == kind.value, feed.c.key == key, ~feed.c.deleted
        )
    )
    return frozenset(found.scalars())


def after(unit: Unit, audience: str, position: Position, limit: int) -> list[Found]:
    """Up to `limit` entries beyond `position` for `audience` and for everyone, oldest first.

    `unit` must be a read of one snapshot: two would let the second query see what the first one missed."""
    own = _after(unit, audience, position, limit)
    common = _after(unit, EVERYONE, position, limit)
    found = [Found(Position(row.xid, row.seq), Kind(row.kind), row.key, row.deleted) for row in (*own, *common)]
    found.sort(key=lambda entry: entry.position)
    return found[:limit]


def _after(unit: Unit, audience: str, position: Position, limit: int) -> Sequence[Row[str, str, bool, int, int]]:
    statement = select(feed.c.kind, feed.c.key, feed.c.deleted, feed.c.xid, feed.c.seq).where(
        feed.c.tenant_id == unit.tenant, feed.c.audience == audience
    )
    if unit.postgres:
        settled: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        beyond = tuple_(feed.c.xid, feed.c.seq) > tuple_(literal(position.xid), literal(position.seq))
        statement = statement.where(beyond, feed.c.xid < settled)
    else:
        statement = statement.where(feed.c.xid == 0, feed.c.seq > position.seq)
    return unit.conn.execute(statement.order_by(feed.c.xid, feed.c.seq).limit(limit)).all()


def holds(unit: Unit, audience: str, kind: Kind, key: str) -> bool:
    """Whether the audience has the object now."""
    statement = select(func.count()).where(
        feed.c.tenant_id == unit.tenant,
        feed.c.audience == audience,
        feed.c.kind == kind.value,
        feed.c.key == key,
        ~feed.c.deleted,
    )
    return bool(unit.conn.execute(statement).scalar_one())


def ever_held(unit: Unit, audience: str, kind: Kind, key: str) -> bool:
    """Whether the audience has the object, or had it once: what left a desk stays here as its tombstone."""
    statement = select(func.count()).where(
        feed.c.tenant_id == unit.tenant, feed.c.audience == audience, feed.c.kind == kind.value, feed.c.key == key
    )
    return bool(unit.conn.execute(statement).scalar_one())
