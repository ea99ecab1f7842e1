"""What has moved for whom: one question to the database for all who listen, however many they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, literal_column, select

from core.server.db import settings
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.feed import EVERYONE, Position
from core.server.db.schema import app_user, feed, session
from core.wire.session import Site


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the feed ends for each session that is open; one that is missing was ended, or its person stopped."""

    mark: str
    common: Position
    """of what everyone has"""
    own: Mapping[str, Position]
    """by session"""
    site: Site

    def of(self, session_id: str) -> Position:
        """Beyond all that the session's desk can be told."""
        return max(self.common, self.own[session_id])


def look(unit: Unit, session_ids: Collection[str]) -> Heads:
    """`unit` must be a read of one snapshot: what it gives is a place that a pull would reach."""
    common = unit.conn.execute(select(*_end(unit, literal(EVERYONE)))).one()
    return Heads(
        mark=settings.feed_mark(unit),
        common=Position(common[0] or 0, common[1] or 0),
        own=_own(unit, session_ids),
        site=settings.site(unit),
    )


def _own(unit: Unit, session_ids: Collection[str]) -> dict[str, Position]:
    open_ones = (
        select(session.c.id, *_end(unit, session.c.staff_number))
        .join(
            app_user,
            (app_user.c.tenant_id == session.c.tenant_id) & (app_user.c.staff_number == session.c.staff_number),
        )
        .where(session.c.tenant_id == unit.tenant, session.c.ended_at.is_(None), app_user.c.disabled_at.is_(None))
    )
    found: dict[str, Position] = {}
    for chunk in chunks(session_ids):
        for row in unit.conn.execute(open_ones.where(session.c.id.in_(chunk))):
            found[row[0]] = Position(row[1] or 0, row[2] or 0)
    return found


def _end(unit: Unit, audience: ColumnElement[str]) -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """The last place of an audience's feed: two steps down an index, where a maximum by group would read all of it."""
    mine = (feed.c.tenant_id == unit.tenant, feed.c.audience == audience)
    if unit.postgres:
        settled: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        last = (feed.c.xid.desc(), feed.c.seq.desc())
        return (
            select(feed.c.xid).where(*mine, feed.c.xid < settled).order_by(*last).limit(1).scalar_subquery(),
            select(feed.c.seq).where(*mine, feed.c.xid < settled).order_by(*last).limit(1).scalar_subquery(),
        )
    newest = select(func.max(feed.c.seq)).where(*mine, feed.c.xid == 0).scalar_subquery()
    return select(literal(0)).scalar_subquery(), newest
