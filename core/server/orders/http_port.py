"""CRM and SMS gateway over HTTP, as `core.wire.crm` says it."""

from uuid import UUID

import msgspec

from core.server.outside.peer import Peer
from core.server.outside.reading import read_answer
from core.wire.crm import Ask, OrderAnswer, OrderOut, Replied, Reply

_encode = msgspec.json.Encoder().encode


class HttpOrders:
    """An OrderPort."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def place(self, order: OrderOut) -> OrderAnswer:
        return read_answer(self._peer.put(f"/orders/{order.id}", _encode(order), key=str(order.id)), OrderAnswer)

    def look(self, order_id: UUID) -> OrderAnswer | None:
        answer = self._peer.get(f"/orders/{order_id}")
        return None if answer is None else read_answer(answer, OrderAnswer)


class HttpConfirmations:
    """A ConfirmationPort."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def ask(self, order_id: UUID, ask: Ask) -> Reply:
        return read_answer(self._peer.put(f"/confirmations/{order_id}", _encode(ask), key=str(order_id)), Replied).reply

    def reply(self, order_id: UUID) -> Reply | None:
        answer = self._peer.get(f"/confirmations/{order_id}")
        return None if answer is None else read_answer(answer, Replied).reply
