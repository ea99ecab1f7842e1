"""What a running contract allows today: whether it locks the plan, until when, and whether it may be extended."""

from datetime import date

from msgspec import Struct

from core.domain.customer import Document
from core.domain.eligibility import Action, EligibilityRules
from core.domain.renewal import running
from core.offers.advice import Recommendation
from core.offers.eligibility import Refusal, may
from core.offers.facts import customer_facts

LOCK = "contract_lock"
"""the rule of `resources/rules/eligibility.yaml` that refuses a change while a contract runs (CONTRACT-02)"""


class ContractStanding(Struct, frozen=True, kw_only=True):
    ends_on: date | None
    lock: Refusal | None = None
    """why no other plan may be taken, until when, and what may be done instead; None: the contract does not say so"""
    renewal: tuple[Refusal, ...] = ()
    """why it may not be extended today; empty: it may (CONTRACT-03)"""


def contract_standing(
    document: Document, found: Recommendation, rules: EligibilityRules, today: date
) -> ContractStanding | None:
    """None where no contract runs, or none was supplied."""
    contracts = running(document.services.contracts, today) if document.services else []
    if not contracts:
        return None
    present = found.current.plan if found.current else None
    facts = customer_facts(document, present, rules, today)
    return ContractStanding(
        ends_on=contracts[0].ends_on,
        lock=next((one for each in found.refused for one in each.verdict.refusals if one.rule == LOCK), None),
        renewal=may(Action.RENEW_CONTRACT, facts, rules).refusals,
    )
