"""Events of other systems: POST /v1/incoming, and what came of one: GET /v1/incoming/{id}."""

from datetime import datetime

from msgspec import Struct

from core.domain.incoming import Aside, Taken
from core.domain.text import Text


class IncomingEvent(Struct, frozen=True, kw_only=True):
    """A lead, a pre-disconnect notice, a failed order, or whatever the site has content for."""

    id: str
    """the sender's own, the idempotency key for good; 1 to 60 characters. Senders that number alike put their name in
    front: an id that stands for another kind or customer already is refused, and so is one that holds a telephone
    number, as ids are kept for good"""
    kind: str
    """id of a file of `resources/events/`"""
    customer_id: str = ""
    number: str = ""
    """the customer's, where the sender does not know the id"""
    at: datetime
    """when it happened, with its zone"""
    fields: dict[str, str] = {}
    """for the words that the agent reads, without the customer's data"""


class IncomingState(Struct, frozen=True, kw_only=True):
    """What became of it."""

    id: str
    state: Taken
    why: Aside | None = None
    """set where it was kept aside"""
    words: Text | None = None
    """the same as a person reads it"""
    task: str = ""
    task_state: str = ""
    assigned_to: str = ""
