"""Taking a tip: it waits until a team lead has read it, and nobody else sees it before."""

from core.domain.knowledge import TIP_ANSWER, Tip, TipState
from core.domain.people import Right
from core.domain.text import Lang
from core.domain.tip_rules import TipFlaw, tip_flaw, told_competitor
from core.server.access.caller import Caller
from core.server.db import audit, published, tips
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.tips import answer, competitor_in

_SCENARIO_MOST = 80
CHECK = "check"
"""who returns a tip that no lead need read"""


def take_tip(unit: Unit, caller: Caller, value: Tip) -> Ruling:
    """Checked here as at the desk: what holds a long number is not kept at all."""
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    flaw = tip_flaw(value.title, value.text)
    if flaw is TipFlaw.NUMBER:
        return rejected(Code.PERSONAL_DATA)
    if flaw is not None or len(value.scenario) > _SCENARIO_MOST or len(value.step) > _SCENARIO_MOST:
        return rejected(Code.MALFORMED)
    tips.add(unit, value, team=caller.agent.team)
    if word := competitor_in(unit, value.title, value.text):
        # The check reads it before a lead does.
        _give_back(unit, value, word)
    if value.after is not None:
        _take_back(unit, caller, str(value.after))
    return ACCEPTED


def _give_back(unit: Unit, value: Tip, word: str) -> None:
    told = told_competitor(word)
    reason = told.zh if value.lang is Lang.ZH else told.en
    tips.decide(unit, str(value.id), state=TipState.RETURNED, by=CHECK, reason=reason)
    answer(unit, value, TipState.RETURNED, reason)
    audit.write(unit, writer=CHECK, action=Action.TIP_RETURNED, object_=str(value.id), author=value.agent)


def _take_back(unit: Unit, caller: Caller, tip_id: str) -> None:
    """The one that was returned has been written anew: its author is not reminded of it any more."""
    before = tips.get(unit, tip_id)
    if before is not None and before.state is TipState.RETURNED and before.tip.agent == caller.staff_number:
        published.withdraw(unit, TIP_ANSWER, tip_id, audience=caller.staff_number)
