"""What becomes of a request for more authority: who may answer it, once, and for which case it counts (VIP-07)."""

from sqlalchemy.exc import OperationalError

from core.domain.authority import (
    ANSWERS,
    CALL_BACK_WITHIN,
    WORDS_MOST,
    AuthorityCase,
    RequestState,
    UsedGrant,
    Withdrawal,
    offer_granted,
)
from core.domain.errors import Refused
from core.domain.follow_up import FollowUpKind
from core.domain.granting import GrantRules
from core.domain.masking import holds_long_number
from core.domain.money import yuan_short
from core.domain.outcome import Outcome
from core.domain.people import ROLE_NAMES, Right, Role
from core.domain.text import Text
from core.offers.authority import may_grant
from core.server.access.caller import Caller
from core.server.db import audit, authority, published, records, tasks
from core.server.db.audit import Action
from core.server.db.authority import StoredCase
from core.server.db.engine import Database, Unit
from core.wire.authority import ANSWERED_BEFORE, AuthorityAnswer

_DEADLOCK = "40P01"
_LONG_WORDS = Text(
    f"答复里不能有长号码，最多 {WORDS_MOST} 字。", f"No long numbers, and at most {WORDS_MOST} characters."
)


class NoSuchRequest(Exception):
    """There is none, or none that the caller may know of."""


def teams_of(unit: Unit, caller: Caller) -> frozenset[str] | None:
    """The teams whose requests the caller answers; None: all teams. Empty for agents.

    A lead answers for their own team and for those that they are deputy of, an administrator for all.
    """
    if not caller.may(Right.ANSWER_AUTHORITY):
        return frozenset()
    if caller.may(Right.ADMINISTER):
        return None
    return authority.deputised(unit, caller.staff_number) | {caller.agent.team}


def answer(database: Database, caller: Caller, request_id: str, given: AuthorityAnswer) -> StoredCase:
    """Settle a request that waits. The same answer by the same person again changes nothing.

    Raises NoSuchRequest, or Refused: answered before (who is named), withdrawn, expired, one's own, beyond what the
    caller may grant, or an answer that says nothing.
    """
    try:
        return _answer(database, caller, request_id, given)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _DEADLOCK:
            raise
        # PostgreSQL ended this one for the other's sake, which is done by now.
        return _answer(database, caller, request_id, given)


def _answer(database: Database, caller: Caller, request_id: str, given: AuthorityAnswer) -> StoredCase:
    with database.write() as unit:
        found = _held(unit, request_id)
        teams = teams_of(unit, caller)
        if found is None or (teams is not None and found.team not in teams):
            raise NoSuchRequest
        case = found.case
        if case.request.agent == caller.staff_number:
            raise _own()
        settled = _sound(case, given)
        if _is_said_again(case, caller, settled):
            return found
        if case.state is not RequestState.WAITING:
            raise _not_open(case, case.state)
        if case.expires_at <= unit.now:
            # Its time is over, though nobody has ended it yet.
            raise _not_open(case, RequestState.EXPIRED)
        _check_limit(unit, caller, case, settled.granted_fen)
        authority.change(
            unit, request_id, state=settled.state.value, granted_fen=settled.granted_fen, words=settled.words,
            answered_by=caller.staff_number, answered_by_name=caller.agent.name, answered_at=unit.now,
        )  # fmt: skip
        audit.write(
            unit, writer=caller.staff_number, action=Action.AUTHORITY_ANSWERED, object_=request_id,
            agent=case.request.agent, answer=settled.state.value, asked_fen=case.request.cost_fen,
            granted_fen=settled.granted_fen, customer=case.request.customer_id,
        )  # fmt: skip
        return _reread(unit, request_id)


def withdraw(unit: Unit, caller: Caller, value: Withdrawal) -> bool:
    """Take back one's own request while it waits; False where an answer, or its time, came first."""
    found = authority.get(unit, str(value.request), lock=True)
    if found is None or found.case.request.agent != caller.staff_number:
        return False
    if found.case.state is not RequestState.WAITING:
        return False
    authority.change(unit, str(value.request), state=RequestState.WITHDRAWN.value)
    audit.write(unit, writer=caller.staff_number, action=Action.AUTHORITY_WITHDRAWN, object_=str(value.request))
    return True


