"""Compares plans for the page that shows them and the words that say them: on the store's lane, after other steps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QObject, QTimer

from core.calling import Action
from core.desk import branches
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.plan_found import Found
from core.desk.plans import PlanChoice, PlanComparison, PlanDesk
from core.domain.call import CallState
from core.domain.charge import charge_said
from core.domain.customer import Document
from core.domain.errors import Refused
from core.domain.text import Text, filled
from core.offers.line_choice import LineChoice
from core.offers.ordering import price_of
from desktop.call import words as call_words
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.call.view360 import View360Panel
from desktop.call.view360_parts import plan_words as words
from desktop.call.view360_parts.plans import PlansState
from desktop.lane import Lane
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from core.desk.plan_lookup import PlanLookup

ASK_AFTER_MS = 40
"""by then the next customer is painted; who goes on at once leaves nothing to compute behind"""
RINGS_MS = 300
"""a call that has begun can wait so long: nobody says figures while it rings"""
LOOK_MS = 1_000
REST_S = 2.0
"""the agent has rested so long: what all comparisons need is made ready"""


class PlanComparing(QObject):
    """Answers `panel.plans_wanted`, and the call by `follow`; `rested_s`: how long ago the agent did something."""

    def __init__(
        self,
        desk: Desk,
        panel: View360Panel,
        presenter: CallPresenter,
        *,
        lane: Lane,
        agents_lane: Lane,
        patient_lane: Lane,
        rested_s: Callable[[], float],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        super().__init__(panel)
        self._desk = desk
        self._lookup: PlanLookup | None = None
        self._plans, self._panel, self._presenter, self._lane = PlanDesk(desk), panel, presenter, lane
        self._agents_lane, self._patient_lane, self._rested_s = agents_lane, patient_lane, rested_s
        self._say, self._show_error, self._logged = say, show_error, logged
        self._wanted: Document | None = None
        self._under_way: Document | None = None
        self._ask, self._rest = QTimer(self), QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.timeout.connect(self._compare)
        self._rest.setInterval(LOOK_MS)
        self._rest.timeout.connect(self._warm_in_a_rest)
        self._rest.start()
        panel.plans_wanted.connect(self._want)
        panel.branch_wanted.connect(self._ask_branch)
        panel.plan_asked.connect(self._look_up)
        panel.plan_taken.connect(self._take)

    def follow(self) -> None:
        """Called when the call has gone on: once it has begun, its words want the figures before they are said."""
        session = self._presenter.session
        if session is not None and self._in_the_call(session.opened.document):
            self._want(session.opened.document)

    def _want(self, document: Document) -> None:
        if document is not self._under_way:
            self._wanted = document
            self._ask.start(ASK_AFTER_MS if self._panel.wants_plans(document) else RINGS_MS)

    def _ask_branch(self, document: Document, plan_code: str) -> None:
        """The customer's branch is to open the plan to calls; without a code there is none to ask for."""
        if not plan_code:
            self._say(call_words.NOTHING_CLOSED, Tone.NEUTRAL)
            return

        def asked(_: object) -> None:
            self._logged()
            self._say(call_words.BRANCH_ASKED, Tone.OK)
            self._compare_again(document)

        self._agents_lane(lambda: branches.ask_branch(self._desk, document, plan_code), asked, self._show_error)

    def _look_up(self, document: Document, typed: str) -> None:
        def find() -> Found:
            # With the first look-up: it imports numpy.
            from core.desk.plan_lookup import PlanLookup

            if self._lookup is None:
                self._lookup = PlanLookup(self._desk, self._plans)
            return self._lookup.find(document, typed)

        self._lane(find, lambda found: self._panel.show_found(document, found), self._show_error)

    def _take(self, document: Document, choice: PlanChoice | LineChoice) -> None:
        """The customer prefers that one: into the order form, with its source of figures."""
        session = self._presenter.session
        if session is None or session.opened.document is not document:
            return
        try:
            session.take(choice)
        except Refused as refused:
            self._show_error(refused)
            return
        if session.compared is not None:
            self._panel.show_plans(document, session.compared)
        plan = choice.plan if isinstance(choice, LineChoice) else choice.row.plan
        self._presenter.hint(filled(words.TAKEN, plan=plan.name, price=charge_said(*price_of(plan))))
        self._presenter.change(lambda _: None, Part.OUTCOME | Part.SCRIPT)

    def _compare_again(self, document: Document) -> None:
        """The request shows beside its plan; where another customer is in view by now, theirs are wanted."""
        session = self._presenter.session
        if session is not None and session.opened.customer_id == document.id:
            self._under_way = None
            self._want(session.opened.document)

    def _compare(self) -> None:
        document = self._wanted
        looked_at = document is not None and self._panel.wants_plans(document)
        if document is None or not (looked_at or self._in_the_call(document)):
            return
        self._rest.stop()
        self._under_way = document

        def compared(found: PlanComparison) -> None:
            session = self._presenter.session
            if session is not None and session.opened.document is document and session.is_about_the_line:
                found = structs.replace(found, lines_first=True)
            self._panel.show_plans(document, found)
            self._presenter.plans_compared(document, found)

        def failed(error: Exception) -> None:
            self._panel.show_plans(document, PlansState.FAILED)
            self._show_error(error)

        lane, ordered = self._lane if looked_at else self._patient_lane, self._ordered(document)
        lane(lambda: self._plans.compare(document, ordered=ordered), compared, failed)

    def _ordered(self, document: Document) -> str:
        """Code of what stands in the order form of this customer's call."""
        session = self._presenter.session
        return session.form.order.code if session is not None and session.opened.document is document else ""

    def _in_the_call(self, document: Document) -> bool:
        session = self._presenter.session
        if session is None or session.opened.document is not document or not session.wants_plans:
            return False
        return not _is_unanswered(session)

    def _warm_in_a_rest(self) -> None:
        """Once: the first comparison would else wait for numpy to be imported and the catalogue to be read."""
        if self._rested_s() >= REST_S:
            self._rest.stop()
            self._lane(self._plans.warm, None, self._show_error)


def _is_unanswered(session: CallSession) -> bool:
    """Nobody is there to whom the figures would be said."""
    return session.flow.state is CallState.WRAP_UP and Action.ANSWERED in session.flow.actions
