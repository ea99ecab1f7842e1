"""Whether something may be offered to this customer today; every no with its reason, and since or until when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.eligibility import Action, Effect, EligibilityRule, EligibilityRules
from core.domain.offer import Offer
from core.domain.plan import BroadbandPlan, Channel, Plan
from core.domain.text import Text
from core.offers.facts import OF_TARGET, Facts, is_tier_up, line_facts, target_facts
from core.rules import holds, settled


class Way(StrEnum):
    """How a plan is taken."""

    CHANGE = "change"
    TIER_UP = "tier_up"
    """the running contract goes on, no benefit begins anew (CONTRACT-02)"""


class Refusal(Struct, frozen=True, kw_only=True):
    rule: str
    text: Text
    since: date | None = None
    until: date | None = None
    ends: Text | None = None
    """where no day ends it: until what happens"""
    passes: bool = False
    instead: Text | None = None

    @property
    def undated(self) -> bool:
        """Nothing is known of since when and until when."""
        return self.since is None and self.until is None and self.ends is None


class Question(Struct, frozen=True, kw_only=True):
    """What the agent asks before the offer stands."""

    rule: str
    text: Text


class Verdict(Struct, frozen=True, kw_only=True):
    way: Way = Way.CHANGE
    refusals: tuple[Refusal, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals

    @property
    def later(self) -> bool:
        """Refused, yet only for what ends or can be put right."""
        return bool(self.refusals) and all(refusal.passes for refusal in self.refusals)

    @property
    def last_day(self) -> date | None:
        """Of what stands in the way; None where something does that no day ends: nobody knows when then."""
        ends = [refusal.until for refusal in self.refusals if refusal.until is not None]
        return max(ends) if ends and len(ends) == len(self.refusals) else None


class Asked(NamedTuple):
    """A rule, and what of its condition is still to be asked."""

    rule: EligibilityRule
    when: Condition | None


def may(action: Action, facts: Mapping[str, object], rules: EligibilityRules) -> Verdict:
    """What the rules for `action` say over these facts (`core.offers.facts`)."""
    return _verdict(_all_of(rule for rule in rules.rules if action in rule.actions), facts)


def may_make(
    offer: Offer, facts: Mapping[str, object], rules: EligibilityRules, offering: Sequence[EligibilityRule]
) -> Verdict:
    """What the rules of every offer, those for this one's actions, and its own say (`core.offers.offer_facts`)."""
    shared = [rule for rule in rules.rules if not set(rule.actions).isdisjoint(offer.actions)]
    return _verdict(_all_of([*offering, *shared, *offer.rules]), facts)


def left_to_ask(customer: Facts, rules: EligibilityRules) -> tuple[Asked, ...]:
    """The rules for a change of plan, as far as the customer does not settle them: for `may_take` of every plan."""
    left = []
    for rule in rules.rules:
        if Action.CHANGE_PLAN in rule.actions:
            when = settled(rule.when, customer, OF_TARGET)
            if when is not False:
                left.append(Asked(rule, None if when is True else when))
    return tuple(left)


def may_take(
    plan: Plan,
    customer: Facts,
    rules: Sequence[Asked],
    today: date,
    *,
    channel: Channel = Channel.CALL,
    city: str = "",
) -> Verdict:
    """Whether this customer may change to the plan today through that channel, and how; `rules` are `left_to_ask`."""
    facts = customer | target_facts(plan, customer, channel, today, city=city)
    said = _verdict(rules, facts)
    way = Way.TIER_UP if customer.get("contract_locked") is True and is_tier_up(plan, customer) else Way.CHANGE
    return Verdict(way=way, refusals=said.refusals, questions=said.questions)


def may_have_line(
    line: BroadbandPlan,
    customer: Facts,
    rules: EligibilityRules,
    today: date,
    *,
    present: BroadbandPlan | None,
    current: Plan | None,
) -> Verdict:
    """Whether this customer may change to that broadband plan today; `present` is the line they have, `current` the
    plan."""
    return _verdict(_all_of(rules.broadband), customer | line_facts(line, present, current, today))


def _all_of(rules: Iterable[EligibilityRule]) -> list[Asked]:
    return [Asked(rule, rule.when) for rule in rules]


def _verdict(asked: Iterable[Asked], facts: Mapping[str, object]) -> Verdict:
    applying = [rule for rule, when in asked if holds(when, facts)]
    return Verdict(
        refusals=tuple(_refusal(rule, facts) for rule in applying if rule.effect is Effect.REFUSE),
        questions=tuple(Question(rule=rule.id, text=rule.text) for rule in applying if rule.effect is Effect.ASK),
    )


def _refusal(rule: EligibilityRule, facts: Mapping[str, object]) -> Refusal:
    since, until = facts.get(rule.since), facts.get(rule.until)
    return Refusal(
        rule=rule.id,
        text=rule.text,
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        ends=rule.ends,
        passes=rule.passes,
        instead=rule.instead,
    )
