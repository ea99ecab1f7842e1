"""Inspected calls, scores and coaching notes as the server last told them, and what was said of them here.

What the server has taken is kept in mind until the pull brings it, so that nothing flickers between the two; what it
would not take counts no more.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.quality.inspection import CoachingCase, SampledCall, ScoreCase
from core.domain.quality.kinds import COACHING, SAMPLED, SCORECARD, SCORED
from core.domain.quality.scorecard import Scorecard
from core.domain.text import Text
from core.store import pulling
from core.store.pieces import contents
from core.store.types import UploadState
from core.wire.inspecting import (
    CallClaimed,
    CallScored,
    CoachingLooked,
    CoachingWritten,
    DisputeDecided,
    QualityItem,
    ScoreDisputed,
    ScoreSigned,
)

T = TypeVar("T")
_TAGS = (CallClaimed, CallScored, ScoreSigned, ScoreDisputed, DisputeDecided, CoachingWritten, CoachingLooked)
_KINDS = tuple(str(one.__struct_config__.tag) for one in _TAGS)
_call = decoding.decoder(SampledCall).decode
_score = decoding.decoder(ScoreCase).decode
_note = decoding.decoder(CoachingCase).decode
_card = decoding.decoder(Scorecard).decode
_item = decoding.decoder(QualityItem).decode


class Refusal(NamedTuple):
    """What was said here and the server would not take."""

    item: QualityItem
    message: Text


class Inspected(NamedTuple):
    calls: tuple[SampledCall, ...]
    scores: tuple[ScoreCase, ...]
    notes: tuple[CoachingCase, ...]
    cards: tuple[Scorecard, ...]
    own: tuple[QualityItem, ...]
    """said here and not told back yet, oldest first"""
    unsent: frozenset[UUID]
    """ids of those of `own` that the server does not have yet"""
    refused: tuple[Refusal, ...]


class InspectionBook:
    """Read once for each state of the files; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: tuple[str, list[tuple[str, str]]] | None = None
        self._read = Inspected((), (), (), (), (), frozenset(), ())
        self._sent: dict[UUID, tuple[QualityItem, str]] = {}
        """taken by the server, with the mirror's revision at that moment"""
        self._waiting: dict[UUID, QualityItem] = {}

    def read(self, connection: Connection) -> Inspected:
        marks = ", ".join("?" * len(_KINDS))
        rows = connection.exec_driver_sql(
            f"SELECT id, state FROM work.outbox WHERE kind IN ({marks}) ORDER BY seq", _KINDS
        )
        revision = pulling.meta(connection, "revision") or ""
        key = (revision, [(row[0], row[1]) for row in rows])
        with self._lock:
            if key != self._key:
                self._read = self._made(connection, revision)
                self._key = key
            return self._read

    def note(self, item: QualityItem) -> None:
        """Something has just been said here, and is kept."""
        with self._lock:
            self._waiting.setdefault(item.id, item)
            self._key = None

    def _made(self, connection: Connection, revision: str) -> Inspected:
        waiting, refused = _own(connection)
        gone = {item_id: item for item_id, item in self._waiting.items() if item_id not in waiting}
        refused_ids = {one.item.id for one in refused}
        self._sent |= {item_id: (item, revision) for item_id, item in gone.items() if item_id not in refused_ids}
        self._sent = {item_id: kept for item_id, kept in self._sent.items() if kept[1] == revision}
        self._waiting = waiting
        return Inspected(
            calls=_readable(connection, SAMPLED, _call),
            scores=_readable(connection, SCORED, _score),
            notes=_readable(connection, COACHING, _note),
            cards=_readable(connection, SCORECARD, _card),
            own=(*(item for item, _ in self._sent.values()), *waiting.values()),
            unsent=frozenset(waiting),
            refused=tuple(refused),
        )


def _own(connection: Connection) -> tuple[dict[UUID, QualityItem], list[Refusal]]:
    marks = ", ".join("?" * len(_KINDS))
    rows = connection.exec_driver_sql(
        f"SELECT state, body, message_zh, message_en FROM work.outbox WHERE kind IN ({marks}) ORDER BY seq", _KINDS
    )
    waiting: dict[UUID, QualityItem] = {}
    refused: list[Refusal] = []
    for state, body, zh, en in rows:
        item = _item(body)
        if state == UploadState.WAITING.value:
            waiting[item.id] = item
        else:
            refused.append(Refusal(item, Text(zh, en)))
    return waiting, refused


def _readable(connection: Connection, kind: str, decode: Callable[[bytes], T]) -> tuple[T, ...]:
    """One that a later server wrote in another way hides none of the others."""
    found = []
    for body in contents(connection, kind):
        with suppress(msgspec.ValidationError):
            found.append(decode(body))
    return tuple(found)
