"""Whether a script's words or conditions ask for what only the bill calculator knows."""

from core.domain.condition import Condition
from core.domain.script import Script
from core.guidance.fact_names import COMPUTED
from core.guidance.render import needs
from core.rules import fields_of


def speaks_of_plans(script: Script) -> bool:
    """True where some step says such a figure, some answer depends on one, or renews a contract, whose plan and price
    stand in the catalogue. Raises BadTemplate on bad words."""
    if any(answer.renews for step in script.steps for answer in step.answers):
        return True
    said = (needs(say.text) for step in script.steps for say in step.say)
    if any(COMPUTED & names for names in said):
        return True
    asked = [say.when for step in script.steps for say in step.say]
    asked += [answer.when for step in script.steps for answer in step.answers]
    return any(COMPUTED & _fields(condition) for condition in asked)


def _fields(condition: Condition | None) -> frozenset[str]:
    return frozenset(fields_of(condition)) if condition else frozenset()
