"""What windows read of the mirror, the agent's own work laid over it: queue, customers, content."""

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.clock import utc_now
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.store import looking, pieces
from core.store.overlay import LaidTasks
from core.store.people import People
from core.store.queue_read import QueueView
from core.store.store_connections import StoreConnections
from core.store.types import Found, Person, QueueCounts, QueuePage, QueueQuery, QueueRow

if TYPE_CHECKING:
    from core.domain.duty import Roster
    from core.domain.knowledge import Article, TipAnswer
    from core.domain.portfolio import PortfolioRow
    from core.store.casebook import Book, CaseBook
    from core.store.inspected import Inspected, InspectionBook
    from core.store.knowledge import ArticleHit


class StoreReading(StoreConnections):
    """The reading side of `Store`."""

    _people: People
    _standing: LaidTasks
    _casebook: "CaseBook | None"
    _inspections: "InspectionBook | None"

    def queue(self, query: QueueQuery, *, offset: int, limit: int) -> list[QueueRow]:
        """A page of the queue, in the order of `query.sort`."""
        with self._reading() as connection:
            return QueueView(connection, query, self._standing).page(offset, limit)

    def counts(self, query: QueueQuery) -> QueueCounts:
        with self._reading() as connection:
            return QueueView(connection, query, self._standing).counts()

    def look(self, query: QueueQuery, *, offset: int, limit: int) -> QueuePage:
        """`queue` and `counts` of one moment, at little more than the cost of one of them."""
        with self._reading() as connection:
            return QueueView(connection, query, self._standing).look(offset, limit)

    def find(self, text: str, *, limit: int = 200, now: datetime | None = None) -> Found:
        """Tasks by name, pinyin, initials, part of a number, or id, in queue order; an empty text finds all."""
        with self._reading() as connection:
            return QueueView(connection, QueueQuery(text=text, now=now or utc_now()), self._standing).found(limit)

    def task(self, task_id: str) -> Task | None:
        """The task as the server last sent it."""
        with self._reading() as connection:
            return looking.task(connection, task_id)

    def customer(self, customer_id: str) -> bytes | None:
        """The document's bytes as received."""
        with self._reading() as connection:
            return looking.customer(connection, customer_id)

    def tasks_of(self, customer_id: str) -> list[Task]:
        with self._reading() as connection:
            return looking.tasks_of(connection, customer_id)

    def customers_by_number(self, digits: str) -> list[str]:
        """Ids of the customers who have exactly this number, added ones included."""
        with self._reading() as connection:
            return looking.customers_by_number(connection, digits)

    def find_customers(self, text: str, *, limit: int = 20) -> list[Person]:
        """Customers without an open task by name, part of a number or id; `find` has those with one."""
        with self._reading() as connection:
            return self._people.find(connection, text, limit)

    def content(self, kind: str, name: str) -> bytes | None:
        with self._reading() as connection:
            return pieces.content(connection, kind, name)

    def content_before(self, kind: str, name: str, version: int) -> bytes | None:
        """An earlier version, kept for calls that were begun under it."""
        with self._reading() as connection:
            return pieces.content_before(connection, kind, name, version)

    def articles(self, text: str, *, scenario: str = "", step: str = "", limit: int = 60) -> "list[ArticleHit]":
        """Knowledge by title, initials, tags and text; what belongs to the step comes first."""
        from core.store import knowledge

        with self._reading() as connection:
            return knowledge.search(connection, text, scenario=scenario, step=step, limit=limit)

    def article(self, kind: str, name: str) -> "Article | None":
        from core.store import knowledge

        with self._reading() as connection:
            return knowledge.article(connection, kind, name)

    def tip_answers(self) -> "list[TipAnswer]":
        """What became of this agent's tips, newest first."""
        from core.store import knowledge

        with self._reading() as connection:
            return knowledge.answers(connection)

    def casework(self) -> "Book":
        """Repair cases and promises, own events laid over what the server told."""
        book = self._book()
        with self._reading() as connection:
            return book.read(connection)

    def _book(self) -> "CaseBook":
        if self._casebook is None:
            from core.store.casebook import CaseBook

            self._casebook = CaseBook()
        return self._casebook

    def inspected(self) -> "Inspected":
        """Calls to be scored, scores and coaching notes as the server told them, with what was said of them here."""
        book = self._inspection_book()
        with self._reading() as connection:
            return book.read(connection)

    def _inspection_book(self) -> "InspectionBook":
        if self._inspections is None:
            from core.store.inspected import InspectionBook

            self._inspections = InspectionBook()
        return self._inspections

    def roster(self) -> "Roster":
        """Who is on duty when, and whom a case can be handed to."""
        from core.store import casebook

        with self._reading() as connection:
            return casebook.roster(connection)

    def customers_with_digits(self, digits: str) -> frozenset[str]:
        """Ids of the customers who have these digits anywhere in a number, added ones included."""
        from core.store import casebook

        with self._reading() as connection:
            return casebook.customers_with(connection, digits)

    def portfolio(self) -> "list[PortfolioRow]":
        """The named customers of the phone account manager at this desk."""
        from core.store import portfolio

        with self._reading() as connection:
            return portfolio.rows(connection)

    def reached_here(self, since: datetime) -> dict[str, datetime]:
        """By customer, when this desk last spoke with them since then."""
        from core.store import portfolio

        with self._reading() as connection:
            return portfolio.reached_here(connection, since)

    def contents(self, kind: str) -> list[bytes]:
        """All pieces of a kind, by name."""
        with self._reading() as connection:
            return pieces.contents(connection, kind)

    def content_names(self, kind: str) -> list[str]:
        """In their order."""
        with self._reading() as connection:
            return pieces.content_names(connection, kind)

    def indicators(self) -> list[Indicator]:
        with self._reading() as connection:
            return looking.indicators(connection)
