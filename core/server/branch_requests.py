"""A request to a branch to open a plan to calls, from the first asking until it is open (4G-05); every desk is told."""

import msgspec

from core.domain.branch_request import BRANCH_REQUEST, BranchAsk, BranchRequest, BranchState
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import audit, branch_requests, published
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.wire.pull import ContentDocument

ANSWER_MOST = 200


def join(unit: Unit, ask: BranchAsk) -> None:
    """The first makes the request; a further one joins it. One that was declined is asked anew."""
    made = BranchRequest(
        plan_code=ask.plan_code, branch=ask.branch, asked_by=(ask.agent,), asked_at=unit.now, changed_at=unit.now
    )
    is_first = branch_requests.add(unit, made)
    found = branch_requests.get(unit, ask.plan_code, ask.branch)
    if is_first or found is None or (found.state is BranchState.ANSWERED and found.agreed is False):
        _keep(unit, made)
        audit.write(unit, writer=ask.agent, action=Action.BRANCH_ASKED, object_=made.name)
    elif ask.agent not in found.asked_by:
        branch_requests.put(unit, msgspec.structs.replace(found, asked_by=(*found.asked_by, ask.agent)))


def answer(database: Database, plan_code: str, branch: str, *, agreed: bool, words: str, by: str) -> BranchRequest:
    """What the branch said. Raises InputError where nothing was asked, or the plan is open already."""
    with database.write() as unit:
        found = _asked(unit, plan_code, branch)
        if found.state is BranchState.ACTIVE:
            raise _cannot(Text("这一档已经开放。", "The plan is open already."))
        return _changed(unit, found, BranchState.ANSWERED, agreed=agreed, words=words, by=by)


def activate(database: Database, plan_code: str, branch: str, *, by: str) -> BranchRequest:
    """The plan may be sold on the phone there. Raises InputError where the branch has not agreed."""
    with database.write() as unit:
        found = _asked(unit, plan_code, branch)
        if not found.agreed:
            raise _cannot(Text("支局还没有同意。", "The branch has not agreed yet."))
        return _changed(unit, found, BranchState.ACTIVE, agreed=True, words=found.answer, by=by)


def _asked(unit: Unit, plan_code: str, branch: str) -> BranchRequest:
    found = branch_requests.get(unit, plan_code, branch)
    if found is None:
        raise _cannot(Text(f"没有人请 {branch} 开放 {plan_code}。", f"Nobody has asked {branch} to open {plan_code}."))
    return found


def _changed(
    unit: Unit, found: BranchRequest, state: BranchState, *, agreed: bool, words: str, by: str
) -> BranchRequest:
    done = msgspec.structs.replace(
        found, state=state, agreed=agreed, answer=words.strip()[:ANSWER_MOST], changed_at=unit.now
    )
    _keep(unit, done)
    audit.write(unit, writer=by, action=Action.BRANCH_ANSWERED, object_=done.name, state=state, agreed=agreed)
    return done


def _keep(unit: Unit, value: BranchRequest) -> None:
    branch_requests.put(unit, value)
    body = msgspec.Raw(msgspec.json.encode(value))
    published.put(unit, [ContentDocument(kind=BRANCH_REQUEST, name=value.name, version=1, body=body)])


def _cannot(why: Text) -> InputError:
    return InputError(
        title=Text("不能这样处理", "That cannot be done"),
        message=why,
        next_step=Text(
            "用 stayline-server branch-request list 查看。", "See them with stayline-server branch-request list."
        ),
    )
