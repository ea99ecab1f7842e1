"""The sync's side of the store: what waits for the server, and what the server sends."""

import itertools
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from core.domain.authority import AuthorityCase
from core.domain.data_periods import LET_GO
from core.domain.errors import StoreError
from core.store import authority, logged, outbox, overlay, pulling, settings, staging
from core.store.courtesy import Courtesy
from core.store.errors import unfinished
from core.store.review_file import ReviewFile
from core.store.states import States
from core.store.store_connections import StoreConnections
from core.store.types import Applied, OutboxItem
from core.wire.pull import PullPage
from core.wire.push import LATER_KINDS, Answers, StateChanged
from core.wire.session import Site


class StoreSync(StoreConnections):
    """The sync's side of `Store`."""

    courtesy: Courtesy
    """touched by the window at each step of a call; the sync lets it pass"""
    manager = ""
    """staff number of the phone account manager whose portfolio is kept; empty: nobody's"""
    unread: frozenset[str] = frozenset()
    """kinds of item that the server, once it was heard, cannot read yet: they wait here for one that does"""
    states: States
    """what the agent was doing since it was last kept"""
    review: ReviewFile
    """what a review works on"""
    _standing: overlay.LaidTasks

    def keep_portfolio_of(self, manager: str) -> None:
        """From now on this person's named customers have rows of their own."""
        from core.store import portfolio

        with self._mirroring() as mirror:
            portfolio.belong_to(mirror, manager)
        self.manager = manager

    def read_by(self, site: Site) -> None:
        """What that centre's server reads may be sent from now on."""
        self.unread = frozenset(LATER_KINDS) - frozenset(site.reads)

    def keep_states(self) -> None:
        """Queues for upload what the agent was doing; costs nothing where that has not changed."""
        with self.states.keeping:
            changes = self.states.take()
            if not changes:
                return
            try:
                with self._working() as work:
                    for change in changes:
                        logged.log(work, StateChanged(state=change))
            except StoreError:
                self.states.put_back(changes)
                raise

    def pending(self, limit: int) -> list[OutboxItem]:
        with self._reading() as connection:
            return outbox.pending(connection, limit, self.unread)

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
            logged.settle_quiet(work, answers)
            outbox.settle(work, answers.answers, revision)
            settings.note_server_time(work, answers.server_time)
            let_go = [one.id for one in answers.answers if one.code == LET_GO]
            if let_go:
                from core.store import letting_go

                letting_go.of_items(work, let_go)
        if let_go:
            self._leave_no_trace()

    def cursor(self) -> str:
        """Where the next pull goes on; empty at the start."""
        with self._reading() as connection:
            return staging.cursor(connection) or pulling.meta(connection, "cursor") or ""

    def waits_for_pages(self) -> bool:
        """Whether pages of a pull lie here that was cut off: they are taken with its last one."""
        with self._reading() as connection:
            return staging.cursor(connection) != ""

    def apply(self, page: PullPage, *, now: datetime) -> Applied:
        """Takes a page whole, with its cursor; `now` is the local clock at which it came.

        A page that others follow only waits for them: what is shown is the state before the pull or the one after it.
        """
        ends_a_long_pull = not page.more and self.waits_for_pages()
        with self._mirroring() as mirror:
            applied = self._applied(mirror, page)
            if applied.let_go:
                # Before the page counts as taken: where this is cut short, the server tells it once more.
                self._let_go(applied.let_go)
        with self._working() as work:
            settings.note_server_time(work, page.server_time)
            settings.note_clock(work, page.server_time, now)
        if applied.let_go:
            self._leave_no_trace()
        elif ends_a_long_pull:
            # All of it in one transaction: the journal would keep that size.
            self.empty_journals()
        if applied.finished:
            self._forget_spoken_for()
            self._forget_old_words(page.server_time)
        return applied

    def _applied(self, mirror: Connection, page: PullPage) -> Applied:
        if page.more and staging.is_whole(mirror):
            return Applied(
                customer_ids=staging.put(mirror, page, self.courtesy.let_pass), staged=len(page.changes), finished=False
            )
        pages = itertools.chain(staging.taken(mirror, self.courtesy.let_pass), [page])
        taken = [pulling.apply(mirror, one, self.courtesy.let_pass, manager=self.manager) for one in pages]
        if not page.more:
            staging.note_whole(mirror)
        return pulling.together(taken)

    def _let_go(self, customer_ids: tuple[str, ...]) -> None:
        from core.store import letting_go

        with self._working() as work:
            letting_go.of_customers(work, customer_ids)

    def _leave_no_trace(self) -> None:
        """Of rows that went: neither in what a look kept, nor in the journals."""
        self._standing.forget()
        self.empty_journals()

    def _forget_old_words(self, now: datetime) -> None:
        """Once a day, by the server's time, what is older than the site keeps it."""
        # A start imports none of this: it is for a moment at which nobody waits.
        from core.store import letting_go

        with self._reading() as connection:
            kept = None if letting_go.looked_today(connection, now) else letting_go.periods(connection)
        if kept is None:
            return
        with self._working() as work:
            gone = letting_go.old_words(work, kept, now)
        if gone:
            self.empty_journals()

    def note_server_time(self, server_time: datetime, now: datetime) -> None:
        """Keeps the server's time where a page brought nothing else."""
        with self._working() as work:
            settings.note_server_time(work, server_time)
            settings.note_clock(work, server_time, now)

    def send_again(self, now: datetime) -> int:
        """For a server that was brought back from a backup: what it had taken waits once more. Gives how many wait."""
        from core.store import sent

        with self._working() as work:
            return sent.again(work, now)

    def clear_mirror(self) -> None:
        """Forgets what can be fetched again, for another agent or after damage; work stays."""
        with self._mirroring() as mirror:
            pulling.clear(mirror)
        self._standing.forget()
        self.forget_settled()

    def forget_customers(self) -> tuple[str, ...]:
        """Takes all customers off this machine, as of somebody who may work no more; what they saved stays.

        Gives the tasks that went."""
        with self._reading() as connection:
            tasks = tuple(row[0] for row in connection.exec_driver_sql("SELECT task_id FROM task"))
        self.clear_mirror()
        self.review.forget()
        return tasks

    def hand_over(self) -> None:
        """Empties both files for another agent, but for what belongs to the machine.

        Raises StoreError, and changes nothing, while anything waits to be uploaded or finished.
        """
        with self._working() as work:
            # Who was ready or at a break when is nobody's work to be lost.
            work.exec_driver_sql("DELETE FROM outbox WHERE kind = 'state'")
            for table in ("outbox", "draft"):
                if work.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first():
                    raise unfinished()
            for table in (
                "sent",
                "outcome",
                "follow_up",
                "dial",
                "added_number",
                "quiet_asked",
                "overlay",
                "skip",
                "authority",
            ):
                work.exec_driver_sql(f"DELETE FROM {table}")
            for own in (settings.TIP_DRAFT, settings.PRACTICE, settings.TEAM_BOARD, settings.QUALITY_DRAFTS):
                settings.drop(work, own)
        self.clear_mirror()
        self.review.forget()

    def forget_settled(self) -> None:
        """With an empty mirror, what the server has taken is for it to tell."""
        with self._working() as work:
            work.exec_driver_sql("DELETE FROM overlay WHERE settled_revision IS NOT NULL")

    def catch_up(self) -> None:
        """Where the work has seen more pulls than the mirror, as in a folder that was copied file by file, what comes
        next counts as later than all that the work knows."""
        with self._reading() as connection:
            seen = connection.exec_driver_sql("SELECT max(settled_revision) FROM work.overlay").scalar() or 0
            behind = seen > int(pulling.meta(connection, "revision") or 0)
        if behind:
            with self._mirroring() as mirror:
                pulling.put_meta(mirror, "revision", str(seen))

    def server_time(self) -> datetime | None:
        """The latest time that the server has told, ever."""
        with self._reading() as connection:
            return settings.server_time(connection)

    def clock_offset_s(self) -> float:
        """Server time minus this machine's clock when they last met, seconds; 0 before that."""
        with self._reading() as connection:
            return settings.clock_offset_s(connection)

    def _forget_spoken_for(self) -> None:
        """Drops overlay rows that no longer say anything, so that a look at the queue stays cheap."""
        with self._reading() as connection:
            over = overlay.spoken_for(connection)
        if over:
            with self._working() as work:
                work.exec_driver_sql("DELETE FROM overlay WHERE task_id = ? AND item_id = ?", over)
