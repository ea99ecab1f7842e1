"""This agent's requests for more authority: kept here as asked, and as the server tells of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.authority import OPEN_FOR, AuthorityCase, RequestState
from core.domain.outcome import Outcome
from core.domain.text import Text
from core.store.times import micros
from core.store.types import OutboxItem, OwnRequest, UploadState
from core.wire.push import AuthorityAsked, AuthorityWithdrawn, Saved

_CASE = decoding.decoder(AuthorityCase)
_SAVED = decoding.decoder(Saved)
_KINDS = (AuthorityAsked.__struct_config__.tag, AuthorityWithdrawn.__struct_config__.tag)
_SELECT = (
    "SELECT a.body, o.state, o.message_zh, o.message_en FROM work.authority AS a"
    " LEFT JOIN work.outbox AS o ON o.id = a.id"
)


def ask(work: Connection, item: AuthorityAsked) -> datetime:
    """Gives when it was asked."""
    asked = item.authority
    _put(work, AuthorityCase(request=asked, agent_name="", received_at=asked.at, expires_at=asked.at + OPEN_FOR))
    return asked.at


def withdraw(work: Connection, item: AuthorityWithdrawn) -> datetime:
    """Gives when it was withdrawn. What was answered meanwhile stays answered."""
    known = one(work, item.withdrawal.request)
    if known is not None and known.state is RequestState.WAITING:
        _put(work, msgspec.structs.replace(known, state=RequestState.WITHDRAWN))
    return item.withdrawal.at


def take(work: Connection, told: Sequence[AuthorityCase]) -> list[AuthorityCase]:
    """Keeps what the server says; gives those of which it is news."""
    fresh = []
    for case in told:
        known = one(work, case.request.id)
        if known is not None and (known == case or _is_ahead(known, case)):
            continue
        _put(work, case)
        fresh.append(case)
    return fresh


def use(work: Connection, outcome: Outcome) -> None:
    """A grant that went into an outcome goes into no other; one that a correction does without is free again."""
    if outcome.corrects is not None:
        _free(work, outcome.corrects)
    for grant in outcome.grants:
        known = one(work, grant.request)
        if known is not None:
            _put(work, msgspec.structs.replace(known, used_by=outcome.id))


def _free(work: Connection, corrected: UUID) -> None:
    body = work.exec_driver_sql("SELECT body FROM outcome WHERE id = ?", (str(corrected),)).scalar()
    for grant in _SAVED.decode(body).outcome.grants if body is not None else ():
        known = one(work, grant.request)
        if known is not None and known.used_by == corrected:
            _put(work, msgspec.structs.replace(known, used_by=None))


def of_case(connection: Connection, case: str) -> list[OwnRequest]:
    """Oldest first."""
    rows = connection.exec_driver_sql(f"{_SELECT} WHERE a.case_key = ? ORDER BY a.at, a.id", (case,))
    return [_own(*row) for row in rows]


def any_open(connection: Connection) -> bool:
    """Whether an answer may still come."""
    row = connection.exec_driver_sql(
        "SELECT 1 FROM work.authority AS a LEFT JOIN work.outbox AS o ON o.id = a.id"
        " WHERE a.state = 'waiting' AND coalesce(o.state, '') NOT IN ('rejected', 'conflict') LIMIT 1"
    ).first()
    return row is not None


def pending(connection: Connection) -> list[OutboxItem]:
    """What waits to be asked or withdrawn, in that order."""
    rows = connection.exec_driver_sql(
        "SELECT id, kind, body FROM work.outbox WHERE state = 'waiting' AND kind IN (?, ?) ORDER BY seq", _KINDS
    )
    return [OutboxItem(id=UUID(row[0]), kind=row[1], body=row[2]) for row in rows]


def _is_ahead(known: AuthorityCase, case: AuthorityCase) -> bool:
    """What was done here the server may not know yet."""
    withdrawn = known.state is RequestState.WITHDRAWN and case.state is RequestState.WAITING
    used = known.used_by is not None and case == msgspec.structs.replace(known, used_by=None)
    return withdrawn or used


def one(connection: Connection, request_id: UUID) -> AuthorityCase | None:
    """The request as it stands; None where it was not asked here."""
    body = connection.exec_driver_sql("SELECT body FROM authority WHERE id = ?", (str(request_id),)).scalar()
    return None if body is None else _CASE.decode(body)


def _put(work: Connection, case: AuthorityCase) -> None:
    request = case.request
    work.exec_driver_sql(
        "INSERT OR REPLACE INTO authority (id, case_key, state, at, body) VALUES (?, ?, ?, ?, ?)",
        (str(request.id), request.case, case.state.value, micros(request.at), msgspec.json.encode(case)),
    )


def _own(body: bytes, upload: str | None, message_zh: str | None, message_en: str | None) -> OwnRequest:
    state = UploadState.UPLOADED if upload is None else UploadState(upload)
    refused = state in (UploadState.REJECTED, UploadState.CONFLICT)
    return OwnRequest(
        case=_CASE.decode(body), upload=state, message=Text(message_zh or "", message_en or "") if refused else None
    )
