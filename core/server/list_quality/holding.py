"""Lists under the stated quality wait until somebody confirms them; what lies on desks stays there."""

from time import monotonic

import msgspec
import structlog
from sqlalchemy import select

from core.domain import decoding
from core.domain.list_quality import is_poor
from core.domain.task import TaskState
from core.server.db import audit, campaigns, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import task
from core.server.list_quality.figures import of_lists, rule_of

EVENT_LISTS = "event:"
"""tasks of what other systems told of: each was told by itself, and no list of them can be poor"""
_HELD, _CONFIRMED = "lists_held", "list_confirmed:"
_EVERY_S = 300.0
_log = structlog.get_logger("stayline.lists")


def held(unit: Unit) -> frozenset[str]:
    """Ids of lists of which nothing is given out now."""
    found = settings.read(unit, _HELD)
    return frozenset(decoding.decode(found, list[str])) if found else frozenset()


def confirm(database: Database, list_id: str, *, by: str) -> bool:
    """Whether it was held; it goes out from now on, whatever agents find."""
    with database.write() as unit:
        before = held(unit)
        settings.write(unit, _CONFIRMED + list_id, f"{by} {unit.now.isoformat()}")
        _write(unit, before - {list_id})
        audit.write(unit, writer=by, action=Action.LIST_CONFIRMED, object_=list_id)
        return list_id in before


def look_at_lists(database: Database) -> frozenset[str]:
    """Every list of which tasks wait, or are still to be made, is held to the rule; gives those that wait for
    somebody."""
    with database.read() as unit:
        rule, before = rule_of(unit), held(unit)
        waiting = _waiting(unit) if rule is not None else frozenset[str]()
        open_ = [one for one in waiting if settings.read(unit, _CONFIRMED + one) is None]
        found = of_lists(unit, open_)
    poor = frozenset(one for one, quality in found.items() if rule is not None and is_poor(quality, rule))
    if poor != before:
        with database.write() as unit:
            # Somebody may have confirmed one since it was looked at.
            poor = frozenset(one for one in poor if settings.read(unit, _CONFIRMED + one) is None)
            _write(unit, poor)
        for list_id in sorted(poor - before):
            quality = found[list_id]
            _log.warning("a list is held", list=list_id, called=quality.called, wrong=quality.wrong)
    return poor


class ListsKept:
    """For the housekeeping: not in each of its rounds."""

    def __init__(self) -> None:
        self._again_at = 0.0

    def keep(self, database: Database) -> None:
        if monotonic() >= self._again_at:
            self._again_at = monotonic() + _EVERY_S
            look_at_lists(database)


def _waiting(unit: Unit) -> frozenset[str]:
    statement = select(task.c.list_id).where(task.c.tenant_id == unit.tenant, task.c.state == TaskState.WAITING.value)
    found = unit.conn.execute(statement.distinct()).scalars()
    lists = {one for one in found if one and not one.startswith(EVENT_LISTS)}
    # A campaign's tasks are made as desks have room: none of them need wait, and most are yet to come.
    for one in campaigns.every(unit, campaigns.UNDER_WAY):
        audience = one.campaign.audience
        lists |= {one.campaign.id, audience.list_id, audience.more_list_id}
    return frozenset(lists - {""})


def _write(unit: Unit, ids: frozenset[str]) -> None:
    settings.write(unit, _HELD, msgspec.json.encode(sorted(ids)).decode())
