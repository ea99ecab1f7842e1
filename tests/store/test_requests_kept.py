"""VIP-07: what was asked of the team lead is kept here from the key press on, and so is the answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from store_kit import AGENT, NOW, a_page, a_task, answered, put, saved

from core.domain import decoding
from core.domain.authority import OPEN_FOR, AuthorityCase, AuthorityRequest, RequestState, UsedGrant, Withdrawal
from core.domain.offer_kind import OfferKind
from core.domain.text import Text
from core.store.store import Store
from core.store.types import UploadState
from core.wire.push import AuthorityAsked, AuthorityWithdrawn, Verdict


def a_request(case: str = "T0001", **changes: Any) -> AuthorityRequest:
    values: dict[str, Any] = {
        "id": uuid4(),
        "agent": AGENT,
        "case": case,
        "task_id": case,
        "customer_id": "C0001",
        "customer": "吴**",
        "kind": OfferKind.DISCOUNT,
        "offer": Text("月费立减", "Money off the fee"),
        "cost_fen": 12_000,
        "reason": "客户说隔壁便宜",
        "at": NOW,
    }
    return AuthorityRequest(**(values | changes))


def told(request: AuthorityRequest, state: RequestState, **changes: Any) -> AuthorityCase:
    values: dict[str, Any] = {"agent_name": "周敏", "received_at": NOW, "expires_at": NOW + OPEN_FOR, "state": state}
    if state.is_grant:
        values |= {"granted_fen": request.cost_fen, "answered_by": "8", "answered_by_name": "何静"}
    return AuthorityCase(request=request, **(values | changes))


def ask(store: Store, **changes: Any) -> AuthorityRequest:
    request = a_request(**changes)
    store.log(AuthorityAsked(authority=request))
    return request


def withdraw(store: Store, request: UUID) -> None:
    store.log(AuthorityWithdrawn(withdrawal=Withdrawal(id=uuid4(), request=request, agent=AGENT, at=NOW)))


def states(store: Store, case: str = "T0001") -> list[tuple[RequestState, UploadState]]:
    return [(one.case.state, one.upload) for one in store.requests(case)]


def test_a_request_waits_in_the_outbox_and_outlives_a_restart(store: Store, reopened: Callable[[], Store]) -> None:
    request = ask(store)
    again = reopened()
    assert states(again) == [(RequestState.WAITING, UploadState.WAITING)]
    assert [item.id for item in again.pending_requests()] == [request.id]
    assert again.awaits_answer()
    again.settle(answered(request.id))
    assert states(again) == [(RequestState.WAITING, UploadState.UPLOADED)]
    assert again.pending_requests() == []


def test_an_answer_is_news_once_and_ends_the_waiting(store: Store) -> None:
    request = ask(store)
    case = told(request, RequestState.GRANTED, words="同意")
    assert store.take_requests([case]) == [case]
    assert store.take_requests([case]) == []
    assert not store.awaits_answer()
    assert store.requests("T0001")[0].case.words == "同意"


def test_an_answer_given_to_another_machine_is_found_here(store: Store) -> None:
    case = told(a_request(), RequestState.REFUSED, words="不行")
    store.take_requests([case])
    assert states(store) == [(RequestState.REFUSED, UploadState.UPLOADED)]
    assert store.requests("T0002") == []


def test_what_was_withdrawn_here_is_not_called_back_by_older_news(store: Store) -> None:
    request = ask(store)
    withdraw(store, request.id)
    assert store.take_requests([told(request, RequestState.WAITING)]) == []
    assert states(store)[0][0] is RequestState.WITHDRAWN
    assert not store.awaits_answer()
    assert [item.kind for item in store.pending_requests()] == ["authority", "withdrawal"]


def test_an_answer_that_was_quicker_than_the_withdrawal_stands(store: Store) -> None:
    request = ask(store)
    withdraw(store, request.id)
    store.take_requests([told(request, RequestState.GRANTED)])
    assert states(store)[0][0] is RequestState.GRANTED
    withdraw(store, request.id)
    assert states(store)[0][0] is RequestState.GRANTED


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.CONFLICT])
def test_a_request_that_the_server_would_not_take_says_why_and_waits_no_more(store: Store, verdict: Verdict) -> None:
    request = ask(store)
    store.settle(answered(request.id, verdict=verdict, message="没有这个客户"))
    (one,) = store.requests("T0001")
    assert one.message == Text("没有这个客户", "没有这个客户")
    assert not store.awaits_answer()


def test_a_grant_that_went_into_an_outcome_stays_used(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    request = ask(store)
    case = told(request, RequestState.GRANTED)
    store.take_requests([case])
    grants = (UsedGrant(request=request.id, fen=12_000, by="8", by_name="何静"),)
    record = saved(a_task(1), grants=grants)
    store.save(record)
    assert store.requests("T0001")[0].case.used_by == record.id
    assert store.take_requests([case]) == []
    assert store.requests("T0001")[0].case.used_by == record.id


def test_a_grant_that_a_correction_does_without_is_free_again(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    request = ask(store)
    store.take_requests([told(request, RequestState.GRANTED)])
    record = saved(a_task(1), grants=(UsedGrant(request=request.id, fen=12_000, by="8", by_name="何静"),))
    store.save(record)
    store.save(saved(a_task(1), corrects=record.id))
    assert store.requests("T0001")[0].case.used_by is None


def test_requests_of_a_case_stand_in_the_order_asked(store: Store) -> None:
    second, first = ask(store, at=NOW + timedelta(minutes=1)), ask(store)
    assert [one.case.request.id for one in store.requests("T0001")] == [first.id, second.id]


def test_another_agent_who_takes_over_the_machine_finds_none(store: Store) -> None:
    request = ask(store)
    store.settle(answered(request.id))
    store.hand_over()
    assert store.requests("T0001") == []


def test_the_record_of_a_request_is_what_goes_over_the_wire(store: Store) -> None:
    request = ask(store)
    (item,) = store.pending_requests()
    assert decoding.decode(item.body, AuthorityAsked).authority == request
