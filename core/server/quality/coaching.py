"""Coaching notes: what lead and agent agreed on, with a day to look again."""

import msgspec

from core.domain.quality.inspection import CoachingCase, CoachingNote, LookedAgain, WordsFlaw, words_flaw
from core.server.access.caller import Caller
from core.server.db import audit, quality
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.quality.leads import agent_of, inspects
from core.server.quality.telling import tell_note
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected


def take_note(unit: Unit, caller: Caller, value: CoachingNote) -> Ruling:
    """The lead of the agent's present team writes it, or of the team in which the score was given."""
    if value.by != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    agent = agent_of(unit, value.agent)
    scored = quality.score(unit, str(value.score)) if value.score else None
    if agent is None or value.agent == caller.staff_number:
        return rejected(Code.UNKNOWN_COLLEAGUE)
    if scored is not None and scored.agent != value.agent:
        return rejected(Code.UNKNOWN_SCORE)
    team = scored.team if scored is not None else agent.team
    if not inspects(unit, caller, team):
        return rejected(Code.UNKNOWN_COLLEAGUE)
    flaw = words_flaw(value.words)
    if flaw is not None or value.look_again_at <= value.at:
        return rejected(Code.NUMBER_IN_REMARK if flaw is WordsFlaw.NUMBER else Code.MALFORMED)
    case = CoachingCase(
        note=value, by_name=caller.agent.name, agent_name=agent.name, team=team, look_again_at=value.look_again_at
    )
    quality.put_note(unit, case)
    tell_note(unit, case)
    audit.write(unit, writer=caller.staff_number, action=Action.COACHED, object_=str(value.id), agent=value.agent)
    return ACCEPTED


def take_look(unit: Unit, caller: Caller, value: LookedAgain) -> Ruling:
    """It is better, or it is looked at once more on another day."""
    case = quality.note(unit, str(value.note), lock=True)
    if value.by != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    if case is None or not inspects(unit, caller, case.team):
        return rejected(Code.UNKNOWN_NOTE)
    flaw = words_flaw(value.words) if value.words else None
    again = value.again_at
    if flaw is not None or (not value.better and (again is None or again <= value.at)):
        return rejected(Code.NUMBER_IN_REMARK if flaw is WordsFlaw.NUMBER else Code.MALFORMED)
    looks = tuple(sorted((*case.looks, value), key=lambda one: one.at))
    later = again if again is not None and not value.better else case.look_again_at
    changed = msgspec.structs.replace(case, looks=looks, look_again_at=later)
    quality.put_note(unit, changed)
    tell_note(unit, changed)
    audit.write(
        unit, writer=caller.staff_number, action=Action.COACHING_LOOKED, object_=str(value.note), better=value.better
    )
    return ACCEPTED
