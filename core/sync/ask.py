"""Questions that only the server can answer, asked from a job off the window's thread."""

from typing import TypeVar
from uuid import UUID

from core.domain.clock import Clock, utc_now
from core.store.store import Store
from core.sync.session import Credentials
from core.sync.sign_in import end_session
from core.sync.transport import Transport
from core.wire.base import SURVEY_DAYS, BasePage, SurveyResults
from core.wire.departments import SlotAnswer, SlotAsk, Stores
from core.wire.recheck import RecheckAsk, RecheckTold
from core.wire.search import CustomerQuery, FoundCustomer
from core.wire.server_key import code_of
from core.wire.team import DeskTasks, Moved, MoveTasks, SetTarget, TeamBoard
from core.wire.tips import JudgedTip, TipDecision, TipWithdrawal, TipWording

_T = TypeVar("_T")


class Ask:
    """Each question raises ServerUnreachable within the transport's deadline, Refused where not permitted."""

    def __init__(self, store: Store, transport: Transport, *, clock: Clock = utc_now) -> None:
        self._transport = transport
        self._credentials = Credentials(store, transport, clock)

    @property
    def check_code(self) -> str:
        """Of the server's certificate as this desk knows it, to compare with the administrator's; empty without TLS."""
        trust = self._transport.trust
        key = trust.kept or trust.met
        return code_of(key) if key else ""

    def find_customers(self, *, number: str = "", text: str = "") -> list[FoundCustomer]:
        """Customers within one's rights whom this machine may not know, for an inbound or typed call."""
        query = CustomerQuery(number=number, text=text)
        return list(self._credentials.call(lambda: self._transport.search_customers(query)).customers)

    def waiting_tips(self) -> list[JudgedTip]:
        """Tips that wait for this person's judgement, oldest first."""
        return list(self._credentials.call(self._transport.waiting_tips).tips)

    def decide_tip(self, tip_id: str, decision: TipDecision) -> JudgedTip:
        """Raises Refused also where somebody else has decided it meanwhile."""
        return self._credentials.call(lambda: self._transport.decide_tip(tip_id, decision))

    def standing_tips(self) -> list[JudgedTip]:
        """Tips that everyone has, and that this person may take back or reword; oldest first."""
        return list(self._credentials.call(self._transport.standing_tips).tips)

    def take_tip_back(self, tip_id: str, reason: str) -> JudgedTip:
        """Everyone forgets the tip at the next sync. Raises Refused where somebody else has taken it back meanwhile."""
        return self._credentials.call(lambda: self._transport.take_tip_back(tip_id, TipWithdrawal(reason=reason)))

    def reword_tip(self, tip_id: str, wording: TipWording) -> JudgedTip:
        """Raises Refused where the words may not stand, or it has been taken back meanwhile."""
        return self._credentials.call(lambda: self._transport.reword_tip(tip_id, wording))

    def base(self, start: int, after: str = "") -> BasePage:
        """A page of the base without persons, after the bookmark or the first `start` customers; for planners."""
        return self._credentials.call(lambda: self._transport.base(start, after))

    def survey_results(self, scenario: str, days: int = SURVEY_DAYS) -> SurveyResults:
        """What customers answered in the last days; for planners all of it, for a lead the own team's."""
        return self._credentials.call(lambda: self._transport.survey_results(scenario, days))

    def team_board(self) -> TeamBoard:
        """What each agent of the own teams does, and the day's figures; for leads and planners."""
        return self._credentials.call(self._transport.team_board)

    def desk_tasks(self, staff_number: str) -> DeskTasks:
        """The open tasks of one agent of the own teams, promised callbacks first."""
        return self._credentials.call(lambda: self._transport.desk_tasks(staff_number))

    def move_tasks(self, asked: MoveTasks) -> Moved:
        """To another desk or the pool; each task that stays comes back with its reason."""
        return self._credentials.call(lambda: self._transport.move_tasks(asked))

    def set_target(self, asked: SetTarget) -> TeamBoard:
        """The board with the new target."""
        return self._credentials.call(lambda: self._transport.set_target(asked))

    def stores(self, *, area: str = "", what: str = "") -> Stores:
        """What stores have free and in stock at this moment (CHANNEL-02)."""
        return self._credentials.call(lambda: self._transport.stores(area, what))

    def book_slot(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        """Book a time; asked again under the same id nothing more is booked."""
        return self._credentials.call(lambda: self._transport.book_slot(slot_id, ask))

    def cancel_slot(self, slot_id: UUID) -> None:
        """The customer does not come: the time is free again. Raises Refused where no such booking stands."""
        self._credentials.call(lambda: self._transport.cancel_slot(slot_id))

    def asked(
        self,
        method: str,
        path: str,
        kind: type[_T],
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
        within_s: float | None = None,
    ) -> _T:
        """A question of a room that has its own messages; `within_s` where the server takes longer than is usual."""
        return self._credentials.call(
            lambda: self._transport.asked(method, path, kind, body=body, query=query, within_s=within_s)
        )

    def recheck(self, task_id: str, number: str) -> RecheckTold:
        """Whether the reason for the call still holds, as billing and CRM say now; within a second (ID-11)."""
        return self._credentials.call(lambda: self._transport.recheck(task_id, RecheckAsk(number=number)))

    def end_session(self) -> None:
        """Ends the session with the server where it can be reached; needs no store, which may be closed by then."""
        end_session(self._transport)

    def open_customer(self, customer_id: str) -> bytes:
        """The customer's document; the next pull brings it into the store as well."""
        return self._credentials.call(lambda: self._transport.open_customer(customer_id))
