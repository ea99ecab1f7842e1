"""Works off orders: asks customers to confirm, hands what is confirmed to the CRM, and hears how it stands.

The order's row is the outbox. It is claimed before the other side is asked and moved in one transaction after it has
answered; who dies in between leaves a row that falls due again, and the order's id keeps the other side from doing it
twice. No transaction is open while the other side is waited for.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from core.domain.errors import StaylineError
from core.domain.order_state import OrderState, PlacedOrder
from core.domain.text import Text
from core.server.db import orders
from core.server.db.engine import Database
from core.server.db.orders import Due
from core.server.logs import where
from core.server.orders.confirming import ask_of, sent, take_reply
from core.server.orders.moving import move
from core.server.orders.port import ConfirmationPort, OrderPort, PortDown
from core.wire.crm import OrderAnswer, OrderOut, Reply, Verdict

AT_ONCE = 50
CLAIM = timedelta(seconds=30)
"""longer than the two exchanges may take that one look at an order can need"""
LONGEST_PAUSE_S = 60.0
_TRIES_TO_LONGEST, _FAILURES_TO_LONGEST = 11, 6
"""beyond these a pause is the longest: a power without end would overflow after a day"""
REPLY_WITHIN = timedelta(hours=72)
"""a customer who was asked and has not replied by then has not ordered"""
_LONGEST_REASON = 200
_CONFIRMING = (OrderState.PENDING,)
_LEAVING = (OrderState.CONFIRMED, OrderState.SUBMITTED)
_log = structlog.get_logger("stayline.orders")


@dataclass
class _Side:
    """One other system: which orders are its, what is done with one, and until when it is left alone."""

    name: str
    states: Sequence[OrderState]
    work: Callable[[Due], None]
    failures: int = 0
    rests_until: float = 0.0
    """monotonic seconds"""


class OrderWorker:
    """`round` is one look at all that is due; `run` goes on until stopped."""

    def __init__(
        self,
        database: Database,
        *,
        crm: OrderPort | None,
        confirmations: ConfirmationPort | None,
        claim: timedelta = CLAIM,
    ) -> None:
        self._database, self._claim = database, claim
        self._crm, self._confirmations = crm, confirmations
        self._sides: list[_Side] = []
        if confirmations is not None:
            self._sides.append(_Side("sms", _CONFIRMING, self._confirm))
        if crm is not None:
            self._sides.append(_Side("crm", _LEAVING, self._leave))

    def run(self, stop: threading.Event, *, every_s: float = 1.0) -> None:
        while not stop.is_set():
            try:
                self.round(stop.is_set)
            except SQLAlchemyError as error:
                # A database that is away for a while must not end the worker.
                _log.error("orders wait for the database", error=type(error).__name__)
            except Exception as error:
                # Nor may anything else: a worker that is gone leaves every later order where it is.
                _log.error("orders wait after an unexpected error", **where(error))
            stop.wait(every_s)

    def round(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Gives how many orders were worked on."""
        return sum(self._round(side, stopped) for side in self._sides if monotonic() >= side.rests_until)

    def _round(self, side: _Side, stopped: Callable[[], bool]) -> int:
        with self._database.read() as unit:
            due = orders.due(unit, side.states, AT_ONCE)
        done = 0
        for one in due:
            if stopped():
                break
            claimed = self._claimed(one)
            if claimed is None:
                continue
            try:
                side.work(claimed)
            except PortDown as error:
                self._rest(side, one, error)
                break
            except StaylineError as error:
                # Moved meanwhile by a command or a correction: the next look finds it as it is.
                _log.info("order was moved meanwhile", order=str(one.order.id), error=str(error))
            except SQLAlchemyError:
                raise
            except Exception as error:
                # One order that cannot be worked on must not hold up those behind it.
                _log.error("order cannot be worked on", side=side.name, order=str(one.order.id), **where(error))
                self._again(one)
                continue
            side.failures, done = 0, done + 1
        return done

    def _claimed(self, one: Due) -> Due | None:
        """The order as it is now, this worker's for a while; None where another has it."""
        with self._database.write() as unit:
            if not orders.claim(unit, one, pause=self._claim):
                return None
            order = orders.get(unit, str(one.order.id), lock=True)
            assert order is not None
            if order.state is OrderState.CONFIRMED and not order.leaving:
                # From here on a correction cannot take it back: the CRM may have it before we hear of it.
                order = msgspec.structs.replace(order, leaving=True)
                orders.edit(unit, order)
            return msgspec.structs.replace(one, order=order)

    def _rest(self, side: _Side, one: Due, error: PortDown) -> None:
        """A side that is down is left alone for a while, and an order that brings it down for longer and longer."""
        side.failures += 1
        pause_s = min(2.0 ** min(side.failures, _FAILURES_TO_LONGEST), LONGEST_PAUSE_S)
        side.rests_until = monotonic() + pause_s
        self._again(one)
        _log.warning("no answer", side=side.name, order=str(one.order.id), why=str(error), again_in_s=pause_s)

    def _again(self, one: Due) -> None:
        """Later and later, up to a minute."""
        pause = timedelta(seconds=min(1.5 ** min(one.tries, _TRIES_TO_LONGEST), LONGEST_PAUSE_S))
        with self._database.write() as unit:
            orders.rest(unit, one, until=unit.now + pause)

    # The customer

    def _confirm(self, one: Due) -> None:
        assert self._confirmations is not None
        order, reply = one.order, None
        if order.asked_at is not None:
            reply = self._confirmations.reply(order.id)
        if reply is None:
            with self._database.read() as unit:
                ask = ask_of(unit, order)
            if ask is None:
                self._again(one)
                return
            reply = self._confirmations.ask(order.id, ask)
            with self._database.write() as unit:
                sent(unit, order)
        if reply is Reply.NONE:
            self._no_reply(one)
            return
        with self._database.write() as unit:
            take_reply(unit, str(order.id), reply, by="sms")

    def _no_reply(self, one: Due) -> None:
        asked_at = one.order.asked_at
        if asked_at is None:
            return
        if self._database.clock() - asked_at < REPLY_WITHIN:
            self._again(one)
            return
        with self._database.write() as unit:
            move(unit, str(one.order.id), OrderState.LAPSED, by="server")

    # The CRM

    def _leave(self, one: Due) -> None:
        assert self._crm is not None
        order = one.order
        # Whoever tried before may have been heard: a CRM is asked first whether it has the order.
        tried = order.state is OrderState.SUBMITTED or one.tries > 0
        answer = self._crm.look(order.id) if tried else None
        if answer is None and order.taken_back:
            with self._database.write() as unit:
                move(unit, str(order.id), OrderState.WITHDRAWN, by="crm")
            return
        answer = answer or self._crm.place(order_out(order))
        if answer.verdict is Verdict.RECEIVED and order.state is OrderState.SUBMITTED:
            self._again(one)
            return
        with self._database.write() as unit:
            move(
                unit,
                str(order.id),
                _STATES[answer.verdict],
                by="crm",
                effective_from=(answer.effective_from or order.order.starts_on)
                if answer.verdict is Verdict.ACCEPTED
                else None,
                reason=_reason(answer) if answer.verdict is Verdict.REFUSED else None,
                reference=answer.reference.replace("\0", "")[:_LONGEST_REASON],
            )


_STATES = {
    Verdict.RECEIVED: OrderState.SUBMITTED,
    Verdict.ACCEPTED: OrderState.ACCEPTED,
    Verdict.REFUSED: OrderState.FAILED,
}


def order_out(order: PlacedOrder) -> OrderOut:
    """The order as it leaves."""
    confirmed = [step.at for step in order.steps if step.state is OrderState.CONFIRMED]
    what = order.order
    return OrderOut(
        id=order.id,
        customer_id=order.customer_id,
        product=what.product,
        price_fen=what.price_fen,
        term_months=what.term_months,
        locked=what.locked,
        starts_on=what.starts_on,
        agent=order.agent,
        read_back=what.read_back,
        consent=what.consent,
        confirmed_at=confirmed[-1],
        offer=order.offer,
        until=what.until,
        next_bill=what.next_bill,
    )


def _reason(answer: OrderAnswer) -> Text:
    zh, en = (words.replace("\0", "").strip()[:_LONGEST_REASON] for words in (answer.reason_zh, answer.reason_en))
    none = Text("系统没有说明原因", "no reason was given")
    return Text(zh or en or none.zh, en or zh or none.en)
