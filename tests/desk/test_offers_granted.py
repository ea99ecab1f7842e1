"""What a team lead granted is offered, read back, ordered or carried out by somebody, and counts once."""

from uuid import uuid4

import pytest
from msgspec import structs
from offering_kit import Opener, choice, ended, opener, saved
from store_kit import NOW, a_page, put

from core.content.grant_rules import grant_rules
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.draft import decode_draft, encode_draft
from core.desk.offer_errors import READ_BACK
from core.desk.offers import OfferDesk
from core.domain.authority import OPEN_FOR, AuthorityCase, AuthorityRequest, RequestState, granted_offer_id
from core.domain.errors import Refused
from core.domain.follow_up import FollowUpKind
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.offered import Reply, past_offer
from core.domain.ordered import orders_of
from core.domain.text import Lang, Text
from core.offers.book import Standing
from core.offers.granted import granted_offer
from core.store.types import OwnRequest, UploadState


@pytest.fixture
def opened(desk: Desk) -> Opener:
    return opener(desk)


def test_what_another_desk_granted_comes_with_the_customer_and_holds_here(opened: Opener, desk: Desk) -> None:
    # OFFER-05
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    made = session.offering.made[0]
    document = session.opened.document
    assert document.care is not None
    document.care.offers = [past_offer(made, at=NOW, outcome_id="elsewhere")]
    desk.store.apply(a_page(put(document), cursor="9"), now=NOW)
    other = opened()
    assert choice(other, "travelling-data").refusals[0].until == made.until
    assert other.offering.book is not None
    assert other.offering.book.budget.spent_fen == 1_200


def test_once_the_server_tells_of_it_a_grant_is_not_counted_twice(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    outcome = saved(session, desk).outcome
    document = session.opened.document
    assert document.care is not None
    document.care.offers = [past_offer(outcome.offers[0], at=outcome.recorded_at, outcome_id=str(outcome.id))]
    desk.store.apply(a_page(put(document), cursor="9"), now=NOW)
    book = opened(2).offering.book
    assert book is not None
    assert book.budget.spent_fen == 1_200


def test_what_is_beyond_the_agent_waits_for_a_grant_and_names_who_gave_it(opened: Opener) -> None:
    # VIP-07
    session = opened()
    assert choice(session, "handset-swap").standing is Standing.ASK
    with pytest.raises(Refused) as refused:
        session.offer("handset-swap", Reply.ACCEPTED)
    assert refused.value.code == "offer_needs_grant"
    session.offering.grant("handset-swap", 20_000, by="3001")
    session.offer("handset-swap", Reply.ACCEPTED)
    assert session.offering.made[0].granted_by == "3001"


def a_grant(
    session: CallSession, fen: int, *, offer_id: str = "stay-discount", kind: OfferKind = OfferKind.DISCOUNT
) -> OwnRequest:
    request = AuthorityRequest(
        id=uuid4(),
        agent="1001",
        case=session.opened.key,
        task_id=session.opened.key,
        customer_id=session.opened.customer_id,
        customer="吴**",
        kind=kind,
        offer=Text("立减", "Off"),
        offer_id=offer_id,
        cost_fen=fen,
        reason="老客户",
        at=NOW,
    )
    case = AuthorityCase(
        request=request,
        agent_name="苏梅",
        state=RequestState.GRANTED,
        received_at=NOW,
        expires_at=NOW + OPEN_FOR,
        granted_fen=fen,
        answered_by="8",
        answered_by_name="沈怀瑾",
    )
    return OwnRequest(case=case, upload=UploadState.UPLOADED)


def test_of_two_grants_of_one_offer_the_larger_counts_as_at_the_server(desk: Desk, opened: Opener) -> None:
    # VIP-07
    session = opened()
    session.requests_changed((a_grant(session, 5_000), a_grant(session, 3_000)))
    assert session.form.offer_grants == {"stay-discount": 5_000}


def test_newer_data_of_the_customer_hide_no_grant_from_the_offers(desk: Desk, opened: Opener) -> None:
    # VIP-07
    session = opened()
    newer = opening.open_task(desk, "T0001")
    newer.requests = (a_grant(session, 3_000),)
    session.refresh(newer)
    assert session.opened.requests == ()
    session.requests_changed(newer.requests)
    assert session.form.offer_grants == {"stay-discount": 3_000}


def test_what_a_lead_granted_leaves_a_call_that_was_not_begun_untouched(desk: Desk, opened: Opener) -> None:
    # VIP-07
    opened()
    session = CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)
    granted = (a_grant(session, 3_000),)
    session.requests_changed(granted)
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    for one in (session, again):
        assert one.form.offer_grants == {"stay-discount": 3_000}
        assert one.untouched
    again.edit_note("客户要想想")
    assert not again.untouched


