"""Hours of each day in which a customer wants no calls (TASK-16), as they are told to an agent in a call."""

from collections.abc import Sequence
from uuid import uuid4

from core.compliance import next_open, quiet_of, site_window
from core.compliance.spans import TITLE
from core.desk.desk import Desk
from core.desk.opened import Opened
from core.domain.calendar import Window
from core.domain.call import QuietAsked
from core.domain.customer import Contacting, Document
from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.push import QuietTold


def known(desk: Desk, document: Document) -> tuple[Window, ...]:
    """What stands for the customer: as the document has it, or as it was told here since."""
    return known_of(desk, document.id, document.contact)


def known_of(desk: Desk, customer_id: str, contact: Contacting | None) -> tuple[Window, ...]:
    """The same, of whom only that section is at hand."""
    told = desk.store.quiet_asked(customer_id)
    at = contact.quiet_at if contact else None
    if told is not None and (at is None or told.at > at):
        return quiet_of(told.quiet)
    return quiet_of(contact.quiet) if contact else ()


def keep(desk: Desk, opened: Opened, quiet: Sequence[Window]) -> None:
    """These stand from now on in place of what did, on this desk at once. Raises InputError where nobody could call
    any more, SessionEnded."""
    desk.may_go_on()
    now = desk.moment().wall
    if next_open(now, site=site_window(desk.site), calendar=desk.calendar, quiet=quiet) is None:
        raise _flawed(
            Text("这样就没有时间可以拨了。", "That leaves no hour in which to call."),
            Text("完全不想接电话，请选“拒绝再联系”的结果。", "Who wants no calls at all has a result of its own."),
        )
    desk.store.log(
        QuietTold(
            quiet=QuietAsked(
                id=uuid4(),
                customer_id=opened.customer_id,
                quiet=tuple(quiet),
                at=now,
                agent=desk.agent.staff_number,
            )
        )
    )


def _flawed(message: Text, next_step: Text) -> InputError:
    return InputError(title=TITLE, message=message, next_step=next_step)
