"""Publications: all content that stood together at a time, numbered, with who and when; each version is kept for good.

Tips that agents wrote stand beside them: a rollback of scripts takes no experience away.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import func, select

from core.domain import decoding
from core.domain.disposition import Dispositions
from core.domain.offer_content import PLANS
from core.server.db import counters, feed
from core.server.db.engine import Unit
from core.server.db.feed import EVERYONE, Entry
from core.server.db.published import OWN_KINDS, content_key, put
from core.server.db.schema import content, content_version, publication, publication_piece
from core.server.db.upsert import upsert
from core.wire.pull import ContentDocument, Kind

_COUNTER = "publication"
_decode = decoding.decoder(ContentDocument).decode


class Source(StrEnum):
    SHIPPED = "shipped"
    """came with the program, and comes with its next version"""
    FOLDER = "folder"
    """the site looks after its content itself"""
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Publication:
    number: int
    source: Source
    by: str
    at: datetime
    of: int | None
    """of a rollback: the publication whose content came back"""


class _Code(msgspec.Struct):
    code: str


class _Codes(msgspec.Struct):
    """Of a catalogue of any version: its plans' codes."""

    plans: tuple[_Code, ...]


def all_of_them(unit: Unit) -> list[Publication]:
    """Newest first."""
    return _newest(unit, limit=None)


def last(unit: Unit) -> Publication | None:
    return next(iter(_newest(unit, limit=1)), None)


def _newest(unit: Unit, *, limit: int | None) -> list[Publication]:
    rows = unit.conn.execute(
        select(publication)
        .where(publication.c.tenant_id == unit.tenant)
        .order_by(publication.c.number.desc())
        .limit(limit)
    )
    return [Publication(row.number, Source(row.source), row.by, row.at, row.of) for row in rows]


def pieces(unit: Unit, number: int) -> list[ContentDocument]:
    """What stood in that publication; empty where there is none of that number."""
    rows = unit.conn.execute(
        select(content_version.c.body)
        .join_from(
            publication_piece,
            content_version,
            (publication_piece.c.tenant_id == content_version.c.tenant_id)
            & (publication_piece.c.kind == content_version.c.kind)
            & (publication_piece.c.name == content_version.c.name)
            & (publication_piece.c.digest == content_version.c.digest),
        )
        .where(publication_piece.c.tenant_id == unit.tenant, publication_piece.c.number == number)
        .order_by(publication_piece.c.kind, publication_piece.c.name)
    ).scalars()
    return [_decode(bytes(body)) for body in rows]


def current(unit: Unit) -> list[ContentDocument]:
    """What desks have now, without the tips."""
    rows = unit.conn.execute(
        select(content.c.body)
        .where(content.c.tenant_id == unit.tenant, content.c.kind.not_in(OWN_KINDS))
        .order_by(content.c.kind, content.c.name)
    ).scalars()
    return [_decode(bytes(body)) for body in rows]


def versions_of(unit: Unit, kind: str, name: str) -> list[ContentDocument]:
    """Every version that was ever published of it, lowest first."""
    rows = unit.conn.execute(
        select(content_version.c.body)
        .where(
            content_version.c.tenant_id == unit.tenant,
            content_version.c.kind == kind,
            content_version.c.name == name,
        )
        .order_by(content_version.c.version)
    ).scalars()
    return [_decode(bytes(body)) for body in rows]


def had_plan(unit: Unit, code: str) -> bool:
    """Whether any catalogue that was ever published has the plan; the newest are looked into first."""
    mine = (content_version.c.tenant_id == unit.tenant, content_version.c.kind == PLANS)
    digests = select(content_version.c.digest).where(*mine).order_by(content_version.c.version.desc())
    return any(_has_plan(unit, digest, code) for digest in unit.conn.execute(digests).scalars().all())


def _has_plan(unit: Unit, digest: bytes, code: str) -> bool:
    body = unit.conn.execute(
        select(content_version.c.body).where(
            content_version.c.tenant_id == unit.tenant,
            content_version.c.kind == PLANS,
            content_version.c.name == PLANS,
            content_version.c.digest == digest,
        )
    ).scalar_one_or_none()
    plans = decoding.decode(_decode(bytes(body)).body, _Codes).plans if body is not None else ()
    return any(code == plan.code for plan in plans)


