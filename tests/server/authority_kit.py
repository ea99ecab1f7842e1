"""Requests for more authority, as an agent's desk would make them."""

from typing import Any
from uuid import UUID, uuid4

from server_kit import NOON

from core.domain.authority import AuthorityCase, AuthorityRequest, RequestState, Withdrawal
from core.domain.offer_kind import OfferKind
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.authority import teams_of
from core.server.db import authority
from core.server.db.engine import Database
from core.wire.authority import AuthorityAnswer
from core.wire.push import AuthorityAsked, AuthorityWithdrawn

YES = AuthorityAnswer(state=RequestState.GRANTED, words="老客户了，同意")
NO = AuthorityAnswer(state=RequestState.REFUSED, words="上月刚给过，这次不行")


def asked(who: str, index: int = 1, **changes: Any) -> AuthorityAsked:
    values: dict[str, Any] = {
        "id": uuid4(),
        "agent": who,
        "case": f"T{index}",
        "task_id": f"T{index}",
        "customer_id": f"C{index}",
        "customer": "吴**",
        "kind": OfferKind.DISCOUNT,
        "offer": Text("月费立减", "Money off the fee"),
        "cost_fen": 12_000,
        "reason": "客户说隔壁便宜，想给半年优惠",
        "at": NOON,
    }
    return AuthorityAsked(authority=AuthorityRequest(**(values | changes)))


def withdrawn(request: UUID, who: str) -> AuthorityWithdrawn:
    return AuthorityWithdrawn(withdrawal=Withdrawal(id=uuid4(), request=request, agent=who, at=NOON))


def less(fen: int, words: str = "先给一半") -> AuthorityAnswer:
    return AuthorityAnswer(state=RequestState.GRANTED_LESS, granted_fen=fen, words=words)


def seen(database: Database, caller: Caller, after: int = 0) -> list[AuthorityCase]:
    """What the caller's desk is told."""
    with database.read() as unit:
        teams = teams_of(unit, caller)
        return authority.newer(unit, after, staff_number=caller.staff_number, teams=teams)[0]
