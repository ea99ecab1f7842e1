"""Published content in the database: scripts, dispositions, templates, as desks pull them."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.branch_request import BRANCH_REQUEST
from core.domain.care_class import CARE_CLASSES, CLASSES, CareClasses
from core.domain.case import CASE
from core.domain.causes import CAUSE_NAME
from core.domain.commitment import COMMITMENT
from core.domain.contest_board import CONTEST_BOARD, OWN_POINTS
from core.domain.disposition import Dispositions
from core.domain.duty import DUTY
from core.domain.errand import ERRAND
from core.domain.granting import GrantRules
from core.domain.incentive import POINT_FAULTS
from core.domain.knowledge import TIP, TIP_ANSWER
from core.domain.later_event import LATER_EVENT, LATER_MONEY
from core.domain.offer_content import GRANTING
from core.domain.order_state import ORDER_STATE
from core.domain.package import PACKAGE_STANDING
from core.domain.promise import PROMISE
from core.domain.quality.kinds import QUALITY_KINDS
from core.domain.repair import REPAIR_PACE, RepairPace
from core.domain.store import STORE_TIME
from core.domain.task import TaskType
from core.domain.task_types import usual_type
from core.domain.text import Text
from core.domain.trial_told import TRIAL
from core.server.db import feed
from core.server.db.engine import Unit
from core.server.db.feed import EVERYONE, Entry
from core.server.db.schema import content
from core.server.db.upsert import upsert
from core.wire.pull import ContentDocument, Kind

OWN_KINDS = frozenset(
    {
        TIP,
        TIP_ANSWER,
        ORDER_STATE,
        BRANCH_REQUEST,
        CASE,
        PROMISE,
        DUTY,
        ERRAND,
        COMMITMENT,
        LATER_EVENT,
        LATER_MONEY,
        TRIAL,
        STORE_TIME,
        PACKAGE_STANDING,
        CAUSE_NAME,
        POINT_FAULTS,
        CONTEST_BOARD,
        OWN_POINTS,
    }
    | QUALITY_KINDS
)
"""what came of agents' work: no part of a publication"""


class _Titled(msgspec.Struct):
    title: Text


class _Kind(msgspec.Struct):
    task_type: TaskType | None = None


def content_key(kind: str, name: str) -> str:
    """The key of a piece of content in the feed."""
    return f"{kind}/{name}"


def newer(unit: Unit, pieces: Sequence[ContentDocument]) -> list[ContentDocument]:
    """Those that are newer than, or other than, what is there."""
    rows = unit.conn.execute(
        select(content.c.kind, content.c.name, content.c.version, content.c.body).where(
            content.c.tenant_id == unit.tenant, content.c.kind.not_in(sorted(OWN_KINDS))
        )
    )
    there = {(row.kind, row.name): (row.version, bytes(row.body)) for row in rows}
    fresh: list[ContentDocument] = []
    for piece in pieces:
        version, body = there.get((piece.kind, piece.name), (-1, b""))
        # A newer program may have served this database before.
        if piece.version >= version and msgspec.json.encode(piece) != body:
            fresh.append(piece)
    return fresh


def put(unit: Unit, pieces: Sequence[ContentDocument], *, audience: str = EVERYONE) -> list[str]:
    """Give desks these pieces, whatever is there; the keys under which they are pulled."""
    _keep(unit, pieces)
    keys = [content_key(piece.kind, piece.name) for piece in pieces]
    feed.publish(unit, [Entry(audience, Kind.CONTENT, key) for key in keys])
    return keys


def put_for(unit: Unit, piece: ContentDocument, audiences: frozenset[str]) -> None:
    """Give a piece to these desks and to nobody else: who had it before and is none of them forgets it."""
    key = content_key(piece.kind, piece.name)
    _keep(unit, [piece])
    gone = feed.holders(unit, Kind.CONTENT, key) - audiences
    entries = [Entry(audience, Kind.CONTENT, key) for audience in sorted(audiences)]
    feed.publish(unit, [*entries, *(Entry(audience, Kind.CONTENT, key, deleted=True) for audience in sorted(gone))])


