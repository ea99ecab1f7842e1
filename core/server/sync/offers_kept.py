"""What an outcome's offers leave behind: in the customer's history for every desk, and cards to be redeemed."""

from collections.abc import Mapping

from core.domain.card_number import read_card_number
from core.domain.customer import Care
from core.domain.offer_history import past_offers_of
from core.domain.offered import Reply
from core.domain.outcome import Outcome
from core.offers.authority import Limit, may_grant
from core.server.access.caller import Caller
from core.server.budgets import budget_left_by, note_overdraft
from core.server.db import audit, cards, published
from core.server.db.audit import Action
from core.server.db.engine import Unit

OFFERS_KEPT = 200


def keep_offers(care: Care, outcome: Outcome) -> None:
    """Newest first; a correction's stand in the place of those it corrects, redeemed cards stay redeemed."""
    corrected = str(outcome.corrects) if outcome.corrects is not None else None
    redeemed = {one.card: one.redeemed_on for one in care.offers if one.card and one.redeemed_on}
    fresh = past_offers_of(outcome)
    for one in fresh:
        one.redeemed_on = redeemed.get(one.card)
    kept = [one for one in care.offers if corrected is None or one.outcome_id != corrected]
    care.offers = sorted([*fresh, *kept], key=lambda one: one.at, reverse=True)[:OFFERS_KEPT]


def note_beyond(unit: Unit, caller: Caller, outcome: Outcome, *, granted: Mapping[str, int]) -> None:
    """The offers stand; what is beyond the agent's role and no lead granted is put on record (VIP-07), and what is
    beyond the customer's budget by what all desks gave (OFFER-09).

    `granted` is what leads granted in this case: fen by the offer's id. A name in the record is no grant.
    """
    rules = published.granting(unit)
    if rules is None or outcome.corrects is not None:
        return
    alone = [
        made for made in outcome.offers if made.reply is Reply.ACCEPTED and made.cost_fen > granted.get(made.offer, -1)
    ]
    if not alone:
        return
    total_fen, overdrawn = 0, False
    budget = budget_left_by(unit, outcome.customer_id, without=str(outcome.id))
    for made in alone:
        total_fen += made.cost_fen
        left_fen = total_fen if budget is None else budget.left_fen
        limit = may_grant(rules, caller.agent.role, made.kind, total_fen, left_fen).limit
        overdrawn = overdrawn or limit is Limit.BUDGET
        if limit not in (None, Limit.BUDGET):
            audit.write(
                unit,
                writer=caller.staff_number,
                action=Action.AUTHORITY_MISUSED,
                object_=str(outcome.id),
                offer=made.offer,
                fen=made.cost_fen,
            )
    if overdrawn and budget is not None:
        note_overdraft(unit, caller, outcome, budget, given_fen=total_fen)


def keep_cards(unit: Unit, outcome: Outcome) -> None:
    """Each card that was given, for the day on which it comes back (BB-10, WINBACK-03)."""
    if outcome.corrects is not None:
        cards.withdraw(unit, str(outcome.corrects))
    for made in outcome.offers:
        # A desk that makes up numbers gives cards that no store could look up: the record stays, the card is none.
        genuine = bool(made.card) and read_card_number(made.card) == made.card
        if genuine and made.reply is Reply.ACCEPTED and made.until is not None:
            cards.add(
                unit,
                made.card,
                customer_id=outcome.customer_id,
                outcome_id=str(outcome.id),
                by=outcome.agent,
                at=outcome.call.answered_at or outcome.recorded_at,
                until=made.until,
            )