def test_what_a_lead_granted_of_a_kind_is_offered_read_back_and_leaves_as_an_order(opened: Opener) -> None:
    # VIP-07, INTEG-07, OUTCOME-12
    session = opened()
    grant = a_grant(session, 45_000, offer_id="")
    session.requests_changed((grant,))
    offer_id = granted_offer_id(grant.case.request.id)
    book = session.offering.book
    assert book is not None
    first = book.choices[0]
    assert (first.offer.id, first.standing, first.cost_fen) == (offer_id, Standing.OPEN, 45_000)
    assert first.offer.name.zh == "特批月费优惠 450 元"
    with pytest.raises(Refused) as unread:
        session.offer(offer_id, Reply.ACCEPTED)
    assert unread.value.code == READ_BACK
    session.offer(offer_id, Reply.ACCEPTED, read_back=True)
    outcome = ended(session).outcome
    assert [(one.offer, one.granted_by, one.cost_fen) for one in outcome.offers] == [(offer_id, "沈怀瑾", 45_000)]
    assert orders_of(outcome)[offer_id].product == "特批月费优惠 450 元"
    assert [one.request for one in outcome.grants] == [grant.case.request.id]
    (text,) = [one for one in ended(session).follow_ups if one.offer == offer_id]
    assert "一共减 450 元" in text.text
    assert text.text.endswith("确认请回复 Y，不办理请回复 N，不回复不生效。")


def test_what_no_order_can_carry_becomes_work_for_somebody(opened: Opener) -> None:
    # VIP-07, FOLLOW-05
    session = opened()
    grant = a_grant(session, 20_000, offer_id="", kind=OfferKind.GIFT)
    session.requests_changed((grant,))
    session.offer(granted_offer_id(grant.case.request.id), Reply.ACCEPTED)
    records = ended(session)
    assert orders_of(records.outcome) == {}
    work = next(one for one in records.follow_ups if one.kind is FollowUpKind.WORK_ORDER)
    assert work.department == "back_office"
    assert work.text.startswith("特批礼遇 200 元：")


def test_a_success_uses_no_grant_that_the_customer_did_not_take_up(opened: Opener) -> None:
    # VIP-07
    session = opened()
    session.requests_changed((a_grant(session, 45_000, offer_id=""),))
    session.choose("retained")
    outcome = session.saved().outcome
    assert outcome.success
    assert outcome.grants == ()
    assert "批准 450 元，还没办" in outcome.note


def test_what_was_granted_is_among_the_offers_again_after_a_restart(opened: Opener, desk: Desk) -> None:
    # VIP-07
    session = opened()
    grant = a_grant(session, 45_000, offer_id="")
    session.requests_changed((grant,))
    offer_id = granted_offer_id(grant.case.request.id)
    session.offer(offer_id, Reply.ACCEPTED, read_back=True)
    session.opened.draft = decode_draft(encode_draft(session.draft()))
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    again.offering.read(OfferDesk(desk).ground(again.opened.document))
    said = choice(again, offer_id).said
    assert said is not None
    assert said.reply is Reply.ACCEPTED


@pytest.mark.parametrize("kind", list(OfferKind))
def test_a_grant_of_any_kind_is_carried_out_by_somebody(kind: OfferKind) -> None:
    # VIP-07
    for rules in (grant_rules(), structs.replace(grant_rules(), carried=())):
        request = AuthorityRequest(
            id=uuid4(), agent="1001", case="T1", task_id="T1", customer_id="C1", customer="吴**", kind=kind,
            offer=OFFER_KIND_NAMES[kind], cost_fen=9_000, reason="老客户", at=NOW,
        )  # fmt: skip
        case = AuthorityCase(
            request=request, agent_name="苏梅", state=RequestState.GRANTED_LESS, received_at=NOW,
            expires_at=NOW + OPEN_FOR, granted_fen=8_000,
        )  # fmt: skip
        offer = granted_offer(case, rules, scenario="vip-care")
        assert offer.confirm or any(then.kind is not FollowUpKind.SMS for then in offer.then)
        assert "80" in offer.gives.zh
        assert "80" in offer.gives.en
