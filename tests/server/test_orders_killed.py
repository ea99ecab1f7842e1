"""Wherever the worker is ended: the customer is asked once, the CRM has each order once, and none is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from order_kit import order_of, sell
from server_kit import StillClock, add_agent, agent, given

from core.demo.crm.book import Book
from core.demo.crm.rules import Standing
from core.domain.order_state import OrderState
from core.server.db import tasks
from core.server.db.engine import Database, Unit
from core.server.orders.worker import OrderWorker
from core.wire.crm import Ask, OrderAnswer, OrderOut, Reply


class Killed(BaseException):
    """As a kill: nothing after it is done, and an open transaction is not committed."""


class Fate:
    """Ends the worker at its n-th step; 0 never."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise Killed


class Mortal(Database):
    """A database whose user may die before and within each of its transactions."""

    def __init__(self, real: Database, fate: Fate) -> None:
        super().__init__(real.engine, tenant=real.tenant, clock=real.clock)
        self._fate = fate

    @contextmanager
    def write(self) -> Iterator[Unit]:
        self._fate.step()
        with super().write() as unit:
            yield unit
            self._fate.step()


class Outside:
    """The demo's CRM and gateway, heard or not: the worker may die before asking, and before it hears the answer."""

    def __init__(self, book: Book, fate: Fate) -> None:
        self._book, self._fate = book, fate

    def place(self, order: OrderOut) -> OrderAnswer:
        self._fate.step()
        answer = self._book.place(order)
        self._fate.step()
        return answer

    def look(self, order_id: UUID) -> OrderAnswer | None:
        self._fate.step()
        return self._book.look(order_id)

    def ask(self, order_id: UUID, ask: Ask) -> Reply:
        self._fate.step()
        reply = self._book.ask(order_id, ask).reply
        self._fate.step()
        return reply

    def reply(self, order_id: UUID) -> Reply | None:
        self._fate.step()
        found = self._book.replied(order_id)
        return found.reply if found else None


class Life:
    """A day's work on one order: rounds with half a minute between, by as many workers as it takes."""

    def __init__(self, database: Database, clock: StillClock, book: Book) -> None:
        self._database, self._clock, self._book = database, clock, book

    def live(self, fate: Fate) -> None:
        worker = self._worker(fate)
        for _ in range(8):
            self._clock.forward(seconds=30)
            try:
                worker.round()
            except Killed:
                worker = self._worker(Fate(0))

    def _worker(self, fate: Fate) -> OrderWorker:
        outside = Outside(self._book, fate)
        return OrderWorker(Mortal(self._database, fate), crm=outside, confirmations=outside)


@pytest.mark.parametrize(
    ("standing", "end", "tasks_back"),
    [(Standing(), OrderState.ACCEPTED, 0), (Standing(arrears_fen=3_000), OrderState.FAILED, 1)],
)
def test_killed_at_every_step_an_order_is_placed_once(
    sqlite: Database, clock: StillClock, standing: Standing, end: OrderState, tasks_back: int
) -> None:
    # INTEG-07
    he = add_agent(sqlite, agent())
    index, fate = 0, Fate(0)
    while fate.steps >= fate.at:
        index += 1
        task = given(sqlite, index, to=he.staff_number)
        sale = sell(sqlite, he, task)
        book = Book(":memory:", lambda _customer: standing, clock=clock, delay=timedelta(seconds=10))
        fate = Fate(index)
        Life(sqlite, clock, book).live(fate)
        ended, count = order_of(sqlite, sale), book.count()
        book.close()
        assert (ended.state, count) == (end, 1), f"killed at step {index}"
        # The CRM may have decided before its receipt was heard.
        told = [step.state for step in ended.steps if step.state is not OrderState.SUBMITTED]
        assert told == ["pending", "confirmed", end]
        with sqlite.read() as unit:
            assert len(tasks.open_of(unit, f"C{index}")) == tasks_back
    assert index > 14
