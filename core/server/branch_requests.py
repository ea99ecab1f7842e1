"""A request to a branch to open a plan to calls, from the first asking until it is open (4G-05); every desk is told.

It leaves through the department port as an errand of the branches; who speaks for a branch may answer here as well."""

from uuid import uuid4

import msgspec

from core.domain import decoding
from core.domain.branch_request import BranchAsk, BranchRequest, BranchState
from core.domain.errand import Errand, ErrandKind
from core.domain.errors import InputError
from core.domain.offer_content import PLANS
from core.domain.text import Text
from core.server.branch_telling import changed, keep
from core.server.db import audit, branch_requests, errands, published
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.departments import taking as errands_taken
from core.server.departments.moving import withdraw

DEPARTMENT = "branch"
"""the branches, as a department that errands go to"""


class _Plan(msgspec.Struct):
    code: str
    name: Text | None = None


class _Catalogue(msgspec.Struct):
    plans: tuple[_Plan, ...]


def join(unit: Unit, ask: BranchAsk, *, team_id: str = "") -> None:
    """The first makes the request; a further one joins it. One that was declined is asked anew."""
    made = BranchRequest(
        plan_code=ask.plan_code, branch=ask.branch, asked_by=(ask.agent,), asked_at=unit.now, changed_at=unit.now
    )
    is_first = branch_requests.add(unit, made)
    found = branch_requests.get(unit, ask.plan_code, ask.branch)
    if is_first or found is None or (found.state is BranchState.ANSWERED and found.agreed is False):
        keep(unit, _carried(unit, made, team_id=team_id))
        audit.write(unit, writer=ask.agent, action=Action.BRANCH_ASKED, object_=made.name)
    elif ask.agent not in found.asked_by:
        branch_requests.put(unit, msgspec.structs.replace(found, asked_by=(*found.asked_by, ask.agent)))


def answer(database: Database, plan_code: str, branch: str, *, agreed: bool, words: str, by: str) -> BranchRequest:
    """What the branch said. Raises InputError where nothing was asked, or the plan is open already."""
    with database.write() as unit:
        found = _asked(unit, plan_code, branch)
        if found.state is BranchState.ACTIVE:
            raise _cannot(Text("这一档已经开放。", "The plan is open already."))
        done = changed(unit, found, BranchState.ANSWERED, agreed=agreed, words=words, by=by)
        if not agreed:
            _end(unit, done, by=by)
        return done


def activate(database: Database, plan_code: str, branch: str, *, by: str) -> BranchRequest:
    """The plan may be sold on the phone there. Raises InputError where the branch has not agreed."""
    with database.write() as unit:
        found = _asked(unit, plan_code, branch)
        if not found.agreed:
            raise _cannot(Text("支局还没有同意。", "The branch has not agreed yet."))
        done = changed(unit, found, BranchState.ACTIVE, agreed=True, words=found.answer, by=by)
        _end(unit, done, by=by)
        return done


def _asked(unit: Unit, plan_code: str, branch: str) -> BranchRequest:
    found = branch_requests.get(unit, plan_code, branch)
    if found is None:
        raise _cannot(Text(f"没有人请 {branch} 开放 {plan_code}。", f"Nobody has asked {branch} to open {plan_code}."))
    return found


def _carried(unit: Unit, made: BranchRequest, *, team_id: str) -> BranchRequest:
    """The request on its way to the branch, by the port that every errand of a department takes."""
    plans = published.body(unit, PLANS, PLANS)
    named = decoding.decode(plans, _Catalogue).plans if plans is not None else ()
    plan = next((one.name.zh for one in named if one.code == made.plan_code and one.name is not None), "")
    what = f"{plan}（{made.plan_code}）" if plan else made.plan_code
    errand = Errand(
        id=uuid4(),
        kind=ErrandKind.WORK_ORDER,
        department=DEPARTMENT,
        text=f"请{made.branch or '支局'}开放外呼办理：{what}。办结即为开放，不同意请写明原因退回。",
        agent=made.asked_by[0],
        at=unit.now,
        opens=made.name,
    )
    errands_taken.ask(unit, errand, team_id=team_id)
    return msgspec.structs.replace(made, errand=errand.id)


def _end(unit: Unit, request: BranchRequest, *, by: str) -> None:
    """Answered otherwise, the errand is not wanted any more."""
    placed = errands.get(unit, str(request.errand)) if request.errand is not None else None
    if placed is not None:
        withdraw(unit, placed, by=by)


def _cannot(why: Text) -> InputError:
    return InputError(
        title=Text("不能这样处理", "That cannot be done"),
        message=why,
        next_step=Text(
            "用 stayline-server branch-request list 查看。", "See them with stayline-server branch-request list."
        ),
    )
