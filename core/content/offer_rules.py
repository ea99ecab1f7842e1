"""The rules of offers, resources/rules: eligibility and recommendation, read whole or not at all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.eligibility import EligibilityRule, EligibilityRules
from core.domain.recommendation import RecommendationRule

ELIGIBILITY, RECOMMENDATION = "eligibility.yaml", "recommendation.yaml"

AlsoRule = Callable[[EligibilityRule], list[str]]
"""a check of a room above: what is wrong with a rule, in words"""


@cache
def eligibility_rules() -> EligibilityRules:
    """The shipped rules. Raises ContentError."""
    return load_eligibility(folder() / "rules" / ELIGIBILITY)


@cache
def recommendation_rule() -> RecommendationRule:
    """The shipped rule. Raises ContentError."""
    return load_recommendation(folder() / "rules" / RECOMMENDATION)


def load_eligibility(path: Path, *, also: AlsoRule | None = None) -> EligibilityRules:
    """The rules in that file; `also` knows the facts. Raises ContentError."""

    def check(found: EligibilityRules) -> list[Flaw]:
        ids: list[tuple[Where, str]] = [(("rules", at, "id"), rule.id) for at, rule in enumerate(found.rules)]
        flaws = missing_words(found) + repeated(ids, "rule") + _visit_flaws(found)
        flaws += repeated([(("broadband", at, "id"), rule.id) for at, rule in enumerate(found.broadband)], "rule")
        for key, rules in (("rules", found.rules), ("broadband", found.broadband)):
            for at, rule in enumerate(rules):
                reasons = _rule_flaws(rule, actions=key == "rules") + (also(rule) if also else [])
                flaws += [Flaw((key, at), reason) for reason in reasons]
        return flaws

    file = str(path)
    return convert(parse(read_text(path), file=file), EligibilityRules, check, file=file)


def load_recommendation(path: Path) -> RecommendationRule:
    """The rule in that file. Raises ContentError."""
    file = str(path)
    return convert(parse(read_text(path), file=file), RecommendationRule, _weight_flaws, file=file)


def _rule_flaws(rule: EligibilityRule, *, actions: bool) -> list[str]:
    if not (rule.since or rule.until or rule.lasting) or (rule.until and rule.lasting):
        return ["a rule says since or until when it holds, or that it is `lasting`"]
    if rule.ends is not None and not rule.lasting:
        return ["`ends` is said of what is `lasting`: a day ends the rest"]
    if not actions and rule.actions:
        return ["a rule of broadband has no actions"]
    return [] if rule.actions or not actions else ["a rule for no action"]


def _visit_flaws(found: EligibilityRules) -> list[Flaw]:
    flaws, before = [], -1
    for at, row in enumerate(found.home_visits):
        if row.from_months <= before:
            flaws.append(Flaw(("home_visits", at), "tenures rise from row to row"))
        if row.visits < 0:
            flaws.append(Flaw(("home_visits", at, "visits"), "fewer visits than none"))
        before = row.from_months
    return flaws


def _weight_flaws(found: RecommendationRule) -> list[Flaw]:
    gain, operator = found.gain, found.operator
    flaws = []
    if gain.mean + gain.median + gain.worst != 100 or min(gain.mean, gain.median, gain.worst) < 0:
        flaws.append(Flaw(("gain",), "the weights of the gain are per cent and make 100"))
    if not 0 <= operator.weight <= 100 or operator.most_fen < 0 or operator.ease_fen < 0:
        flaws.append(Flaw(("operator",), "the weight goes from 0 to 100, the amounts from 0 up"))
    if not 1 <= found.needed_months <= found.window_months <= 24:
        flaws.append(Flaw(("window_months",), "needed months, then window, at most 24"))
    for name in ("worth_fen", "freed_broadband_days"):
        if getattr(found, name) < 0:
            flaws.append(Flaw((name,), "below zero"))
    if not 0 < found.sure_percent <= 100:
        flaws.append(Flaw(("sure_percent",), "per cent, above 0"))
    return flaws
