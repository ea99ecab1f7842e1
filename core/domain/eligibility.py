"""Who may be offered what, as content: rules over named facts, each with its words and the day until which it holds."""

from enum import StrEnum

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.text import Text


class Action(StrEnum):
    """What is asked for."""

    CHANGE_PLAN = "change_plan"
    RENEW_CONTRACT = "renew_contract"
    """the contract's term is extended (CONTRACT-03)"""
    HOME_SERVICE = "home_service"
    """a free visit at home by tenure (OFFER-07)"""
    TAKE_BENEFIT = "take_benefit"
    """bonus credit, a discount, a gift (OFFER-05)"""


class Effect(StrEnum):
    """What a rule that applies brings about."""

    REFUSE = "refuse"
    ASK = "ask"
    """allowed, once the agent has asked the customer what is not known"""


class EligibilityRule(Struct, frozen=True, kw_only=True):
    id: str
    actions: tuple[Action, ...] = ()
    """empty in an offer's own rules"""
    when: Condition
    effect: Effect = Effect.REFUSE
    text: Text
    """said to the agent: why not, or what to ask"""
    since: str = ""
    """the fact that holds the day since which it is so"""
    until: str = ""
    """the fact that holds the day up to which it is so"""
    lasting: bool = False
    """no day ends it: it lasts as long as things are as they are"""
    ends: Text | None = None
    """of what lasts: until what happens, in place of the day; English has it after "until", Chinese before 前"""
    passes: bool = False
    """what stands in the way ends, or the customer can put it right: the plan may be named for later"""
    instead: Text | None = None
    """what may be offered in its place"""


class HomeVisits(Struct, frozen=True, kw_only=True):
    """Free visits a year from some tenure on (OFFER-07)."""

    from_months: int
    visits: int


class EligibilityRules(Struct, frozen=True, kw_only=True):
    version: int
    home_visits: tuple[HomeVisits, ...]
    """by rising tenure"""
    rules: tuple[EligibilityRule, ...]
    broadband: tuple[EligibilityRule, ...] = ()
    """for a change of the line at home, without actions; apart, so that an older desk reads the rest as it was"""
