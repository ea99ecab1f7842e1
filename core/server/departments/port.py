"""The one port to the departments; adapters lie beside it."""

from typing import Protocol
from uuid import UUID

from core.server.departments.later_decode import LaterTold
from core.wire.departments import ErrandAnswer, ErrandOut, SlotAnswer, SlotAsk, Stores


class DepartmentPort(Protocol):
    """The departments' system. Each call raises PortDown, and ends within seconds whatever the other side does."""

    def place(self, errand: ErrandOut) -> ErrandAnswer:
        """Hand the errand over; the same revision again changes nothing and tells how it stands."""
        ...

    def look(self, errand_id: UUID) -> ErrandAnswer | None:
        """How it stands; None where the departments have never had it."""
        ...

    def later(self, after: str) -> LaterTold:
        """What came of calls since the bookmark, empty for all there is."""
        ...


class StorePort(Protocol):
    """Stores' times and stock; a site that exchanges files has none. Each call raises PortDown."""

    def stores(self, *, area: str, what: str) -> Stores: ...

    def book(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        """Book the time; the same id again books nothing more."""
        ...

    def cancel(self, slot_id: UUID) -> bool:
        """The time is free again; False where the store has no such booking, and there is nothing to do."""
        ...
