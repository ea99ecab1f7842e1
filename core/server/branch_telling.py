"""A request to a branch as it is kept and as every desk is told of it; what the branch says by the department port."""

import msgspec

from core.domain.branch_request import BRANCH_REQUEST, BranchRequest, BranchState
from core.domain.errand import ErrandState, PlacedErrand
from core.server.db import audit, branch_requests, published
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.wire.pull import ContentDocument

ANSWER_MOST = 200
_AGREED = frozenset({ErrandState.IN_PROGRESS, ErrandState.DONE})


def keep(unit: Unit, value: BranchRequest) -> None:
    branch_requests.put(unit, value)
    body = msgspec.Raw(msgspec.json.encode(value))
    published.put(unit, [ContentDocument(kind=BRANCH_REQUEST, name=value.name, version=1, body=body)])


def changed(
    unit: Unit, found: BranchRequest, state: BranchState, *, agreed: bool, words: str, by: str
) -> BranchRequest:
    """Kept, on record and told."""
    done = msgspec.structs.replace(
        found, state=state, agreed=agreed, answer=words.strip()[:ANSWER_MOST], changed_at=unit.now
    )
    keep(unit, done)
    audit.write(unit, writer=by, action=Action.BRANCH_ANSWERED, object_=done.name, state=state, agreed=agreed)
    return done


def branch_heard(unit: Unit, moved: PlacedErrand, *, by: str) -> None:
    """What becomes of the errand that carries a request is the branch's answer: taken up it agrees, done it is open,
    sent back it does not."""
    plan_code, _, branch = moved.errand.opens.partition("@")
    found = branch_requests.get(unit, plan_code, branch) if plan_code else None
    if found is None or found.errand != moved.id or found.state is BranchState.ACTIVE:
        return
    words = moved.reason.zh if moved.reason else found.answer
    if moved.state in _AGREED:
        state = BranchState.ACTIVE if moved.state is ErrandState.DONE else BranchState.ANSWERED
        changed(unit, found, state, agreed=True, words=words, by=by)
    elif moved.state is ErrandState.REFUSED:
        changed(unit, found, BranchState.ANSWERED, agreed=False, words=words, by=by)
