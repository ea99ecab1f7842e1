"""What flows of repair cases and promises: items of the push, and the hotline's tickets."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.case import CaseEvent, Damage, HandOver
from core.domain.promise import PromiseEvent
from core.domain.text import Text


class CaseLogged(Struct, frozen=True, kw_only=True, tag_field="kind", tag="case_event"):
    case_event: CaseEvent

    @property
    def id(self) -> UUID:
        return self.case_event.id


class PromiseLogged(Struct, frozen=True, kw_only=True, tag_field="kind", tag="promise_event"):
    promise_event: PromiseEvent

    @property
    def id(self) -> UUID:
        return self.promise_event.id


class HandedOver(Struct, frozen=True, kw_only=True, tag_field="kind", tag="hand_over"):
    hand_over: HandOver

    @property
    def id(self) -> UUID:
        return self.hand_over.id


CaseItem = CaseLogged | PromiseLogged | HandedOver


class TicketKind(StrEnum):
    CALLBACK = "callback"
    """TASK-10: the hotline promised that somebody calls back"""
    FAILED_TRANSACTION = "failed_transaction"
    """TASK-11: something that the customer did in the online hall or the app failed"""


class HotlineTicket(Struct, frozen=True, kw_only=True):
    """POST /v1/tickets: from the hotline, or from an e-channel (CHANNEL-03)."""

    id: str
    """the sender's own, the idempotency key for good"""
    kind: TicketKind
    customer_id: str = ""
    number: str = ""
    """the customer's, where the sender does not know the id"""
    at: datetime
    words: Text
    """what it is about, without the customer's data"""
    callback_at: datetime | None = None
    """when the customer was told that somebody calls"""
    scenario: str = ""
    """of the script to call with; empty: what is usual"""
    damage: Damage = Damage.PERCEPTION


class TicketState(Struct, frozen=True, kw_only=True):
    """What became of a ticket, for whoever raised it: GET /v1/tickets/{id}."""

    id: str
    task: str
    task_state: str
    assigned_to: str = ""
    case: UUID | None = None
    case_open: bool = False
    last_result: str = ""
    """code of the newest outcome since the ticket came"""
    last_at: datetime | None = None
