"""Dialling: compliance is asked on every path, the attempt is on record before the phone is told."""

from datetime import timedelta
from uuid import uuid4

from core.compliance import Permit, ask, is_line, normalise
from core.desk.desk import Desk
from core.desk.opened import Opened
from core.desk.opening import dial_request
from core.domain.call import AddedNumber, Dial, Reveal, Skip
from core.domain.errors import InputError
from core.domain.template import SkipReason
from core.domain.text import Text
from core.wire.push import Dialled, NumberAdded, Revealed, Skipped

TYPED = "typed"
"""the source of a number that the agent typed to dial it"""


def permit_to_dial(desk: Desk, opened: Opened, number: str) -> Permit:
    """Leave to dial, with the attempt logged in the same breath, so that no crash loses a count of the caps.

    Raises CallForbidden with the reason and the next allowed time, SessionEnded.
    """
    desk.may_go_on()
    permit = ask(dial_request(desk, opened, number))
    desk.store.log(
        Dialled(
            dial=Dial(
                id=uuid4(),
                customer_id=opened.customer_id,
                task_id=opened.task_id,
                number=permit.number,
                at=permit.at,
                agent=desk.agent.staff_number,
            )
        )
    )
    return permit


def reveal(desk: Desk, opened: Opened, number: str) -> None:
    """Put on record that a number was shown in full; call it before showing. Raises SessionEnded."""
    desk.may_go_on()
    desk.store.log(
        Revealed(
            reveal=Reveal(
                id=uuid4(),
                customer_id=opened.customer_id,
                number=number,
                at=desk.moment().wall,
                agent=desk.agent.staff_number,
            )
        )
    )


def number_named(desk: Desk, opened: Opened, typed: str, *, source: str) -> NumberAdded:
    """A further number with its source and date, to be kept. Raises InputError on what is no number."""
    digits = normalise(typed)
    if not is_line(digits):
        raise InputError(
            title=Text("号码不对", "Not a number"),
            message=Text("这不是可以拨打的电话号码。", "This is no telephone number that can be dialled."),
            next_step=Text("请与客户核对后重新输入。", "Check it with the customer and type it again."),
        )
    number = AddedNumber(
        id=uuid4(),
        customer_id=opened.customer_id,
        number=digits,
        source=source,
        at=desk.moment().wall,
        agent=desk.agent.staff_number,
    )
    return NumberAdded(number=number)


def add_number(desk: Desk, opened: Opened, typed: str, *, source: str) -> str:
    """Keep a further number; gives its digits. Raises InputError on what is no number."""
    named = number_named(desk, opened, typed, source=source)
    desk.store.log(named)
    return named.number.number


def keep_typed(desk: Desk, opened: Opened) -> bool:
    """Keep the number that comes first where the agent typed it and nobody knew it; True where it was new."""
    contact = opened.document.contact
    known = {normalise(n.number) for n in contact.numbers} if contact else set()
    known.update(normalise(n.number) for n in desk.store.added_numbers(opened.customer_id))
    if not opened.numbers or opened.numbers[0] in known:
        return False
    add_number(desk, opened, opened.numbers[0], source=TYPED)
    return True


def skip(desk: Desk, task_id: str, reason: SkipReason) -> None:
    """Pass a task over for now, with the reason."""
    now = desk.moment().wall
    until = now + timedelta(minutes=reason.return_after_min) if reason.return_after_min is not None else None
    desk.store.log(
        Skipped(
            skip=Skip(
                id=uuid4(),
                task_id=task_id,
                reason=reason.code,
                at=now,
                agent=desk.agent.staff_number,
                until=until,
            )
        )
    )
