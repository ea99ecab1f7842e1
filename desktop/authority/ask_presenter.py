"""Asking from the call and hearing the answer there. No widgets; the store on its lane, the network on its own."""

from collections.abc import Callable, Sequence
from uuid import UUID

from msgspec import Struct

from core.desk.asking import Askable, ask, askable_kinds, case_so_far, request_of, withdraw
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.offers import OfferDesk, OfferGround
from core.desk.opening import may_open
from core.domain.authority import RequestState
from core.domain.errors import Refused
from core.domain.granting import GrantRules
from core.domain.offered import Reply
from core.domain.text import Text, filled
from core.offers.book import Standing
from core.store.types import OwnRequest
from core.sync.status import RequestNews
from desktop.authority import words
from desktop.authority.saying import TONES, answer
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.lane import Lane
from desktop.widgets.values import Tone


class Offered(Struct, frozen=True, kw_only=True):
    """What the line offers to ask for, for the customer in view."""

    rules: GrantRules
    askables: tuple[Askable, ...]
    ground: OfferGround
    """what offers and budget were read from"""


class AskPresenter:
    """`changed` is told when the line has to be drawn anew; `sent` wakes what carries a request to the server."""

    def __init__(
        self,
        desk: Desk,
        call: CallPresenter,
        *,
        lane: Lane,
        changed: Callable[[], None],
        sent: Callable[[], None],
        offer: Callable[[Text, Tone, str], None],
        tell: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._call, self._lane, self._offers = desk, call, lane, OfferDesk(desk)
        self._changed, self._sent, self._show_error = changed, sent, show_error
        self._offer, self._only_tell = offer, tell

    @property
    def session(self) -> CallSession | None:
        return self._call.session

    @property
    def newest(self) -> OwnRequest | None:
        """The request that the line tells of: the last one, unless it was taken back or went into an outcome."""
        requests = self.session.opened.requests if self.session else ()
        told = (one for one in requests if one.case.state is not RequestState.WITHDRAWN and one.case.used_by is None)
        return max(told, key=lambda one: one.case.request.at, default=None)

    @property
    def may_withdraw(self) -> bool:
        newest = self.newest
        return newest is not None and newest.case.state is RequestState.WAITING and newest.message is None

    @property
    def accepted(self) -> frozenset[str]:
        """The offers that the customer took in this call."""
        made = self.session.offering.made if self.session else ()
        return frozenset(one.offer for one in made if one.reply is Reply.ACCEPTED)

    def prepare(self, ready: Callable[[Offered], None]) -> None:
        """What can be asked for this customer: offers that the agent may not grant first, then every kind.

        The budget is read with them, for the lead decides by it.
        """
        session = self.session
        if session is None:
            self._show_error(_refused(words.NO_CUSTOMER))
            return

        key, document = session.opened.key, session.opened.document

        def done(found: tuple[GrantRules, OfferGround]) -> None:
            rules, ground = found
            if (there := self._call.of_case(key)) is not None:
                _read(there, ground)
                ready(Offered(rules=rules, askables=(*_offers(there), *askable_kinds(rules)), ground=ground))

        self._lane(lambda: (self._offers.granting(), self._offers.ground(document)), done, self._show_error)

    def ask(
        self, offered: Offered, what: Askable, cost_fen: int, reason: str, *, ended: Callable[[bool], None]
    ) -> Refused | None:
        """Why it cannot be asked so; None where it is on its way: `ended` is told whether the store has it."""
        session = self.session
        if session is None:
            return _refused(words.NO_CUSTOMER)
        _read(session, offered.ground)
        opened, offering = session.opened, session.offering
        case = case_so_far(offering.made, opened.requests, offering.book.budget if offering.book else None)
        try:
            request = request_of(opened, offered.rules, what, cost_fen, reason, case=case, desk=self._desk)
        except Refused as refused:
            return refused

        def done(requests: list[OwnRequest]) -> None:
            ended(True)
            self._put(session, requests)
            self._sent()

        def failed(error: Exception) -> None:
            ended(False)
            self._show_error(error)

        self._lane(lambda: ask(self._desk, request), done, failed)
        return None

    def withdraw(self) -> None:
        session, newest = self.session, self.newest
        if session is None or newest is None or not self.may_withdraw:
            return
        request: UUID = newest.case.request.id

        def done(requests: list[OwnRequest]) -> None:
            self._put(session, requests)
            self._sent()

        self._lane(lambda: withdraw(self._desk, session.opened, request), done, self._show_error)

    def take(self, news: RequestNews) -> None:
        """The server told of one's own requests: the customer in view learns of it here, of others one is told."""
        session = self.session
        key = session.opened.key if session else ""
        for case in news.own:
            if case.request.case != key and case.state in TONES and not news.begun and case.used_by is None:
                came = filled(words.CAME, customer=case.request.customer, said=answer(case))
                self._tell(came, TONES[case.state], case.request.case)
        if session is not None and any(case.request.case == key for case in news.own):
            self.read_again(session)

    def _tell(self, came: Text, tone: Tone, case: str) -> None:
        """With the offer to open the case, unless its outcome was saved or it was withdrawn meanwhile."""

        def done(there: bool) -> None:
            if there:
                self._offer(came, tone, case)
            else:
                self._only_tell(came, tone)

        self._lane(lambda: may_open(self._desk, case), done, self._show_error)

    def read_again(self, session: CallSession) -> None:
        """What the store has of the case in view."""

        def done(requests: list[OwnRequest]) -> None:
            self._put(session, requests)

        self._lane(lambda: self._desk.store.requests(session.opened.key), done, self._show_error)

    def _put(self, session: CallSession, requests: Sequence[OwnRequest]) -> None:
        if self._call.of_case(session.opened.key) is not None:
            self._call.change(lambda s: s.requests_changed(requests), Part.OUTCOME)
            self._changed()


def _read(session: CallSession, ground: OfferGround) -> None:
    """Unless the call has read them itself; newer data that came while the agent typed have not."""
    if session.offering.book is None:
        session.offering.read(ground)


def _offers(session: CallSession) -> list[Askable]:
    book = session.offering.book
    return [
        Askable(kind=one.offer.kind, name=one.offer.name, offer_id=one.offer.id, cost_fen=one.cost_fen)
        for one in (book.choices if book else ())
        if one.standing is Standing.ASK and one.cost_fen and one.grant is not None and one.grant.needs is not None
    ]


def _refused(message: Text) -> Refused:
    return Refused(code="cannot_ask", title=words.TITLE, message=message, next_step=Text("", ""))