def every_dispositions(unit: Unit, scenario: str) -> list[Dispositions]:
    """Each version of the scenario's results that was ever published, lowest first."""
    found = versions_of(unit, "dispositions", scenario)
    return [decoding.decode(one.body, Dispositions) for one in found]


def every_dispositions_beside(unit: Unit, scenario: str, script_version: int) -> list[Dispositions]:
    """Each version of the scenario's results that ever stood beside that version of its script, newest first."""
    script, results = publication_piece.alias("script"), publication_piece.alias("results")
    digests = (
        select(results.c.digest)
        .join_from(script, results, (script.c.tenant_id == results.c.tenant_id) & (script.c.number == results.c.number))
        .where(
            script.c.tenant_id == unit.tenant,
            script.c.kind == "script",
            script.c.name == scenario,
            script.c.version == script_version,
            results.c.kind == "dispositions",
            results.c.name == scenario,
        )
    )
    bodies = unit.conn.execute(
        select(content_version.c.body)
        .where(
            content_version.c.tenant_id == unit.tenant,
            content_version.c.kind == "dispositions",
            content_version.c.name == scenario,
            content_version.c.digest.in_(digests),
        )
        .order_by(content_version.c.version.desc())
    ).scalars()
    return [decoding.decode(_decode(bytes(one)).body, Dispositions) for one in bodies]


def is_unknown_scenario(unit: Unit, scenario: str) -> bool:
    """Scripts were published, and never one of that scenario, nor results for it."""
    mine = select(content_version.c.name).where(content_version.c.tenant_id == unit.tenant)
    of_scenario = mine.where(content_version.c.kind.in_(("script", "dispositions")), content_version.c.name == scenario)
    if unit.conn.execute(of_scenario.limit(1)).first() is not None:
        return False
    return unit.conn.execute(mine.where(content_version.c.kind == "script").limit(1)).first() is not None


def dispositions_beside(unit: Unit, scenario: str, script_version: int) -> Dispositions | None:
    """The results that stood beside that version of the scenario's script when it was last published."""
    number = unit.conn.execute(
        select(func.max(publication_piece.c.number)).where(
            publication_piece.c.tenant_id == unit.tenant,
            publication_piece.c.kind == "script",
            publication_piece.c.name == scenario,
            publication_piece.c.version == script_version,
        )
    ).scalar_one()
    if number is None:
        return None
    beside = [one for one in pieces(unit, number) if (one.kind, one.name) == ("dispositions", scenario)]
    return decoding.decode(beside[0].body, Dispositions) if beside else None


def publish(
    unit: Unit,
    changed: Sequence[ContentDocument],
    *,
    gone: Sequence[tuple[str, str]] = (),
    source: Source,
    by: str,
    of: int | None = None,
) -> Publication:
    """Desks get what changed, lose what is gone (kind, name), and what stands then is the next publication."""
    # Taking it makes other publishers wait for this one.
    number = counters.next_number(unit, _COUNTER)
    put(unit, changed)
    _drop(unit, gone)
    made = Publication(number, source, by, unit.now, of)
    unit.conn.execute(
        publication.insert().values(
            tenant_id=unit.tenant, number=number, source=source.value, by=by, at=unit.now, of=of
        )
    )
    _keep(unit, number)
    return made


def _drop(unit: Unit, gone: Sequence[tuple[str, str]]) -> None:
    for kind, name in gone:
        unit.conn.execute(
            content.delete().where(content.c.tenant_id == unit.tenant, content.c.kind == kind, content.c.name == name)
        )
    feed.publish(unit, [Entry(EVERYONE, Kind.CONTENT, content_key(kind, name), deleted=True) for kind, name in gone])


def _keep(unit: Unit, number: int) -> None:
    rows = unit.conn.execute(
        select(content.c.kind, content.c.name, content.c.version, content.c.body).where(
            content.c.tenant_id == unit.tenant, content.c.kind.not_in(OWN_KINDS)
        )
    ).all()
    kept = [
        {
            "tenant_id": unit.tenant,
            "kind": row.kind,
            "name": row.name,
            "version": row.version,
            "digest": hashlib.sha256(bytes(row.body)).digest(),
            "body": bytes(row.body),
        }
        for row in rows
    ]
    upsert(unit, content_version, kept, keys=("tenant_id", "kind", "name", "digest"), keep=("version", "body"))
    listed = [{key: value for key, value in row.items() if key != "body"} | {"number": number} for row in kept]
    if listed:
        unit.conn.execute(publication_piece.insert(), listed)
