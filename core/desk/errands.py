"""Asking departments from the desk, and how it stands: as the server told, with what waits here laid over."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from core.desk.desk import Desk
from core.domain.department import USUAL_HOURS, Department
from core.domain.errand import (
    OPEN_ERRANDS,
    WORDS_MOST,
    Errand,
    ErrandChange,
    ErrandKind,
    ErrandState,
    ErrandTold,
    ErrandVerdict,
)
from core.domain.errors import InputError
from core.domain.masking import holds_long_number
from core.domain.outcome import Contact
from core.domain.text import Text
from core.store.errands import Unsent
from core.wire.errands import ErrandAnswered, ErrandAsked, ErrandChanged


class Standing(Struct, frozen=True, kw_only=True):
    """One errand as the desk shows it."""

    told: ErrandTold
    unsent: bool = False
    """something that was said here has not reached the server"""


def departments_for(desk: Desk, kind: ErrandKind) -> list[Department]:
    """Those that take the kind, by name."""
    return sorted((one for one in desk.store.departments() if one.hours(kind) is not None), key=lambda d: d.name.zh)


def department_names(desk: Desk) -> dict[str, Text]:
    return {one.id: one.name for one in desk.store.departments()}


def standing(desk: Desk) -> list[Standing]:
    """This desk's errands and, for a lead, what the team passed on; those changed last first."""
    told, unsent = desk.store.errands(), desk.store.unsent_errands()
    found = {one.errand.id: Standing(told=_laid(one, unsent), unsent=_touched(one, unsent)) for one in told}
    for asked in unsent.asked:
        if asked.id not in found:
            found[asked.id] = Standing(told=_fresh(asked), unsent=True)
    return sorted(found.values(), key=lambda one: one.told.at, reverse=True)


def of_customer(desk: Desk, customer_id: str) -> list[Standing]:
    return [one for one in standing(desk) if one.told.errand.customer_id == customer_id]


def ask(
    desk: Desk,
    *,
    kind: ErrandKind,
    department: str,
    text: str,
    customer_id: str = "",
    scenario: str = "",
    case: str = "",
    due_at: datetime | None = None,
    consent: bool = False,
) -> Errand:
    """Kept, to be sent with everything else; the department hears of it once the server has it.

    Raises InputError: no words, too many, a long number in them; a visit without consent or time; no such department.
    """
    words = text.strip()
    if not words or len(words) > WORDS_MOST:
        raise _flawed(
            Text(f"请写清要办的事，最多 {WORDS_MOST} 字。", f"Say what is to be done, in {WORDS_MOST} characters.")
        )
    if holds_long_number(words):
        raise _flawed(Text("内容里不要写号码，部门看得到。", "Write no numbers: the department has the customer's."))
    if kind is ErrandKind.HOME_VISIT and (not consent or due_at is None):
        raise _flawed(Text("上门要先征得客户同意并约好时间。", "A visit needs the customer's consent and a time."))
    if all(one.id != department for one in departments_for(desk, kind)):
        raise _flawed(
            Text("这个部门不办这类事，请换一个。", "That department takes nothing of this kind: choose another.")
        )
    errand = Errand(
        id=uuid4(),
        kind=kind,
        department=department,
        text=words,
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
        customer_id=customer_id,
        scenario=scenario,
        case=case,
        due_at=due_at,
        consent=consent,
    )
    desk.store.log(ErrandAsked(errand=errand))
    return errand


def withdraw(desk: Desk, errand: UUID) -> None:
    """It is not wanted any more; the department is told."""
    desk.store.log(ErrandChanged(errand_change=_change(desk, errand, withdrawn=True)))


def move(desk: Desk, errand: UUID, due_at: datetime, agreed_with: Contact) -> None:
    """A visit at another time, which the customer agreed to."""
    desk.store.log(ErrandChanged(errand_change=_change(desk, errand, due_at=due_at, agreed_with=agreed_with)))


def answer(desk: Desk, errand: UUID, state: ErrandState, words: str = "") -> None:
    """What a lead says to what was passed on. Raises InputError where a refusal says no reason."""
    said = words.strip()
    if state is ErrandState.REFUSED and not said:
        raise _flawed(Text("退回要写原因，坐席要讲给客户听。", "Say why: the agent has to tell the customer."))
    if len(said) > WORDS_MOST or holds_long_number(said):
        raise _flawed(Text("太长，或写了号码。", "It is too long, or holds a number."))
    verdict = ErrandVerdict(
        id=uuid4(), errand=errand, agent=desk.agent.staff_number, at=desk.moment().wall, state=state, words=said
    )
    desk.store.log(ErrandAnswered(errand_verdict=verdict))


def _change(
    desk: Desk,
    errand: UUID,
    *,
    due_at: datetime | None = None,
    agreed_with: Contact | None = None,
    withdrawn: bool = False,
) -> ErrandChange:
    return ErrandChange(
        id=uuid4(),
        errand=errand,
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
        due_at=due_at,
        agreed_with=agreed_with,
        withdrawn=withdrawn,
    )


def _laid(told: ErrandTold, unsent: Unsent) -> ErrandTold:
    for change in unsent.changed:
        if change.errand != told.errand.id or told.state not in OPEN_ERRANDS:
            continue
        if change.withdrawn:
            told = msgspec.structs.replace(told, state=ErrandState.WITHDRAWN)
        elif change.due_at is not None:
            moved = msgspec.structs.replace(told.errand, due_at=change.due_at)
            told = msgspec.structs.replace(told, errand=moved, overdue=False)
    for verdict in unsent.verdicts:
        if verdict.errand == told.errand.id and told.state in OPEN_ERRANDS:
            reason = Text(verdict.words, verdict.words) if verdict.words else None
            told = msgspec.structs.replace(told, state=verdict.state, reason=reason)
    return told


def _touched(told: ErrandTold, unsent: Unsent) -> bool:
    one = told.errand.id
    return any(c.errand == one for c in unsent.changed) or any(v.errand == one for v in unsent.verdicts)


def _fresh(asked: Errand) -> ErrandTold:
    # By when it is answered the server says; until then the usual time stands.
    return ErrandTold(
        errand=asked,
        state=ErrandState.WAITING,
        at=asked.at,
        answer_by=asked.due_at or asked.at + timedelta(hours=USUAL_HOURS),
    )


def _flawed(message: Text) -> InputError:
    return InputError(
        title=Text("还不能派出", "It cannot be sent yet"),
        message=message,
        next_step=Text("改好再派。", "Correct it and send it again."),
    )
