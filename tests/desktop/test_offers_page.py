"""Offers in the call: one key, the reason of every no, the customer's word by keys, the gauge, and what is kept."""

import msgspec
import pytest
from desk_kit import DISCONNECT, UPGRADE, VIP, Working, document_of, put_customer
from requests_kit import answers, ask, line_of, told

from core.content.offers import offers_beyond
from core.domain.authority import RequestState
from core.domain.customer import Care, decode_document
from core.domain.offer_content import BUDGET, GRANTING, OFFER, OFFERING
from core.domain.offered import PastOffer, Reply
from core.domain.ordered import orders_of
from core.domain.text import Lang, Text
from core.wire.pull import Change, Kind
from desktop.call.view360 import OFFERS, PLANS, View360Panel
from desktop.call.view360_pages.offers import OffersPage
from desktop.keys.call import Offered


def view_of(desk: Working) -> View360Panel:
    return desk.call_page.view360


def offers_of(desk: Working, task_id: str) -> OffersPage:
    """Opens the customer and asks for the offers by key."""
    desk.open(task_id)
    desk.press("Alt+V")
    page = view_of(desk).current()
    assert isinstance(page, OffersPage)
    desk.until(lambda: page.offers.lines.rowCount() > 0)
    return page


def choose(page: OffersPage, offer_id: str) -> str:
    """What the list says of that offer, once it is chosen."""
    ids = [page.offers.lines.row(at).id for at in range(page.offers.lines.rowCount())]
    page.offers.choose(ids.index(offer_id))
    return page.offers.words()[ids.index(offer_id)]


def replies(desk: Working) -> dict[str, Reply]:
    return {one.offer: one.reply for one in desk.session.offering.made}


def test_one_key_lists_every_offer_those_that_may_be_made_first(desk: Working) -> None:
    # OFFER-05, OFFER-13, VIP-09
    page = offers_of(desk, DISCONNECT)
    assert page.offers.hasFocus()
    lines = page.offers.words()
    assert len(lines) == len(offers_beyond())
    refused = [at for at, line in enumerate(lines) if "不可办" in line]
    assert refused == list(range(len(lines) - len(refused), len(lines)))
    assert "2026-06-30 起不可办：这项优惠已停办" in choose(page, "double-points")
    assert page.details.rows()[0].value.startswith("双倍积分办到六月底为止")
    assert not page.chips[Offered.ACCEPT].isEnabled()


def test_a_step_says_which_offer_may_come_up_and_one_key_opens_its_card(desk: Working) -> None:
    # OFFER-09, VIP-09
    desk.open(DISCONNECT)
    script = desk.call_page.script
    desk.session.opened.facts = {**desk.session.opened.facts, "complaint_open": False}
    desk.session.order_changed()
    desk.press("Alt+Z")
    talk = desk.session.conversation
    while talk.view().step_id != "three-plus-one":
        wanted = {"opening": "方便，你说", "verify": "核对一致，是机主", "cause": "想换别家，或不满意"}
        step = talk.view().step_id
        label = wanted.get(step, "价格贵，别家便宜")
        assert script.offers_words == ""
        desk.press(str(next(a.digit for a in talk.view().answers if a.label.zh == label)))
    desk.until(lambda: bool(script.offers_words))
    here = [choice.offer for choice in desk.session.offers_here()]
    assert script.offers_words == f"可以提：{'、'.join(one.name.zh for one in here)} · Alt+V"
    desk.press("Alt+V")
    page = view_of(desk).current()
    assert isinstance(page, OffersPage)
    desk.until(lambda: page.chosen == here[0].id)
    desk.press("Delete")
    assert here[0].name.zh not in script.offers_words
    desk.tongue.set_lang(Lang.EN)
    desk.settle()
    assert all(one.name.en in script.offers_words for one in here[1:])


