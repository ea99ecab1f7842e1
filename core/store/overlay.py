"""What the agent did, laid over what the server last said: saved outcomes, skips, drafts and refusals count at once.

An entry stands until the server has answered its item and then sent the task anew: the answer notes the mirror's
revision, and a task of a later revision speaks for itself. So nothing flickers, and a kill in between leaves nothing
to clean up.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.outcome import CONNECTED
from core.domain.task import Block, Task, TaskState
from core.store import refused as refused_here
from core.store.placing import Part, Place, place, section
from core.store.promised import promised_alone
from core.store.times import micros, moment, moment_or_none
from core.store.types import Section

T = TypeVar("T")
SLICE = 50
"""tasks that are laid in about half a millisecond"""


class Effect(StrEnum):
    """What a saved outcome does to its task until the server says more."""

    CLOSED = "closed"
    CALLBACK = "callback"
    RETRY = "retry"
    MOVED = "moved"
    """a promised callback stands at another time; all else is as the server last said"""


class Hidden(Struct, frozen=True):
    """A task of the mirror that is not shown as the mirror has it."""

    n: int
    part: int
    at: int
    tier: int
    scenario: str


class Laid(Struct, frozen=True, kw_only=True):
    """A task as it stands by the agent's own work."""

    task: Task
    place: Place
    section: Section
    later_until: datetime | None = None


class Overlay(Struct, frozen=True, kw_only=True):
    hidden: list[Hidden]
    laid: list[Laid]
    drafts: frozenset[str]
    """ids of tasks that have a draft"""


class _Touch(Struct):
    effect: Effect | None = None
    at: int | None = None
    number: str = ""
    mine: bool = True
    agreed: bool = True
    alone_body: bytes | None = None
    settled_revision: int | None = None
    skip_until: int | None = None
    begun_at: int | None = None
    opted_out: bool = False

    @property
    def says_nothing(self) -> bool:
        return self.effect is None and self.skip_until is None and self.begun_at is None and not self.opted_out


class _Mirrored(Struct, frozen=True):
    n: int
    task_id: str
    revision: int
    part: int
    at: int
    tier: int
    scenario: str


_TASK = decoding.decoder(Task)
_MIRRORED = "SELECT t.n, t.task_id, t.revision, t.part, t.at, t.tier, t.scenario FROM json_each(?) AS j JOIN task AS t"


class LaidTasks:
    """Tasks as the agent's work left them, kept from one look to the next: a busy day has hundreds.

    A task is worked out anew when the mirror has it anew or the agent did something more. Safe from any thread: at
    worst two of them work out the same.
    """

    def __init__(self, give_way: Callable[[], None] = lambda: None) -> None:
        """`give_way` is called between slices of a look, in its transaction: it may wait, and holds no lock."""
        self.give_way = give_way
        self._kept: dict[str, tuple[_Mirrored, _Touch, Task, Place]] = {}

    def sliced(self, things: Iterable[T]) -> Iterator[T]:
        for number, thing in enumerate(things):
            if number % SLICE == 0:
                self.give_way()
            yield thing

    def lay(self, connection: Connection, shown: list[tuple[_Touch, _Mirrored]], now: datetime) -> list[Laid]:
        before = self._kept
        known = {row.task_id: before.get(row.task_id) for _, row in shown}
        stale = [row.n for touch, row in shown if (kept := known[row.task_id]) is None or kept[:2] != (row, touch)]
        bodies = task_bodies(connection, stale)
        fresh: dict[str, tuple[_Mirrored, _Touch, Task, Place]] = {}
        for touch, row in self.sliced(shown):
            kept = known[row.task_id]
            if kept is None or row.n in bodies:
                changed = _applied(_TASK.decode(bodies[row.n]), touch)
                kept = row, touch, changed, place(changed)
            fresh[row.task_id] = kept
        self._kept = fresh
        return [_stood(task, stands, touch, now) for _, touch, task, stands in self.sliced(fresh.values())]

    def forget(self) -> None:
        """The mirror starts anew, and with it the count of its revisions."""
        self._kept = {}


def load(connection: Connection, now: datetime, standing: LaidTasks) -> Overlay:
    """The overlay at `now`, read before the mirror in the same transaction."""
    touches, drafts = _touches(connection, micros(now))
    standing.give_way()
    refused = refused_here.customers(connection)
    standing.give_way()
    mirrored = _mirrored(connection, touches, refused)
    for row in _of_customers(connection, refused):
        touches.setdefault(row.task_id, _Touch()).opted_out = True
        mirrored[row.task_id] = row
    over = _laid_over(connection, touches, mirrored, drafts, refused, now, standing)
    for task in promised_alone(connection):
        over.laid.append(lay(task, _Touch(opted_out=task.customer_id in refused), now))
    return over


def _touches(connection: Connection, now: int) -> tuple[dict[str, _Touch], frozenset[str]]:
    found: dict[str, _Touch] = {}
    for task_id, effect, at, number, mine, contact, body, settled in connection.exec_driver_sql(
        "SELECT v.task_id, v.effect, v.at, v.number, v.mine, o.contact, v.alone_body, v.settled_revision"
        " FROM work.overlay AS v LEFT JOIN work.outcome AS o ON o.id = v.item_id"
    ).all():
        agreed = contact is None or contact in CONNECTED
        found[task_id] = _Touch(Effect(effect), at, number, bool(mine), agreed, body, settled)
    for task_id, until in connection.exec_driver_sql(
        "SELECT task_id, until FROM work.skip WHERE until > ?", (now,)
    ).all():
        found.setdefault(task_id, _Touch()).skip_until = until
    drafts = set()
    for task_id, begun, at in connection.exec_driver_sql(
        "SELECT task_id, begun, at FROM work.draft WHERE task_id IS NOT NULL"
    ).all():
        drafts.add(task_id)
        if begun:
            found.setdefault(task_id, _Touch()).begun_at = at
    return found, frozenset(drafts)


