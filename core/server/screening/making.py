"""The tasks of one rule on a snapshot: page by page, those whom the model thinks likeliest to leave first."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec
from msgspec import Struct, structs
from sqlalchemy import select

from core.domain.factor import Library
from core.domain.task import OPEN_STATES
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.screening.frame import Frame
from core.screening.matching import Match, matched_customers
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_of
from core.server.campaigns.sifting import drawn_among, shipped_policy
from core.server.db import audit, published
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import task
from core.server.one_run import one_run_at_a_time
from core.server.screening.tasks import PAGE, Made, Screening, make_tasks

MOST_TOLD = 100_000
"""customers of one rule whose reasons by the model are worked out: the likeliest to leave"""
Why = Mapping[str, tuple[Text, ...]]


class Making(Struct, frozen=True, kw_only=True):
    """What tasks of any rule of a run share."""

    database: Database
    shelf: Shelf
    snapshot: Snapshot
    library: Library
    frame: Frame
    resting: Sequence[WarningRule]
    by: str


def tasks_of(making: Making, rule: WarningRule, *, scenario: str, limit: int) -> Made:
    """Waiting tasks of whom the rule matches, `limit` at most, all where it is 0; on record."""
    with making.database.read() as unit:
        type_, days = published.task_type(unit, scenario), shipped_policy().other_campaign_days
    screening = Screening(
        rule=rule, library=making.library, snapshot_id=making.snapshot.id, scenario=scenario, type=type_
    )  # fmt: skip
    found, total = _with_why(making, rule, screening, limit), Made(0, 0, 0)
    while page := list(islice(found, min(PAGE, limit - total.made) if limit else PAGE)):
        with making.database.write() as unit:
            # A campaign draws in turn with it, so that nobody is held out and called at once.
            one_run_at_a_time(unit)
            drawn = drawn_among(unit, [one.customer_id for one in page], days)
            made = make_tasks(unit, screening, page, drawn=drawn)
        total = Made(*(sum(pair) for pair in zip(total, made, strict=True)))
        if limit and total.made >= limit:
            break
    with making.database.write() as unit:
        audit.write(
            unit, writer=making.by, action=Action.SCREENED, object_=rule.id, version=rule.version,
            digest=_digest(rule), snapshot=making.snapshot.id, scenario=scenario, tasks=total.made,
        )  # fmt: skip
    return total


def _with_why(making: Making, rule: WarningRule, screening: Screening, limit: int) -> Iterator[Match]:
    told = _told(making, rule, limit)
    for one in _matches(making, rule, screening.values):
        yield structs.replace(one, why=told[one.customer_id]) if one.customer_id in told else one


def _matches(making: Making, rule: WarningRule, values: frozenset[str]) -> Iterator[Match]:
    first = RISK if RISK in making.library.factors else ""
    return matched_customers(making.frame, rule, values, resting=making.resting, most_first=first)


def _told(making: Making, rule: WarningRule, limit: int) -> Why:
    """ID-04: what the model goes by, of those who are going to be called because of its score, and of nobody else."""
    if RISK not in making.library.asked_by(factors_of(rule)):
        return {}
    from core.screening.model.told import told_why

    with making.database.read() as unit:
        statement = select(task.c.customer_id).where(task.c.tenant_id == unit.tenant, task.c.state.in_(OPEN_STATES))
        busy = set(unit.conn.execute(statement).scalars())
    free = (one.customer_id for one in _matches(making, rule, frozenset()) if one.customer_id not in busy)
    chosen = list(islice(free, min(limit or MOST_TOLD, MOST_TOLD)))
    return told_why(making.shelf, making.snapshot, chosen, making.library.factors)


def _digest(rule: WarningRule) -> str:
    """Names the rule as it stood, whatever its version says."""
    return hashlib.sha256(msgspec.json.encode(rule)).hexdigest()
