"""Requests to branches: as the server last told of them, and those that were asked here and wait to be uploaded."""

from sqlalchemy import Connection

from core.domain import decoding
from core.domain.branch_request import BRANCH_REQUEST, BranchAsk, BranchRequest
from core.store.pieces import contents
from core.store.types import UploadState
from core.wire.push import BranchAsked

_decode = decoding.decoder(BranchRequest).decode
_decode_asked = decoding.decoder(BranchAsked).decode


def told(connection: Connection) -> list[BranchRequest]:
    return [_decode(body) for body in contents(connection, BRANCH_REQUEST)]


def waiting(connection: Connection) -> list[BranchAsk]:
    rows = connection.exec_driver_sql(
        "SELECT body FROM work.outbox WHERE kind = 'branch_ask' AND state = ?", (UploadState.WAITING.value,)
    )
    return [_decode_asked(row[0]).branch_ask for row in rows]
