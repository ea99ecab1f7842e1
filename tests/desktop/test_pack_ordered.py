"""From the chip of a plan, by one key, to the offer of its pack: proposed, accepted, ordered."""

import pytest
from desk_kit import Working
from test_plans_page import compare, told, view_of

from core.domain.offered import Reply
from core.domain.ordered import orders_of
from desktop.call.view360_pages.offers import OffersPage


def test_the_pack_of_the_present_plan_is_one_key_away_and_leaves_as_an_order(desk: Working) -> None:
    # OFFER-11, INTEG-07
    found = ((row.task_id, told(row.task_id).current) for row in desk.rows())
    task_id, pack = next((task, now.pack) for task, now in found if now is not None and now.pack is not None)
    assert pack is not None
    plans = compare(desk, task_id)
    assert any("Alt+V 去提" in line for line in plans.plans.words())
    desk.press("Alt+Z", "Alt+V")
    page = view_of(desk).current()
    assert isinstance(page, OffersPage)
    offer = f"pack:{pack.pack.code}"
    desk.until(lambda: page.chosen == offer)
    line = page.offers.lines.row(page.offers.currentIndex().row())
    if not line.open:
        pytest.fail(f"the pack may not be made: {line.spoken}")
    desk.press("Return", "Return")
    assert [(one.offer, one.reply) for one in desk.session.offering.made] == [(offer, Reply.ACCEPTED)]
    desk.session.choose("unanswered")
    order = orders_of(desk.session.saved().outcome)[offer]
    assert (order.price_fen, order.monthly) == (pack.pack.fee_fen, True)
