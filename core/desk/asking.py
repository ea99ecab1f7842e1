"""Asking the team lead for more than one may grant, from the call; and what becomes of it there (VIP-07)."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from msgspec import Struct

from core.desk.desk import Desk
from core.desk.opened import Opened
from core.domain.authority import (
    CALL_BACK_WITHIN,
    REQUEST_FLAW_WORDS,
    AuthorityRequest,
    RequestState,
    UsedGrant,
    Withdrawal,
    offer_granted,
    request_flaw,
)
from core.domain.errors import Refused
from core.domain.follow_up import FollowUpKind
from core.domain.granting import GrantRules
from core.domain.masking import mask_name
from core.domain.money import yuan_short
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.offered import OfferMade, Reply
from core.domain.people import Role
from core.domain.task import Tier
from core.domain.text import Text
from core.offers.authority import may_grant
from core.offers.budget import Budget
from core.store.types import OwnRequest
from core.wire.push import AuthorityAsked, AuthorityWithdrawn, Saved

NEEDS_NOBODY = "may_grant_alone"
"""code of the refusal to ask for what the agent may grant"""


class Askable(Struct, frozen=True, kw_only=True):
    """What can be asked for: a kind of offer, or one offer."""

    kind: OfferKind
    name: Text
    offer_id: str = ""
    cost_fen: int | None = None
    """None: as much as the agent says"""


class Case(Struct, frozen=True, kw_only=True):
    """What the desk knows of the customer's money when it asks."""

    before_fen: int = 0
    """granted before in this case"""
    own_fen: int = 0
    """of it, what the agent granted alone"""
    budget_left_fen: int | None = None


def case_so_far(made: Sequence[OfferMade], requests: Sequence[OwnRequest], budget: Budget | None) -> Case:
    """What was granted counts whether the customer has accepted it yet or not, and once; `budget` None: not read."""
    accepted = {one.offer: one.cost_fen for one in made if one.reply is Reply.ACCEPTED}
    granted = [one.case for one in requests if one.case.state.is_grant]
    allowed = {offer_granted(case.request): case.granted_fen for case in granted}
    own = sum(max(fen - allowed.get(offer, 0), 0) for offer, fen in accepted.items())
    # The budget in view has what was accepted in the case taken off.
    return Case(
        before_fen=own + sum(case.granted_fen for case in granted),
        own_fen=own,
        budget_left_fen=budget.left_fen + sum(accepted.values()) if budget else None,
    )


def askable_kinds(rules: GrantRules) -> tuple[Askable, ...]:
    """The kinds that somebody who answers may grant, in the order of the rules."""
    kinds = dict.fromkeys(kind for row in rules.rows if row.answers for kind in row.kinds)
    return tuple(Askable(kind=kind, name=OFFER_KIND_NAMES[kind]) for kind in kinds)


def request_of(
    opened: Opened, rules: GrantRules, what: Askable, cost_fen: int, reason: str, *, case: Case, desk: Desk
) -> AuthorityRequest:
    """The request as it will be sent.

    Raises Refused: no reason, a long number in it, no amount, what the agent may grant without asking, or what nobody
    who answers may grant.
    """
    request = AuthorityRequest(
        id=uuid4(),
        agent=opened.agent.staff_number,
        case=opened.key,
        task_id=opened.task_id,
        customer_id=opened.customer_id,
        customer=mask_name(opened.name),
        tier=opened.document.identity.tier if opened.document.identity else Tier.NONE,
        monthly_spend_fen=opened.monthly_spend_fen,
        kind=what.kind,
        offer=what.name,
        offer_id=what.offer_id,
        cost_fen=cost_fen,
        before_fen=case.before_fen,
        own_fen=case.own_fen,
        budget_left_fen=case.budget_left_fen,
        reason=reason.strip(),
        at=desk.moment().wall,
    )
    flaw = request_flaw(request)
    if flaw is not None:
        raise _flawed(REQUEST_FLAW_WORDS[flaw])
    _check(opened.agent.role, rules, request)
    return request


def ask(desk: Desk, request: AuthorityRequest) -> list[OwnRequest]:
    """Keep it, to be sent; gives all requests of the case. For the store's lane."""
    desk.store.log(AuthorityAsked(authority=request))
    return desk.store.requests(request.case)


def withdraw(desk: Desk, opened: Opened, request: UUID) -> list[OwnRequest]:
    desk.store.log(_withdrawn(desk, opened.agent.staff_number, request))
    return desk.store.requests(opened.key)


def _withdrawn(desk: Desk, agent: str, request: UUID) -> AuthorityWithdrawn:
    return AuthorityWithdrawn(withdrawal=Withdrawal(id=uuid4(), request=request, agent=agent, at=desk.moment().wall))


def withdraw_unanswered(desk: Desk, saved: Saved, case: str) -> None:
    """The case was saved without an answer: nobody need answer it any more, unless a callback soon is what waits for
    it: then the answer comes before the customer is called back, and stands on the call when it is opened."""
    now = desk.moment().wall
    due = (one.due_at for one in saved.follow_ups if one.kind is FollowUpKind.CALLBACK)
    if any(at is not None and at - now <= CALL_BACK_WITHIN for at in due):
        return
    for one in desk.store.requests(case):
        if one.case.state is RequestState.WAITING and one.message is None:
            desk.store.log(_withdrawn(desk, saved.outcome.agent, one.case.request.id))


def open_grants(requests: Sequence[OwnRequest]) -> tuple[OwnRequest, ...]:
    """What was granted for this case and went into no outcome yet."""
    return tuple(one for one in requests if one.case.state.is_grant and one.case.used_by is None)


def used_grants(requests: Sequence[OwnRequest], *, accepted: frozenset[str]) -> tuple[UsedGrant, ...]:
    """What goes into the outcome: what was granted and accepted as an offer; else it stays with the case, for the
    callback. A success alone uses none: nothing would carry it out."""
    return tuple(
        UsedGrant(
            request=one.case.request.id,
            fen=one.case.granted_fen,
            by=one.case.answered_by,
            by_name=one.case.answered_by_name,
        )
        for one in open_grants(requests)
        if offer_granted(one.case.request) in accepted
    )


def _check(role: Role, rules: GrantRules, request: AuthorityRequest) -> None:
    total = request.before_fen + request.cost_fen
    # Where the desk knows no budget there is none to go beyond.
    left = total if request.budget_left_fen is None else request.budget_left_fen
    verdict = may_grant(rules, role, request.kind, total, left)
    if verdict.granted:
        raise Refused(
            code=NEEDS_NOBODY,
            title=Text("不用申请", "No need to ask"),
            message=Text(
                f"这一项您自己可以给到 ¥{yuan_short(verdict.most_fen)}。",
                f"You may grant up to ¥{yuan_short(verdict.most_fen)} of it yourself.",
            ),
            next_step=Text("直接答应客户即可。", "Promise it to the customer."),
        )
    if verdict.needs is None:
        raise _flawed(Text("超出了所有人的权限，请少申请一些。", "It is beyond what anybody may grant: ask for less."))


def _flawed(message: Text) -> Refused:
    return Refused(
        code="request_flawed",
        title=Text("还不能申请", "Cannot ask yet"),
        message=message,
        next_step=Text("改好后再按回车。", "Correct it and press Enter again."),
    )
