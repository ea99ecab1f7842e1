"""The retention budget, held here over all desks: what is left of it, and what is told where it was overdrawn.

A desk knows what it was told at its last pull. Two of them, or one that was offline, may each keep within a budget that
holds for one of them alone: the offers stand, for the customer has them; the overdraft is put on record, and the team's
leads and the agent are told of it.
"""

from uuid import NAMESPACE_URL, uuid5

from core.domain import decoding
from core.domain.clock import CHINA, local_day
from core.domain.customer import Care, Identity
from core.domain.errand import Errand, ErrandKind
from core.domain.money import yuan_short
from core.domain.offer_content import BUDGET
from core.domain.offered import PastOffer, Reply
from core.domain.outcome import Outcome
from core.domain.retention_budget import BudgetRule
from core.offers.budget import Budget, budget_of
from core.server.access.caller import Caller
from core.server.db import audit, customers, published
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.taking import ask

LEADS = "team_lead"
"""the department that the team's leads are"""
SHOWN = 3
"""other calls that are named; more are in the customer's history"""


def budget_left_by(unit: Unit, customer_id: str, *, without: str) -> Budget | None:
    """The customer's budget of today by what all desks have sent, but for the outcome `without`; None where no rule of
    budgets is published."""
    body = published.body(unit, BUDGET, BUDGET)
    if body is None:
        return None
    rule = decoding.decode(body, BudgetRule)
    identity = customers.section(unit, customer_id, "identity", Identity)
    care = customers.section(unit, customer_id, "care", Care) or Care()
    others = [one for one in care.offers if one.outcome_id != without]
    return budget_of(rule, identity.value if identity else None, others, local_day(unit.now))


def note_overdraft(unit: Unit, caller: Caller, outcome: Outcome, budget: Budget, *, given_fen: int) -> None:
    """`given_fen` is what the agent gave without a lead; `budget` is what the others left."""
    over = given_fen - max(budget.left_fen, 0)
    audit.write(
        unit, writer=caller.staff_number, action=Action.BUDGET_OVERDRAWN, object_=str(outcome.id),
        customer=outcome.customer_id, given_fen=given_fen, left_fen=budget.left_fen, over_fen=over,
    )  # fmt: skip
    errand = Errand(
        id=uuid5(NAMESPACE_URL, f"stayline:overdraft:{outcome.id}"),
        kind=ErrandKind.ESCALATION,
        department=LEADS,
        text=_words(unit, outcome, budget, given_fen, over),
        agent=outcome.agent,
        at=unit.now,
        customer_id=outcome.customer_id,
        outcome_id=outcome.id,
    )
    ask(unit, errand, team_id=caller.agent.team)


def _words(unit: Unit, outcome: Outcome, budget: Budget, given_fen: int, over_fen: int) -> str:
    """Chinese, as departments work in it."""
    care = customers.section(unit, outcome.customer_id, "care", Care) or Care()
    others = [
        one
        for one in care.offers
        if one.outcome_id != str(outcome.id)
        and one.reply is Reply.ACCEPTED
        and one.cost_fen
        and local_day(one.at) >= budget.begins_on
    ]
    named = "；".join(_named(one) for one in others[:SHOWN])
    return (
        f"挽留额度超支 {yuan_short(over_fen)} 元：本期额度 {yuan_short(budget.whole_fen)} 元，"
        f"此前已用 {yuan_short(budget.spent_fen)} 元{f'（{named}）' if named else ''}，"
        f"这通电话又给了 {yuan_short(given_fen)} 元。坐席当时看到的额度可能不是最新的；客户已经答应，优惠照办。"
    )


def _named(one: PastOffer) -> str:
    return f"{one.at.astimezone(CHINA):%m-%d} {one.name.zh} {yuan_short(one.cost_fen)} 元"
