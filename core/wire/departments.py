"""What the server and the departments' system say to each other; a site's own system speaks this, or is adapted.

    PUT {departments}/errands/{id}    ErrandOut → ErrandAnswer    the same revision again changes nothing
    GET {departments}/errands/{id}    → ErrandAnswer              404: not known
    GET {departments}/stores?area=…&what=…  → Stores              slots and stock, as of now
    PUT {departments}/slots/{id}      SlotAsk → SlotAnswer        the same id again books nothing more
    DELETE {departments}/slots/{id}   → nothing                   cancels it; 404: there is none
    GET {departments}/later?after=…   → LaterEvents               what came of calls since the bookmark

`id` is a UUID, also sent as `Idempotency-Key`. A token, where there is one, goes as `Authorization: Bearer`.

Over a folder `out/<id>.<revision>.json` is an `ErrandOut`, `in/<id>.json` its newest `ErrandAnswer`, and
`in/later.json` the `LaterEvents` so far. Stores are not asked by files.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.errand import ErrandKind, ErrandState, Stage
from core.domain.later_event import LaterEvent
from core.domain.store import Slot, StoreStanding
from core.domain.text import Text

RECEIVED_STATES = (ErrandState.SUBMITTED, ErrandState.ACCEPTED, ErrandState.IN_PROGRESS)
"""of an `ErrandAnswer` that says no end"""


class ErrandOut(Struct, frozen=True, kw_only=True):
    """An errand as it leaves; a higher revision takes the place of the one before."""

    id: UUID
    revision: int
    kind: ErrandKind
    department: str
    text: str
    agent: str
    """staff number"""
    asked_at: datetime
    answer_by: datetime
    customer_id: str = ""
    number: str = ""
    """digits that the department may call"""
    due_at: datetime | None = None
    """a visit: when the customer expects it"""
    consent: bool = False
    withdrawn: bool = False
    """it is not wanted any more"""


class ErrandAnswer(Struct, frozen=True, kw_only=True):
    """How it stands there; `waiting` is never said."""

    state: ErrandState
    stage: Stage | None = None
    reason_zh: str = ""
    """of a refusal; of what is done, what was found"""
    reason_en: str = ""
    reference: str = ""
    bill_on: date | None = None


class Stores(Struct, frozen=True, kw_only=True):
    """GET /v1/stores as well."""

    stores: tuple[StoreStanding, ...]
    as_of: datetime


class SlotAsk(Struct, frozen=True, kw_only=True):
    """PUT /v1/slots/{id} as well: the server adds who asks."""

    store: str
    slot: Slot
    customer_id: str
    what: str = ""
    """code of what is put by for the customer"""
    agent: str = ""
    instead_of: UUID | None = None
    """the booking that this one takes the place of, once it is booked"""
    store_name: Text | None = None
    what_name: Text | None = None
    scenario: str = ""
    """these three are for the agent's own list: the stores are not told them"""


class SlotVerdict(StrEnum):
    BOOKED = "booked"
    TAKEN = "taken"
    """somebody was quicker, or the slot is over"""
    SOLD_OUT = "sold_out"


class SlotAnswer(Struct, frozen=True, kw_only=True):
    verdict: SlotVerdict
    reference: str = ""
    still_booked: bool = False
    """PUT /v1/slots/{id} alone: the time that this one takes the place of could not be cancelled yet"""


class LaterEvents(Struct, frozen=True, kw_only=True):
    events: tuple[LaterEvent, ...]
    after: str = ""
    """send it back to go on from here"""
