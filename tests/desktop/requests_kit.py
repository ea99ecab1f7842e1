"""Both sides of asking the team lead, in windows: what the server would tell of requests."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from desk_kit import NOW, Working

from core.domain.authority import OPEN_FOR, AuthorityCase, AuthorityRequest, RequestState
from core.domain.offer_kind import OfferKind
from core.domain.task import Tier
from core.domain.text import Text
from core.store.types import OwnRequest
from core.sync.status import RequestNews
from desktop.authority.ask_line import AskLine


def line_of(desk: Working) -> AskLine:
    return desk.call_page.findChildren(AskLine)[0]


def ask(desk: Working, amount: str, reason: str) -> OwnRequest:
    """Ask by keys alone; gives what was kept."""
    before = {one.case.request.id for one in desk.session.opened.requests}
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.type(amount)
    desk.press("Tab")
    line_of(desk).reason.setText(reason)
    desk.press("Return")
    desk.until(lambda: len(desk.session.opened.requests) == len(before) + 1)
    # The clock stands still here: of two asked at one moment either may come first.
    return next(one for one in desk.session.opened.requests if one.case.request.id not in before)


def told(one: AuthorityRequest, state: RequestState, **changes: Any) -> AuthorityCase:
    values: dict[str, Any] = {"agent_name": "苏梅", "received_at": NOW, "expires_at": NOW + OPEN_FOR, "state": state}
    if state is not RequestState.WAITING:
        values |= {"answered_by": "3003", "answered_by_name": "沈怀瑾", "answered_at": NOW}
    return AuthorityCase(request=one, **(values | changes))


def answers(desk: Working, case: AuthorityCase) -> None:
    """The line to the server brings an answer, kept before it is told."""
    fresh = desk.store.take_requests([case])
    desk.news.told.emit(RequestNews(own=tuple(fresh), theirs=(), at=NOW))
    desk.settle()


def comes(desk: Working, *cases: AuthorityCase, begun: bool = False) -> None:
    """Requests of the team reach a lead's window."""
    desk.news.told.emit(RequestNews(own=(), theirs=cases, at=NOW, begun=begun))
    desk.settle()


def a_request(waited_s: int = 0, **changes: Any) -> AuthorityRequest:
    values: dict[str, Any] = {
        "id": uuid4(),
        "agent": "1027",
        "case": "T1",
        "task_id": "T1",
        "customer_id": "C1",
        "customer": "李**",
        "tier": Tier.DIAMOND,
        "monthly_spend_fen": 58_900,
        "kind": OfferKind.DISCOUNT,
        "offer": Text("月费优惠", "Discount"),
        "cost_fen": 68_000,
        "before_fen": 5_000,
        "budget_left_fen": 40_000,
        "reason": "三年老客户，说要转网",
        "at": NOW - timedelta(seconds=waited_s),
    }
    return AuthorityRequest(**(values | changes))
