"""Offers in a call: what the customer said is kept with the outcome, holds in the next one, and brings what it says."""

from datetime import date

import msgspec
import pytest
from offering_kit import Opener, choice, opener, saved, say, verify
from store_kit import NOW, a_page, put

from core.content.grant_rules import grant_rules
from core.content.offers import offers_beyond
from core.content.shipped import shipped
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.draft import decode_draft, encode_draft
from core.desk.offer_errors import READ_BACK, not_offered
from core.desk.offers import OfferDesk
from core.desk.readiness import NOTHING_ORDERED, OWNER_ACCEPTS
from core.domain import decoding
from core.domain.errors import Refused
from core.domain.offer_content import OFFER, OFFERING
from core.domain.offered import Reply
from core.domain.outcome import Outcome, Verification
from core.domain.text import Lang, Text
from core.offers.eligibility import Refusal
from core.store.store import Store
from core.wire.pull import ContentDocument


@pytest.fixture
def opened(desk: Desk) -> Opener:
    return opener(desk)


def test_what_was_made_accepted_and_refused_is_in_the_outcome_and_survives_the_wire(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.offer("home-care-visit", Reply.MADE)
    session.offer("own-plan", Reply.REFUSED)
    outcome = saved(session, desk).outcome
    assert [(one.offer, one.reply) for one in outcome.offers] == [
        ("free-data", Reply.ACCEPTED),
        ("home-care-visit", Reply.MADE),
        ("own-plan", Reply.REFUSED),
    ]
    accepted, _, refused = outcome.offers
    assert (accepted.cost_fen, accepted.until) == (1_200, date(2027, 2, 18))
    assert refused.rests_until == date(2026, 12, 20)
    assert decoding.decode(msgspec.json.encode(outcome), Outcome) == outcome
    assert "“送 2 GB 三个月”接受；“免费上门检修”提过；“自选套餐”谢绝" in outcome.note


def test_an_outcome_of_an_older_desk_made_no_offers(opened: Opener, desk: Desk) -> None:
    body = msgspec.json.decode(msgspec.json.encode(saved(opened(), desk).outcome))
    del body["offers"]
    assert decoding.convert(body, Outcome).offers == ()


def test_a_refused_offer_rests_in_the_next_call_before_the_server_has_heard_of_it(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("own-plan", Reply.REFUSED)
    saved(session, desk)
    assert choice(opened(2), "own-plan").refusals[0].rule == "offer_rests"
    assert choice(opened(2), "own-plan").refusals[0].until == date(2026, 12, 20)


def test_only_the_owner_accepts_and_what_must_be_read_back_takes_a_second_word(opened: Opener) -> None:
    # OUTCOME-12
    session = opened(verified=False)
    with pytest.raises(Refused) as unknown:
        session.offer("free-data", Reply.ACCEPTED)
    assert unknown.value.code == "offer_not_the_owner"
    session.offer("free-data", Reply.MADE)
    verify(session)
    with pytest.raises(Refused) as unread:
        session.offer("speed-up-pay-later", Reply.ACCEPTED)
    assert unread.value.code == READ_BACK
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    assert session.offering.made[-1].read_back


@pytest.mark.parametrize("reply", [Reply.MADE, Reply.ACCEPTED])
def test_after_no_more_calls_nothing_that_costs_is_offered(opened: Opener, reply: Reply) -> None:
    # OUTCOME-11
    session = opened(verified=False)
    say(session, "你是骗子吧？", "别再打了")
    session.conversation.verify(Verification.OWNER)
    with pytest.raises(Refused) as closed:
        session.offer("speed-up-pay-later", reply, read_back=True)
    assert closed.value.code == "offer_selling_closed"
    session.offer("home-care-visit", reply)
    session.offer("own-plan", Reply.REFUSED)
    assert [one.offer for one in session.offering.made] == ["home-care-visit", "own-plan"]


def test_while_a_problem_told_in_the_call_is_open_nothing_that_costs_is_offered(opened: Opener) -> None:
    # SCRIPT-09
    session = opened(scenario="high-arpu-risk")
    say(session, "有不满意的", "网络不稳")
    with pytest.raises(Refused) as closed:
        session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    assert closed.value.code == "offer_selling_closed"


@pytest.mark.parametrize("who", [Verification.FAMILY, Verification.FAILED, Verification.NOT_ASKED])
def test_what_the_owner_accepted_is_not_saved_of_somebody_else(opened: Opener, who: Verification) -> None:
    # SCRIPT-22
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.choose("hesitant")
    assert OWNER_ACCEPTS not in session.lacking()
    session.conversation.verify(who)
    assert OWNER_ACCEPTS in session.lacking()
    session.offer("free-data", None)
    assert OWNER_ACCEPTS not in session.lacking()


def test_a_result_that_names_somebody_else_needs_the_acceptance_taken_back(opened: Opener) -> None:
    # SCRIPT-22
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.choose("family")
    assert OWNER_ACCEPTS in session.lacking()


def test_who_wants_no_more_calls_is_not_asked_to_confirm_an_offer(opened: Opener) -> None:
    # OUTCOME-11
    session = opened()
    session.offer("home-care-visit", Reply.ACCEPTED)
    session.choose("refused_contact")
    assert NOTHING_ORDERED not in session.lacking()
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    assert NOTHING_ORDERED in session.lacking()


def test_a_call_goes_on_after_a_restart_with_what_was_said(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("winter-speed", Reply.ACCEPTED)
    session.opened.draft = decode_draft(encode_draft(session.draft()))
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    assert again.offering.made == session.offering.made
    assert again.form.offer_follow_ups() == session.form.offer_follow_ups()


def test_an_offer_of_a_kind_that_only_a_later_program_knows_is_passed_over(
    store: Store, desk: Desk, opened: Opener
) -> None:
    session = opened()
    offers = OfferDesk(desk)
    before = offers.ground(session.opened.document).content.offers
    kept = next(one for one in offers_beyond() if one.id == "winter-speed")
    later = msgspec.json.encode(kept).replace(f'"kind":"{kept.kind.value}"'.encode(), b'"kind":"hologram"')
    piece = ContentDocument(kind=OFFER, name="hologram", version=1, body=msgspec.Raw(later))
    store.apply(a_page(put(piece), cursor="9"), now=NOW)
    assert "hologram" in store.content_names(OFFER)
    assert [one.id for one in offers.ground(session.opened.document).content.offers] == [one.id for one in before]


def test_before_offers_have_been_read_nothing_can_be_noted(desk: Desk, opened: Opener) -> None:
    opened()
    session = CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)
    assert session.offering.book is None
    with pytest.raises(Refused) as refused:
        session.offer("free-data", Reply.MADE)
    assert refused.value.code == "offers_not_here"


def test_where_a_site_publishes_content_without_offers_those_that_came_with_the_program_hold(
    store: Store, desk: Desk, opened: Opener
) -> None:
    # OFFER-05, VIP-07
    session = opened()
    store.clear_mirror()
    offers = OfferDesk(desk)
    content = offers.ground(session.opened.document).content
    assert [offer.id for offer in content.offers] == [offer.id for offer in offers_beyond()]
    assert offers.granting() == content.granting == grant_rules()


def test_a_site_that_publishes_rules_and_no_offer_has_none(store: Store, desk: Desk, opened: Opener) -> None:
    session = opened()
    store.clear_mirror()
    rules = next(one for one in shipped() if one.kind == OFFERING)
    body = ContentDocument(kind=rules.kind, name=rules.name, version=rules.version, body=msgspec.Raw(rules.body))
    store.apply(a_page(put(body), cursor="1"), now=NOW)
    assert OfferDesk(desk).ground(session.opened.document).content.offers == ()


def test_a_refusal_says_once_that_it_may_not_be_and_its_days_where_it_has_some() -> None:
    why = Text("手机还没用满一年半。", "The handset is not a year and a half old.")
    assert not_offered(Refusal(rule="handset", text=why)).message == why
    dated = not_offered(Refusal(rule="handset", text=why, until=date(2027, 1, 1)))
    assert dated.message.zh == "2027-01-01 前不可办：手机还没用满一年半。"
