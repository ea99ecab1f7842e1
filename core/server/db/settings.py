"""Settings of a site: what the centre is called, how it may call, how long a lease lasts."""

import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select, update

from core.domain import decoding
from core.server.db.engine import Unit
from core.server.db.schema import session, setting
from core.server.db.upsert import upsert
from core.wire.push import LATER_KINDS
from core.wire.session import Site

DEFAULT_SITE = Site(
    name_zh="客户维系中心", name_en="Customer retention centre", official_hotline="10000", reads=LATER_KINDS
)
DEFAULT_LEASE_HOURS = 72


def read(unit: Unit, key: str) -> str | None:
    return unit.conn.execute(
        select(setting.c.value).where(setting.c.tenant_id == unit.tenant, setting.c.key == key)
    ).scalar_one_or_none()


def write(unit: Unit, key: str, value: str) -> None:
    upsert(unit, setting, [{"tenant_id": unit.tenant, "key": key, "value": value}], keys=("tenant_id", "key"))


def site(unit: Unit) -> Site:
    """As it is set; what this server reads is its own to say."""
    value = read(unit, "site")
    found = DEFAULT_SITE if value is None else decoding.decode(value, Site)
    return msgspec.structs.replace(found, reads=LATER_KINDS)


def put_site(unit: Unit, value: Site) -> None:
    write(unit, "site", msgspec.json.encode(value).decode())


def lease_time(unit: Unit) -> timedelta:
    """How long a task stays with a desk that is not heard of."""
    return timedelta(hours=int(read(unit, "lease_hours") or DEFAULT_LEASE_HOURS))


def feed_mark(unit: Unit) -> str:
    """Names this database's feed: a cursor of another (before a restore, say) starts over."""
    return read(unit, "feed_mark") or ""


def prepare(unit: Unit) -> None:
    """What a new database needs before anything else."""
    if read(unit, "feed_mark") is None:
        write(unit, "feed_mark", secrets.token_hex(4))


def note_restored(unit: Unit) -> None:
    """From now on this is another past: desks pull anew, and send again what it may have lost. Every session ends:
    those that were ended since the backup would be open once more."""
    write(unit, "feed_mark", secrets.token_hex(4))
    write(unit, "restored_at", unit.now.isoformat())
    open_ones = session.c.tenant_id == unit.tenant, session.c.ended_at.is_(None)
    unit.conn.execute(update(session).where(*open_ones).values(ended_at=unit.now))


def restored_at(unit: Unit) -> datetime | None:
    """When the database was last brought back from a backup."""
    value = read(unit, "restored_at")
    return None if value is None else datetime.fromisoformat(value)
