"""Repair cases and promises as they stand at this desk: what the server told of them, own events laid over it.

An own event counts from the moment that it is written. Once the server has it, it is kept in mind until the pull brings
it, so that nothing flickers between the two; what the server would not take counts no more.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from core.domain import decoding
from core.domain.case import CASE, Began, Case, CaseEvent, CaseTold
from core.domain.case_fold import fold
from core.domain.duty import DUTY, Roster
from core.domain.promise import PROMISE, Made, Promise, PromiseEvent, PromiseTold, fold_promise
from core.store import pulling
from core.store.pieces import contents
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged

_TOLD_CASE, _TOLD_PROMISE = decoding.decoder(CaseTold), decoding.decoder(PromiseTold)
_LOGGED = decoding.decoder(CaseLogged | PromiseLogged | HandedOver)
_ROSTER = decoding.decoder(Roster)
_KINDS = tuple(str(one.__struct_config__.tag) for one in (CaseLogged, PromiseLogged, HandedOver))
_Own = CaseEvent | PromiseEvent
E = TypeVar("E", CaseEvent, PromiseEvent)
_Items = list[Any]


class Book(NamedTuple):
    cases: tuple[Case, ...]
    promises: tuple[Promise, ...]
    unsent: frozenset[UUID]
    """cases and promises of which the server does not know everything yet"""
    handing_over: bool
    """a handover waits to be uploaded"""


class CaseBook:
    """Read once for each state of the files; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: tuple[str, str, _Items] | None = None
        self._book = Book((), (), frozenset(), False)
        self._mine: dict[UUID, tuple[_Own, str | None]] = {}
        """own events that the pull has not brought yet; with the mirror's revision since when the server has them"""

    def read(self, connection: Connection) -> Book:
        revision = pulling.meta(connection, "revision") or ""
        items = [
            tuple(row)
            for row in connection.exec_driver_sql(
                f"SELECT id, state FROM work.outbox WHERE kind IN ({', '.join('?' * len(_KINDS))}) ORDER BY seq", _KINDS
            )
        ]
        key = (revision, pulling.meta(connection, "cursor") or "", items)
        with self._lock:
            if key != self._key:
                self._book = self._made(connection, revision)
                self._key = key
            return self._book

    def note(self, item: CaseLogged | PromiseLogged) -> None:
        """An own event has just been kept."""
        event = item.case_event if isinstance(item, CaseLogged) else item.promise_event
        with self._lock:
            self._mine.setdefault(event.id, (event, None))
            self._key = None

    def _made(self, connection: Connection, revision: str) -> Book:
        cases = {told.case: list(told.events) for told in _of_kind(connection, CASE, _TOLD_CASE)}
        promises = {told.promise: list(told.events) for told in _of_kind(connection, PROMISE, _TOLD_PROMISE)}
        waiting, refused, handing_over = _own(connection)
        known = {event.id for log in (*cases.values(), *promises.values()) for event in log}
        self._remember(waiting, refused | known, revision)
        mine = [event for event, _ in self._mine.values()]
        _lay(cases, {one.id: one for one in mine if isinstance(one, CaseEvent)}, Began)
        _lay(promises, {one.id: one for one in mine if isinstance(one, PromiseEvent)}, Made)
        folded = [fold(log) for log in cases.values()]
        kept = [fold_promise(log) for log in promises.values()]
        return Book(
            tuple(one for one in folded if one is not None),
            tuple(one for one in kept if one is not None),
            frozenset(_subject(event) for event in waiting.values()),
            handing_over,
        )

    def _remember(self, waiting: Mapping[UUID, _Own], settled: set[UUID], revision: str) -> None:
        for event_id, (event, since) in list(self._mine.items()):
            if event_id in settled or (since is not None and since != revision and event_id not in waiting):
                del self._mine[event_id]
            elif event_id not in waiting and since is None:
                self._mine[event_id] = (event, revision)
        for event_id, event in waiting.items():
            if event_id not in settled:
                self._mine[event_id] = (event, None)


def roster(connection: Connection) -> Roster:
    """Who is on duty when, as the server told it; empty before that."""
    body = connection.exec_driver_sql("SELECT body FROM content WHERE kind = ? AND name = ?", (DUTY, DUTY)).scalar()
    return Roster() if body is None else _ROSTER.decode(body)


def customers_with(connection: Connection, digits: str) -> frozenset[str]:
    """Customers of this machine with these digits anywhere in one of their numbers."""
    if not digits.isdigit():
        return frozenset()
    rows = connection.exec_driver_sql(
        "SELECT customer_id FROM number WHERE number LIKE ?"
        " UNION SELECT customer_id FROM work.added_number WHERE number LIKE ?",
        (f"%{digits}%",) * 2,
    )
    return frozenset(row[0] for row in rows)


def _of_kind(connection: Connection, kind: str, decoder: "decoding.Decoder[Any]") -> _Items:
    return [decoder.decode(body) for body in contents(connection, kind)]


def _own(connection: Connection) -> tuple[dict[UUID, _Own], set[UUID], bool]:
    """Own events that wait, ids of those that the server would not take, and whether a handover waits."""
    waiting: dict[UUID, _Own] = {}
    refused: set[UUID] = set()
    handing_over = False
    marks = ", ".join("?" * len(_KINDS))
    for state, body in connection.exec_driver_sql(
        f"SELECT state, body FROM work.outbox WHERE kind IN ({marks}) ORDER BY seq", _KINDS
    ):
        item = _LOGGED.decode(body)
        if state != "waiting":
            refused.add(item.id)
        elif isinstance(item, HandedOver):
            handing_over = True
        else:
            waiting[item.id] = item.case_event if isinstance(item, CaseLogged) else item.promise_event
    return waiting, refused, handing_over


def _lay(told: dict[UUID, list[E]], own: Mapping[UUID, E], beginning: type) -> None:
    """Own events over what was told. Of what the server tells nothing any more, only an own beginning is shown."""
    begun = {_subject(event) for event in own.values() if isinstance(event.what, beginning)}
    for event in own.values():
        subject = _subject(event)
        if subject in told or subject in begun:
            told.setdefault(subject, []).append(event)


def _subject(event: _Own) -> UUID:
    return event.case if isinstance(event, CaseEvent) else event.promise