def expire(database: Database) -> list[StoredCase]:
    """End the requests that nobody answered in time; gives them."""
    with database.read() as unit:
        late = authority.waiting_past(unit)
    ended = []
    for request_id in late:
        with database.write() as unit:
            found = authority.get(unit, request_id, lock=True)
            if found is not None and found.case.state is RequestState.WAITING:
                authority.change(unit, request_id, state=RequestState.EXPIRED.value)
                audit.write(
                    unit, writer="server", action=Action.AUTHORITY_EXPIRED, object_=request_id,
                    agent=found.case.request.agent, customer=found.case.request.customer_id,
                )  # fmt: skip
                ended.append(found)
    return ended


def use(unit: Unit, caller: Caller, outcome: Outcome) -> dict[str, int]:
    """Bind the grants that an outcome names to it. The outcome stands in any case; a claim that does not is audited.
    What a correction does without is free again.

    Gives what they grant: fen by the id of the offer.
    """
    if outcome.corrects is not None:
        _free(unit, outcome)
    _wait_for_callback(unit, outcome)
    granted: dict[str, int] = {}
    for claim in outcome.grants:
        found = authority.get(unit, str(claim.request), lock=True)
        if found is not None and _may_use(found.case, outcome, claim):
            authority.change(unit, str(claim.request), used_by=str(outcome.id))
            offer = offer_granted(found.case.request)
            granted[offer] = max(found.case.granted_fen, granted.get(offer, 0))
        else:
            audit.write(
                unit, writer=caller.staff_number, action=Action.AUTHORITY_MISUSED, object_=str(outcome.id),
                request=str(claim.request), fen=claim.fen,
            )  # fmt: skip
    return granted


def _wait_for_callback(unit: Unit, outcome: Outcome) -> None:
    """What nobody has answered when the call is over is answered before the customer is called back: the lead sees by
    when, and until then the request stands."""
    waiting = [
        one
        for one in authority.waiting_for(unit, outcome.agent, outcome.customer_id)
        if one.case.request.task_id == outcome.task_id
    ]
    if not waiting:
        return
    promised = records.waiting_follow_ups(unit, outcome_id=str(outcome.id))
    due = [one.due_at for one in promised if one.kind is FollowUpKind.CALLBACK and one.due_at is not None]
    for one in waiting:
        if due and min(due) - unit.now <= CALL_BACK_WITHIN:
            authority.call_back_at(unit, one.case, min(due))


def _free(unit: Unit, correction: Outcome) -> None:
    corrected = records.get_outcome(unit, str(correction.corrects))
    kept = {claim.request for claim in correction.grants}
    for claim in corrected.grants if corrected else ():
        found = authority.get(unit, str(claim.request), lock=True) if claim.request not in kept else None
        if found is not None and found.case.used_by == correction.corrects:
            authority.change(unit, str(claim.request), used_by="")


def _held(unit: Unit, request_id: str) -> StoredCase | None:
    """The customer is held before the request, as a record that uses the grant does: two leads who grant in one case
    at once would else each see no more than their own."""
    found = authority.get(unit, request_id)
    if found is None:
        return None
    tasks.lock_customer(unit, found.case.request.customer_id)
    return authority.get(unit, request_id, lock=True)


def _may_use(case: AuthorityCase, outcome: Outcome, claim: UsedGrant) -> bool:
    asked = case.request
    return (
        case.state.is_grant
        and (asked.customer_id, asked.task_id) == (outcome.customer_id, outcome.task_id)
        and (asked.agent == outcome.agent or outcome.corrects is not None)
        and claim.fen <= case.granted_fen
        and case.used_by in (None, outcome.id, outcome.corrects)
    )


def _sound(case: AuthorityCase, given: AuthorityAnswer) -> AuthorityAnswer:
    """The answer as it is kept: a full grant is of what was asked."""
    words = given.words.strip()
    if given.state not in ANSWERS or len(words) > WORDS_MOST or holds_long_number(words) or "\0" in words:
        raise _bad_answer(_LONG_WORDS)
    if given.state is RequestState.REFUSED:
        if not words:
            raise _bad_answer(Text("不同意时请写一句理由。", "A refusal says why."))
        return AuthorityAnswer(state=given.state, words=words)
    if given.state is RequestState.GRANTED:
        return AuthorityAnswer(state=given.state, granted_fen=case.request.cost_fen, words=words)
    if not 0 < given.granted_fen < case.request.cost_fen:
        most = yuan_short(case.request.cost_fen)
        raise _bad_answer(
            Text(f"批准部分时，金额要大于 0 且小于申请的 {most} 元。", f"Granting less is above 0 and below ¥{most}.")
        )
    return AuthorityAnswer(state=given.state, granted_fen=given.granted_fen, words=words)


