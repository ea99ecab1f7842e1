"""The main window assembles the pages and the status line, and passes on what the sync tells. It decides nothing."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from core.desk.entering import Entered
from core.domain.text import Text, filled
from core.store.types import Applied
from core.sync.status import RequestNews, SyncState, SyncStatus
from desktop.authority.hooked_in import Authority
from desktop.call.part import Part
from desktop.cases.hooked_in import Casework
from desktop.config import Config
from desktop.followups.hooked_in import watch_errands
from desktop.jobs import Jobs
from desktop.keys.call import BOUND, Act
from desktop.notify import Notify, Topic
from desktop.queue.coming import coming_of
from desktop.shell import words
from desktop.shell.applied_config import apply_look, dialler_of
from desktop.shell.attendance import AttendanceKeys
from desktop.shell.call_room import CallRoom
from desktop.shell.callback_alert import CallbackAlert
from desktop.shell.diagnostics import Diagnostics
from desktop.shell.first_sync import begin_sync_after
from desktop.shell.footer import Footer
from desktop.shell.lanes import lanes_of
from desktop.shell.message_place import place_message
from desktop.shell.page import MadePage, PageContext, Tidings
from desktop.shell.page_stack import PageStack
from desktop.shell.pages import CASES, DESK, FOLLOW_UPS, REQUESTS, SETTINGS, TODAY, pages_seen_by
from desktop.shell.pulled_news import PulledNews, SyncNews
from desktop.shell.scenario_names import ScenarioNames
from desktop.shell.sync_watch import SyncWatch
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.banner import Banner
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from desktop.followups.page import FollowUpsPage
    from desktop.settings.page import SettingsPage
    from desktop.start.panel import StartPanel
    from desktop.today.page import TodayPage

WARM_AFTER_MS = 400
"""by then the queue is painted and has answered its first key"""


class MainWindow(QMainWindow):
    config_changed = Signal()
    signed_out = Signal()

    def __init__(self, entered: Entered, news: SyncNews, config: Config, tongue: Tongue, jobs: Jobs) -> None:
        super().__init__()
        self.entered, self._config, self._tongue, self._jobs = entered, config, tongue, jobs
        self._start: StartPanel | None = None
        self._lanes = lanes_of(jobs, self, entered.store.courtesy)
        self._names = ScenarioNames(entered.desk, lane=self._lanes.store, parent=self)
        self.setWindowTitle("Stayline")
        self.resize(config.width, config.height)
        self._body = QWidget()
        self._body.setProperty("surface", "window")
        self._body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(self._body)
        self.banner = Banner(self._body)
        self.notify = Notify(self.banner, tongue, self)
        self._make_call()
        self._make_shell()
        self._lay_out()
        self._connect(news)
        self._call.follow(self._pulled)
        self._names.learn()
        self.retranslate()
        begin_sync_after(self.queue.model, entered.syncer, self)
        self.queue.focus_list()
        # A timer of its own, which goes with the window: one that is closed before must not be called any more.
        warm = QTimer(self)
        warm.setSingleShot(True)
        warm.timeout.connect(self.call_page.view360.warm)
        warm.start(WARM_AFTER_MS)

    # Assembling

    def _make_call(self) -> None:
        """The desk in a call."""
        self._call = CallRoom(
            self.entered,
            self._config,
            self._tongue,
            self._lanes,
            self._names,
            self.notify,
            changed=self._call_changed,
            moved=self._moved,
            say=self.say,
            show_error=self.show_error,
            window=self,
        )
        self.queue, self.presenter = self._call.queue, self._call.presenter
        self.call_page, self.shelf = self._call.page, self._call.shelf
        self.queue.read.connect(self._show_start)

    def _make_shell(self) -> None:
        """The status line, the pages, and what watches and tells."""
        entered, tongue = self.entered, self._tongue
        self._pages = pages_seen_by(entered.desk.agent.role)
        self.footer = Footer(tongue, entered.desk.agent, self._pages)
        self.doing = AttendanceKeys(
            entered.desk, show=self.footer.show_pause, say=self.say, told=entered.syncer.wake, parent=self
        )
        self._watch = SyncWatch(entered, self.footer, say=self.say, parent=self)
        self._pulled = PulledNews(entered, self)
        tray = Tray(self)
        self.alert = CallbackAlert(entered.desk, tongue, lane=self._lanes.patient, tray=tray, parent=self)
        watch_errands(
            entered.desk, tongue, lane=self._lanes.patient, tray=tray, say=self.say, pulled=self._pulled.settled,
            open_page=lambda: self.stack.show_page(FOLLOW_UPS), parent=self,
        )  # fmt: skip
        self._authority = self._authority_made(tray)
        self.cases = self._cases_made(tray)
        self.stack = PageStack(self._page_context(), self._pages, self._body)

    def _authority_made(self, tray: Tray) -> Authority:
        return Authority(
            self.entered,
            self.presenter,
            self.call_page,
            self._tongue,
            store_lane=self._lanes.agents,
            network_lane=self._lanes.network,
            tray=tray,
            offer=self.notify.offer,
            say=self.say,
            settled=self.notify.settled,
            open_task=self._open_from_elsewhere,
            open_page=lambda: self.stack.show_page(REQUESTS),
            online=self._online,
            show_error=self.show_error,
        )

    def _cases_made(self, tray: Tray) -> Casework:
        return Casework(
            self.entered,
            self.presenter,
            self.call_page,
            self.queue,
            self._tongue,
            lane=self._lanes.agents,
            patient_lane=self._lanes.patient,
            tray=tray,
            offer=self.notify.offer,
            say=self.say,
            settled=self.notify.settled,
            look_at=self._show_case_of,
            show_cases=self._show_cases,
            show_error=self.show_error,
            parent=self,
        )

    def _page_context(self) -> PageContext:
        entered, config, tongue = self.entered, self._config, self._tongue
        return PageContext(
            entered=entered,
            config=config,
            tongue=tongue,
            store_lane=self._lanes.store,
            network_lane=self._lanes.network,
            heavy_lane=self._lanes.heavy,
            scenario_name=self._names,
            scenarios=lambda: self._names.scenarios,
            say=self.say,
            show_error=self.show_error,
            open_task=self._open_from_elsewhere,
            requests=self._authority.requests,
            online=self._online,
            in_call=self._in_call,
            desk=MadePage(self.call_page, self.queue.refresh),
            diagnostics=Diagnostics(entered, config, tongue, status=lambda: self._watch.status, say=self.say),
            config_taken=self._take_config,
            sign_out=self.signed_out.emit,
            show_page=lambda page: self.stack.show_page(page),
        )

    def _online(self) -> bool:
        return self._watch.status.state in (SyncState.ONLINE, SyncState.SYNCING)

    def _in_call(self) -> bool:
        session = self.presenter.session
        return session is not None and session.flow.begun

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)

    def _connect(self, news: SyncNews) -> None:
        news.told.connect(self._on_news)
        self.banner.shown.connect(self.place_banner)
        self.footer.laid_out.connect(self.place_banner)
        self._tongue.changed.connect(self.retranslate)
        self.footer.sign_in_wanted.connect(self.signed_out)
        self.footer.page_chosen.connect(self.stack.show_page)
        self.stack.turned.connect(self.footer.show_page)
        self._watch.shown.connect(partial(self.stack.tell, Tidings.STATUS))
        self._watch.shown.connect(self._show_coming)
        self._watch.waiting_changed.connect(partial(self.stack.tell, Tidings.UPLOADS))
        self._pulled.scripts_new.connect(self._names.learn)
        self._pulled.settled.connect(self._show_pulled)
        self._names.learnt.connect(self.queue.retranslate)
        self._names.learnt.connect(self.queue.refresh)
        # A page that was drawn before shows them by their ids.
        self._names.learnt.connect(partial(self.stack.tell, Tidings.PULLED))
        self._names.learnt.connect(partial(self.stack.tell, Tidings.SCRIPTS))
        self.alert.due.connect(self._callback_due)
        self.alert.open_wanted.connect(self._open_from_elsewhere)
        for key, page in self._pages.items():
            QShortcut(QKeySequence(key), self, partial(self.stack.show_page, page))
        QShortcut(QKeySequence(BOUND[Act.HELP][0]), self, self._help)
        QShortcut(QKeySequence(BOUND[Act.SIGN_IN][0]), self, self._sign_in_again)

    # Pages

    @property
    def follow_ups(self) -> "FollowUpsPage":
        return self.stack.page(FOLLOW_UPS)

    @property
    def today(self) -> "TodayPage":
        return self.stack.page(TODAY)

    @property
    def settings(self) -> "SettingsPage":
        return self.stack.page(SETTINGS)

    @property
    def start_words(self) -> str:
        """What is told of the day while nobody is open."""
        rows = self._start.rows.rows() if self._start is not None else ()
        return "; ".join(f"{row.label} {row.value}" for row in rows[:-1])

    # What others tell

    def say(self, text: Text, tone: Tone = Tone.NEUTRAL) -> None:
        self.notify.say(text, tone)

    def show_error(self, error: Exception) -> None:
        self.notify.show_error(error)

    def retranslate(self) -> None:
        self.footer.retranslate()
        self._watch.show()
        self._show_standing()

    def _call_changed(self, parts: Part) -> None:
        """The page of the call was drawn anew."""
        self.doing.follow(self.presenter.call.state)
        if parts & (Part.CUSTOMER | Part.CALL):
            self._show_standing()

    def _show_start(self) -> None:
        """Made once the queue stands and is read: no start waits for it. Nobody looks at it beside a customer."""
        if self.presenter.session is not None:
            return
        if self._start is None:
            from desktop.start.panel import StartPanel

            self._start = StartPanel(
                self.entered.desk, self._tongue, lane=self._lanes.patient, scenario_name=self._names
            )
            self._start.begun.connect(self.queue.open_first)
            self.call_page.add_start(self._start)
        self._start.refresh()

    def _show_coming(self) -> None:
        coming = coming_of(self._watch.status)
        self.queue.set_coming(coming)
        if self._start is not None:
            self._start.set_coming(coming)

    def _moved(self, key: str) -> None:
        self.notify.customer_left(key)
        self.shelf.customer_left()
        self._authority.customer_left()
        self.cases.customer_left()
        session = self.presenter.session
        self.queue.mark_open(key, session.opened.name if session else "")
        self.queue.refresh()

    def _on_news(self, news: SyncStatus | Applied | RequestNews) -> None:
        if isinstance(news, RequestNews):
            self._authority.take(news)
        elif isinstance(news, SyncStatus):
            self._watch.take(news)
            self._authority.refresh()
        else:
            self._pulled.take(news)

    def _show_pulled(self) -> None:
        self.queue.refresh()
        self.alert.look()
        self.cases.pulled()
        self.stack.tell(Tidings.PULLED)

    def _show_standing(self) -> None:
        session = self.presenter.session
        self.footer.show_standing(session.opened.standing if session else None)

    def _callback_due(self, task_id: str, who: Text) -> None:
        due = filled(words.CALLBACK_DUE, who=who)
        act = partial(self._open_from_elsewhere, task_id)
        self.notify.offer(due, Tone.WARN, words.OPEN, act, about=task_id, topic=Topic.CALLBACK)
        self.queue.refresh()

    # Acts

    def _open_from_elsewhere(self, task_id: str) -> None:
        self.stack.show_page(DESK)
        self.presenter.in_view.open_task(task_id)

    def _sign_in_again(self) -> None:
        """Only where the status line offers it: nobody leaves a running session by a slip."""
        if not self.footer.sign_in.isHidden():
            self.signed_out.emit()

    def _show_cases(self) -> None:
        """The customer in view has a case there: it is the one shown."""
        session = self.presenter.session
        self._show_case_of(session.opened.customer_id if session is not None else "")

    def _show_case_of(self, customer_id: str) -> None:
        if CASES not in self._pages.values():
            self.say(words.NO_CASES, Tone.NEUTRAL)
            return
        self.stack.show_page(CASES)
        self.stack.page(CASES).show_customer(customer_id)

    def _help(self) -> None:
        from desktop.shell.key_help import KeyHelp

        dialog = KeyHelp(self._tongue, self._pages, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_config(self) -> None:
        apply_look(self._config, self._tongue)
        self.presenter.call.dialler = dialler_of(self._config, self.entered.desk)
        self.config_changed.emit()

    # Window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_banner()

    def place_banner(self) -> None:
        if not self.banner.isHidden():
            place_message(self.banner, self.footer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.presenter.leave()
        self._config.width, self._config.height = self.width(), self.height()
        self._config.maximized = self.isMaximized()
        self.config_changed.emit()
        event.accept()

    def leave(self) -> None:
        """Everything asked of the store is done, then sync and store are closed."""
        self._jobs.abandon()
        self._jobs.drain()
        self.entered.leave()
