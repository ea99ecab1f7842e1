"""The outcome column says what leaves as an order with the record."""

from desk_kit import DISCONNECT, Working
from PySide6.QtWidgets import QWidget
from test_offers_page import choose, offers_of

from core.domain.text import Lang


def test_what_will_be_ordered_with_the_record_stands_in_the_outcome_column(desk: Working) -> None:
    # OUTCOME-06, INTEG-07
    page = offers_of(desk, DISCONNECT)
    outcome = desk.call_page.outcome
    before = len(outcome.findChildren(QWidget))
    desk.press("Alt+Z")
    choose(page, "free-minutes")
    desk.press("Return")
    desk.settle()
    assert outcome.orders.words == ""
    assert len(outcome.findChildren(QWidget)) == before, "what is not ordered costs nothing there"
    choose(page, "speed-up-pay-later")
    desk.press("Return", "Return")
    desk.until(lambda: outcome.orders.words == "将下订单：提速先用后付 ¥20")
    desk.tongue.set_lang(Lang.EN)
    desk.until(lambda: outcome.orders.words == "To be ordered: Speed up now, pay later ¥20")
    choose(page, "speed-up-pay-later")
    desk.press("Backspace")
    desk.until(lambda: outcome.orders.words == "")
