"""Offers in the call: read on the store's lane when the page comes into sight, noted as the customer answers."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.offer_errors import READ_BACK
from core.desk.offers import OfferDesk, OfferGround
from core.domain.customer import Document
from core.domain.errors import Refused
from core.domain.offered import Reply
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.call.view360 import View360Panel
from desktop.call.view360_pages.step_boxes import StepChosen
from desktop.call.view360_parts.offers import OffersState
from desktop.keys.call import Offered
from desktop.lane import Lane

ABOUT = "offer"
"""what a message about an offer is about, for the one who shows it"""
ASK_AFTER_MS = 40
"""by then the next customer is painted"""
_REPLIES = {
    Offered.ACCEPT: Reply.ACCEPTED,
    Offered.MENTION: Reply.MADE,
    Offered.REFUSE: Reply.REFUSED,
    Offered.TAKE_BACK: None,
}


class OfferMaking(QObject):
    """Answers `panel.offers_wanted`, and notes what was pressed on the page of offers."""

    def __init__(
        self,
        desk: Desk,
        panel: View360Panel,
        presenter: CallPresenter,
        *,
        lane: Lane,
        show_error: Callable[[Exception], None],
        settled: Callable[[], None],
    ) -> None:
        """`settled` is called once an offer is noted: why another could not be is old news."""
        super().__init__(panel)
        self._offers, self._panel, self._presenter, self._lane = OfferDesk(desk), panel, presenter, lane
        self._show_error, self._settled = show_error, settled
        self._wanted: Document | None = None
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER_MS)
        self._ask.timeout.connect(self._read)
        panel.offers_wanted.connect(self._want)
        panel.offer_noted.connect(self._note)

    def follow(self) -> None:
        """Called when the call has gone on: a budget or an offer may stand otherwise."""
        session = self._presenter.session
        if session is None:
            return
        if (book := session.offering.book) is not None:
            self._panel.show_offers(session.opened.document, book)
        elif session.wants_offers and self._wanted is not session.opened.document:
            # Once a document: where that failed, the page asks again when it is looked at.
            self._want(session.opened.document)

    def _want(self, document: Document) -> None:
        self._wanted = document
        self._ask.start()

    def _read(self) -> None:
        document = self._wanted
        if document is None or self._session_of(document) is None:
            return

        def read(ground: OfferGround) -> None:
            session = self._session_of(document)
            if session is not None:
                session.offering.read(ground)
                self.follow()
                self._presenter.offers_read()

        def failed(error: Exception) -> None:
            self._panel.show_offers(document, OffersState.FAILED)
            self._show_error(error)

        self._lane(lambda: self._offers.ground(document), read, failed)

    def _session_of(self, document: Document) -> CallSession | None:
        session = self._presenter.session
        return session if session is not None and session.opened.document is document else None

    def _note(self, offer_id: str, act: Offered | StepChosen) -> None:
        session, page = self._presenter.in_hand, self._panel.offers_page
        if session is None:
            return
        if isinstance(act, StepChosen):
            session.offering.choose(offer_id, act.group, act.code)
            session.write_note()
            self._presenter.change(lambda _: None, Part.OUTCOME | Part.SCRIPT)
            return
        try:
            session.offer(offer_id, _REPLIES[act], read_back=page.reads_back)
        except Refused as refused:
            if refused.code == READ_BACK:
                page.ask_read_back()
                self._presenter.hint(refused.message)
            else:
                self._show_error(refused)
            return
        page.said()
        self._settled()
        # The draft is kept and the note drawn anew; `follow` draws the offers.
        self._presenter.change(lambda _: None, Part.OUTCOME | Part.SCRIPT)