def _mirrored(connection: Connection, touches: dict[str, _Touch], refused: list[str]) -> dict[str, _Mirrored]:
    if not touches:
        return {}
    rows = connection.exec_driver_sql(f"{_MIRRORED} ON t.task_id = j.value", (_json(touches),))
    return {row[1]: _Mirrored(*row) for row in rows.all()}


def _of_customers(connection: Connection, customer_ids: list[str]) -> list[_Mirrored]:
    if not customer_ids:
        return []
    rows = connection.exec_driver_sql(f"{_MIRRORED} ON t.customer_id = j.value", (_json(customer_ids),))
    return [_Mirrored(*row) for row in rows.all()]


def _laid_over(
    connection: Connection,
    touches: dict[str, _Touch],
    mirrored: dict[str, _Mirrored],
    drafts: frozenset[str],
    refused: list[str],
    now: datetime,
    standing: LaidTasks,
) -> Overlay:
    hidden: list[Hidden] = []
    shown: list[tuple[_Touch, _Mirrored]] = []
    laid: list[Laid] = []
    for task_id, touch in standing.sliced(touches.items()):
        row = mirrored.get(task_id)
        if row is None:
            if _stands_alone(touch):
                alone = _TASK.decode(touch.alone_body or b"")
                touch.opted_out = alone.customer_id in refused
                laid.append(lay(alone, touch, now))
            continue
        if touch.settled_revision is not None and row.revision > touch.settled_revision:
            touch.effect = None
        if touch.says_nothing:
            continue
        hidden.append(Hidden(row.n, row.part, row.at, row.tier, row.scenario))
        if touch.effect is not Effect.CLOSED:
            shown.append((touch, row))
    laid += standing.lay(connection, shown, now)
    return Overlay(hidden=hidden, laid=laid, drafts=drafts)


def _stands_alone(touch: _Touch) -> bool:
    """A task that the mirror had already dropped and a correction opened again, until the server has answered."""
    if touch.alone_body is None or touch.settled_revision is not None:
        return False
    return touch.effect in (Effect.CALLBACK, Effect.RETRY)


def lay(task: Task, touch: _Touch, now: datetime) -> Laid:
    """The task with the agent's work applied, and where it stands for it."""
    changed = _applied(task, touch)
    return _stood(changed, place(changed), touch, now)


def _stood(changed: Task, stands: Place, touch: _Touch, now: datetime) -> Laid:
    time = micros(now)
    until = max((t for t in (touch.skip_until, _retry_at(touch)) if t is not None and t > time), default=None)
    if touch.begun_at is not None:
        stands = stands._replace(rank=0, at=touch.begun_at)
        return Laid(task=changed, place=stands, section=Section.UNFINISHED)
    if changed.block is not None or until is None:
        return Laid(task=changed, place=stands, section=section(stands.part, stands.at, time))
    stands = stands._replace(part=int(Part.CALLBACK), rank=0, at=until)
    return Laid(task=changed, place=stands, section=Section.LATER, later_until=moment(until))


def _applied(task: Task, touch: _Touch) -> Task:
    if touch.effect is Effect.CALLBACK:
        task = msgspec.structs.replace(
            task,
            state=TaskState.FOLLOW_UP,
            attempts=task.attempts + 1,
            callback_at=moment_or_none(touch.at),
            callback_number=touch.number,
            callback_mine=touch.mine,
            callback_agreed=touch.agreed,
        )
    elif touch.effect is Effect.MOVED:
        task = msgspec.structs.replace(task, callback_at=moment_or_none(touch.at), callback_agreed=True)
    elif touch.effect is Effect.RETRY:
        task = msgspec.structs.replace(task, attempts=task.attempts + 1)
    return msgspec.structs.replace(task, block=Block.OPTED_OUT) if touch.opted_out else task


def _retry_at(touch: _Touch) -> int | None:
    return touch.at if touch.effect is Effect.RETRY else None


def task_bodies(connection: Connection, numbers: Iterable[int]) -> dict[int, bytes]:
    """Bodies of tasks by their number in the mirror."""
    asked = list(numbers)
    if not asked:
        return {}
    rows = connection.exec_driver_sql(
        "SELECT b.n, b.body FROM json_each(?) AS j JOIN task_body AS b ON b.n = j.value", (_json(asked),)
    )
    return {row[0]: row[1] for row in rows.all()}


def _json(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()


def spoken_for(connection: Connection) -> list[tuple[str, str]]:
    """Task and item of the entries that the server has both answered and sent anew, or dropped."""
    rows = connection.exec_driver_sql(
        "SELECT o.task_id, o.item_id FROM work.overlay AS o LEFT JOIN task AS t ON t.task_id = o.task_id"
        " WHERE o.settled_revision IS NOT NULL AND (t.n IS NULL OR t.revision > o.settled_revision)"
    )
    return [(row[0], row[1]) for row in rows]
