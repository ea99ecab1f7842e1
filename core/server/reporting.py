"""A review's figures for a schedule: the same frame and the same formulas as the window, from the server's packs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.content_kinds import DISPOSITIONS, SCRIPT
from core.domain.disposition import Dispositions
from core.domain.text import Text
from core.review.choice import Choice
from core.review.compare import rows
from core.review.frame import Frame, PackId
from core.review.measures import DEFINITIONS, SUMS, Figure, Measure, figure
from core.review.packs import LoadedPack, load
from core.review.taking.labels import Labels, labels_of
from core.review.tally import Counter
from core.server.db import packs, people
from core.server.db.engine import Database, Unit
from core.server.db.schema import content, review_part
from core.server.review.departures import on_net_day
from core.server.review.making import refresh
from core.wire.pull import ContentDocument
from core.wire.review import FIGURES

_GROUPS = ("team", "role", "agent", "scenario", "dealer")
_PATIENCE_S = 3_600.0
"""that a scheduled report waits for packs: a first one of years of calls takes its time"""


class _Titled(msgspec.Struct):
    title: Text


class GroupFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One team, agent or scenario."""

    code: str
    name: Text
    figures: dict[str, dict[str, float | int | None]]


class ReportJson(msgspec.Struct, frozen=True, kw_only=True):
    """A report for programs; shares are between 0 and 1, times in seconds, money in fen. None: nothing to divide by."""

    first: str
    last: str
    made_at: datetime
    on_net_day: str | None
    all: dict[str, dict[str, float | int | None]]
    before: dict[str, dict[str, float | int | None]]
    by: dict[str, list[GroupFigures]]


def review_frame(database: Database, *, teams: Sequence[str] | None) -> Frame:
    """The frame of these teams' calls, None for all; makes what is behind first."""
    refresh(database, budget_s=_PATIENCE_S)
    with database.read() as unit:
        found = [
            LoadedPack(PackId(one.team, one.period), one.made_at.timestamp(), _parts(unit, one.team, one.period))
            for one in packs.listed(unit, teams=teams)
        ]
        agents = [account.agent for account in people.everyone(unit)]
        names = {one.staff_number: one.name for one in agents} | {f"team:{one.team}": one.team_name for one in agents}
        roles = {one.staff_number: one.role.value for one in agents}
        return load(found, now=unit.now.timestamp(), names=names, on_net_day=on_net_day(unit), roles=roles)


def _parts(unit: Unit, team: str, period: str) -> dict[str, bytes]:
    part = review_part.c
    statement = select(part.name, part.body).where(
        part.tenant_id == unit.tenant, part.team_id == team, part.period == period, part.name.in_(FIGURES)
    )
    return {row.name: row.body for row in unit.conn.execute(statement)}


def published_labels(unit: Unit) -> Labels:
    """Words of scenarios, results and reasons as they are published now."""
    statement = select(content.c.kind, content.c.name, content.c.body).where(
        content.c.tenant_id == unit.tenant, content.c.kind.in_((SCRIPT, DISPOSITIONS))
    )
    titles: dict[str, Text] = {}
    offered: list[Dispositions] = []
    for row in unit.conn.execute(statement):
        body = decoding.decode(row.body, ContentDocument).body
        if row.kind == SCRIPT:
            titles[row.name] = decoding.decode(body, _Titled).title
        else:
            offered.append(decoding.decode(body, Dispositions))
    return labels_of(titles, offered)


def report_json(frame: Frame, choice: Choice, labels: Labels, *, at: datetime) -> ReportJson:
    """All measures of what is chosen, of the period before, and by team, agent and scenario."""
    counter = Counter(frame)
    now, before = counter.total(choice), counter.total(choice.before())
    return ReportJson(
        first=str(choice.first),
        last=str(choice.last),
        made_at=at,
        on_net_day=str(frame.on_net_day) if frame.on_net_day else None,
        all={measure.value: _told(figure(measure, now)) for measure in Measure},
        before={measure.value: _told(figure(measure, before)) for measure in Measure},
        by={dimension: _groups(counter, choice, dimension, labels) for dimension in _GROUPS},
    )


def _groups(counter: Counter, choice: Choice, dimension: str, labels: Labels) -> list[GroupFigures]:
    return [
        GroupFigures(
            code=row.word,
            name=labels.of(dimension, row.word, counter.frame),
            figures={measure.value: _told(one) for measure, one in row.figures.items()},
        )
        for row in rows(counter, choice, dimension)
    ]


def _told(one: Figure) -> dict[str, Any]:
    value = one.part if one.definition.kind in SUMS else one.value
    told: dict[str, float | int | None] = {"value": value, "part": one.part}
    if DEFINITIONS[one.measure].whole:
        told["of"] = one.whole
    if DEFINITIONS[one.measure].young:
        told["not_yet_due"] = one.young
    if one.interval is not None:
        told["low"], told["high"] = one.interval
    return told
