"""The one port through which orders leave, and the one by which customers confirm them; adapters lie beside it."""

from typing import Protocol
from uuid import UUID

from core.server.outside.down import PortDown as PortDown
from core.wire.crm import Ask, OrderAnswer, OrderOut, Reply


class OrderPort(Protocol):
    """A CRM. Both calls raise PortDown, and end within a few seconds whatever the other side does."""

    def place(self, order: OrderOut) -> OrderAnswer:
        """Hand the order over; the same id again changes nothing and tells how it stands."""
        ...

    def look(self, order_id: UUID) -> OrderAnswer | None:
        """How the order stands; None where the CRM has never had it."""
        ...


class ConfirmationPort(Protocol):
    """An SMS gateway that knows its customers' replies. Both calls raise PortDown."""

    def ask(self, order_id: UUID, ask: Ask) -> Reply:
        """Send the text once; the same id again sends nothing and tells the reply."""
        ...

    def reply(self, order_id: UUID) -> Reply | None:
        """None where the gateway was never asked."""
        ...
