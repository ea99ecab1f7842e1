"""Taking what the review writes: an export goes on record, a name for a group of problems to the team's leads."""

import msgspec

from core.domain import decoding
from core.domain.causes import CAUSE_NAME
from core.domain.masking import holds_long_number
from core.domain.people import Right
from core.domain.takeaway import KEY_MOST, NAME_MOST, WHERE_MOST, CauseName, TakenAway
from core.server.access.caller import Caller
from core.server.db import audit, people, published
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.team.teams import leads_of
from core.wire.pull import ContentDocument
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
        piece = ContentDocument(
            kind=CAUSE_NAME,
            name=name,
            version=int(value.at.timestamp()),
            body=msgspec.Raw(msgspec.json.encode(value)),
        )
        published.put_for(unit, piece, _readers(unit, caller))
        audit.write(unit, writer=caller.staff_number, action=Action.CAUSE_NAMED, object_=name)
    return ACCEPTED


def _readers(unit: Unit, caller: Caller) -> frozenset[str]:
    """Who leads the caller's team now, or stands in; of planners those of the team."""
    accounts = (account.agent for account in people.everyone(unit))
    planners = {one.staff_number for one in accounts if Right.PLAN in one.rights and one.team == caller.agent.team}
    return leads_of(unit, caller.agent.team) | planners | {caller.staff_number}
