"""All content of offers, checked as it is before publishing: what only this room knows are the facts of conditions."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from core.content.budget_rule import BUDGET, load_budget_rule
from core.content.departments import departments_of
from core.content.flaws import Flaw, Where
from core.content.grant_rules import AUTHORITY, load_grant_rules
from core.content.load import load_sms_templates
from core.content.mistakes import Mistakes
from core.content.offer_rules import ELIGIBILITY, RECOMMENDATION, load_eligibility, load_recommendation
from core.content.offers import OFFERING, load_offering, load_offers
from core.content.plans import load_catalogue
from core.content.shelf import load_shelves
from core.content.unapproved import unapproved
from core.content.watched import watched_of, watched_words
from core.domain.eligibility import EligibilityRule
from core.domain.errors import ContentError
from core.domain.granting import GrantRules
from core.domain.offer import Amount, Consequence, Offer
from core.domain.plan import Catalogue, Plan
from core.domain.shelf import Shelf
from core.domain.watched import WatchedWords, found
from core.offers.condition_flaws import WORDS, condition_flaws
from core.offers.facts import DAYS, FACTS, OF_CUSTOMER
from core.offers.offer_facts import MONEY, OFFER_DAYS, OFFER_FACTS

Words = Mapping[str, Collection[str]]
"""what facts can be that are one of few words"""


def check_offers(root: Path) -> tuple[int, int]:
    """How many plans and rules a folder laid out as `resources/` holds. Raises ContentError with every mistake."""
    mistakes = Mistakes()
    watched = _watched(root)

    def of_plan(plan: Plan) -> list[str]:
        return plan_flaws(plan) + [flaw.reason for flaw in unapproved(plan, watched.competitor)]

    catalogue = mistakes.of(lambda: load_catalogue(root / "plans", also=of_plan))
    words = words_of(catalogue)
    rules = mistakes.of(lambda: load_eligibility(root / "rules" / ELIGIBILITY, also=lambda r: rule_flaws(r, words)))
    mistakes.of(lambda: load_recommendation(root / "rules" / RECOMMENDATION))
    mistakes.of(lambda: check_offers_beyond(root))
    codes = None if catalogue is None else {plan.code for plan in catalogue.plans}

    def of_shelf(shelf: Shelf) -> list[Flaw]:
        return shelf_flaws(shelf, codes) + unapproved(shelf, watched.competitor)

    mistakes.of(lambda: load_shelves(root, also=of_shelf))
    mistakes.refuse()
    assert rules is not None, "it was refused otherwise"
    assert catalogue is not None, "it was refused otherwise"
    return len(catalogue.plans) + len(catalogue.broadband), len(rules.rules)


def check_offers_beyond(root: Path) -> int:
    """How many offers beyond plans the folder holds; 0 in one of an earlier program, which has none of their rules.

    Raises ContentError with every mistake."""
    if not (root / OFFERING).exists():
        return 0
    mistakes = Mistakes()
    # Without a script of the folder, which is told by itself, no call's name is strange.
    scripts = frozenset(path.stem for path in (root / "scripts").glob("*.yaml"))
    words = {**WORDS, "scenario": scripts} if scripts else WORDS
    mistakes.of(lambda: load_offering(root / OFFERING, also=lambda rule: offering_flaws(rule, words)))
    mistakes.of(lambda: load_budget_rule(root / BUDGET))
    sms = mistakes.of(lambda: load_sms_templates(root / "templates" / "sms.yaml"))
    texts = None if sms is None else {one.code for one in sms.templates}
    departments, watched = departments_of(root), _watched(root)

    def of_grants(rules: GrantRules) -> list[Flaw]:
        asked = [(("carried", at, "then"), one.then) for at, one in enumerate(rules.carried)]
        return grant_flaws(rules, texts) + [f for where, then in asked for f in carrier_flaws(then, where, departments)]

    def of_offer(offer: Offer) -> list[Flaw]:
        carried = carrier_flaws(offer.then, ("then",), departments) + scenario_flaws(offer, scripts)
        return offer_flaws(offer, texts, words) + carried + spoken_flaws(offer, watched)

    mistakes.of(lambda: load_grant_rules(root / AUTHORITY, also=of_grants))
    offers = mistakes.of(lambda: load_offers(root, also=of_offer))
    mistakes.refuse()
    return len(offers or ())


def plan_flaws(plan: Plan) -> list[str]:
    """What is wrong with the condition that says who may have a plan: it knows the customer alone."""
    return condition_flaws(plan.takers, OF_CUSTOMER) if plan.takers else []


def shelf_flaws(shelf: Shelf, plans: Collection[str] | None) -> list[Flaw]:
    """What is wrong with whom a shelf is for, and plans that there are not; `plans` is None where none can be read."""
    flaws = [Flaw(("for",), reason) for reason in condition_flaws(shelf.audience, OF_CUSTOMER)]
    for at, window in enumerate(shelf.windows):
        for nth, code in enumerate(window.plans):
            if plans is not None and code not in plans:
                flaws.append(Flaw(("windows", at, "plans", nth), f"there is no plan `{code}`"))
    return flaws


def words_of(catalogue: Catalogue | None) -> Words:
    """What facts of plans can be by the catalogue; None where it cannot be read, which is told by itself."""
    if catalogue is None:
        return WORDS
    families = frozenset(plan.family for plan in catalogue.plans)
    codes = frozenset(plan.code for plan in catalogue.plans)
    return {**WORDS, "plan_family": families, "target_family": families, "target_code": codes}


def rule_flaws(rule: EligibilityRule, words: Words = WORDS) -> list[str]:
    """What is wrong with a rule's condition and with the facts that hold its days."""
    days = [name for name in (rule.since, rule.until) if name and name not in DAYS]
    return condition_flaws(rule.when, FACTS, words) + [f"`{name}` is no fact that holds a day" for name in days]


