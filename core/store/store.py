"""The store: what windows read and the agent's work goes into. Made by `open_store`; safe to use from any thread."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine

from core.domain.authority import AuthorityCase
from core.domain.call import AddedNumber
from core.domain.clock import utc_now
from core.domain.disposition import Dispositions
from core.domain.errors import StoreForeign
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.indicator import Indicator
from core.domain.order_state import OrderTold
from core.domain.outcome import Outcome
from core.domain.task import Task
from core.store import authority, day, drafting, files, looking, ordered, outbox, overlay, pulling, saving, settings
from core.store.courtesy import Courtesy
from core.store.errors import closed, translated, unfinished
from core.store.people import People
from core.store.queue_read import QueueView
from core.store.saving import Known, Logged
from core.store.types import (
    Applied,
    DayFigures,
    Draft,
    Found,
    OutboxItem,
    OutboxState,
    OwnRequest,
    Person,
    QueueCounts,
    QueuePage,
    QueueQuery,
    QueueRow,
    SavedRow,
)
from core.wire.pull import PullPage
from core.wire.push import Answers, Saved

if TYPE_CHECKING:
    from core.domain.branch_request import BranchAsk, BranchRequest
    from core.domain.knowledge import Article, TipAnswer
    from core.store.knowledge import ArticleHit


class Store:
    """Each call is one transaction; what a writing call returned from is on the disk.

    Every call may raise StoreFull (nothing of it was written), StoreForeign (damage was met) or StoreError (busy,
    closed).
    """

    def __init__(
        self,
        *,
        folder: Path,
        reader: Engine,
        mirror: Engine,
        work: Engine,
        lock: BinaryIO,
        shipped: Callable[[str], Dispositions | None] | None,
    ) -> None:
        self.folder = folder
        self._reader, self._mirror, self._work, self._lock = reader, mirror, work, lock
        self._shipped = shipped
        self._people = People()
        self._standing = overlay.Standing()
        self.courtesy = Courtesy()
        """touched by the window at each step of a call; the sync lets it pass"""
        self._closed = False

    # Reading

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
            return looking.content(connection, kind, name)

    def content_before(self, kind: str, name: str, version: int) -> bytes | None:
        """An earlier version, kept for calls that were begun under it."""
        with self._reading() as connection:
            return looking.content_before(connection, kind, name, version)

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

    def content_names(self, kind: str) -> list[str]:
        with self._reading() as connection:
            return looking.content_names(connection, kind)

    def indicators(self) -> list[Indicator]:
        with self._reading() as connection:
            return looking.indicators(connection)

    # Work

    def save(self, saved: Saved, *, draft_key: str | None = None) -> None:
        """Keeps an outcome or a correction with its follow-ups, queues it for upload and deletes the task's draft.

        `draft_key` names the draft of a call without a task.
        The same outcome once more changes nothing; raises ValueError for the same id with other contents.
        """
        outcome = saved.outcome
        known, published = self._known(outcome)
        then = saving.consequence(saved, self._dispositions(outcome, published))
        with self._working() as work:
            saving.save(work, saved, known, then)
            if draft_key is not None:
                drafting.drop(work, draft_key)

    def log(self, item: Logged) -> None:
        with self._working() as work:
            saving.log(work, item)

    def put_draft(self, draft: Draft) -> None:
        with self._working() as work:
            drafting.put(work, draft)

    def draft(self, key: str) -> Draft | None:
        with self._reading() as connection:
            return drafting.one(connection, key)

    def drafts(self) -> list[Draft]:
        """Oldest first."""
        with self._reading() as connection:
            return drafting.all_of_them(connection)

    def drop_draft(self, key: str) -> None:
        with self._working() as work:
            drafting.drop(work, key)

    def saved(self, outcome_id: UUID) -> Saved | None:
        with self._reading() as connection:
            return day.saved(connection, outcome_id)

    def outcomes_of(self, customer_id: str, since: datetime) -> list[Outcome]:
        """What was saved here of that customer since then, corrected records too, oldest first."""
        with self._reading() as connection:
            return day.outcomes_of(connection, customer_id, since)

    def newest(self, outcome_id: UUID) -> UUID | None:
        """Of an outcome and its corrections, the last; None where it is not here."""
        with self._reading() as connection:
            return day.newest(connection, outcome_id)

    def saved_between(self, start: datetime, end: datetime, *, text: str = "", limit: int = 500) -> list[SavedRow]:
        """Outcomes recorded in [start, end), newest first."""
        with self._reading() as connection:
            return day.saved_between(connection, start, end, text, limit)

    def day_figures(self, start: datetime, end: datetime) -> DayFigures:
        with self._reading() as connection:
            return day.figures(connection, start, end)

    def follow_ups(self, kind: FollowUpKind | None = None, state: FollowUpState | None = None) -> list[FollowUp]:
        """Those made on this machine, soonest first."""
        with self._reading() as connection:
            return day.follow_ups(connection, kind, state)

    def branch_requests(self) -> "tuple[list[BranchRequest], list[BranchAsk]]":
        """What was asked of branches: as the server told, and what waits here to be uploaded."""
        from core.store import branches

        with self._reading() as connection:
            return branches.told(connection), branches.waiting(connection)

    def orders(self) -> list[OrderTold]:
        """This agent's orders as the server last told of them, those changed last first."""
        with self._reading() as connection:
            return ordered.told(connection)

    def dials(self, customer_id: str, since: datetime) -> list[datetime]:
        with self._reading() as connection:
            return day.dials(connection, customer_id, since)

    def opted_out(self, customer_id: str) -> bool:
        with self._reading() as connection:
            return day.opted_out(connection, customer_id)

    def saved_name(self, customer_id: str) -> str:
        """The customer's name as the last outcome saved here has it; empty where there is none."""
        with self._reading() as connection:
            return day.saved_name(connection, customer_id)

    def added_numbers(self, customer_id: str) -> list[AddedNumber]:
        with self._reading() as connection:
            return day.added_numbers(connection, customer_id)

    def setting(self, key: str) -> str | None:
        with self._reading() as connection:
            return settings.get(connection, key)

    def put_setting(self, key: str, value: str) -> None:
        with self._working() as work:
            settings.put(work, key, value)

    def requests(self, case: str) -> list[OwnRequest]:
        """What was asked of the team lead for that call (a task's id, or the key of a call without one)."""
        with self._reading() as connection:
            return authority.of_case(connection, case)

    def awaits_answer(self) -> bool:
        """Whether a request to the team lead is open."""
        with self._reading() as connection:
            return authority.any_open(connection)

    def outbox_state(self) -> OutboxState:
        with self._reading() as connection:
            return outbox.state(connection)

    # The sync's side

    def pending(self, limit: int) -> list[OutboxItem]:
        with self._reading() as connection:
            return outbox.pending(connection, limit)

    def pending_requests(self) -> list[OutboxItem]:
        """Of what waits, what somebody waits for: asking the team lead, and asking no more."""
        with self._reading() as connection:
            return authority.pending(connection)

    def take_requests(self, told: Sequence[AuthorityCase]) -> list[AuthorityCase]:
        """Keeps what the server tells of one's own requests; gives those of which it is news."""
        with self._working() as work:
            return authority.take(work, told)

    def settle(self, answers: Answers) -> None:
        """Marks the items as answered. Call it before asking for the next page of the pull."""
        with self._reading() as connection:
            revision = int(pulling.meta(connection, "revision") or 0)
        with self._working() as work:
            outbox.settle(work, answers.answers, revision)
            settings.note_server_time(work, answers.server_time)

    def cursor(self) -> str:
        """Where the next pull goes on; empty at the start."""
        with self._reading() as connection:
            return pulling.meta(connection, "cursor") or ""

    def apply(self, page: PullPage, *, now: datetime) -> Applied:
        """Takes a page whole, with its cursor; `now` is the local clock at which it came."""
        with self._guarded(), self._mirror.begin() as mirror:
            applied = pulling.apply(mirror, page, self.courtesy.let_pass)
        with self._working() as work:
            settings.note_server_time(work, page.server_time)
            settings.note_clock(work, page.server_time, now)
        if applied.finished:
            self._forget_spoken_for()
        return applied

    def note_server_time(self, server_time: datetime, now: datetime) -> None:
        """Keeps the server's time where a page brought nothing else."""
        with self._working() as work:
            settings.note_server_time(work, server_time)
            settings.note_clock(work, server_time, now)

    def clear_mirror(self) -> None:
        """Forgets what can be fetched again, for another agent or after damage; work stays."""
        with self._guarded(), self._mirror.begin() as mirror:
            pulling.clear(mirror)
        self._standing.forget()
        self.forget_settled()

    def hand_over(self) -> None:
        """Empties both files for another agent, but for what belongs to the machine.

        Raises StoreError, and changes nothing, while anything waits to be uploaded or finished.
        """
        with self._working() as work:
            for table in ("outbox", "draft"):
                if work.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first():
                    raise unfinished()
            for table in ("outcome", "follow_up", "dial", "added_number", "overlay", "skip", "authority"):
                work.exec_driver_sql(f"DELETE FROM {table}")
            for own in (settings.TIP_DRAFT, settings.PRACTICE):
                settings.drop(work, own)
        self.clear_mirror()

    def forget_settled(self) -> None:
        """With an empty mirror, what the server has taken is for it to tell."""
        with self._working() as work:
            work.exec_driver_sql("DELETE FROM overlay WHERE settled_revision IS NOT NULL")

    def server_time(self) -> datetime | None:
        """The latest time that the server has told, ever."""
        with self._reading() as connection:
            return settings.server_time(connection)

    def clock_offset_s(self) -> float:
        """Server time minus this machine's clock when they last met, seconds; 0 before that."""
        with self._reading() as connection:
            return settings.clock_offset_s(connection)

    def close(self) -> None:
        """Waits for nothing; the folder is free for another process afterwards."""
        self._closed = True
        self.courtesy.end()
        for engine in (self._reader, self._work, self._mirror):
            engine.dispose()
        self._lock.close()

    def _known(self, outcome: Outcome) -> tuple[Known, bytes | None]:
        """What the mirror has of an outcome's task, and the scenario's dispositions.

        A damaged mirror must not keep an outcome from being saved: it is repaired at the next start.
        """
        try:
            with self._reading() as connection:
                known = looking.known(connection, outcome.task_id, outcome.customer_id)
                return known, looking.content(connection, "dispositions", outcome.scenario)
        except StoreForeign:
            return Known(), None

    def _dispositions(self, outcome: Outcome, published: bytes | None) -> Dispositions | None:
        """The newest, or those that the call began with where the newest do not have its result any more."""
        if published is None:
            return self._shipped(outcome.scenario) if self._shipped else None
        newest = msgspec.json.decode(published, type=Dispositions)
        if newest.result(outcome.result) is not None:
            return newest
        with self._reading() as connection:
            bodies = looking.contents_before(connection, "dispositions", outcome.scenario)
        earlier = (msgspec.json.decode(body, type=Dispositions) for body in bodies)
        return next((one for one in earlier if one.result(outcome.result) is not None), newest)

    def _forget_spoken_for(self) -> None:
        """Drops overlay rows that no longer say anything, so that a look at the queue stays cheap."""
        with self._reading() as connection:
            over = overlay.spoken_for(connection)
        if over:
            with self._working() as work:
                work.exec_driver_sql("DELETE FROM overlay WHERE task_id = ? AND item_id = ?", over)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._guarded(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _working(self) -> Iterator[Connection]:
        with self._guarded(), self._work.begin() as connection:
            yield connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._closed:
            raise closed()
        try:
            with translated():
                yield
        except StoreForeign:
            files.touch_private(self.folder / files.SUSPECT)
            raise
