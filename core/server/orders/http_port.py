"""CRM and SMS gateway over HTTP, as `core.wire.crm` says it."""

from typing import TypeVar
from uuid import UUID

import msgspec

from core.server.orders.peer import Peer
from core.server.orders.port import PortDown
from core.wire.crm import Ask, OrderAnswer, OrderOut, Replied, Reply

T = TypeVar("T")
_encode = msgspec.json.Encoder().encode


class HttpOrders:
    """An OrderPort."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def place(self, order: OrderOut) -> OrderAnswer:
        return _read(self._peer.put(f"/orders/{order.id}", _encode(order), key=str(order.id)), OrderAnswer)

    def look(self, order_id: UUID) -> OrderAnswer | None:
        answer = self._peer.get(f"/orders/{order_id}")
        return None if answer is None else _read(answer, OrderAnswer)


class HttpConfirmations:
    """A ConfirmationPort."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def ask(self, order_id: UUID, ask: Ask) -> Reply:
        return _read(self._peer.put(f"/confirmations/{order_id}", _encode(ask), key=str(order_id)), Replied).reply

    def reply(self, order_id: UUID) -> Reply | None:
        answer = self._peer.get(f"/confirmations/{order_id}")
        return None if answer is None else _read(answer, Replied).reply


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PortDown("an answer that is not as agreed") from error
