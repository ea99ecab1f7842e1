"""Repair cases and promises put into the call and the window: the strip, two keys, the queue's countdown, alerts."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from core.desk import case_acts, casework
from core.desk.call_session import CallSession
from core.desk.casework import OfCustomer
from core.desk.entering import Entered
from core.domain.case import Damage, OpenedBy
from core.domain.errors import InputError
from core.domain.promise import PromiseKind
from core.domain.repair import RepairTemplate
from core.domain.task import TaskType
from core.domain.text import Text
from desktop.authority.hooked_in import Offer
from desktop.call.call_page import CallPage
from desktop.call.presenter import CallPresenter
from desktop.cases import saying, words
from desktop.cases.alert import CaseAlert
from desktop.cases.call_strip import CallStrip
from desktop.cases.composer import Written
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.keys.following import Work
from desktop.lane import Lane
from desktop.queue.panel import QueuePanel
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.chip import Chip
from desktop.widgets.values import Tone


class Casework(QObject):
    """Lives as long as the main window."""

    def __init__(
        self,
        entered: Entered,
        call: CallPresenter,
        page: CallPage,
        queue: QueuePanel,
        tongue: Tongue,
        *,
        lane: Lane,
        patient_lane: Lane,
        tray: Tray,
        offer: Offer,
        say: Callable[[Text, Tone], None],
        settled: Callable[[str], None],
        look_at: Callable[[str], None],
        show_cases: Callable[[], None],
        show_error: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        # Of Qt's own kind: what it hears of the tongue, which outlives a window, ends with it.
        super().__init__(parent)
        self._desk, self._syncer, self._call, self._queue = entered.desk, entered.syncer, call, queue
        self._tongue, self._lane, self._patient = tongue, lane, patient_lane
        self._say, self._show_cases, self._show_error = say, show_cases, show_error
        self._templates: dict[str, RepairTemplate] = {}
        self.strip = CallStrip(tongue, lambda: self._desk.moment().wall, leave=page.script.setFocus)
        page.add_strip(self.strip)
        self.chip = Chip(key=cap(BOUND[Act.PROMISE][0]))
        self.chip.clicked.connect(self.ask_promise)
        page.outcome.add_beside_follow_ups(self.chip)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self.strip.see_case.connect(show_cases)
        self.strip.promised.connect(self._promise)
        self.strip.opened.connect(self._open_case)
        for act, run in ((Act.PROMISE, self.ask_promise), (Act.CASE, self.ask_case)):
            QShortcut(QKeySequence(BOUND[act][0]), page, run).setAutoRepeat(False)
        self.alert = CaseAlert(
            entered.desk, tongue, lane=patient_lane, tray=tray, offer=offer, settled=settled,
            look_at=lambda alert: look_at(alert.customer_id), parent=parent,
        )  # fmt: skip
        self.follow()

    def retranslate(self) -> None:
        self.chip.set_chip(self._tongue(words.ACTS[Work.PROMISE]))

    # Following the call

    def customer_left(self) -> None:
        """Another customer, or none, is in view."""
        self.strip.customer_left()
        self.follow()

    def follow(self) -> None:
        """Read anew what the customer in view has open, and whom the queue owes a first word."""
        session = self._call.session
        if session is not None:
            customer_id = session.opened.customer_id

            def show(found: OfCustomer) -> None:
                if self._is_in_view(customer_id):
                    self.strip.show_customer(found)

            # The strip may come a moment after the customer: read beside the painting it would hold that up.
            self._patient(lambda: casework.of_customer(self._desk, customer_id), show, self._show_error)
        self._patient(lambda: casework.first_contacts(self._desk), self._queue.set_first_contacts, self._show_error)

    def _is_in_view(self, customer_id: str) -> bool:
        """Also with newer data than those that something was asked with."""
        session = self._call.session
        return session is not None and session.opened.customer_id == customer_id

    def pulled(self) -> None:
        self.follow()
        self.alert.look()

    # Keys

    def ask_promise(self) -> None:
        if self._call.in_hand is None:
            self._say(words.NO_CUSTOMER, Tone.NEUTRAL)
        else:
            self.strip.ask_promise()

    def ask_case(self) -> None:
        """The customer's case; where there is none, one is opened."""
        session = self._call.in_hand
        if self.strip.has_case or session is None:
            self._show_cases()
            return
        customer_id = session.opened.customer_id

        def ask_which(found: tuple[RepairTemplate, ...]) -> None:
            if self._is_in_view(customer_id):
                self._templates = {one.id: one for one in found}
                self.strip.ask_case(found)

        self._lane(lambda: casework.templates(self._desk), ask_which, self._show_error)

    def _promise(self, written: Written) -> None:
        session = self._call.in_hand
        if session is None or written.at is None:
            self.strip.composer.again()
            return
        opened, at = session.opened, written.at

        def work() -> Text:
            case_acts.promise(
                self._desk, opened.customer_id, opened.name, written.words, at, kind=PromiseKind(written.pick),
                task_id=opened.task_id,
            )  # fmt: skip
            return words.DONE[Work.PROMISE]

        self._do(opened.customer_id, work)

    def _open_case(self, written: Written) -> None:
        session = self._call.in_hand
        if session is None:
            self.strip.composer.again()
            return
        template = self._templates.get(written.pick)
        # Where nothing fits, the words say what is broken; else what the customer expects.
        title = None if template else Text(written.words, written.words)
        expects = written.words if template else ""
        damage = template.damage if template else Damage.PERCEPTION
        opened, by = session.opened, _opened_by(session)

        def work() -> Text:
            case_acts.open_case(
                self._desk, opened.customer_id, opened.name, template=template, title=title, damage=damage,
                opened_by=by, task_id=opened.task_id, expects=expects,
            )  # fmt: skip
            return self._opened_words(opened.customer_id, title or (template.title if template else words.OPEN_CASE))

        self._do(opened.customer_id, work)

    def _opened_words(self, customer_id: str, title: Text) -> Text:
        """On the lane: until when a word is owed."""
        now = self._desk.moment().wall
        left = saying.span(casework.first_contacts(self._desk)[customer_id] - now)
        return Text(
            words.OPENED.zh.format(title=title.zh, left=left.zh), words.OPENED.en.format(title=title.en, left=left.en)
        )

    def _do(self, customer_id: str, work: Callable[[], Text]) -> None:
        def kept(told: Text) -> None:
            self._syncer.wake()
            if self._is_in_view(customer_id):
                self.strip.done()
            self._say(told, Tone.OK)
            self.follow()

        def failed(error: Exception) -> None:
            there = self._is_in_view(customer_id)
            if isinstance(error, InputError) and there:
                self.strip.wrong(error.spoken(self._tongue.lang))
                return
            if there:
                self.strip.composer.again()
            self._show_error(error)

        self._lane(work, kept, failed)


def _opened_by(session: CallSession) -> OpenedBy:
    task = session.opened.task
    if task is None:
        return OpenedBy.SPECIALIST
    return OpenedBy.COMPLAINT if task.type is TaskType.COMPLAINT_REVISIT else OpenedBy.TASK
