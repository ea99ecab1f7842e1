"""Errands for the server's tests: what a call asks of a department, and a department in the test's hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from order_kit import pulled
from server_kit import NOON, StillClock

from core.domain import decoding
from core.domain.errand import ERRAND, Errand, ErrandKind, ErrandState, ErrandTold
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.later_event import LaterEvent
from core.domain.task import Task
from core.server.access.caller import Caller
from core.server.db import errands
from core.server.db.engine import Database
from core.server.departments.later_decode import LaterTold
from core.server.departments.worker import ErrandWorker
from core.server.outside.down import PortDown
from core.wire.departments import ErrandAnswer, ErrandOut
from core.wire.pull import ContentDocument, Kind
from core.wire.push import Saved


class Office:
    """A department that answers as told; keeps what it was handed."""

    def __init__(self) -> None:
        self.says: ErrandAnswer | None = ErrandAnswer(state=ErrandState.SUBMITTED)
        self.handed: list[ErrandOut] = []
        self.events: tuple[LaterEvent, ...] = ()

    def place(self, errand: ErrandOut) -> ErrandAnswer:
        if self.says is None:
            raise PortDown("away")
        self.handed.append(errand)
        return self.says

    def look(self, errand_id: UUID) -> ErrandAnswer | None:
        if self.says is None:
            raise PortDown("away")
        return self.says if any(one.id == errand_id for one in self.handed) else None

    def later(self, after: str) -> LaterTold:
        return LaterTold(events=self.events, after="1")


class Days:
    """Time goes on, and the worker looks at all that is due."""

    def __init__(self, database: Database, office: Office, clock: StillClock) -> None:
        self._database, self._office, self._clock = database, office, clock

    def go_on(self, **by: float) -> None:
        self._clock.forward(**(by or {"minutes": 2}))
        # A worker of its own each time: what it remembers of the port's failures is of no concern here.
        ErrandWorker(self._database, self._office).round()


def follow_up(of: Task, who: str, kind: FollowUpKind = FollowUpKind.WORK_ORDER, **changes: Any) -> FollowUp:
    values: dict[str, Any] = {
        "id": uuid4(), "outcome_id": uuid4(), "task_id": of.id, "customer_id": of.customer_id, "agent": who,
        "kind": kind, "text": "提速到 500M", "department": "branch", "number": "10012345678",
    }  # fmt: skip
    return FollowUp(**(values | changes))


def an_errand(of: Task, who: str, **changes: Any) -> Errand:
    values: dict[str, Any] = {
        "id": uuid4(), "kind": ErrandKind.WORK_ORDER, "department": "maintenance", "text": "晚上掉线，请查线路",
        "agent": who, "at": NOON, "customer_id": of.customer_id, "scenario": "vip-care",
    }  # fmt: skip
    return Errand(**(values | changes))


def errand_of(saved: Saved, database: Database, at: int = 0) -> Any:
    with database.read() as unit:
        return errands.get(unit, str(saved.follow_ups[at].id))


def told(database: Database, caller: Caller) -> list[ErrandTold]:
    """The errands that this person's desk hears of."""
    documents = [
        decoding.decode(change.body, ContentDocument)
        for change in pulled(database, caller)
        if change.kind is Kind.CONTENT and not change.deleted
    ]
    return [decoding.decode(one.body, ErrandTold) for one in documents if one.kind == ERRAND]


HOUR = timedelta(hours=1)
