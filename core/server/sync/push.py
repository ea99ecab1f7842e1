"""Taking a batch: an answer per item, idempotent by the item's UUID and bytes for good.

Items of a batch share transactions of a few dozen, each item in its own savepoint: one that cannot be kept takes none
of the others with it, and a page of outcomes costs a few durable commits instead of one each.
"""

from collections.abc import Iterator, Sequence

import structlog
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from core.server.access.caller import Caller
from core.server.cases.taking import take_casework
from core.server.db import audit, kept_aside, records
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.sync.answers import Code, Ruling, rejected
from core.server.sync.decode import Decoded, Poisoned
from core.server.sync.let_go import of_past
from core.server.sync.sense import nonsense
from core.server.sync.take_authority import take_request, take_withdrawal
from core.server.sync.take_branch_ask import take_branch_ask
from core.server.sync.take_care import take_care
from core.server.sync.take_errand_item import take_errand_item
from core.server.sync.take_event import take_dial, take_number, take_quiet, take_reveal, take_skip
from core.server.sync.take_outcome import take_outcome
from core.server.sync.take_quality import take_quality
from core.server.sync.take_review import take_review
from core.server.sync.take_state import take_state
from core.server.sync.take_tip import take_tip
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged
from core.wire.errands import ErrandItem
from core.wire.inspecting import QualityItem
from core.wire.push import (
    Answer,
    Answers,
    AuthorityAsked,
    AuthorityWithdrawn,
    BranchAsked,
    CareNoted,
    Dialled,
    NumberAdded,
    QuietTold,
    Revealed,
    Saved,
    Skipped,
    StateChanged,
    TipWritten,
    Verdict,
)
from core.wire.takeaway import ReviewItem

_TOGETHER = 50
_log = structlog.get_logger("stayline.push")


def push(database: Database, caller: Caller, items: Sequence[Decoded | Poisoned]) -> Answers:
    """Take the items in their order; raises OperationalError where the database cannot be reached."""
    answers: list[Answer] = []
    for chunk in _chunks(items):
        try:
            answers += _together(database, caller, chunk)
        except OperationalError:
            # On PostgreSQL two batches may deadlock over the same customers; one by one they cannot.
            for single in chunk:
                answers += _together(database, caller, [single])
    return Answers(answers=tuple(answers), server_time=database.clock())


def _chunks(items: Sequence[Decoded | Poisoned]) -> Iterator[Sequence[Decoded | Poisoned]]:
    """Items that share a transaction. One that takes a number of the requests is its last: customers are held before
    that number is, here as where a lead answers, or the two would wait for each other."""
    begin = 0
    for at, entry in enumerate(items, start=1):
        if at - begin == _TOGETHER or at == len(items) or _takes_number(entry):
            yield items[begin:at]
            begin = at


def _takes_number(entry: Decoded | Poisoned) -> bool:
    if isinstance(entry, Poisoned):
        return False
    match entry.item:
        case AuthorityAsked() | AuthorityWithdrawn():
            return True
        case Saved(outcome=value):
            return bool(value.grants) or value.corrects is not None
        case _:
            return False


def _together(database: Database, caller: Caller, chunk: Sequence[Decoded | Poisoned]) -> list[Answer]:
    with database.write() as unit:
        return [_answer(unit, caller, entry) for entry in chunk]


def _answer(unit: Unit, caller: Caller, entry: Decoded | Poisoned) -> Answer:
    if isinstance(entry, Poisoned):
        _log.warning("poisoned item", item=str(entry.id), why=entry.why, staff=caller.staff_number)
        ruling = rejected(Code.MALFORMED)
        if entry.outcome_of == caller.staff_number and records.seen(unit, str(entry.id)) is None:
            _keep(unit, caller, entry, ruling)
        return ruling.answer(entry.id)
    try:
        with unit.conn.begin_nested() as savepoint:
            ruling = _rule(unit, caller, entry)
            if ruling.verdict is Verdict.REJECTED:
                savepoint.rollback()
    except IntegrityError as error:
        ruling = _after_collision(unit, entry, error)
    except DataError as error:
        _log.error("item cannot be kept", item=str(entry.id), error=type(error.orig).__name__)
        ruling = rejected(Code.UNSTORABLE)
    if ruling.verdict is Verdict.REJECTED:
        _log.warning("item rejected", item=str(entry.id), code=ruling.code, staff=caller.staff_number)
        _keep_aside(unit, caller, entry, ruling)
    return ruling.answer(entry.id)