def offering_flaws(rule: EligibilityRule, words: Words = WORDS) -> list[str]:
    """What is wrong with a rule of offers: its facts are others than those of plans."""
    days = [name for name in (rule.since, rule.until) if name and name not in OFFER_DAYS]
    return condition_flaws(rule.when, OFFER_FACTS, words) + [f"`{name}` is no fact that holds a day" for name in days]


def offer_flaws(offer: Offer, texts: Collection[str] | None, words: Words = WORDS) -> list[Flaw]:
    """What is wrong with an offer's facts and with the texts that it sends; `texts` are the SMS templates' codes.

    None where they cannot be read, which is told by itself."""
    flaws = [
        Flaw(("rules", at), reason) for at, rule in enumerate(offer.rules) for reason in offering_flaws(rule, words)
    ]
    flaws += [
        Flaw((key, "of"), words)
        for key, one in (("cost", offer.cost), ("worth", offer.worth))
        for words in _amount(one)
    ]
    for at, then in enumerate(offer.then):
        if texts is not None and then.template and then.template not in texts:
            flaws.append(Flaw(("then", at, "template"), f"there is no SMS template `{then.template}`"))
    return flaws


def carrier_flaws(then: Sequence[Consequence], where: Where, departments: Collection[str]) -> list[Flaw]:
    """Departments that nobody has: the errand would reach none."""
    return [
        Flaw((*where, at, "department"), f"there is no department `{one.department}`")
        for at, one in enumerate(then)
        if one.department and one.department not in departments
    ]


def scenario_flaws(offer: Offer, scripts: Collection[str]) -> list[Flaw]:
    """Calls that nobody makes; without any script of the folder, which is told by itself, none is strange."""
    return [
        Flaw(("scenarios", at), f"there is no script `{name}`")
        for at, name in enumerate(offer.scenarios)
        if scripts and name not in scripts
    ]


def spoken_flaws(offer: Offer, watched: WatchedWords) -> list[Flaw]:
    """Competitors without an approval; and what the agent reads out tells nobody to look."""
    said = [(key, text) for key, text in (("gives", offer.gives), ("terms", offer.terms)) if text is not None]
    return unapproved(offer, watched.competitor) + [
        Flaw((key,), f"“{word}” tells a blind customer to look")
        for key, text in said
        if (word := found(text, watched.looking))
    ]


def grant_flaws(rules: GrantRules, texts: Collection[str] | None) -> list[Flaw]:
    """What is wrong with the texts that a grant sends; `texts` as for `offer_flaws`."""
    return [
        Flaw(("carried", at, "then", nth, "template"), f"there is no SMS template `{then.template}`")
        for at, one in enumerate(rules.carried)
        for nth, then in enumerate(one.then)
        if texts is not None and then.template and then.template not in texts
    ]


def _watched(root: Path) -> WatchedWords:
    """The folder's own words; where they cannot be read, which is told with the scripts, those of this version."""
    try:
        return watched_of(root)
    except ContentError:
        return watched_words()


def _amount(amount: Amount) -> list[str]:
    if not amount.of or amount.of in MONEY:
        return []
    return [f"`{amount.of}` is no amount a month; known are {', '.join(sorted(MONEY))}"]
