"""Taking what the review writes: an export goes on record, a name for a group of problems to the team's leads."""

from core.domain import decoding
from core.domain.causes import CAUSE_NAME
from core.domain.masking import holds_long_number
from core.domain.people import Right
from core.domain.takeaway import KEY_MOST, NAME_MOST, WHERE_MOST, CauseName, TakenAway
from core.server.access.caller import Caller
from core.server.db import audit, published
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.review.cause_names import put_name
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.wire.takeaway import Exported, ReviewItem


def take_review(unit: Unit, caller: Caller, item: ReviewItem) -> Ruling:
    if isinstance(item, Exported):
        return _export(unit, caller, item.export)
    return _name(unit, caller, item.cause_name)


def _export(unit: Unit, caller: Caller, value: TakenAway) -> Ruling:
    """Kept whatever became of the right since: it has happened."""
    if value.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    if value.rows < 0 or len(value.what) > WHERE_MOST or any(len(team) > WHERE_MOST for team in value.teams):
        return rejected(Code.MALFORMED)
    audit.write(
        unit,
        writer=caller.staff_number,
        action=Action.EXPORT,
        object_=f"review/{value.what}",
        rows=value.rows,
        form=value.form.value,
        period=f"{value.first}/{value.last}",
        teams=",".join(value.teams),
        at=value.at.isoformat(timespec="seconds"),
        allowed=caller.may(Right.EXPORT),
    )
    return ACCEPTED


def _name(unit: Unit, caller: Caller, value: CauseName) -> Ruling:
    """For the leads of the caller's team; a planner's for planners. An earlier desk's late name does not come back."""
    if value.agent != caller.staff_number or not caller.may(Right.SEE_TEAM):
        return rejected(Code.NOT_YOURS)
    words = (value.name.zh, value.name.en)
    if not value.key or len(value.key) > KEY_MOST or any(len(word) > NAME_MOST for word in words):
        return rejected(Code.MALFORMED)
    if any(holds_long_number(word) for word in words):
        return rejected(Code.PERSONAL_DATA)
    name = f"{caller.agent.team}/{value.key}"
    kept = published.body(unit, CAUSE_NAME, name)
    if kept is None or decoding.decode(kept, CauseName).at <= value.at:
        put_name(unit, caller.agent.team, value)
        audit.write(unit, writer=caller.staff_number, action=Action.CAUSE_NAMED, object_=name)
    return ACCEPTED
