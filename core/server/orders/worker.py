"""Works off orders: asks customers to confirm, hands what is confirmed to the CRM, and hears how it stands.

The order's row is the outbox. It is claimed before the other side is asked and moved in one transaction after it has
answered; who dies in between leaves a row that falls due again, and the order's id keeps the other side from doing it
twice. No transaction is open while the other side is waited for.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from core.domain.charge import Charge
from core.domain.order import charge_of
from core.domain.order_state import OrderState, PlacedOrder
from core.domain.text import Text
from core.server.db import orders, settings
from core.server.db.claims import CLAIM
from core.server.db.engine import Database, Unit
from core.server.db.orders import Due
from core.server.orders.confirming import ask_of, sent, take_reply
from core.server.orders.moving import move
from core.server.orders.port import ConfirmationPort, OrderPort
from core.server.outside.rounds import Rounds, Side
from core.wire.crm import OrderAnswer, OrderOut, Reply, Verdict

NO_NUMBER = Text("没有能收确认短信的号码", "no number can take the confirmation SMS")
_LONGEST_REASON = 200
_CONFIRMING = (OrderState.PENDING,)
_LEAVING = (OrderState.CONFIRMED, OrderState.SUBMITTED)


class OrderWorker(Rounds):
    """Orders on their way: to the customer who confirms, then to the CRM."""

    def __init__(
        self,
        database: Database,
        *,
        crm: OrderPort | None,
        confirmations: ConfirmationPort | None,
        claim: timedelta = CLAIM,
    ) -> None:
        self._claim, self._crm, self._confirmations = claim, crm, confirmations
        self._sms = self._side("sms", _CONFIRMING, self._confirm)
        self._there = self._side("crm", _LEAVING, self._leave)
        sides = ([self._sms] if confirmations is not None else []) + ([self._there] if crm is not None else [])
        super().__init__(database, "orders", sides)

    def _side(self, name: str, states: Sequence[OrderState], work: Callable[[Due], None]) -> Side[Due]:
        def rest(unit: Unit, one: Due, until: datetime) -> None:
            orders.rest(unit, one, until=until)

        return Side(name, lambda unit, most: orders.due(unit, states, most), self._claimed, work, rest)

    def _claimed(self, unit: Unit, one: Due) -> Due | None:
        if not orders.claim(unit, one, pause=self._claim):
            return None
        order = orders.get(unit, str(one.order.id), lock=True)
        assert order is not None
        if order.state is OrderState.CONFIRMED and not order.leaving:
            # From here on a correction cannot take it back: the CRM may have it before we hear of it.
            order = msgspec.structs.replace(order, leaving=True)
            orders.edit(unit, order)
        return msgspec.structs.replace(one, order=order)

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
                # Waiting finds no number: the agent asks the customer for one, or the sale ends here.
                with self._database.write() as unit:
                    move(unit, str(order.id), OrderState.FAILED, by="server", reason=NO_NUMBER)
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
        with self._database.read() as unit:
            within = timedelta(hours=settings.site(unit).reply_within_h)
        if self._database.clock() - asked_at < within:
            self.again(self._sms, one)
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
            self.again(self._there, one)
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
        monthly=charge_of(what, offer=bool(order.offer)) is Charge.MONTH,
        charge=charge_of(what, offer=bool(order.offer)),
        code=what.code or order.offer,
        version=what.version,
        trial=what.trial,
        ends_trial=what.ends_trial,
        chosen=what.chosen,
    )


def _reason(answer: OrderAnswer) -> Text:
    zh, en = (words.replace("\0", "").strip()[:_LONGEST_REASON] for words in (answer.reason_zh, answer.reason_en))
    none = Text("系统没有说明原因", "no reason was given")
    return Text(zh or en or none.zh, en or zh or none.en)