def _is_said_again(case: AuthorityCase, caller: Caller, settled: AuthorityAnswer) -> bool:
    """The reply that said so may have been lost."""
    said = (case.answered_by, case.state, case.granted_fen, case.words)
    return said == (caller.staff_number, settled.state, settled.granted_fen, settled.words)


def _check_limit(unit: Unit, caller: Caller, case: AuthorityCase, granted_fen: int) -> None:
    """A lead's own authority has its end too; an administrator stands in for a lead, with no more than one has.

    What was granted before in the case is what this server granted, where that is more than the desk says.
    """
    if granted_fen == 0:
        return
    asked = case.request
    role = caller.agent.role if caller.agent.role is not Role.ADMINISTRATOR else Role.TEAM_LEAD
    total = max(asked.before_fen, asked.own_fen + authority.granted_fen(unit, asked)) + granted_fen
    # A desk that knows no budget leaves nothing to go beyond.
    left = total if asked.budget_left_fen is None else asked.budget_left_fen
    verdict = may_grant(rules_of(unit), role, asked.kind, total, left)
    if not verdict.granted:
        raise _beyond(role, verdict.most_fen, verdict.needs)


def rules_of(unit: Unit) -> GrantRules:
    """Who may grant what: as published, else as the program brings it."""
    published_rules = published.granting(unit)
    if published_rules is not None:
        return published_rules
    # Its room reads YAML, which a server need not know to listen.
    from core.content.grant_rules import grant_rules

    return grant_rules()


def _reread(unit: Unit, request_id: str) -> StoredCase:
    found = authority.get(unit, request_id)
    assert found is not None
    return found


def _own() -> Refused:
    return Refused(
        code="own_request",
        title=Text("不能批自己的申请", "Your own request"),
        message=Text("自己的申请要由另一位班长或管理员答复。", "Another lead or an administrator answers it."),
        next_step=Text("请找代班班长。", "Ask the deputy lead."),
    )


def _not_open(case: AuthorityCase, state: RequestState) -> Refused:
    """Names who answered, so that two leads need not ask each other."""
    who = f"{case.answered_by_name}（{case.answered_by}）"
    who_en = f"{case.answered_by_name} ({case.answered_by})"
    words = {
        RequestState.GRANTED: Text(f"{who}已同意。", f"{who_en} granted it."),
        RequestState.GRANTED_LESS: Text(
            f"{who}已批准 ¥{yuan_short(case.granted_fen)}。", f"{who_en} granted ¥{yuan_short(case.granted_fen)} of it."
        ),
        RequestState.REFUSED: Text(f"{who}已答复不同意。", f"{who_en} refused it."),
        RequestState.WITHDRAWN: Text("坐席已撤回这个申请。", "The agent took it back."),
    }.get(state, Text("申请等得太久，已经失效。", "It waited too long and has expired."))
    return Refused(
        code=ANSWERED_BEFORE if case.answered_by else state.value,
        title=Text("这个申请已经了结", "The request is settled"),
        message=words,
        next_step=Text("不用再处理。", "Nothing is left to do."),
    )


def _beyond(role: Role, most_fen: int, needs: Role | None) -> Refused:
    most = yuan_short(most_fen)
    if needs is None:
        next_step = Text("请批准少一些，或不同意并说明。", "Grant less, or refuse and say why.")
    else:
        zh, en = ROLE_NAMES[needs].zh, ROLE_NAMES[needs].en
        next_step = Text(f"请转给{zh}。", f"Hand it to: {en}.")
    return Refused(
        code="beyond_authority",
        title=Text("超出您的权限", "Beyond your authority"),
        message=Text(
            f"{ROLE_NAMES[role].zh}一个客户一次最多 ¥{most}，含此前已批的。",
            f"A {ROLE_NAMES[role].en.lower()} may grant ¥{most} in one case, with what was granted before.",
        ),
        next_step=next_step,
    )


def _bad_answer(message: Text) -> Refused:
    return Refused(
        code="bad_answer",
        title=Text("答复不完整", "The answer is not complete"),
        message=message,
        next_step=Text("请改好后再提交。", "Correct it and send it again."),
    )
