"""Tips that wait for somebody's judgement, and those that stand, with the place in the script of each."""

from typing import NamedTuple

from core.desk.desk import Desk
from core.domain.errors import Refused
from core.domain.text import Text
from core.sync.ask import Ask
from core.wire.tips import JudgedTip


class WaitingTip(NamedTuple):
    judged: JudgedTip
    stage: Text | None
    """of the call, where it was written; None where it belongs to no step"""


def waiting_tips(desk: Desk, ask: Ask) -> list[WaitingTip]:
    """Oldest first. Raises ServerUnreachable, Refused where the role may not judge."""
    return [WaitingTip(one, stage_of(desk, one.tip.scenario, one.tip.step)) for one in ask.waiting_tips()]


def standing_tips(desk: Desk, ask: Ask) -> list[WaitingTip]:
    """Those of the same people that everyone has. Raises as `waiting_tips`."""
    return [WaitingTip(one, stage_of(desk, one.tip.scenario, one.tip.step)) for one in ask.standing_tips()]


def stage_of(desk: Desk, scenario: str, step: str) -> Text | None:
    """The label of the stage that a step belongs to; the step's own name where the script has none such any more.

    None where the script is not here, or not yet: an id says nothing to whoever reads a tip.
    """
    if not step:
        return None
    try:
        script = desk.script(scenario)
    except Refused:
        return None
    stage = next((one.stage for one in script.steps if one.id == step), "")
    return next((one.label for one in script.stages if one.id == stage), Text(step, step))
