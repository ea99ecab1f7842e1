"""A promise to a customer: what, to whom, by when, by whom; open, kept or broken. The fold of its events, as a case is.

Moments are aware UTC.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.domain.case import Member
from core.domain.event_log import in_order
from core.domain.text import Text

PROMISE: str = "promise"
"""kind of the documents by which a desk is told of promises: `PromiseTold`"""


class PromiseKind(StrEnum):
    """OUTCOME-08: a bonus that is to arrive and a participation to be confirmed are promises like any other."""

    ACTION = "action"
    BONUS = "bonus"
    PARTICIPATION = "participation"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"
    """the customer does not need it any more, and said so in time; one that was broken before stays broken"""


KIND_NAMES: dict[PromiseKind, Text] = {
    PromiseKind.ACTION: Text("办一件事", "Something to do"),
    PromiseKind.BONUS: Text("赠款到账", "A bonus arrives"),
    PromiseKind.PARTICIPATION: Text("参加确认", "Participation confirmed"),
}
STATE_NAMES: dict[PromiseState, Text] = {
    PromiseState.OPEN: Text("未到期", "Open"),
    PromiseState.KEPT: Text("已兑现", "Kept"),
    PromiseState.BROKEN: Text("失约", "Broken"),
    PromiseState.RELEASED: Text("客户不再需要", "Released"),
}


class Turn(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What an event says."""


class Made(Turn, frozen=True, kw_only=True, tag="made"):
    customer_id: str
    customer: str
    """the name, masked"""
    kind: PromiseKind = PromiseKind.ACTION
    words: str
    """what was promised"""
    to: str = ""
    """to whom, where that is not the customer"""
    due_at: datetime
    owner: str
    owner_name: str
    case: UUID | None = None
    task_id: str | None = None


class Fulfilled(Turn, frozen=True, kw_only=True, tag="fulfilled"):
    words: str = ""


class Moved(Turn, frozen=True, kw_only=True, tag="moved"):
    """To another time, to which the customer said yes."""

    due_at: datetime
    why: str = ""


class Lapsed(Turn, frozen=True, kw_only=True, tag="lapsed"):
    """The server's clock passed it."""

    due_at: datetime


class TakenOver(Turn, frozen=True, kw_only=True, tag="taken_over"):
    to: str
    to_name: str


class Released(Turn, frozen=True, kw_only=True, tag="released"):
    words: str = ""


class PromiseEvent(Struct, frozen=True, kw_only=True):
    id: UUID
    promise: UUID
    by: str
    by_name: str = ""
    at: datetime
    received_at: datetime | None = None
    """when the server had it, where that was a good while after it is said to have happened"""
    what: Made | Fulfilled | Moved | Lapsed | TakenOver | Released


class Promise(Struct, frozen=True, kw_only=True):
    """How a promise stands."""

    id: UUID
    made: Made
    made_at: datetime
    owner: Member
    due_at: datetime
    moved: int = 0
    """how often it was moved"""
    state: PromiseState = PromiseState.OPEN
    settled_at: datetime | None = None
    """when it was kept, broken or released"""
    done_at: datetime | None = None
    """when it was done, in time or not"""
    released_at: datetime | None = None
    """when the customer said that it is not needed any more, in time or not"""
    told_at: datetime | None = None
    """when the server heard that it was done, where that was a good while later"""
    words: str = ""
    """what came of it"""
    log: tuple[PromiseEvent, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is PromiseState.OPEN

    @property
    def is_owed(self) -> bool:
        """Still to be done: in time, or too late already."""
        settled = self.done_at is not None or self.released_at is not None
        return not settled and self.state in (PromiseState.OPEN, PromiseState.BROKEN)

    def is_late(self, now: datetime) -> bool:
        return self.is_owed and now > self.due_at


class PromiseTold(Struct, frozen=True, kw_only=True):
    """A promise as the server hands it to desks."""

    promise: UUID
    events: tuple[PromiseEvent, ...]


class Tally(Struct, frozen=True, kw_only=True):
    kept: int = 0
    broken: int = 0
    open: int = 0


def fold_promise(events: Iterable[PromiseEvent]) -> Promise | None:
    """The promise; None while it is not known how it was made. The order in which events came does not matter."""
    log = in_order(events)
    first = next((event for event in log if isinstance(event.what, Made)), None)
    if first is None or not isinstance(first.what, Made):
        return None
    made = first.what
    promise = Promise(
        id=first.promise,
        made=made,
        made_at=first.at,
        owner=Member(staff_number=made.owner, name=made.owner_name),
        due_at=made.due_at,
        log=tuple(log),
    )
    for event in log:
        promise = _after(promise, event)
    return promise


def _after(promise: Promise, event: PromiseEvent) -> Promise:
    match event.what:
        case TakenOver(to=to, to_name=name):
            return replace(promise, owner=Member(staff_number=to, name=name))
        case Fulfilled(words=words) if promise.is_owed:
            kept = promise.is_open and event.at <= promise.due_at
            settled = event.at if promise.settled_at is None else promise.settled_at
            state = PromiseState.KEPT if kept else PromiseState.BROKEN
            told = event.received_at
            return replace(promise, state=state, settled_at=settled, done_at=event.at, told_at=told, words=words)
        case Moved(due_at=due_at) if promise.is_open and event.at <= promise.due_at:
            return replace(promise, due_at=due_at, moved=promise.moved + 1)
        case Lapsed(due_at=due_at) if promise.is_open and due_at == promise.due_at:
            return replace(promise, state=PromiseState.BROKEN, settled_at=event.at)
        case Released(words=words) if promise.is_open:
            released = replace(promise, state=PromiseState.RELEASED, settled_at=event.at, words=words)
            return replace(released, released_at=event.at)
        case Released(words=words) if promise.is_owed:
            # It was broken all the same, and is owed to nobody any more.
            return replace(promise, released_at=event.at, words=words)
        case _:
            return promise


def tally(promises: Iterable[Promise]) -> Tally:
    """Kept, broken and open ones; one that was released counts for none of them."""
    states = [one.state for one in promises]
    return Tally(
        kept=states.count(PromiseState.KEPT),
        broken=states.count(PromiseState.BROKEN),
        open=states.count(PromiseState.OPEN),
    )
