"""VIP-07: what may be asked of the team lead, and what becomes of the answer in the outcome and its note."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from core.content.grant_rules import grant_rules
from core.desk.asking import Case, askable_kinds, case_so_far, open_grants, used_grants
from core.domain.authority import (
    OPEN_FOR,
    AuthorityCase,
    AuthorityRequest,
    RequestState,
    granted_offer_id,
    offer_granted,
)
from core.domain.offer_kind import OfferKind
from core.domain.offered import OfferMade, Reply
from core.domain.text import Lang, Text
from core.guidance.authority_notes import authority_words
from core.store.types import OwnRequest, UploadState

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def own(state: RequestState, *, offer_id: str = "", granted_fen: int = 0, **changes: Any) -> OwnRequest:
    request = AuthorityRequest(
        id=uuid4(),
        agent="1027",
        case="T1",
        task_id="T1",
        customer_id="C1",
        customer="李**",
        kind=OfferKind.DISCOUNT,
        offer=Text("月费优惠", "Discount"),
        offer_id=offer_id,
        cost_fen=40_000,
        reason="三年老客户",
        at=NOW,
    )
    case = AuthorityCase(
        request=request,
        agent_name="苏梅",
        state=state,
        received_at=NOW,
        expires_at=NOW + OPEN_FOR,
        granted_fen=granted_fen,
        answered_by="3003",
        answered_by_name="沈怀瑾",
        **changes,
    )
    return OwnRequest(case=case, upload=UploadState.UPLOADED)


GRANTED = own(RequestState.GRANTED, granted_fen=40_000)


def test_only_what_somebody_who_answers_may_grant_can_be_asked_for() -> None:
    lead = next(row for row in grant_rules().rows if row.answers)
    assert [one.kind for one in askable_kinds(grant_rules())] == list(lead.kinds)


def test_a_grant_of_a_kind_goes_with_what_was_accepted_of_it_and_stays_with_the_case_otherwise() -> None:
    accepted = frozenset({granted_offer_id(GRANTED.case.request.id)})
    (used,) = used_grants([GRANTED], accepted=accepted)
    assert (used.request, used.fen, used.by, used.by_name) == (GRANTED.case.request.id, 40_000, "3003", "沈怀瑾")
    # Also with a success: nothing would carry it out.
    assert used_grants([GRANTED], accepted=frozenset()) == ()


def test_a_grant_for_an_offer_goes_with_its_acceptance_alone() -> None:
    of_offer = own(RequestState.GRANTED, offer_id="stay-discount", granted_fen=40_000)
    assert used_grants([of_offer], accepted=frozenset({"free-data"})) == ()
    assert len(used_grants([of_offer], accepted=frozenset({"stay-discount"}))) == 1


def test_what_went_into_an_earlier_outcome_is_not_used_again() -> None:
    before = own(RequestState.GRANTED, granted_fen=40_000, used_by=uuid4())
    assert open_grants([before, GRANTED, own(RequestState.REFUSED), own(RequestState.WAITING)]) == (GRANTED,)
    assert used_grants([before], accepted=frozenset()) == ()


@pytest.mark.parametrize(
    ("request_", "zh", "en"),
    [
        (own(RequestState.WAITING), "月费优惠已向班长申请 400 元，待答复",
         "asked the lead for ¥400 (Discount), no answer yet"),
        (GRANTED, "月费优惠由沈怀瑾批准 400 元", "沈怀瑾 granted ¥400 (Discount)"),
        (own(RequestState.GRANTED_LESS, granted_fen=15_000), "月费优惠申请 400 元，沈怀瑾批准 150 元",
         "沈怀瑾 granted ¥150 of ¥400 (Discount)"),
        (own(RequestState.REFUSED), "月费优惠申请 400 元，沈怀瑾未同意", "沈怀瑾 refused ¥400 (Discount)"),
    ],
)  # fmt: skip
def test_the_automatic_note_tells_who_granted_what(request_: OwnRequest, zh: str, en: str) -> None:
    accepted = {offer_granted(request_.case.request)}
    assert authority_words([request_.case], Lang.ZH, accepted=accepted) == [zh]
    assert authority_words([request_.case], Lang.EN, accepted=accepted) == [en]


def test_the_note_says_of_a_grant_that_nobody_took_up_that_it_was_not() -> None:
    assert authority_words([GRANTED.case], Lang.ZH, accepted=()) == ["月费优惠由沈怀瑾批准 400 元，还没办"]
    assert authority_words([GRANTED.case], Lang.EN, accepted=()) == ["沈怀瑾 granted ¥400 (Discount), not taken up yet"]
    assert authority_words([own(RequestState.REFUSED).case], Lang.ZH, accepted=()) == [
        "月费优惠申请 400 元，沈怀瑾未同意"
    ]


def test_what_was_withdrawn_or_belongs_to_an_earlier_outcome_is_not_in_the_note() -> None:
    cases = [own(RequestState.WITHDRAWN).case, own(RequestState.EXPIRED).case]
    cases.append(own(RequestState.GRANTED, granted_fen=1, used_by=uuid4()).case)
    assert authority_words(cases, Lang.ZH, accepted=()) == []


def test_what_was_given_alone_and_what_was_granted_count_together_and_each_once() -> None:
    # VIP-07
    grant = own(RequestState.GRANTED, granted_fen=60_000)
    alone = OfferMade(
        offer="free-minutes", version=1, kind=OfferKind.FREE_USE, name=Text("通话", "Calls"), reply=Reply.ACCEPTED,
        cost_fen=30_000,
    )  # fmt: skip
    assert case_so_far([alone], [grant], None) == Case(before_fen=90_000, own_fen=30_000)
    taken = replace(alone, offer=offer_granted(grant.case.request), cost_fen=60_000)
    assert case_so_far([alone, taken], [grant], None) == Case(before_fen=90_000, own_fen=30_000)
