"""What an agent does in a repair case, and with a promise: each act is an event, kept here and sent by the outbox."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from core.desk import casework
from core.desk.desk import Desk
from core.desk.own_authority import check_allowed
from core.domain.case import (
    WORDS_MOST,
    Allowed,
    Began,
    CaseEvent,
    CauseFound,
    Checked,
    Contacted,
    Damage,
    Ended,
    HandOver,
    Joined,
    Noted,
    OpenedBy,
    Parted,
    Reopened,
    Satisfaction,
    Supposed,
    What,
)
from core.domain.case_fold import SPOKE
from core.domain.errors import InputError
from core.domain.masking import holds_long_number, mask_name
from core.domain.promise import Fulfilled, Made, Moved, Promise, PromiseEvent, PromiseKind, Released
from core.domain.repair import RepairTemplate
from core.domain.text import Text
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged
from core.wire.push import Saved

FURTHEST = timedelta(days=731)


def open_case(
    desk: Desk,
    customer_id: str,
    name: str,
    *,
    template: RepairTemplate | None,
    title: Text | None = None,
    damage: Damage | None = None,
    opened_by: OpenedBy = OpenedBy.SPECIALIST,
    task_id: str | None = None,
    expects: str = "",
) -> UUID:
    """One's own case from now on; gives its id. Without a template, `title` and `damage` say what it is about.

    Raises InputError where the words may not be sent so, or the pace of repairs has not come from the server yet.
    """
    _check(expects, needed=False)
    pace, now, tier = casework.pace(desk), desk.moment().wall, casework.tier_of(desk, customer_id)
    if pace is None:
        raise _no_pace()
    what = damage or (template.damage if template else Damage.PERCEPTION)
    named = title or (template.title if template else None)
    if named is None:
        raise _flawed(Text("请写一句要修复什么。", "Say in a line what is to be repaired."))
    _check(named.zh)
    began = Began(
        customer_id=customer_id,
        customer=mask_name(name),
        tier=tier,
        damage=what,
        opened_by=opened_by,
        title=named,
        template=template.id if template else "",
        task_id=task_id,
        owner=desk.agent.staff_number,
        owner_name=desk.agent.name,
        first_contact_due=pace.first_contact_due(tier, what, now),
        expects=expects.strip(),
    )
    case = uuid4()
    _log(desk, case, began)
    return case


def note(desk: Desk, case: UUID, words: str) -> None:
    """Each of these raises InputError where the words are empty, too long, or hold a long number."""
    _log(desk, case, Noted(words=_check(words)))


def suppose(desk: Desk, case: UUID, words: str) -> None:
    _log(desk, case, Supposed(words=_check(words)))


def check(desk: Desk, case: UUID, *, step: str, name: Text, finding: str) -> None:
    """A check was done, with this finding; once more takes the place of the earlier one."""
    _log(desk, case, Checked(step=step, name=name, finding=_check(finding)))


def note_call(desk: Desk, saved: Saved) -> None:
    """Whoever was reached is not counted down any more; the server says the same of the call, under the same id."""
    outcome = saved.outcome
    if outcome.corrects is not None or outcome.contact not in SPOKE:
        return
    for case in casework.of_customer(desk, outcome.customer_id).cases:
        if case.awaits_contact and case.owner.staff_number == desk.agent.staff_number:
            at = max(outcome.call.answered_at or outcome.recorded_at, case.opened_at)
            event = CaseEvent(
                id=uuid5(case.id, f"contacted {outcome.id}"), case=case.id, by=desk.agent.staff_number,
                by_name=desk.agent.name, at=at, what=Contacted(outcome=outcome.id),
            )  # fmt: skip
            desk.store.log(CaseLogged(case_event=event))


def allow(desk: Desk, case: UUID, words: str, fen: int) -> None:
    """VIP-07: granted within one's own authority; what a lead grants comes with the call's outcome.

    Raises InputError as well where it is more than is left of that."""
    if fen <= 0:
        raise _flawed(Text("金额不对，请填大于 0 的元数。", "The amount is not right: give yuan above 0."))
    check_allowed(desk, case, fen)
    given = _check(words)
    allowed = Allowed(what=Text(given, given), fen=fen, by=desk.agent.staff_number, by_name=desk.agent.name)
    _log(desk, case, allowed)


def find_cause(desk: Desk, case: UUID, words: str) -> None:
    _log(desk, case, CauseFound(words=_check(words)))


def join(desk: Desk, case: UUID, staff_number: str, name: str) -> None:
    _log(desk, case, Joined(staff_number=staff_number, name=name))


def part(desk: Desk, case: UUID, staff_number: str) -> None:
    _log(desk, case, Parted(staff_number=staff_number))


def close(desk: Desk, case: UUID, satisfaction: Satisfaction, words: str = "") -> None:
    _log(desk, case, Ended(satisfaction=satisfaction, words=_check(words, needed=False)))


def reopen(desk: Desk, case: UUID, words: str = "") -> None:
    _log(desk, case, Reopened(words=_check(words, needed=False)))


def hand_over(desk: Desk, to: str, words: str = "", *, leaves: str = "") -> None:
    """All that is open with `leaves`, oneself where empty, goes to another; the server writes the summary."""
    if to == (leaves or desk.agent.staff_number):
        raise _flawed(Text("请选另一位同事。", "Choose another colleague."))
    given = HandOver(
        id=uuid4(), by=desk.agent.staff_number, leaves=leaves or desk.agent.staff_number, to=to,
        at=desk.moment().wall, words=_check(words, needed=False),
    )  # fmt: skip
    desk.store.log(HandedOver(hand_over=given))


# Promises


def promise(
    desk: Desk,
    customer_id: str,
    name: str,
    words: str,
    due_at: datetime,
    *,
    kind: PromiseKind = PromiseKind.ACTION,
    to: str = "",
    case: UUID | None = None,
    task_id: str | None = None,
) -> UUID:
    """Gives its id. Without a case it joins the customer's open one."""
    now = desk.moment().wall
    _check_time(due_at, now)
    if case is None:
        standing = casework.of_customer(desk, customer_id).cases
        case = standing[0].id if standing else None
    made = Made(
        customer_id=customer_id, customer=mask_name(name), kind=kind, words=_check(words),
        to=_check(to, needed=False), due_at=due_at, owner=desk.agent.staff_number, owner_name=desk.agent.name,
        case=case, task_id=task_id,
    )  # fmt: skip
    promise_id = uuid4()
    _turn(desk, promise_id, made)
    return promise_id


