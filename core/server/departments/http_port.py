"""The departments' system over HTTP, as `core.wire.departments` says it."""

from urllib.parse import urlencode
from uuid import UUID

import msgspec

from core.server.departments.later_decode import LaterTold, read_later
from core.server.outside.down import PortDown
from core.server.outside.peer import Peer
from core.server.outside.reading import read_answer
from core.wire.departments import ErrandAnswer, ErrandOut, SlotAnswer, SlotAsk, Stores

_encode = msgspec.json.Encoder().encode


class HttpDepartments:
    """A DepartmentPort and a StorePort."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def place(self, errand: ErrandOut) -> ErrandAnswer:
        return read_answer(
            self._peer.put(f"/errands/{errand.id}", _encode(errand), key=f"{errand.id}.{errand.revision}"),
            ErrandAnswer,
        )

    def look(self, errand_id: UUID) -> ErrandAnswer | None:
        answer = self._peer.get(f"/errands/{errand_id}")
        return None if answer is None else read_answer(answer, ErrandAnswer)

    def later(self, after: str) -> LaterTold:
        answer = self._peer.get("/later?" + urlencode({"after": after}))
        # A system that keeps no such list has none to tell.
        return LaterTold(after=after) if answer is None else read_later(answer)

    def stores(self, *, area: str, what: str) -> Stores:
        answer = self._peer.get("/stores?" + urlencode({"area": area, "what": what}))
        if answer is None:
            raise PortDown("no stores there")
        return read_answer(answer, Stores)

    def book(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        return read_answer(self._peer.put(f"/slots/{slot_id}", _encode(ask), key=str(slot_id)), SlotAnswer)

    def cancel(self, slot_id: UUID) -> bool:
        return self._peer.delete(f"/slots/{slot_id}")
