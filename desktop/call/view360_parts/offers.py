"""Offers beyond plans in words: which may be made, why one may not and until when, and how the budget stands."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from core.domain.offer import Offer, Pays
from core.domain.offered import Reply
from core.domain.people import ROLE_NAMES
from core.domain.retention_budget import Gauge
from core.domain.text import Lang
from core.offers.book import Choice, OfferBook, Standing
from desktop.call.view360_parts import offer_words as words
from desktop.call.view360_parts import words as plain_words
from desktop.call.view360_parts.refusals import refused
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import ChipValue, Row, Tone


class OffersState(StrEnum):
    """Stands in the place of offers that are not there."""

    COMPUTING = "computing"
    FAILED = "failed"


Offers = OfferBook | OffersState

_ABSENT = {
    OffersState.COMPUTING: words.COMPUTING,
    OffersState.FAILED: words.FAILED,
}
_GAUGE = {Gauge.GREEN: Tone.OK, Gauge.AMBER: Tone.WARN, Gauge.RED: Tone.BAD}
_SAID = {Reply.ACCEPTED: Tone.OK, Reply.MADE: Tone.BRAND, Reply.REFUSED: Tone.MUTED}


class OfferLine(Struct, frozen=True):
    """An offer of the list: its name, what it is worth or costs the customer, below them its marks."""

    id: str
    name: str
    tone: Tone
    figure: str
    figure_tone: Tone
    marks: tuple[ChipValue, ...]
    spoken: str
    open: bool
    """it may be made, or once it is granted"""
    noted: bool
    """what the customer said to it stands in this call, and can be taken back"""


class BudgetLine(Struct, frozen=True):
    note: str
    said: str
    tone: Tone
    spent_fen: int
    """with what a lead granted and the customer has not taken yet"""
    whole_fen: int


def absent(offers: Offers, w: Writing) -> str:
    """What stands in the place of the list; empty where there is one."""
    return w(_ABSENT[offers]) if isinstance(offers, OffersState) else ""


def note(offers: Offers, w: Writing) -> str:
    """How many may be made, must be asked for, and may not."""
    if isinstance(offers, OffersState):
        return ""
    counted = {standing: offers.count(standing) for standing in Standing}
    return w(words.OFFERS_NOTE, open=counted[Standing.OPEN], ask=counted[Standing.ASK], no=counted[Standing.REFUSED])


def budget(offers: Offers, w: Writing) -> BudgetLine | None:
    """None as long as it is not known."""
    if isinstance(offers, OffersState):
        return None
    found = offers.budget
    text, amount = (words.BUDGET_LEFT, "left") if found.left_fen >= 0 else (words.BUDGET_OVER, "over")
    left = w(text, day=found.renews_on.isoformat(), **{amount: w.fee(abs(found.left_fen))})
    said = [w(found.said), left]
    if found.granted_fen:
        said.append(w(words.BUDGET_GRANTED, granted=w.fee(found.granted_fen)))
    return BudgetLine(
        note=w(words.BUDGET_NOTE, spent=w.fee(found.spent_fen), whole=w.fee(found.whole_fen)),
        said=_joined(said, w),
        tone=_GAUGE[found.gauge],
        spent_fen=found.spent_fen + found.granted_fen,
        whole_fen=found.whole_fen,
    )


def lines(offers: Offers, w: Writing) -> list[OfferLine]:
    return [] if isinstance(offers, OffersState) else [_line(choice, w) for choice in offers.choices]


def details(offers: Offers, at: int, w: Writing) -> list[Row]:
    """Everything about the offer at that place of the list; nothing where there is none."""
    if isinstance(offers, OffersState) or not 0 <= at < len(offers.choices):
        return []
    return list(_details(offers.choices[at], w))


def costs(offers: Offers, at: int, w: Writing) -> str:
    """What that offer costs us, and how long it rests once declined."""
    if isinstance(offers, OffersState) or not 0 <= at < len(offers.choices):
        return ""
    choice = offers.choices[at]
    amount = w.fee(choice.cost_fen) or w.missing
    # What a lead granted for this case alone does not rest: it is offered in this case, or not at all.
    rests = choice.offer.rest_days
    return w(words.COST, amount=amount, n=rests) if rests else w(words.COST_ALONE, amount=amount)


def _line(choice: Choice, w: Writing) -> OfferLine:
    offer = choice.offer
    marks = tuple(_marks(choice, w))
    figure, figure_tone = _figure(choice, w)
    refused = choice.standing is Standing.REFUSED
    name = w(offer.name)
    spoken = " · ".join([name, *([figure] if figure else []), *(mark.text for mark in marks)])
    return OfferLine(
        id=offer.id,
        name=name,
        tone=Tone.MUTED if refused else Tone.NEUTRAL,
        figure=figure,
        figure_tone=figure_tone,
        marks=marks,
        spoken=spoken,
        open=not refused,
        noted=choice.said is not None,
    )


def _figure(choice: Choice, w: Writing) -> tuple[str, Tone]:
    """Whether it suits this customer, and what it is worth, or costs where that says more."""
    parts = []
    suits = choice.suits and choice.standing is not Standing.REFUSED
    if suits:
        parts.append(w(words.SUITS))
    if choice.worth_fen:
        parts.append(w(words.WORTH, amount=w.fee(choice.worth_fen)))
    elif choice.offer.price_fen:
        parts.append(w(words.COSTS, amount=w.fee(choice.offer.price_fen)))
    return " · ".join(parts), Tone.OK if suits else Tone.MUTED


def _marks(choice: Choice, w: Writing) -> Iterator[ChipValue]:
    said = choice.said
    if said is not None:
        yield ChipValue(w(words.SAID[said.reply]), _SAID[said.reply])
        if said.card:
            yield ChipValue(said.card, Tone.VIP)
    if choice.granted_fen and choice.standing is Standing.OPEN:
        yield ChipValue(w(words.MARK_GRANTED, amount=w.fee(choice.granted_fen)), Tone.OK)
    if choice.standing is Standing.ASK and choice.grant is not None:
        who = choice.grant.needs
        text = w(words.MARK_NOBODY) if who is None else w(words.MARK_ASK, who=_role(w(ROLE_NAMES[who])))
        yield ChipValue(text, Tone.WARN)
    for refusal in choice.refusals:
        yield ChipValue(refused(refusal, w), Tone.BAD if not refusal.passes else Tone.WARN)
    for question in choice.questions:
        yield ChipValue(w(plain_words.ASK_FIRST, question=w(question.text)), Tone.WARN)


def _role(name: str) -> str:
    """In the middle of a sentence: `team lead`, but `VIP specialist`."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _details(choice: Choice, w: Writing) -> Iterator[Row]:
    offer = choice.offer
    if offer.retired is not None and choice.standing is Standing.REFUSED:
        yield Row(w(words.RETIRED), w(offer.retired), Tone.WARN)
        return
    yield Row(w(words.GIVES), w(offer.gives), Tone.NEUTRAL)
    if offer.terms is not None:
        yield Row(w(words.TERMS), w(offer.terms), Tone.NEUTRAL)
    yield Row(w(words.PRICE), w(words.BETWEEN).join(_conditions(choice, w)), Tone.NEUTRAL)
    if offer.confirm:
        yield Row(w(words.COUNTS), w(words.CONFIRM), Tone.NEUTRAL)
    if offer.then:
        after = [_does(offer, nth, w) for nth in range(len(offer.then))]
        yield Row(w(words.AFTER), w.listed(after), Tone.NEUTRAL)
    yield Row(w(words.AUDIENCE), w(offer.audience), Tone.MUTED)
    if choice.past is not None:
        past = [w.moment(choice.past.at)[:10], w(words.SAID[choice.past.reply]), choice.past.card]
        if choice.past.redeemed_on is not None:
            past.append(w(words.REDEEMED, day=choice.past.redeemed_on.isoformat()))
        yield Row(w(words.PAST), " · ".join(part for part in past if part), Tone.MUTED)
    if choice.said is not None and choice.said.card:
        yield Row(w(words.CARD), choice.said.card, Tone.VIP)


