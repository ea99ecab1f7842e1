"""The order after the call: confirmed by the customer, accepted by the CRM, and only then among the successes."""

from core.domain.order_state import ORDER_SHORT, OrderState
from desktop.today import words as today_words
from desktop.today.model import ORDER
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.ledger import Held
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until
from desktop.widgets.kpi_tile import KpiTile

PATIENCE_S = 60.0
"""a customer and a CRM that think it over, and the desk's next pull"""


def accepted(day: Day) -> Seen:
    """Today shows the order as accepted, as the server's database has it, and counts it among the successes."""
    until(lambda: _held(day), "the CRM has accepted the order", within_s=PATIENCE_S)
    day.hand.key(Key.Key_3, Mod.ControlModifier)
    model, wanted = day.main.today.list.model(), day.say(ORDER_SHORT[OrderState.ACCEPTED])
    # A tour that crosses midnight made the order on the day before, whose records are not today's.
    if any(one.success for one in day.made_today):
        until(lambda: wanted in _column(day), f"the order is shown as “{wanted}”", within_s=PATIENCE_S)
    until(lambda: _tiles(day), "the day's figures are shown")
    tiles = _tiles(day)
    expect(tiles[day.say(today_words.AWAITED)] == "0", f"orders are still awaited: {tiles}")
    successes = sum(one.success for one in day.made_today)
    expect(tiles[day.say(today_words.SUCCESS)] == str(successes), f"{successes} successes were made: {tiles}")
    held = _held(day)[0]
    return {
        "successes": successes,
        "order": held.order,
        "server": held.order_state,
        "shown": _column(day)[: model.rowCount()],
    }


def back_to_the_desk(day: Day) -> Seen:
    """Ctrl+1: where the work goes on."""
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    until(lambda: day.page.isVisible(), "the desk is shown")
    return {"open": day.session.opened.key}


def _held(day: Day) -> list[Held]:
    return [one for one in day.ledger.fresh() if OrderState.ACCEPTED.value in one.order_state]


def _tiles(day: Day) -> dict[str, str]:
    return {one.tile.label: one.tile.value for one in day.main.today.findChildren(KpiTile) if one.isVisible()}


def _column(day: Day) -> list[str]:
    model = day.main.today.list.model()
    return [str(model.index(at, ORDER).data()) for at in range(model.rowCount())]