def test_keys_note_what_the_customer_said_and_take_it_back(desk: Working) -> None:
    page = offers_of(desk, DISCONNECT)
    desk.press("Alt+Z")
    choose(page, "winter-speed")
    assert not page.chips[Offered.TAKE_BACK].isEnabled()
    desk.press("Return")
    assert "客户接受" in choose(page, "winter-speed")
    assert page.chips[Offered.TAKE_BACK].isEnabled()
    choose(page, "own-plan")
    desk.press("Delete")
    choose(page, "free-minutes")
    desk.press("Space")
    assert list(replies(desk).values()) == [Reply.ACCEPTED, Reply.REFUSED, Reply.MADE]
    choose(page, "winter-speed")
    desk.press("Backspace")
    assert "winter-speed" not in replies(desk)
    assert page.chosen == "winter-speed"


def test_why_an_offer_could_not_be_made_is_no_longer_said_once_another_is(desk: Working) -> None:
    page = offers_of(desk, DISCONNECT)
    desk.press("Alt+Z")
    choose(page, "double-points")
    desk.press("Return")
    assert "这项不能给" in desk.told
    choose(page, "winter-speed")
    desk.press("Return")
    assert desk.told == ""


def test_the_gauge_follows_what_is_granted_in_this_call(desk: Working) -> None:
    # VIP-07
    page = offers_of(desk, DISCONNECT)
    assert "已用 ¥0" in page.budget_card.note
    desk.press("Alt+Z")
    choose(page, "home-care-visit")
    desk.press("Return")
    assert "已用 ¥40" in page.budget_card.note
    assert page.gauge.share == pytest.approx(0.4)
    choose(page, "winter-speed")
    desk.press("Return")
    choose(page, "free-minutes")
    desk.press("Return")
    assert "已用 ¥61" in page.budget_card.note
    assert "额度用了大半" in page.budget.text()


def test_only_the_owner_accepts(desk: Working) -> None:
    page = offers_of(desk, DISCONNECT)
    choose(page, "winter-speed")
    desk.press("Return")
    assert replies(desk) == {}
    assert "先核实机主" in desk.told


def test_what_is_read_back_takes_the_key_twice(desk: Working) -> None:
    # OUTCOME-12, OFFER-04
    page = offers_of(desk, DISCONNECT)
    desk.press("Alt+Z")
    choose(page, "speed-up-pay-later")
    desk.press("Return")
    assert replies(desk) == {}
    assert not page.read_back.isHidden()
    desk.tongue.set_lang(Lang.EN)
    assert page.read_back.text() == "Read it back; press once more when agreed"
    desk.press("Return")
    assert replies(desk) == {"speed-up-pay-later": Reply.ACCEPTED}
    assert page.read_back.isHidden()


def test_a_plan_of_ones_own_is_put_together_on_its_card_and_its_price_stands_there(desk: Working) -> None:
    # OFFER-12, OUTCOME-12
    page = offers_of(desk, UPGRADE)
    desk.press("Alt+Z")
    assert page.steps.isHidden()
    choose(page, "own-plan")
    assert [box.currentText() for box in page.steps.boxes] == ["流量：选一档", "通话：选一档", "短信：选一档"]
    desk.press("Return")
    assert replies(desk) == {}
    assert "还没选：流量、通话、短信" in desk.told
    for box, at in zip(page.steps.boxes, (3, 2, 1), strict=True):
        box.setCurrentIndex(at)
    assert [box.currentText() for box in page.steps.boxes] == [
        "流量：10 GB，32 元",
        "通话：100 分钟，12 元",
        "短信：不要短信，0 元",
    ]
    assert any("每月 ¥44" in row.value for row in page.details.rows())
    desk.press("Return", "Return")
    assert replies(desk) == {"own-plan": Reply.ACCEPTED}
    page.steps.boxes[0].setCurrentIndex(1)
    assert replies(desk) == {}, "what was agreed to is not what stands there now"


def test_another_offer_chosen_in_between_is_read_back_anew(desk: Working) -> None:
    # OUTCOME-12
    page = offers_of(desk, DISCONNECT)
    desk.press("Alt+Z")
    choose(page, "speed-up-pay-later")
    desk.press("Return")
    choose(page, "winter-speed")
    choose(page, "speed-up-pay-later")
    desk.press("Return")
    assert replies(desk) == {}