def _conditions(choice: Choice, w: Writing) -> list[str]:
    """What is read back: price and term, and of what is ordered the start and what it binds to."""
    offer = choice.offer
    said = [_price(offer, w), _term(choice, w)]
    if offer.confirm:
        said.append(w(words.STARTS[offer.starts]))
    if offer.binds:
        said.append(w(words.BINDS))
    return said


def _price(offer: Offer, w: Writing) -> str:
    if offer.as_chosen and offer.chosen:
        return w(words.PAYS_MONTHLY, amount=w.fee(offer.price_fen) or "")
    if offer.as_chosen:
        return w(words.PAYS_AS_CHOSEN)
    if offer.pays is Pays.NOTHING:
        return w(words.PAYS_NOTHING)
    fee = w.fee(offer.price_fen) or ""
    told = {Pays.NEXT_BILL: words.PAYS_NEXT_BILL, Pays.MONTHLY: words.PAYS_MONTHLY}.get(offer.pays)
    return w(told, amount=fee) if told is not None else fee


def _term(choice: Choice, w: Writing) -> str:
    if choice.offer.until_changed:
        return w(words.TERM_UNTIL_CHANGED)
    return w(words.TERM_UNTIL, day=choice.until.isoformat()) if choice.until else w(words.TERM_ONCE)


def _does(offer: Offer, nth: int, w: Writing) -> str:
    then = offer.then[nth]
    what = w(words.DOES[then.kind.value])
    if not then.in_days:
        return what
    return w(words.IN_A_DAY if then.in_days == 1 else words.IN_DAYS, what=what, n=then.in_days)


def _joined(sentences: list[str], w: Writing) -> str:
    return ("" if w.lang is Lang.ZH else " ").join(sentences)
