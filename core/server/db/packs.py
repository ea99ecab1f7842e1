"""Review packs in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from core.server.db.engine import Unit
from core.server.db.schema import review_pack, review_part
from core.server.db.upsert import upsert
from core.wire.review import Pack, PackPart

Key = tuple[str, str]
"""team and period"""


def made(unit: Unit) -> dict[Key, datetime]:
    """Every pack, and when it was made."""
    statement = select(review_pack.c.team_id, review_pack.c.period, review_pack.c.made_at).where(
        review_pack.c.tenant_id == unit.tenant
    )
    return {(row.team_id, row.period): row.made_at for row in unit.conn.execute(statement)}


def put(unit: Unit, key: Key, parts: Mapping[str, tuple[str, bytes]], *, calls: int) -> None:
    """A pack as it is now, with digest and bytes of its parts; the same parts leave the version as it is."""
    team_id, period = key
    before = {part.name: part.digest for pack in listed(unit, teams=[team_id], period=period) for part in pack.parts}
    same = before == {name: digest for name, (digest, _) in parts.items()}
    where = (review_pack.c.tenant_id == unit.tenant, review_pack.c.team_id == team_id, review_pack.c.period == period)
    version = unit.conn.execute(select(review_pack.c.version).where(*where)).scalar_one_or_none() or 0
    row = {
        "tenant_id": unit.tenant,
        "team_id": team_id,
        "period": period,
        "version": version if same else version + 1,
        "calls": calls,
        "made_at": unit.now,
    }
    upsert(unit, review_pack, [row], keys=("tenant_id", "team_id", "period"))
    if same:
        return
    _drop_parts(unit, key)
    unit.conn.execute(
        review_part.insert(),
        [
            {
                "tenant_id": unit.tenant,
                "team_id": team_id,
                "period": period,
                "name": name,
                "digest": digest,
                "size": len(body),
                "body": body,
            }
            for name, (digest, body) in parts.items()
        ],
    )


def drop(unit: Unit, keys: Sequence[Key]) -> None:
    """Packs that stand in others now."""
    for key in keys:
        _drop_parts(unit, key)
        unit.conn.execute(
            delete(review_pack).where(
                review_pack.c.tenant_id == unit.tenant, review_pack.c.team_id == key[0], review_pack.c.period == key[1]
            )
        )


def _drop_parts(unit: Unit, key: Key) -> None:
    unit.conn.execute(
        delete(review_part).where(
            review_part.c.tenant_id == unit.tenant, review_part.c.team_id == key[0], review_part.c.period == key[1]
        )
    )


def listed(unit: Unit, *, teams: Sequence[str] | None, period: str = "") -> list[Pack]:
    """The packs of these teams, None for all, the oldest period first."""
    wanted = [review_pack.c.tenant_id == unit.tenant]
    if teams is not None:
        wanted.append(review_pack.c.team_id.in_(teams))
    if period:
        wanted.append(review_pack.c.period == period)
    statement = (
        select(review_pack, review_part.c.name, review_part.c.digest, review_part.c.size)
        .join(
            review_part,
            (review_part.c.tenant_id == review_pack.c.tenant_id)
            & (review_part.c.team_id == review_pack.c.team_id)
            & (review_part.c.period == review_pack.c.period),
        )
        .where(*wanted)
        .order_by(review_pack.c.period, review_pack.c.team_id, review_part.c.name)
    )
    packs: dict[Key, Pack] = {}
    for row in unit.conn.execute(statement):
        key = (row.team_id, row.period)
        part = PackPart(name=row.name, digest=row.digest, size=row.size)
        before = packs[key].parts if key in packs else ()
        packs[key] = Pack(
            team=row.team_id, period=row.period, version=row.version, calls=row.calls, made_at=row.made_at,
            parts=(*before, part),
        )  # fmt: skip
    return list(packs.values())


def part(unit: Unit, digest: str, *, teams: Sequence[str] | None, names: Sequence[str]) -> bytes | None:
    """The bytes of a part of one of these teams (None: any), under one of these names; None where there is none."""
    wanted = [review_part.c.tenant_id == unit.tenant, review_part.c.digest == digest, review_part.c.name.in_(names)]
    if teams is not None:
        wanted.append(review_part.c.team_id.in_(teams))
    body = unit.conn.execute(select(review_part.c.body).where(*wanted).limit(1)).scalar_one_or_none()
    return None if body is None else bytes(body)