def test_a_card_that_was_given_keeps_its_number_and_shows_it(desk: Working) -> None:
    # BB-10
    page = offers_of(desk, DISCONNECT)
    desk.press("Alt+Z")
    choose(page, "reinstall-card")
    desk.press("Return")
    (made,) = desk.session.offering.made
    desk.press("Return")
    assert desk.session.offering.made == (made,)
    assert made.card in choose(page, "reinstall-card")


def test_plain_letters_and_digits_stay_keys_of_the_call(desk: Working) -> None:
    page = offers_of(desk, UPGRADE)
    before = desk.session.conversation.view()
    assert page.offers.hasFocus()
    desk.press("1")
    assert desk.session.conversation.view() != before


def test_what_was_granted_before_comes_with_the_customer_and_newer_data_are_read(desk: Working) -> None:
    # OFFER-05
    page = offers_of(desk, DISCONNECT)
    document = decode_document(msgspec.json.encode(document_of(DISCONNECT)))
    care = document.care = document.care or Care(whole=True)
    until = desk.clock.wall.date().replace(year=2027)
    care.offers = [
        PastOffer(
            at=desk.clock.wall,
            offer="winter-speed",
            name=Text("冬季限时提速", "Winter speed"),
            kind="broadband",
            reply=Reply.ACCEPTED,
            benefit="broadband_speed",
            cost_fen=9_000,
            until=until,
            outcome_id="elsewhere",
        )
    ]
    desk.tells(put_customer(document))
    desk.until(lambda: "¥90" in page.budget_card.note)
    assert f"{until} 前不可办" in choose(page, "speed-up-pay-later")
    assert "要请示班长" in choose(page, "home-care-visit")


def test_a_site_whose_own_content_has_no_offers_goes_by_those_of_the_program_and_can_ask(desk: Working) -> None:
    # OFFER-05, VIP-07
    rules = [Change(kind=Kind.CONTENT, key=f"{kind}/{kind}", deleted=True) for kind in (OFFERING, GRANTING, BUDGET)]
    offers = [Change(kind=Kind.CONTENT, key=f"{OFFER}/{one.id}", deleted=True) for one in offers_beyond()]
    desk.tells(*rules, *offers)
    page = offers_of(desk, UPGRADE)
    assert page.offers.lines.rowCount() == len(offers_beyond())
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)


def test_plans_and_offers_lie_side_by_side(desk: Working) -> None:
    offers_of(desk, UPGRADE)
    assert view_of(desk).page == OFFERS == PLANS + 1


def test_what_was_granted_of_a_kind_stands_first_among_the_offers_and_is_accepted_there(desk: Working) -> None:
    # VIP-07, INTEG-07
    page = offers_of(desk, VIP)
    one = ask(desk, "680", "三年老客户")
    answers(desk, told(one.case.request, RequestState.GRANTED_LESS, granted_fen=30_000, words="先给 300"))
    assert "按 Alt+V 记下" in line_of(desk).status.text()
    page.offers.setFocus()
    desk.press("Alt+Z")
    line = page.offers.lines.row(0)
    assert line.name == "特批存费优惠 300 元"
    assert "班长已批 ¥300" in line.spoken
    choose(page, line.id)
    assert page.details_card.note == "成本 ¥300", "it rests for no time once declined: it is of this case alone"
    desk.press("Return")
    assert page.reads_back
    desk.press("Return")
    assert replies(desk) == {line.id: Reply.ACCEPTED}
    assert "按 Alt+V 记下" not in line_of(desk).status.text()
    desk.press("Alt+1")
    outcome = desk.session.saved().outcome
    assert orders_of(outcome)[line.id].product == "特批存费优惠 300 元"
    assert [used.fen for used in outcome.grants] == [30_000]
    desk.tongue.set_lang(Lang.EN)
    desk.until(lambda: page.offers.lines.row(0).name == "Prepay offer ¥300, granted")