def _keep_aside(unit: Unit, caller: Caller, entry: Decoded, ruling: Ruling) -> None:
    """The agent's own outcomes: the desk keeps them too, until its disk fails. Not of who was let go."""
    if ruling.code is Code.LET_GO:
        return
    if not isinstance(entry.item, Saved) or entry.item.outcome.agent != caller.staff_number:
        return
    _keep(unit, caller, entry, ruling)


def _keep(unit: Unit, caller: Caller, entry: Decoded | Poisoned, ruling: Ruling) -> None:
    code = str(ruling.code or "")
    new = kept_aside.keep(
        unit,
        item_id=str(entry.id),
        digest=entry.digest,
        staff_number=caller.staff_number,
        body=entry.body,
        code=code,
    )
    if new:
        audit.write(unit, writer=caller.staff_number, action=Action.KEPT_ASIDE, object_=str(entry.id), why=code)


def _after_collision(unit: Unit, entry: Decoded, error: IntegrityError) -> Ruling:
    """Two pushes of the same item at once: the second finds what the first left."""
    known = records.seen(unit, str(entry.id))
    if known is not None and known.digest == entry.digest:
        return Ruling(Verdict.DUPLICATE)
    _log.error("item collides", item=str(entry.id), error=type(error.orig).__name__)
    return rejected(Code.UNSTORABLE)


def _rule(unit: Unit, caller: Caller, entry: Decoded) -> Ruling:
    item_id = str(entry.id)
    known = records.seen(unit, item_id)
    if known is not None:
        return _again(unit, caller, entry, known)
    ruling = of_past(unit, entry.item, _take(unit, caller, entry))
    if ruling.verdict is not Verdict.REJECTED:
        records.remember(
            unit,
            item_id=item_id,
            kind=entry.item.__struct_config__.tag or "",  # type: ignore[arg-type]
            digest=entry.digest,
            verdict=ruling.verdict,
            code=ruling.code or "",
            staff_number=caller.staff_number,
        )
        if isinstance(entry.item, Saved):
            kept_aside.repair(unit, item_id, by=item_id)
    return ruling


def _again(unit: Unit, caller: Caller, entry: Decoded, known: records.Seen) -> Ruling:
    if known.staff_number != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    if known.digest == entry.digest:
        if known.verdict is Verdict.SUPERSEDED:
            # The reply that said so may have been lost.
            return Ruling(Verdict.SUPERSEDED, Code(known.code))
        return Ruling(Verdict.DUPLICATE, Code(known.code) if known.code else None)
    kept_aside.keep(
        unit,
        item_id=str(entry.id),
        digest=entry.digest,
        staff_number=caller.staff_number,
        body=entry.body,
        code=Code.OTHER_BYTES,
    )
    audit.write(unit, writer=caller.staff_number, action=Action.CONFLICT, object_=str(entry.id))
    return Ruling(Verdict.CONFLICT, Code.OTHER_BYTES)


def _take(unit: Unit, caller: Caller, entry: Decoded) -> Ruling:
    flaw = nonsense(entry.item, unit.now)
    if flaw is not None:
        return rejected(flaw)
    if isinstance(entry.item, ErrandItem):
        return take_errand_item(unit, caller, entry.item)
    if isinstance(entry.item, ReviewItem):
        return take_review(unit, caller, entry.item)
    if isinstance(entry.item, QualityItem):
        return take_quality(unit, caller, entry.item)
    match entry.item:
        case Saved():
            return take_outcome(unit, caller, entry.item)
        case Dialled(dial=value):
            return take_dial(unit, caller, value)
        case Revealed(reveal=value):
            return take_reveal(unit, caller, value)
        case Skipped(skip=value):
            return take_skip(unit, caller, value)
        case NumberAdded(number=value):
            return take_number(unit, caller, value)
        case QuietTold(quiet=value):
            return take_quiet(unit, caller, value)
        case CaseLogged() | PromiseLogged() | HandedOver():
            return take_casework(unit, caller, entry.item)
        case BranchAsked(branch_ask=value):
            return take_branch_ask(unit, caller, value)
        case CareNoted(care_given=value):
            return take_care(unit, caller, value)
        case StateChanged(state=value):
            return take_state(unit, caller, value)
        case TipWritten(tip=value):
            return take_tip(unit, caller, value)
        case AuthorityAsked(authority=request):
            return take_request(unit, caller, request)
        case AuthorityWithdrawn(withdrawal=value):
            return take_withdrawal(unit, caller, value)
