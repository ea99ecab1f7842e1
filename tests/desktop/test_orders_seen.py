"""An agent sees how each order stands: on Today and among the follow-ups, with the reason where it failed."""

from datetime import date

import msgspec
import pytest
from desk_kit import SU, UPGRADE, Working, put
from PySide6.QtWidgets import QAbstractItemView
from test_outcomes import fill_order

from core.domain.order_state import ORDER_SHORT, ORDER_STATE, OrderState, OrderTold, order_id, order_name
from core.domain.text import Lang, Text
from core.store.types import SavedRow
from core.wire.pull import Change, ContentDocument, Kind
from desktop.call.view360_pages.offers import OffersPage
from desktop.shell.pages import FOLLOW_UPS, TODAY
from desktop.today import words
from desktop.today.model import ORDER

PACK, PACK_NAME = "data-pack", Text("月末流量包", "Month-end data pack")
REASON = Text("客户欠费 30.00 元，交清后可办", "30.00 yuan in arrears; possible once paid")


def sell(desk: Working) -> SavedRow:
    """The agent sells a plan, and the next customer is there."""
    desk.open(UPGRADE)
    desk.talk(120)
    desk.press("F8", "Alt+1", "Alt+Q", "Alt+W", "Alt+E", "Alt+R")
    fill_order(desk)
    desk.press("Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    return desk.saved()[0]


def told(row: SavedRow, state: OrderState, **more: object) -> OrderTold:
    values = {
        "id": order_id(row.outcome_id), "first_outcome": row.outcome_id, "customer_id": row.customer_id,
        "product": "CT-128", "price_fen": 12800, "state": state, "at": row.recorded_at, "asked": True,
    }  # fmt: skip
    return OrderTold(**(values | more))  # type: ignore[arg-type]


def change(value: OrderTold) -> Change:
    name = order_name(value.first_outcome, value.offer)
    body = msgspec.Raw(msgspec.json.encode(value))
    document = ContentDocument(kind=ORDER_STATE, name=name, version=1, body=body)
    return put(Kind.CONTENT, f"{ORDER_STATE}/{name}", document)


def cells(view: QAbstractItemView, column: int) -> list[str]:
    model = view.model()
    return [str(model.index(at, column).data()) for at in range(model.rowCount())]


def tile(desk: Working, label: Text) -> str:
    return next(one.value for one in desk.window.today._tiles.tiles() if one.label == desk.tongue(label))


@pytest.mark.parametrize("lang", list(Lang))
def test_a_sale_is_a_success_once_the_crm_accepts_it(desk: Working, lang: Lang) -> None:
    # INTEG-07, OUTCOME-12
    desk.tongue.set_lang(lang)
    row = sell(desk)
    desk.window.stack.show_page(TODAY)
    page = desk.window.today
    desk.until(lambda: page.list.model().rowCount() == 1)
    assert cells(page.list, ORDER) == [desk.tongue(ORDER_SHORT[OrderState.PENDING])]
    assert (tile(desk, words.SUCCESS), tile(desk, words.AWAITED)) == ("0", "1")
    desk.tells(change(told(row, OrderState.ACCEPTED, effective_from=date(2026, 12, 1))))
    desk.until(lambda: tile(desk, words.SUCCESS) == "1")
    assert tile(desk, words.AWAITED) == "0"
    assert cells(page.list, ORDER) == [desk.tongue(ORDER_SHORT[OrderState.ACCEPTED])]


def test_a_failure_says_why_when_the_record_is_opened(desk: Working) -> None:
    row = sell(desk)
    desk.tells(change(told(row, OrderState.FAILED, reason=REASON)))
    desk.window.stack.show_page(TODAY)
    page = desk.window.today
    desk.until(lambda: page.list.model().rowCount() == 1)
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    desk.press("Return")
    desk.until(lambda: page.save_button.isVisible())
    assert "未办成：客户欠费 30.00 元，交清后可办" in desk.read(page)
    assert tile(desk, words.SUCCESS) == "0"


def sell_with_a_pack(desk: Working, offer: str = PACK) -> SavedRow:
    """The customer buys a plan, and accepts a pack beside it."""
    desk.open(UPGRADE)
    desk.talk(120)
    desk.press("F8", "Alt+Z", "Alt+V")
    page = desk.call_page.view360.current()
    assert isinstance(page, OffersPage)
    desk.until(lambda: page.offers.lines.rowCount() > 0)
    page.offers.choose([page.offers.lines.row(at).id for at in range(page.offers.lines.rowCount())].index(offer))
    for box in page.steps.boxes if not page.steps.isHidden() else ():
        box.setCurrentIndex(1)
    desk.press("Return", "Return")
    desk.press("Alt+1", "Alt+Q", "Alt+E", "Alt+R")
    fill_order(desk)
    desk.press("Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    return desk.saved()[0]


@pytest.mark.parametrize("lang", list(Lang))
def test_each_order_of_a_call_is_told_apart(desk: Working, lang: Lang) -> None:
    # OUTCOME-12, INTEG-07, OFFER-11
    desk.tongue.set_lang(lang)
    row = sell_with_a_pack(desk)
    assert [one.what for one in row.orders][1:] == [PACK_NAME]
    desk.window.stack.show_page(TODAY)
    page = desk.window.today
    say, short = desk.tongue, ORDER_SHORT
    desk.until(lambda: cells(page.list, ORDER) == [f"{say(short[OrderState.PENDING])} 2/2"])
    desk.tells(change(told(row, OrderState.ACCEPTED, effective_from=date(2026, 12, 1))))
    desk.until(lambda: cells(page.list, ORDER) == [f"{say(short[OrderState.PENDING])} 1/2"])
    pack = told(row, OrderState.FAILED, id=order_id(row.outcome_id, PACK), offer=PACK, name=PACK_NAME, reason=REASON)
    desk.tells(change(pack))
    desk.until(lambda: cells(page.list, ORDER) == [f"{say(short[OrderState.FAILED])} 1/2"])
    assert (tile(desk, words.SUCCESS), tile(desk, words.AWAITED)) == ("0", "0")
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    desk.press("Return")
    desk.until(lambda: page.save_button.isVisible())
    told_of = desk.read(page)
    assert say(PACK_NAME) in told_of
    assert say(REASON) in told_of
    assert "2026-12-01" in told_of


def test_what_an_offer_was_to_bring_falls_with_its_order(desk: Working) -> None:
    # OFFER-11
    row = sell_with_a_pack(desk)
    desk.window.stack.show_page(FOLLOW_UPS)
    page = desk.window.follow_ups
    desk.until(lambda: "待发，未发送" in cells(page.others, 4))
    pack = told(row, OrderState.DECLINED, id=order_id(row.outcome_id, PACK), offer=PACK, name=PACK_NAME, asked=False)
    desk.tells(change(pack))
    desk.until(lambda: "已取消" in cells(page.others, 4))
    assert "待发，未发送" not in cells(page.others, 4)
    desk.tells(change(msgspec.structs.replace(pack, asked=True)))
    desk.until(lambda: "已发送" in cells(page.others, 4))


def test_work_for_an_offer_whose_order_failed_is_said_to_be_off(desk: Working) -> None:
    # FOLLOW-05, INTEG-07
    row = sell_with_a_pack(desk, "own-plan")
    desk.window.stack.show_page(FOLLOW_UPS)
    page = desk.window.follow_ups
    desk.until(lambda: "工单" in cells(page.others, 2))
    name = Text("自选套餐", "A plan of one's own")
    own = told(row, OrderState.FAILED, id=order_id(row.outcome_id, "own-plan"), offer="own-plan", name=name)
    desk.tells(change(own))
    desk.until(lambda: "订单没办成，已撤回" in cells(page.others, 4))
    at = cells(page.others, 4).index("订单没办成，已撤回")
    assert cells(page.others, 2)[at] == "工单"


def test_news_leaves_the_arrows_where_they_are(desk: Working) -> None:
    row = sell(desk)
    desk.window.stack.show_page(TODAY)
    page = desk.window.today
    desk.until(lambda: page.list.model().rowCount() == 1)
    page.list.setCurrentIndex(page.list.model().index(0, 2))
    desk.tells(change(told(row, OrderState.SUBMITTED)))
    desk.until(lambda: cells(page.list, ORDER) == [desk.tongue(ORDER_SHORT[OrderState.SUBMITTED])])
    assert page.list.currentIndex().row() == 0


@pytest.mark.parametrize("lang", list(Lang))
def test_the_follow_ups_list_the_order_with_its_state(desk: Working, lang: Lang) -> None:
    desk.tongue.set_lang(lang)
    row = sell(desk)
    desk.window.stack.show_page(FOLLOW_UPS)
    desk.tells(change(told(row, OrderState.FAILED, reason=REASON)))
    page = desk.window.follow_ups
    desk.until(lambda: desk.tongue(ORDER_SHORT[OrderState.FAILED]) in cells(page.others, 4))
    at = cells(page.others, 4).index(desk.tongue(ORDER_SHORT[OrderState.FAILED]))
    assert cells(page.others, 3)[at].startswith("CT-128")
    assert cells(page.others, 3)[at].endswith(desk.tongue(REASON))
    desk.tells(change(told(row, OrderState.ACCEPTED, effective_from=date(2026, 12, 1))))
    desk.until(lambda: cells(page.others, 4)[at] == desk.tongue(ORDER_SHORT[OrderState.ACCEPTED]))
    assert cells(page.others, 0)[at] == "2026-12-01"
    # VIP-11: what was taken over names who sold it, and leaves the list of who has handed it on.
    desk.tells(change(told(row, OrderState.SUBMITTED, follower=SU.staff_number, sold_by="王芳")))
    desk.until(lambda: "王芳" in cells(page.others, 3)[at])
    desk.tells(change(told(row, OrderState.SUBMITTED, follower="1028")))
    desk.until(lambda: not [one for one in cells(page.others, 3) if one.startswith("CT-128")])
