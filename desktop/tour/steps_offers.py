"""What may be given beyond the plan, in the call: one offer refused with its reason, one that the customer takes."""

from core.domain.offered import Reply
from core.offers.book import Choice, OfferBook, Standing
from desktop.call.view360_pages.offers import OffersPage
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until


def refused(day: Day) -> Seen:
    """Alt+V, and the arrows to an offer that this customer may not have: it says why."""
    day.hand.key(Key.Key_V, Mod.AltModifier)
    until(lambda: day.session.offering.book is not None, "the offers are weighed")
    page = _page(day)
    until(lambda: page.offers.lines.rowCount() > 0, "the offers are listed")
    choice = next((one for one in _book(day).choices if one.standing is Standing.REFUSED), None)
    expect(choice, "nothing is refused to this customer")
    assert choice is not None
    _choose(day, choice)
    why = day.say(choice.refusals[0].text)
    spoken = page.offers.lines.row(page.offers.currentIndex().row()).spoken
    expect(why.rstrip("。") in spoken, f"“{why}” is not said: {spoken}")
    day.hand.key(Key.Key_Return)
    expect(choice.offer.id not in _replies(day), "what is refused was noted as accepted")
    return {"offer": choice.offer.id, "why": why, "said": day.banner, "listed": page.offers.lines.rowCount()}


def made(day: Day) -> Seen:
    """An open offer that costs us something: Enter notes that the customer takes it, and the gauge moves."""
    page, before = _page(day), _book(day).budget.spent_fen
    choice = next((one for one in _book(day).choices if _may_be_given(one)), None)
    expect(choice, "no offer that costs is open")
    assert choice is not None
    _choose(day, choice)
    gauge = page.budget_card.note
    day.hand.key(Key.Key_Return)
    until(lambda: _replies(day).get(choice.offer.id) is Reply.ACCEPTED, f"{choice.offer.id} is noted as accepted")
    after = _book(day).budget.spent_fen
    expect(after == before + (choice.cost_fen or 0), f"the budget went from {before} to {after}")
    until(lambda: page.budget_card.note != gauge, "the gauge shows it")
    day.kept["offer"], day.kept["offer_fen"] = choice.offer.id, str(choice.cost_fen)
    return {"offer": choice.offer.id, "cost_fen": choice.cost_fen, "before": gauge, "after": page.budget_card.note}


def kept(day: Day) -> Seen:
    """The server's database has the offer with the customer's reply and its cost."""
    offers = day.ledger.fresh()[-1].offers
    offer, cost = day.kept["offer"], day.kept["offer_fen"]
    expect(
        any(one.startswith(f"{offer} (") and one.endswith(f": accepted, {cost} fen") for one in offers),
        f"the server holds {offers}",
    )
    return {"offers": offers}


def _may_be_given(choice: Choice) -> bool:
    """Open to the agent, at our cost, and no order of its own that would have to be confirmed by SMS."""
    return choice.standing is Standing.OPEN and bool(choice.cost_fen) and not choice.offer.confirm


def _choose(day: Day, choice: Choice) -> None:
    """By the arrows, from wherever the list stands."""
    page = _page(day)
    at = [one.offer.id for one in _book(day).choices].index(choice.offer.id)
    steps = at - page.offers.currentIndex().row()
    day.hand.key(Key.Key_Down if steps > 0 else Key.Key_Up, times=abs(steps))
    expect(page.chosen == choice.offer.id, f"{page.chosen} is chosen, not {choice.offer.id}")


def _page(day: Day) -> OffersPage:
    return day.page.view360.offers_page


def _book(day: Day) -> OfferBook:
    book = day.session.offering.book
    assert book is not None
    return book


def _replies(day: Day) -> dict[str, Reply]:
    return {one.offer: one.reply for one in day.session.offering.made}
