"""Works off errands: hands them over, tells of changes, and hears how they stand; `rounds` has the rules of it."""

from datetime import datetime, timedelta

import msgspec

from core.domain.errand import OPEN_ERRANDS, ErrandState, PlacedErrand
from core.domain.order_state import ENDED_IN_NOTHING, OrderState
from core.domain.text import Text
from core.server.db import customers, errands, orders, tasks
from core.server.db.claims import CLAIM
from core.server.db.engine import Database, Unit
from core.server.db.errands import Due
from core.server.departments.later import Later
from core.server.departments.moving import due_of, move, withdraw
from core.server.departments.port import DepartmentPort
from core.server.outside.rounds import Rounds, Side
from core.wire.departments import RECEIVED_STATES, ErrandAnswer, ErrandOut

_LONGEST_REASON = 200


class ErrandWorker(Rounds):
    """Errands on their way, and what is heard of calls days later."""

    def __init__(self, database: Database, port: DepartmentPort, *, claim: timedelta = CLAIM) -> None:
        self._port, self._claim = port, claim
        side = Side("departments", errands.due, self._claimed, self._work, self._wait)
        super().__init__(database, "errands", [side, Later(database, port).side])

    def _wait(self, unit: Unit, one: Due, until: datetime) -> None:
        errands.rest(unit, one, until=until)

    def _claimed(self, unit: Unit, one: Due) -> Due | None:
        _hold_customer(unit, one)
        if not errands.claim(unit, one, pause=self._claim):
            return None
        placed = errands.get(unit, one.key, lock=True)
        assert placed is not None
        fate = _fate(unit, placed) if placed.state in OPEN_ERRANDS else None
        if fate is OrderState.PENDING:
            # Nobody sets up what the customer has not confirmed yet.
            errands.rest(unit, one, until=unit.now + _again_in(one))
            return None
        if fate in ENDED_IN_NOTHING:
            withdraw(unit, placed, by="server")
            return None
        if not placed.leaving:
            # From here on a correction tells the department: it may have it before we hear of it.
            placed = msgspec.structs.replace(placed, leaving=True)
            errands.edit(unit, placed)
        return msgspec.structs.replace(one, placed=placed)

    def _work(self, one: Due) -> None:
        placed = one.placed
        if placed.heard < placed.revision:
            with self._database.read() as unit:
                out = errand_out(unit, placed)
            answer: ErrandAnswer | None = self._port.place(out)
        else:
            answer = self._port.look(placed.id)
        with self._database.write() as unit:
            self._take(unit, one, answer)

    def _take(self, unit: Unit, one: Due, answer: ErrandAnswer | None) -> None:
        _hold_customer(unit, one)
        placed = errands.get(unit, one.key, lock=True)
        assert placed is not None
        heard = one.placed.revision if answer is not None else 0
        if placed.heard != heard:
            placed = msgspec.structs.replace(placed, heard=heard)
            errands.edit(unit, placed)
        if placed.state not in OPEN_ERRANDS:
            errands.put(unit, placed, due_at=due_of(unit, placed))
            return
        if answer is None:
            # It has forgotten what it had: the next look hands it over anew.
            errands.rest(unit, one, until=unit.now + _again_in(one))
            return
        before = placed
        moved = take_answer(unit, placed, answer)
        if moved.state is before.state and moved.stage is before.stage:
            errands.rest(unit, one, until=unit.now + _again_in(one))


def _hold_customer(unit: Unit, one: Due) -> None:
    """Before the errand, as everywhere: an agent's push that holds the customer waits for the errand."""
    if one.placed.errand.customer_id:
        tasks.lock_customer(unit, one.placed.errand.customer_id)


def take_answer(unit: Unit, placed: PlacedErrand, answer: ErrandAnswer) -> PlacedErrand:
    """What the department says; what it cannot say any more, or says late, changes nothing."""
    to = answer.state
    if to not in (*RECEIVED_STATES, ErrandState.DONE, ErrandState.REFUSED):
        return placed
    if placed.state is ErrandState.IN_PROGRESS and to in RECEIVED_STATES:
        to = ErrandState.IN_PROGRESS
    if placed.state is ErrandState.ACCEPTED and to is ErrandState.SUBMITTED:
        return placed
    return move(
        unit,
        str(placed.id),
        to,
        by=placed.errand.department,
        stage=answer.stage,
        reason=_reason(answer),
        reference=_clean(answer.reference),
        bill_on=answer.bill_on,
    )


def errand_out(unit: Unit, placed: PlacedErrand) -> ErrandOut:
    """The errand as it leaves."""
    asked = placed.errand
    head = customers.head(unit, asked.customer_id) if asked.customer_id else None
    return ErrandOut(
        id=asked.id,
        revision=placed.revision,
        kind=asked.kind,
        department=asked.department,
        text=asked.text,
        agent=asked.agent,
        asked_at=asked.at,
        answer_by=placed.answer_by,
        customer_id=asked.customer_id,
        number=asked.number or (head.main_number if head else ""),
        due_at=asked.due_at,
        consent=asked.consent,
        withdrawn=placed.state is ErrandState.WITHDRAWN,
    )


def _fate(unit: Unit, placed: PlacedErrand) -> OrderState | None:
    """How the order stands that brings it; None where none does."""
    asked = placed.errand
    if not asked.offer or asked.outcome_id is None:
        return None
    found = [one for one in orders.of_outcome(unit, str(asked.outcome_id)) if one.offer == asked.offer]
    return found[0].state if found else None


def _again_in(one: Due) -> timedelta:
    return timedelta(seconds=min(1.5 ** min(one.tries, 11), 60.0))


def _reason(answer: ErrandAnswer) -> Text | None:
    zh, en = _clean(answer.reason_zh), _clean(answer.reason_en)
    return Text(zh or en, en or zh) if zh or en else None


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST_REASON]
