"""What else happens at the desk: kept in work.db with its outbox row, and with what it changes here at once."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.call import AddedNumber, QuietAsked, Skip
from core.store import authority, cared, errands
from core.store.placing import end_of_day
from core.store.saving import insert, put_outbox
from core.store.times import micros
from core.wire.casework import CaseItem, CaseLogged, HandedOver, PromiseLogged
from core.wire.errands import CallbackMoved, ErrandItem, said_at
from core.wire.inspecting import QualityItem, said_of
from core.wire.push import (
    Answers,
    AuthorityAsked,
    AuthorityWithdrawn,
    BranchAsked,
    CareNoted,
    Dialled,
    NumberAdded,
    QuietTold,
    Revealed,
    Skipped,
    StateChanged,
    TipWritten,
)
from core.wire.takeaway import CauseNamed, Exported, ReviewItem

_ENCODER = msgspec.json.Encoder()
_QUIET = decoding.decoder(QuietAsked)
_Plain = (
    Dialled
    | Revealed
    | Skipped
    | NumberAdded
    | QuietTold
    | TipWritten
    | BranchAsked
    | CareNoted
    | CaseItem
    | StateChanged
    | ErrandItem
    | QualityItem
    | ReviewItem
)
"""they say themselves when they were"""
Logged = _Plain | AuthorityAsked | AuthorityWithdrawn


def log(work: Connection, item: Logged) -> None:
    """Keeps it; the same item twice is one."""
    if work.exec_driver_sql("SELECT 1 FROM outbox WHERE id = ?", (str(item.id),)).first():
        return
    match item:
        case AuthorityAsked():
            at = authority.ask(work, item)
        case AuthorityWithdrawn():
            at = authority.withdraw(work, item)
        case _:
            _take(work, item)
            at = _at(item)
    put_outbox(work, item, at, _ENCODER.encode(item))


def _take(work: Connection, item: _Plain) -> None:
    """What of it the desk goes by before the server has it."""
    match item:
        case Dialled(dial=dial):
            insert(
                work, "dial", how="INSERT OR IGNORE", id=str(dial.id), customer_id=dial.customer_id, at=micros(dial.at)
            )
        case Skipped(skip=skip):
            _put_off(work, skip)
        case NumberAdded(number=number):
            _add_number(work, number)
        case QuietTold(quiet=asked):
            _keep_quiet(work, asked)
        case CareNoted(care_given=given):
            cared.put(work, given)
        case CallbackMoved(callback_move=move):
            errands.move_callback(work, move)


def _put_off(work: Connection, skip: Skip) -> None:
    until = skip.until or end_of_day(skip.at)
    insert(work, "skip", how="INSERT OR REPLACE", task_id=skip.task_id, until=micros(until))


def _add_number(work: Connection, number: AddedNumber) -> None:
    insert(
        work,
        "added_number",
        how="INSERT OR IGNORE",
        id=str(number.id),
        customer_id=number.customer_id,
        number=number.number,
        body=_ENCODER.encode(number),
    )


def _keep_quiet(work: Connection, asked: QuietAsked) -> None:
    body = _ENCODER.encode(asked)
    insert(work, "quiet_asked", how="INSERT OR REPLACE", customer_id=asked.customer_id, body=body)


def settle_quiet(work: Connection, answers: Answers) -> None:
    """Once the server has answered, a word of those hours was said no later than that: a clock that ran ahead must not
    keep it above what customers say to others since. Before `outbox.settle`, which forgets what kind an item was."""
    ids = _ENCODER.encode([one.id for one in answers.answers]).decode()
    bodies = work.exec_driver_sql(
        "SELECT q.body FROM json_each(?) AS j JOIN outbox AS o ON o.id = j.value AND o.kind = 'quiet'"
        " JOIN quiet_asked AS q ON instr(q.body, j.value)",
        (ids,),
    ).scalars()
    for asked in [_QUIET.decode(body) for body in bodies]:
        if asked.at > answers.server_time:
            _keep_quiet(work, msgspec.structs.replace(asked, at=answers.server_time))


def _at(item: _Plain) -> datetime:
    """When it was; aware UTC."""
    match item:
        case Dialled(dial=what) | Revealed(reveal=what) | Skipped(skip=what) | NumberAdded(number=what):
            return what.at
        case QuietTold(quiet=what):
            return what.at
        case TipWritten(tip=what) | BranchAsked(branch_ask=what) | CareNoted(care_given=what):
            return what.at
        case CaseLogged(case_event=what) | PromiseLogged(promise_event=what) | HandedOver(hand_over=what):
            return what.at
        case StateChanged(state=what) | Exported(export=what) | CauseNamed(cause_name=what):
            return what.at
        case _ if isinstance(item, QualityItem):
            return said_of(item).at
        case _:
            return said_at(item)
