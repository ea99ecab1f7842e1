"""Care that an agent gives (CARE-24, 26): its text is planned, or the call noted; the class rests on every desk then.

One transaction of the work file; the server is told by the outbox, which also carries the text to the SMS adapter.
"""

from uuid import UUID, uuid4

from core.desk.caring import CareDue
from core.desk.desk import Desk
from core.domain.care_class import CareChannel
from core.domain.care_given import CareGiven
from core.domain.clock import day_around
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.wire.push import CareNoted


def plan_text(desk: Desk, due: CareDue) -> CareGiven:
    """The class's text, written in the customer's language, Chinese. Raises InputError where it may not be sent, and
    SessionEnded."""
    if not due.can_be_texted:
        raise _cannot(
            Text("这项关怀不能发短信给这位客户。", "This care cannot be texted to this customer."),
            Text("看看是否要打电话，或换一类。", "See whether a call fits, or take another class."),
        )
    return _note(desk, due, CareChannel.SMS, text=due.message(Lang.ZH))


def note_call(desk: Desk, due: CareDue) -> CareGiven:
    """The words were said in today's call. Raises InputError where nobody has spoken with the customer today, and
    SessionEnded."""
    if due.spoke is None:
        raise _cannot(
            Text("今天还没有和这位客户通过话。", "Nobody here has spoken with this customer today."),
            Text("按 Enter 打开客户，接通并保存后再记。", "Open them with Enter; once the call is saved, note it."),
        )
    return _note(desk, due, CareChannel.CALL, outcome_id=due.spoke)


def given_today(desk: Desk) -> dict[CareChannel, int]:
    """What was given from this desk today, by channel."""
    start, end = day_around(desk.moment().wall)
    found = desk.store.care_counts(start, end)
    return {channel: found[channel.value] for channel in CareChannel if channel.value in found}


def _note(
    desk: Desk, due: CareDue, channel: CareChannel, *, text: str = "", outcome_id: UUID | None = None
) -> CareGiven:
    desk.may_go_on()
    given = CareGiven(
        id=uuid4(),
        customer_id=due.customer_id,
        agent=desk.agent.staff_number,
        code=due.care.code,
        label=due.care.label,
        channel=channel,
        at=desk.moment().wall,
        text=text,
        outcome_id=outcome_id,
    )
    desk.store.log(CareNoted(care_given=given))
    return given


def _cannot(message: Text, next_step: Text) -> InputError:
    return InputError(title=Text("不能这样处理", "That cannot be done"), message=message, next_step=next_step)
