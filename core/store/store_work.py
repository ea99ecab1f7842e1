"""The agent's own work: what is saved, logged and drafted here, and what of it is shown again."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from core.domain import decoding
from core.domain.authority import AuthorityCase
from core.domain.call import AddedNumber, QuietAsked
from core.domain.disposition import Dispositions
from core.domain.errors import StoreForeign
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.order_state import OrderTold
from core.domain.outcome import Outcome
from core.store import (
    authority,
    cared,
    day,
    drafting,
    logged,
    looking,
    ordered,
    outbox,
    pieces,
    refused,
    saving,
    settings,
)
from core.store.logged import Logged
from core.store.saving import Known
from core.store.store_connections import StoreConnections
from core.store.types import DayFigures, Draft, OutboxState, OwnRequest, SavedRow
from core.wire.push import NumberAdded, Saved

if TYPE_CHECKING:
    from core.domain.branch_request import BranchAsk, BranchRequest


class StoreWork(StoreConnections):
    """The agent's side of `Store`."""

    unread: frozenset[str]
    """kinds of item that the server cannot read yet"""
    _shipped: Callable[[str], Dispositions | None] | None
    """a scenario's dispositions where the server has published none"""

    def save(self, saved: Saved, *, draft_key: str | None = None, named: NumberAdded | None = None) -> None:
        """Keeps an outcome or a correction with its follow-ups, queues it for upload and deletes the task's draft.

        `draft_key` names the draft of a call without a task, `named` is a further number that the customer gave in the
        call: it is kept with the outcome or not at all.
        The same outcome once more changes nothing; raises ValueError for the same id with other contents.
        """
        outcome = saved.outcome
        known, published = self._known(outcome)
        then = saving.consequence(saved, self._dispositions(outcome, published))
        with self._working() as work:
            if named is not None:
                logged.log(work, named)
            saving.save(work, saved, known, then)
            if draft_key is not None:
                drafting.drop(work, draft_key)

    def log(self, item: Logged) -> None:
        with self._working() as work:
            logged.log(work, item)

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

    def saved_between(
        self,
        start: datetime,
        end: datetime,
        *,
        text: str = "",
        limit: int = 500,
        as_of: datetime | None = None,
        refused: bool = False,
    ) -> list[SavedRow]:
        """Outcomes recorded in [start, end), newest first; `as_of` is now, where that is not the period's end;
        `refused`: and those of any day that the server would not take."""
        with self._reading() as connection:
            return day.saved_between(connection, start, end, text, limit, as_of or end, refused)

    def day_figures(self, start: datetime, end: datetime, *, as_of: datetime | None = None) -> DayFigures:
        """`as_of` is now, where that is not the period's end."""
        with self._reading() as connection:
            return day.figures(connection, start, end, as_of or end)

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

    def opted_out(self, customer_id: str, numbers: Iterable[str] = ()) -> bool:
        """Whether a refusal that was saved here stands for the customer, or for one of these numbers of theirs.

        The customer's document knows the others.
        """
        with self._reading() as connection:
            return refused.concerns(connection, customer_id, numbers)

    def saved_name(self, customer_id: str) -> str:
        """The customer's name as the last outcome saved here has it; empty where there is none."""
        with self._reading() as connection:
            return day.saved_name(connection, customer_id)

    def added_numbers(self, customer_id: str) -> list[AddedNumber]:
        with self._reading() as connection:
            return day.added_numbers(connection, customer_id)

    def quiet_asked(self, customer_id: str) -> QuietAsked | None:
        with self._reading() as connection:
            return day.quiet_asked(connection, customer_id)

    def setting(self, key: str) -> str | None:
        with self._reading() as connection:
            return settings.get(connection, key)

    def put_setting(self, key: str, value: str) -> None:
        with self._working() as work:
            settings.put(work, key, value)

    def care_given(self, customer_id: str, since: datetime) -> list[tuple[str, datetime]]:
        """Class and time of the care that was noted here since then, uploaded or not."""
        with self._reading() as connection:
            return cared.of_customer(connection, customer_id, since)

    def care_counts(self, start: datetime, end: datetime) -> dict[str, int]:
        """How much care was noted here in [start, end), by channel."""
        with self._reading() as connection:
            return cared.counts(connection, start, end)

    def requests(self, case: str) -> list[OwnRequest]:
        """What was asked of the team lead for that call (a task's id, or the key of a call without one)."""
        with self._reading() as connection:
            return authority.of_case(connection, case)

    def request(self, request_id: UUID) -> AuthorityCase | None:
        """What was asked of the team lead under that id; None where it was not asked here."""
        with self._reading() as connection:
            return authority.one(connection, request_id)

    def awaits_answer(self) -> bool:
        """Whether a request to the team lead is open."""
        with self._reading() as connection:
            return authority.any_open(connection)

    def outbox_state(self) -> OutboxState:
        with self._reading() as connection:
            return outbox.state(connection, self.unread)

    def _known(self, outcome: Outcome) -> tuple[Known, bytes | None]:
        """What the mirror has of an outcome's task, and the scenario's dispositions.

        A damaged mirror must not keep an outcome from being saved: it is repaired at the next start.
        """
        try:
            with self._reading() as connection:
                known = looking.known(connection, outcome.task_id, outcome.customer_id)
                return known, pieces.content(connection, "dispositions", outcome.scenario)
        except StoreForeign:
            return Known(), None

    def _dispositions(self, outcome: Outcome, published: bytes | None) -> Dispositions | None:
        """The newest, or those that the call began with where the newest do not have its result any more."""
        if published is None:
            return self._shipped(outcome.scenario) if self._shipped else None
        newest = decoding.decode(published, Dispositions)
        if newest.result(outcome.result) is not None:
            return newest
        with self._reading() as connection:
            bodies = pieces.contents_before(connection, "dispositions", outcome.scenario)
        earlier = (decoding.decode(body, Dispositions) for body in bodies)
        return next((one for one in earlier if one.result(outcome.result) is not None), newest)