def keep(desk: Desk, promise_id: UUID, words: str = "") -> None:
    """It was done, in time or late."""
    _turn(desk, promise_id, Fulfilled(words=_check(words, needed=False)))


def move(desk: Desk, standing: Promise, due_at: datetime, *, agreed: bool, why: str = "") -> None:
    """To another time. Raises InputError without the customer's consent, and where its time has passed already."""
    now = desk.moment().wall
    if not agreed:
        raise _flawed(Text("改时间要先得到客户同意。", "The customer has to agree to another time first."))
    if now > standing.due_at:
        raise _flawed(
            Text("已经过了时间，请先道歉并另做一个新的承诺。", "Its time is over: apologise and promise anew.")
        )
    _check_time(due_at, now)
    _turn(desk, standing.id, Moved(due_at=due_at, why=_check(why, needed=False)))


def release(desk: Desk, promise_id: UUID, words: str = "") -> None:
    """The customer does not need it any more."""
    _turn(desk, promise_id, Released(words=_check(words, needed=False)))


def _log(desk: Desk, case: UUID, what: What) -> None:
    me = desk.agent
    standing = next((one for one in desk.store.casework().cases if one.id == case), None)
    at = _after(desk, standing.last_at if standing else None)
    event = CaseEvent(id=uuid4(), case=case, by=me.staff_number, by_name=me.name, at=at, what=what)
    desk.store.log(CaseLogged(case_event=event))


def _turn(desk: Desk, promise_id: UUID, what: Made | Fulfilled | Moved | Released) -> None:
    me = desk.agent
    standing = next((one for one in desk.store.casework().promises if one.id == promise_id), None)
    at = _after(desk, standing.log[-1].at if standing else None)
    event = PromiseEvent(id=uuid4(), promise=promise_id, by=me.staff_number, by_name=me.name, at=at, what=what)
    desk.store.log(PromiseLogged(promise_event=event))


def _after(desk: Desk, last: datetime | None) -> datetime:
    """Now; but what is written in sight of something comes after it, also where a clock was set back."""
    now = desk.moment().wall
    return now if last is None else max(now, last + timedelta(microseconds=1))


def _check(words: str, *, needed: bool = True) -> str:
    """The words as they are kept; the server asks the same."""
    kept = words.strip()
    if needed and not kept:
        raise _flawed(Text("还没有写内容。", "Nothing is written yet."))
    if len(kept) > WORDS_MOST:
        raise _flawed(Text(f"最多 {WORDS_MOST} 个字。", f"At most {WORDS_MOST} characters."))
    if holds_long_number(kept):
        raise _flawed(
            Text(
                "有 7 位或更长的数字，可能是客户的号码，请删掉。",
                "A number of 7 digits or more stands in it, perhaps the customer's: take it out.",
            )
        )
    return kept


def _check_time(due_at: datetime, now: datetime) -> None:
    if due_at <= now:
        raise _flawed(Text("承诺的时间要在现在之后。", "A promise lies ahead."))
    if due_at - now >= FURTHEST:
        raise _flawed(Text("承诺最多到两年后。", "A promise can be at most two years ahead."))


def _flawed(message: Text) -> InputError:
    return InputError(
        title=Text("还不能记下", "Not noted yet"),
        message=message,
        next_step=Text("改好再按一次。", "Change it and press the key once more."),
    )


def _no_pace() -> InputError:
    return InputError(
        title=Text("还不能立案", "No case can be opened yet"),
        message=Text("修复时限还没有从服务器取到。", "The pace of repairs has not come from the server yet."),
        next_step=Text("联网同步后再试。", "Try again after the next sync."),
    )
