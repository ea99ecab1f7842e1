"""What no honest desk says, whatever its role: times that cannot be, calls longer than a day, numbers that are none.

A desk that was offline brings what is days old, one that stood in a cupboard what is months old: both are taken.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.compliance import is_line
from core.domain.call import LONGEST_TALK_S, CallRecord
from core.server.sync.answers import Code
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged
from core.wire.errands import ErrandItem, said_at
from core.wire.push import CareNoted, Dialled, Item, QuietTold, Revealed, Saved, Skipped, StateChanged
from core.wire.takeaway import CauseNamed, Exported

AHEAD_MOST = timedelta(days=1)
"""of the server's clock: a desk's own may go wrong by hours, or stand in another zone"""
BACK_MOST = timedelta(days=731)
PROMISED_MOST = timedelta(days=1096)
"""how far ahead a follow-up may lie: the desk takes two years (`core.desk.due`), a long contract may end later"""


def nonsense(item: Item, now: datetime) -> Code | None:
    """Why the item cannot be true; None where it can. `now` is the server's clock."""
    said, copied = list(_said(item)), list(_copied(item))
    # What a customer asked for is no less true on a desk whose clock is wrong: it is taken as said by now.
    ahead = () if isinstance(item, QuietTold) else (*said, *copied)
    if any(at > now + AHEAD_MOST for at in ahead) or any(at < now - BACK_MOST for at in said):
        return Code.BAD_TIME
    match item:
        case Saved(outcome=outcome, follow_ups=planned):
            if any(one.due_at is not None and one.due_at > now + PROMISED_MOST for one in planned):
                return Code.BAD_TIME
            return _of_call(outcome.call)
        case Dialled(dial=dial) if not _is_number(dial.number):
            return Code.BAD_NUMBER
    return None


def _of_call(call: CallRecord) -> Code | None:
    # A desk may wait in its wrap-up over a weekend, but no time runs backwards.
    if not 0 <= call.talk_time_s <= LONGEST_TALK_S or call.wrap_up_s < 0:
        return Code.BAD_DURATION
    return None


def _is_number(number: str) -> bool:
    return number.isascii() and number.isdigit() and is_line(number)


def _said(item: Item) -> Iterator[datetime]:
    """The moment at which the desk wrote it."""
    if isinstance(item, ErrandItem):
        yield said_at(item)
        return
    match item:
        case Saved(outcome=outcome):
            yield outcome.recorded_at
        case Dialled(dial=dial):
            yield dial.at
        case Skipped(skip=skip):
            yield skip.at
        case Revealed(reveal=reveal):
            yield reveal.at
        case QuietTold(quiet=asked):
            yield asked.at
        case CaseLogged(case_event=event):
            yield event.at
        case PromiseLogged(promise_event=turn):
            yield turn.at
        case HandedOver(hand_over=given):
            yield given.at
        case StateChanged(state=state):
            yield state.at
        case CareNoted(care_given=given_care):
            yield given_care.at
        case Exported(export=taken):
            yield taken.at
        case CauseNamed(cause_name=named):
            yield named.at


def _copied(item: Item) -> Iterator[datetime]:
    """The moments of the call: a correction has them from a record that may be years old."""
    if isinstance(item, Saved):
        call = item.outcome.call
        yield from (at for at in (call.dialled_at, call.answered_at, call.ended_at) if at is not None)
