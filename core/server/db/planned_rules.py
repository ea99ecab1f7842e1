"""Rules that planners saved: each version for good, and the log of which is in use."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from core.domain import decoding
from core.domain.warning_rule import WarningRule
from core.server.db.engine import Unit
from core.server.db.schema import rule_use, rule_version

_decode = decoding.decoder(WarningRule).decode


class SavedVersion(Struct, frozen=True, kw_only=True):
    rule: WarningRule
    saved_by: str
    saved_at: datetime
    note: str


class Use(Struct, frozen=True, kw_only=True):
    version: int
    """0: taken out of use"""
    used_by: str
    used_at: datetime
    note: str


def add_version(unit: Unit, rule: WarningRule, *, by: str, note: str) -> None:
    """Raises IntegrityError where that version is there."""
    unit.conn.execute(
        rule_version.insert().values(
            tenant_id=unit.tenant, rule_id=rule.id, version=rule.version, body=msgspec.json.encode(rule),
            saved_by=by, saved_at=unit.now, note=note,
        )
    )  # fmt: skip


def versions(unit: Unit, rule_id: str) -> list[SavedVersion]:
    """Newest first."""
    mine = (rule_version.c.tenant_id == unit.tenant, rule_version.c.rule_id == rule_id)
    rows = unit.conn.execute(select(rule_version).where(*mine).order_by(rule_version.c.version.desc()))
    return [
        SavedVersion(rule=_decode(row.body), saved_by=row.saved_by, saved_at=row.saved_at, note=row.note)
        for row in rows
    ]


def newest(unit: Unit) -> dict[str, SavedVersion]:
    """The newest version of each rule that was saved, by id."""
    last = (
        select(rule_version.c.rule_id, func.max(rule_version.c.version).label("version"))
        .where(rule_version.c.tenant_id == unit.tenant)
        .group_by(rule_version.c.rule_id)
        .subquery()
    )
    same = (rule_version.c.rule_id == last.c.rule_id) & (rule_version.c.version == last.c.version)
    rows = unit.conn.execute(select(rule_version).join(last, same).where(rule_version.c.tenant_id == unit.tenant))
    return {
        row.rule_id: SavedVersion(
            rule=_decode(row.body), saved_by=row.saved_by, saved_at=row.saved_at, note=row.note
        )
        for row in rows
    }  # fmt: skip


def use(unit: Unit, rule_id: str, version: int, *, by: str, note: str) -> None:
    """This version counts from now on; 0 takes the rule out of use."""
    mine = (rule_use.c.tenant_id == unit.tenant, rule_use.c.rule_id == rule_id)
    last = unit.conn.execute(select(func.max(rule_use.c.number)).where(*mine)).scalar_one()
    unit.conn.execute(
        rule_use.insert().values(
            tenant_id=unit.tenant, rule_id=rule_id, number=(last or 0) + 1, version=version, used_by=by,
            used_at=unit.now, note=note,
        )
    )  # fmt: skip


def uses(unit: Unit, rule_id: str = "") -> dict[str, list[Use]]:
    """Newest first, by rule."""
    statement = select(rule_use).where(rule_use.c.tenant_id == unit.tenant)
    if rule_id:
        statement = statement.where(rule_use.c.rule_id == rule_id)
    found: dict[str, list[Use]] = {}
    for row in unit.conn.execute(statement.order_by(rule_use.c.rule_id, rule_use.c.number.desc())):
        one = Use(version=row.version, used_by=row.used_by, used_at=row.used_at, note=row.note)
        found.setdefault(row.rule_id, []).append(one)
    return found


def bodies(unit: Unit, wanted: dict[str, int]) -> dict[str, WarningRule]:
    """Those versions, by id of the rule; what there is not is left out."""
    found: dict[str, WarningRule] = {}
    for rule_id, version in wanted.items():
        body = unit.conn.execute(
            select(rule_version.c.body).where(
                rule_version.c.tenant_id == unit.tenant,
                rule_version.c.rule_id == rule_id,
                rule_version.c.version == version,
            )
        ).scalar_one_or_none()
        if body is not None:
            found[rule_id] = _decode(body)
    return found


def stamp(unit: Unit) -> tuple[int, int]:
    """Another one wherever something was saved or put to use since."""
    counted = [
        unit.conn.execute(select(func.count()).select_from(table).where(table.c.tenant_id == unit.tenant)).scalar_one()
        for table in (rule_version, rule_use)
    ]
    return counted[0], counted[1]