def _keep(unit: Unit, pieces: Sequence[ContentDocument]) -> None:
    rows = [
        {
            "tenant_id": unit.tenant,
            "kind": piece.kind,
            "name": piece.name,
            "version": piece.version,
            "body": msgspec.json.encode(piece),
        }
        for piece in pieces
    ]
    upsert(unit, content, rows, keys=("tenant_id", "kind", "name"))


def withdraw(unit: Unit, kind: str, name: str, *, audience: str) -> None:
    """A desk forgets the piece at its next pull."""
    feed.publish(unit, [Entry(audience, Kind.CONTENT, content_key(kind, name), deleted=True)])


def drop(unit: Unit, kind: str, name: str, *, audience: str) -> None:
    """As `withdraw`, and the piece is not kept here either."""
    unit.conn.execute(
        content.delete().where(content.c.tenant_id == unit.tenant, content.c.kind == kind, content.c.name == name)
    )
    withdraw(unit, kind, name, audience=audience)


def body(unit: Unit, kind: str, name: str) -> msgspec.Raw | None:
    """A piece of content as it is published, as JSON; None where there is none."""
    kept = unit.conn.execute(
        select(content.c.body).where(content.c.tenant_id == unit.tenant, content.c.kind == kind, content.c.name == name)
    ).scalar_one_or_none()
    return None if kept is None else decoding.decode(kept, ContentDocument).body


def dispositions(unit: Unit, scenario: str) -> Dispositions | None:
    """The results that the scenario offers; None where none are published."""
    found = body(unit, "dispositions", scenario)
    return None if found is None else decoding.decode(found, Dispositions)


def granting(unit: Unit) -> GrantRules | None:
    """Who may grant what; None where nothing of it is published."""
    found = body(unit, GRANTING, GRANTING)
    return None if found is None else decoding.decode(found, GrantRules)


def repair_pace(unit: Unit) -> RepairPace | None:
    """How soon repairs owe a first word; None where nothing of it is published."""
    found = body(unit, REPAIR_PACE, REPAIR_PACE)
    return None if found is None else decoding.decode(found, RepairPace)


def care_classes(unit: Unit) -> CareClasses | None:
    """The classes of care; None where none are published."""
    found = body(unit, CARE_CLASSES, CLASSES)
    return None if found is None else decoding.decode(found, CareClasses)


def names(unit: Unit, kind: str) -> list[str]:
    """Of all pieces of that kind, in their order."""
    statement = select(content.c.name).where(content.c.tenant_id == unit.tenant, content.c.kind == kind)
    return list(unit.conn.execute(statement.order_by(content.c.name)).scalars())


def bodies(unit: Unit, kind: str) -> list[msgspec.Raw]:
    """All pieces of that kind as `body` gives one, by name."""
    statement = select(content.c.body).where(content.c.tenant_id == unit.tenant, content.c.kind == kind)
    kept = unit.conn.execute(statement.order_by(content.c.name)).scalars()
    return [decoding.decode(one, ContentDocument).body for one in kept]


def scenarios(unit: Unit) -> list[str]:
    """Ids of the scenarios that desks have a script for."""
    return names(unit, "script")


def task_type(unit: Unit, scenario: str) -> TaskType:
    """What the script states of its tasks, or what is usual for the scenario."""
    found = body(unit, "script", scenario)
    stated = None if found is None else decoding.decode(found, _Kind).task_type
    return stated or usual_type(scenario)


def scenario_label(unit: Unit, scenario: str) -> Text:
    """The script's title, or the scenario's id where there is no script."""
    found = body(unit, "script", scenario)
    return Text(scenario, scenario) if found is None else decoding.decode(found, _Titled).title
