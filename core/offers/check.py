"""All content of offers, checked as it is before publishing: what only this room knows are the facts of conditions."""

from pathlib import Path

from core.content.offer_rules import ELIGIBILITY, RECOMMENDATION, load_eligibility, load_recommendation
from core.content.plans import load_catalogue
from core.domain.eligibility import EligibilityRule
from core.domain.plan import Plan
from core.offers.facts import DAYS, FACTS, OF_CUSTOMER
from core.rules import flaws_of


def check_offers(root: Path) -> tuple[int, int]:
    """How many plans and rules a folder laid out as `resources/` holds. Raises ContentError at the first mistake."""
    rules = load_eligibility(root / "rules" / ELIGIBILITY, also=rule_flaws)
    load_recommendation(root / "rules" / RECOMMENDATION)
    catalogue = load_catalogue(root / "plans", also=plan_flaws)
    return len(catalogue.plans) + len(catalogue.broadband), len(rules.rules)


def plan_flaws(plan: Plan) -> list[str]:
    """What is wrong with the condition that says who may have a plan: it knows the customer alone."""
    return flaws_of(plan.takers, OF_CUSTOMER) if plan.takers else []


def rule_flaws(rule: EligibilityRule) -> list[str]:
    """What is wrong with a rule's condition and with the facts that hold its days."""
    days = [name for name in (rule.since, rule.until) if name and name not in DAYS]
    return flaws_of(rule.when, FACTS) + [f"`{name}` is no fact that holds a day" for name in days]
