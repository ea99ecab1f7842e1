"""What a plan is, beside its figures: for whom, what speaks for it, where and how it is sold, what it binds to."""

from collections.abc import Iterator

from core.desk.plans import PlanChoice
from core.domain.plan import Plan, Suitability
from core.offers.eligibility import Way
from desktop.call.view360_parts import plan_words as words
from desktop.call.view360_parts.writing import Writing


def plan_details(choice: PlanChoice, w: Writing) -> list[str]:
    """Line by line."""
    plan = choice.row.plan
    told = [w(words.FOR_WHOM, words=w(plan.audience)), w(words.ADVANTAGE, words=w(plan.advantage))]
    if plan.why is not None:
        told.append(w(words.WHY, words=w(plan.why)))
    told += [" · ".join(_sold(plan, w)), w(words.CHANNELS, words=_channels(plan, w))]
    if plan.shared is not None:
        told.append(w(words.SHARED, n=plan.shared.members, fee=w.fee(plan.shared.member_fee_fen)))
    if (binds := binding(choice, w)) is not None:
        told.append(binds)
    return told


def binding(choice: PlanChoice, w: Writing) -> str | None:
    """The contract that taking the plan begins; a tier-up begins none."""
    contract = choice.row.plan.contract
    if not contract.term_months or choice.current or choice.row.way is Way.TIER_UP:
        return None
    if contract.monthly_bonus_fen:
        return w(words.BINDS_WITH_BONUS, n=contract.term_months, amount=w.fee(contract.monthly_bonus_fen))
    return w(words.BINDS, n=contract.term_months)


def _sold(plan: Plan, w: Writing) -> Iterator[str]:
    yield w(words.EASE, n=plan.ease)
    yield w(words.PLACES, words=w.listed(plan.places) if plan.places else w(words.EVERYWHERE))
    said = words.ON_SALE if plan.on_sale_until is None else words.WAS_ON_SALE
    yield w(said, since=plan.on_sale_from, until=plan.on_sale_until)


def _channels(plan: Plan, w: Writing) -> str:
    suited = [(channel, plan.channels.get(channel, Suitability.CLOSED)) for channel in words.CHANNEL_NAMES]
    return w.listed([w(words.SUITED[how], channel=w(words.CHANNEL_NAMES[channel])) for channel, how in suited])
