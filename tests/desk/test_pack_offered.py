"""OFFER-11: the pack that would lower a customer's bills is offered, read back, ordered and told by the month."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs
from store_kit import NOW, a_document, a_page, a_task, put

from core.content.plans import catalogue
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.offers import OfferDesk
from core.desk.plans import PlanChoice, PlanComparison
from core.domain.clock import local_day
from core.domain.customer import Identity, Value
from core.domain.errors import Refused
from core.domain.offered import Reply
from core.domain.ordered import orders_of
from core.domain.outcome import Verification
from core.domain.text import Lang, Text
from core.offers.advice import Advice, PackAdded, Row
from core.offers.book import Standing
from core.offers.eligibility import Way

PLAN = next(plan for plan in catalogue().plans if plan.packs)
PACK = PLAN.packs[0]
ADDED = PackAdded(pack=PACK, mean_fen=1_250, months=6, months_better=5)
OFFER = f"pack:{PACK.code}"


def compared(added: PackAdded | None) -> PlanComparison:
    row = Row(
        plan=PLAN, way=next(iter(Way)), total_fen=60_000, mean_fen=10_000, median_fen=10_000, worst_fen=12_000,
        pack=added,
    )  # fmt: skip
    choices = (PlanChoice(row=row, current=True, best=True),)
    return PlanComparison(advice=Advice.KEEP, said=Text("现在的最合算", "The present plan is best"), choices=choices)


@pytest.fixture
def session(desk: Desk) -> CallSession:
    document = a_document(1)
    document.identity = Identity(name="张岚", value=Value.MID, on_net_since=date(2020, 1, 1))
    task = a_task(1, customer_id="C0001", scenario="broadband-disconnect")
    desk.store.apply(a_page(put(document), put(task), cursor="2"), now=NOW)
    found = CallSession(opening.open_task(desk, task.id), lang=Lang.ZH, moment=desk.moment)
    found.offering.read(OfferDesk(desk).ground(found.opened.document))
    found.conversation.verify(Verification.OWNER)
    return found


def test_the_pack_stands_among_the_offers_with_what_it_saves(session: CallSession) -> None:
    # OFFER-11, SCRIPT-13
    session.plans_compared(compared(ADDED))
    book = session.offering.book
    assert book is not None
    choice = book.choice(OFFER)
    assert choice is not None
    assert (choice.standing, choice.worth_fen, choice.cost_fen) == (Standing.OPEN, 1_250, 0)
    assert "平均每月反而少付 12.50 元" in choice.offer.gives.zh


def test_it_is_read_back_and_leaves_as_an_order_by_the_month(session: CallSession) -> None:
    # OFFER-11, OUTCOME-12, INTEG-07
    session.plans_compared(compared(ADDED))
    with pytest.raises(Refused):
        session.offer(OFFER, Reply.ACCEPTED)
    session.offer(OFFER, Reply.ACCEPTED, read_back=True)
    session.choose("unanswered")
    saved = session.saved()
    order = orders_of(saved.outcome)[OFFER]
    assert (order.price_fen, order.monthly, order.next_bill) == (PACK.fee_fen, True, False)
    assert (order.starts_on, order.until) == (date(2026, 12, 1), None)
    (text,) = [one for one in saved.follow_ups if one.offer == OFFER]
    assert f"费用：每月 {PACK.fee_fen // 100} 元。期限：用到您再改为止。" in text.text


def test_what_the_customer_answered_stays_when_the_figures_are_computed_anew(session: CallSession) -> None:
    session.plans_compared(compared(ADDED))
    session.offer(OFFER, Reply.REFUSED)
    session.plans_compared(compared(None))
    book = session.offering.book
    assert book is not None
    choice = book.choice(OFFER)
    assert choice is not None
    assert choice.said is not None
    assert choice.said.reply is Reply.REFUSED


def test_a_refused_pack_rests_for_as_long_as_the_content_says(session: CallSession, desk: Desk) -> None:
    # OFFER-05
    ground = OfferDesk(desk).ground(session.opened.document)
    rules = structs.replace(ground.content.offering, pack_rest_days=45)
    session.offering.read(replace(ground, content=structs.replace(ground.content, offering=rules)))
    session.plans_compared(compared(ADDED))
    session.offer(OFFER, Reply.REFUSED)
    session.choose("unanswered")
    (made,) = session.saved().outcome.offers
    assert made.rests_until == date.fromordinal(local_day(NOW).toordinal() + 45)


def test_without_a_pack_that_helps_none_is_offered(session: CallSession) -> None:
    session.plans_compared(compared(ADDED))
    session.plans_compared(compared(None))
    book = session.offering.book
    assert book is not None
    assert book.choice(OFFER) is None
