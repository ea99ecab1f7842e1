"""Asking a branch to open a plan to calls (4G-05), and how such requests stand for the customer on the desk."""

from uuid import uuid4

from core.desk.desk import Desk
from core.domain.branch_request import BranchAsk, BranchState, branch_words
from core.domain.customer import Document
from core.domain.text import Text
from core.wire.push import BranchAsked

WAITS = Text("已记下，联网后发给支局", "Kept here, goes to the branch once online")


def branch_of(document: Document) -> str:
    """The customer's branch office; empty where the record names none: the centre's own."""
    return document.identity.branch if document.identity else ""


def ask_branch(desk: Desk, document: Document, plan_code: str) -> None:
    """Queued with everything else that is uploaded; asking again while the branch thinks joins the same request."""
    ask = BranchAsk(
        id=uuid4(),
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
        plan_code=plan_code,
        branch=branch_of(document),
    )
    desk.store.log(BranchAsked(branch_ask=ask))


def standing_of(desk: Desk, document: Document) -> dict[str, Text]:
    """By plan, how requests to the customer's branch stand, in words."""
    told, waiting = desk.store.branch_requests()
    branch = branch_of(document)
    found = {one.plan_code: branch_words(one) for one in told if one.branch == branch}
    return found | {one.plan_code: WAITS for one in waiting if one.branch == branch}


def opened_by_branch(desk: Desk, document: Document) -> frozenset[str]:
    """Plans that the customer's branch has opened to calls."""
    told, _ = desk.store.branch_requests()
    branch = branch_of(document)
    return frozenset(one.plan_code for one in told if one.branch == branch and one.state is BranchState.ACTIVE)
