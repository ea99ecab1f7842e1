"""Small repair cases and promises for the server's tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from server_kit import NOON, document, had, read_page, send, verdicts

from core.content.repairs import PACE, load_pace, load_repairs
from core.content.resources import folder
from core.domain import decoding
from core.domain.case import Began, Case, CaseEvent, CaseTold, Damage, HandOver, OpenedBy, What
from core.domain.case_fold import fold
from core.domain.people import RIGHTS, Role
from core.domain.promise import Fulfilled, Made, Moved, Promise, PromiseEvent, PromiseTold, Released, fold_promise
from core.domain.repair import REPAIR, REPAIR_PACE
from core.domain.task import Tier
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import published
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sync.pull import pull
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged
from core.wire.pull import ContentDocument


def customer(database: Database, index: int = 1, *, tier: Tier = Tier.DIAMOND) -> str:
    """A customer without a task; gives the id."""
    load(database, [(document(index, tier=tier), None)])
    return f"C{index}"


def publish_repairs(database: Database) -> None:
    pieces = [(REPAIR, one.id, one.version, msgspec.json.encode(one)) for one in load_repairs(folder())]
    pace = load_pace(folder() / PACE)
    pieces.append((REPAIR_PACE, REPAIR_PACE, pace.version, msgspec.json.encode(pace)))
    with database.write() as unit:
        published.put(
            unit, [ContentDocument(kind=k, name=n, version=v, body=msgspec.Raw(body)) for k, n, v, body in pieces]
        )


def began(who: Caller, index: int = 1, **changes: Any) -> Began:
    values: dict[str, Any] = {
        "customer_id": f"C{index}", "customer": "?", "tier": Tier.DIAMOND, "damage": Damage.KEY_SERVICE,
        "opened_by": OpenedBy.SPECIALIST, "title": Text("漫游无服务", "No roaming"), "owner": who.staff_number,
        "owner_name": "", "first_contact_due": NOON + timedelta(hours=2), "template": "roaming-no-service",
    }  # fmt: skip
    return Began(**(values | changes))


def event(who: Caller, case: UUID, what: What, *, at: datetime = NOON, **changes: Any) -> CaseLogged:
    values: dict[str, Any] = {"id": uuid4(), "case": case, "by": who.staff_number, "at": at, "what": what}
    return CaseLogged(case_event=CaseEvent(**(values | changes)))


def opened(database: Database, who: Caller, index: int = 1, *, at: datetime = NOON, **changes: Any) -> UUID:
    case = uuid4()
    had(database, who, f"C{index}")
    assert verdicts(send(database, who, event(who, case, began(who, index, **changes), at=at))) == ["accepted"]
    return case


def turn(
    who: Caller, promise: UUID, what: Made | Fulfilled | Moved | Released, *, at: datetime = NOON
) -> PromiseLogged:
    return PromiseLogged(promise_event=PromiseEvent(id=uuid4(), promise=promise, by=who.staff_number, at=at, what=what))


def promised(
    database: Database, who: Caller, index: int = 1, *, case: UUID | None = None, due_h: float = 1, at: datetime = NOON
) -> UUID:
    promise = uuid4()
    had(database, who, f"C{index}")
    made = Made(
        customer_id=f"C{index}", customer="?", words="回复换卡结果", due_at=at + timedelta(hours=due_h),
        owner=who.staff_number, owner_name="", case=case,
    )  # fmt: skip
    assert verdicts(send(database, who, turn(who, promise, made, at=at))) == ["accepted"]
    return promise


def hand_over(who: Caller, leaves: str, to: str, words: str = "") -> HandedOver:
    return HandedOver(hand_over=HandOver(id=uuid4(), by=who.staff_number, leaves=leaves, to=to, at=NOON, words=words))


def cases_of(database: Database, who: str) -> dict[UUID, Case]:
    """What that desk is told of, from an empty store."""
    found = (fold(decoding.decode(body, CaseTold).events) for kind, body in _told(database, who) if kind == "case")
    return {one.id: one for one in found if one is not None}


def promises_of(database: Database, who: str) -> dict[UUID, Promise]:
    found = (
        fold_promise(decoding.decode(body, PromiseTold).events)
        for kind, body in _told(database, who)
        if kind == "promise"
    )
    return {one.id: one for one in found if one is not None}


def keys_of(database: Database, who: str) -> set[str]:
    """Keys of all that the desk holds."""
    return {change.key for change in _page(database, who) if not change.deleted}


def _page(database: Database, who: str) -> list[Any]:
    rights = RIGHTS[Role.VIP_SPECIALIST]
    return read_page(pull(database, staff_number=who, rights=rights, cursor="", limit=2000).body).changes


def _told(database: Database, who: str) -> list[tuple[str, bytes]]:
    found = []
    for change in _page(database, who):
        if change.key.startswith(("case/", "promise/")):
            piece = decoding.decode(change.body, ContentDocument)
            found.append((piece.kind, bytes(piece.body)))
    return found
