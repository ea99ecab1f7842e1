"""ID-01: a rule over factors, which says who should be called and in what words the agent is told why."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from core.domain.bounded import refuse_endless
from core.domain.condition import Condition, Scalar
from core.domain.text import Text


class Population(StrEnum):
    """ID-02: 初入网, 主动关怀, 离网倾向; and those who have left (WINBACK-01)."""

    NEW_JOINER = "new_joiner"
    PROACTIVE_CARE = "proactive_care"
    CHURN_INCLINED = "churn_inclined"
    LEFT = "left"
    """whoever has left belongs to this one alone: no rule of another finds them"""


POPULATION_WORDS: Mapping[Population, Text] = {
    Population.NEW_JOINER: Text("初入网", "New joiners"),
    Population.PROACTIVE_CARE: Text("主动关怀", "Proactive care"),
    Population.CHURN_INCLINED: Text("离网倾向", "Churn-inclined"),
    Population.LEFT: Text("已离网", "Left"),
}


LEFT_ON = "left_on"
"""the factor that says who has left, and when"""
LIST_OF_RULE = "screen:"
"""with the rule's id behind it: the list that its tasks came from"""


class RuleUse(StrEnum):
    CALL = "call"
    REST = "rest"
    """VIP-03, 免扰: whoever it matches is left in peace by every other rule"""


class Unknown(StrEnum):
    """What becomes of a customer of whom a factor that the rule asks for is not known."""

    NOT_HELD = "not_held"
    """a comparison with it is not fulfilled; the rest of the tree decides"""
    LEFT_OUT = "left_out"
    """the rule does not match, whatever else is known; `known` alone may ask for what is missing"""


class Missing(Struct, frozen=True, forbid_unknown_fields=True):
    rest: Unknown
    taken_as: dict[str, Scalar] = {}
    """factors of which a missing value stands for this one"""

    def __post_init__(self) -> None:
        refuse_endless(*self.taken_as.values())


class WarningRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    version: int
    name: Text
    code: str
    """the warning's, in the customer's history"""
    population: Population
    use: RuleUse = RuleUse.CALL
    scenario: str = ""
    """id of the script that its calls follow where nothing else is said"""
    priority: int = 5
    """of its tasks, 0 first … 9 last"""
    most_percent: float = 25.0
    """of all customers: beyond it nothing is made of the rule until somebody confirms"""
    when: Condition
    missing: Missing
    reason: Text
    """what the agent reads, with values of factors at `{name}`; the rule's name stands where one of them is unknown"""

    def __post_init__(self) -> None:
        refuse_endless(self.version, self.priority, self.most_percent)
