"""The main window assembles the pages and the status line, and passes on what the sync tells. It decides nothing."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.calling import UriDialler
from core.desk import dialling
from core.desk.entering import Entered
from core.desk.rights import may_call_without_task
from core.domain.errors import Refused, StaylineError
from core.domain.knowledge import SEARCHED, TIP_ANSWER
from core.domain.offer_content import OFFER_KINDS
from core.domain.template import SkipReason
from core.domain.text import Text, filled
from core.store.types import Applied
from core.sync.status import SyncState, SyncStatus
from desktop import theme
from desktop.call.call_page import CallPage
from desktop.call.part import Part
from desktop.call.plan_comparing import PlanComparing
from desktop.call.presenter import CallPresenter
from desktop.config import Config
from desktop.jobs import Jobs
from desktop.keys import BOUND, Act
from desktop.knowledge.shelf import KnowledgeShelf
from desktop.notify import Notify
from desktop.queue.panel import QueuePanel
from desktop.settings import words as settings_words
from desktop.shell import words
from desktop.shell.callback_alert import CallbackAlert
from desktop.shell.footer import Footer, sync_words
from desktop.shell.later_page import LaterPage
from desktop.shell.message_place import place_message
from desktop.tongue import Tongue
from desktop.widgets.banner import Banner
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from desktop.call.new_call import Chosen
    from desktop.followups.page import FollowUpsPage
    from desktop.settings.page import SettingsPage
    from desktop.today.page import TodayPage

STUCK_S = 60
CLOCK_OFF_MIN = 5
SYNC_AFTER_MS, SYNC_AT_LATEST_MS = 30, 2_000
"""once the queue stands, and whatever becomes of it: what the sync imports must not hold up the first page"""
NEWS_AFTER_MS = 60
"""pages that come within this are shown as one"""
KNOWLEDGE = SEARCHED | {TIP_ANSWER}
APART = KNOWLEDGE | OFFER_KINDS
"""kinds of content that no script needs: scripts are not read anew for them"""
DESK, FOLLOW_UPS, TODAY, SETTINGS = range(4)


class SyncNews(QObject):
    """Carries what the sync's thread tells to the UI thread."""

    told = Signal(object)


class MainWindow(QMainWindow):
    config_changed = Signal()
    signed_out = Signal()

    def __init__(self, entered: Entered, news: SyncNews, config: Config, tongue: Tongue, jobs: Jobs) -> None:
        super().__init__()
        self.entered, self._config, self._tongue, self._jobs = entered, config, tongue, jobs
        self._names: dict[str, Text] = {}
        self._status: SyncStatus | None = None
        self._clock_told = False
        self._stuck_told = False
        self.setWindowTitle("Stayline")
        self.resize(config.width, config.height)
        desk = entered.desk
        body = QWidget()
        body.setProperty("surface", "window")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(body)
        self.banner = Banner(body)
        self.notify = Notify(self.banner, tongue, self)
        lane = partial(jobs.store, self)
        self.queue = QueuePanel(desk, tongue, lane=lane, scenario_name=self.scenario_name)
        self.presenter = CallPresenter(
            desk,
            lane=self._agents_lane,
            dialler=self._dialler(),
            lang=tongue.lang,
            changed=self._call_changed,
            say=self.say,
            show_error=self.show_error,
            moved=self._moved,
            logged=entered.syncer.wake,
        )
        self.presenter.take_next_from(self.queue.work_query, self.queue.below)
        self.call_page: CallPage | None = None
        self.call_page = CallPage(self.presenter, self.queue, tongue)
        self.shelf = KnowledgeShelf(
            desk,
            self.presenter,
            tongue,
            lane=self._agents_lane,
            over=self.call_page.view360,
            back=self.call_page.script,
            scenario_name=self.scenario_name,
            say=self.say,
            show_error=self.show_error,
            logged=entered.syncer.wake,
            parent=self.call_page,
        )
        PlanComparing(
            desk,
            self.call_page.view360,
            lane=lane,
            rested_s=lambda: entered.store.courtesy.rested_s,
            show_error=self.show_error,
        )
        self._follow_ups = LaterPage(self._make_follow_ups)
        self._today = LaterPage(self._make_today)
        self._settings = LaterPage(self._make_settings)
        self.stack = QStackedWidget()
        for page in (self.call_page, self._follow_ups, self._today, self._settings):
            self.stack.addWidget(page)
        self.footer = Footer(tongue, desk.agent)
        self.alert = CallbackAlert(desk, tongue, lane=lane, parent=self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self._news_shown = QTimer(self)
        self._news_shown.setSingleShot(True)
        self._news_shown.setInterval(NEWS_AFTER_MS)
        self._news_shown.timeout.connect(self._show_news)
        self._minute = QTimer(self)
        self._minute.setInterval(10_000)
        self._minute.timeout.connect(self._show_sync)
        self._minute.start()
        self._connect(news)
        self._learn_names()
        self.retranslate()
        self._first_sync, at_latest = QTimer(self), QTimer(self)
        for timer, interval_ms in ((self._first_sync, SYNC_AFTER_MS), (at_latest, SYNC_AT_LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(interval_ms)
        once = Qt.ConnectionType.SingleShotConnection
        self._first_sync.timeout.connect(entered.syncer.start, once)
        at_latest.timeout.connect(self._first_sync.start)
        self.queue.model.modelReset.connect(self._first_sync.start, once)
        at_latest.start()
        self.queue.focus_list()
        # With a receiver: a window that is closed before this comes must not be called any more.
        QTimer.singleShot(0, self, self.call_page.view360.warm)

    # Wiring

    def _connect(self, news: SyncNews) -> None:
        assert self.call_page is not None
        news.told.connect(self._on_news)
        self.banner.shown.connect(self.place_banner)
        self.footer.laid_out.connect(self.place_banner)
        self._jobs.unhandled.connect(self.show_error)
        self._tongue.changed.connect(self.retranslate)
        self.call_page.new_call_wanted.connect(self._new_call)
        self.call_page.skip_wanted.connect(self._skip)
        self.call_page.knowledge_wanted.connect(self.shelf.toggle)
        self.call_page.tip_wanted.connect(self.shelf.write_tip)
        self.footer.tab_chosen.connect(self.show_page)
        self.alert.due.connect(self._callback_due)
        self.alert.open_wanted.connect(self._open_from_elsewhere)
        for index in range(4):
            QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self, partial(self.show_page, index))
        QShortcut(QKeySequence(BOUND[Act.HELP][0]), self, self._help)

    def _agents_lane(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> object:
        """The store's lane for the call in hand: the sync lets it pass, until what came of it is painted."""
        touch = self.entered.store.courtesy.touch

        def answer(found: Any) -> None:
            touch()
            if done is not None:
                done(found)

        touch()
        return self._jobs.store(self, work, answer, failed, first=True)

    # Pages that are made when first shown

    @property
    def follow_ups(self) -> "FollowUpsPage":
        return self._follow_ups.page

    @property
    def today(self) -> "TodayPage":
        return self._today.page

    @property
    def settings(self) -> "SettingsPage":
        return self._settings.page

    def _make_follow_ups(self) -> "FollowUpsPage":
        from desktop.followups.page import FollowUpsPage

        page = FollowUpsPage(
            self.entered.desk, self._tongue, lane=partial(self._jobs.store, self), scenario_name=self.scenario_name
        )
        page.task_chosen.connect(self._open_from_elsewhere)
        return page

    def _make_today(self) -> "TodayPage":
        from desktop.today.page import TodayPage

        page = TodayPage(
            self.entered.desk,
            self._tongue,
            lane=partial(self._jobs.store, self),
            scenario_name=self.scenario_name,
            say=self.say,
            show_error=self.show_error,
        )
        page.corrected.connect(self.entered.syncer.wake)
        return page

    def _make_settings(self) -> "SettingsPage":
        from desktop.settings.page import SettingsPage

        page = SettingsPage(self._config, self._tongue, facts=self._facts)
        page.changed.connect(self._take_config)
        page.sync_wanted.connect(self.entered.syncer.retry_now)
        page.diagnostics_wanted.connect(self._copy_diagnostics)
        page.sign_out_wanted.connect(self.signed_out)
        return page

    def show_page(self, index: int) -> None:
        """A page by its tab; its main part takes the focus."""
        assert self.call_page is not None
        self.stack.setCurrentIndex(index)
        self.footer.show_tab(index)
        refresh = {
            DESK: lambda: self.queue.refresh(),
            FOLLOW_UPS: lambda: self.follow_ups.refresh(),
            TODAY: lambda: self.today.refresh(),
            SETTINGS: lambda: self.settings.refresh(),
        }
        refresh[index]()

    def scenario_name(self, scenario: str) -> Text:
        return self._names.get(scenario, Text(scenario, scenario))

    def retranslate(self) -> None:
        self.footer.retranslate()
        self._show_sync()
        self._show_standing()

    def say(self, text: Text, tone: Tone = Tone.NEUTRAL) -> None:
        self.notify.say(text, tone)

    def show_error(self, error: Exception) -> None:
        self.notify.show_error(error)

    # What others tell

    def _call_changed(self, parts: Part) -> None:
        if self.call_page is not None:
            self.call_page.refresh(parts)
            self.shelf.follow()
        if parts & (Part.CUSTOMER | Part.CALL):
            self._show_standing()

    def _moved(self, key: str) -> None:
        self.notify.customer_left(key)
        self.shelf.customer_left()
        session = self.presenter.session
        self.queue.mark_open(key, session.opened.name if session else "")
        self.queue.refresh()

    def _on_news(self, news: SyncStatus | Applied) -> None:
        if isinstance(news, SyncStatus):
            moved = self._status is not None and news.waiting != self._status.waiting
            self._status = news
            self._show_sync()
            if moved and self.stack.currentIndex() == TODAY:
                self.today.refresh()
            return
        knowledge = [kind for kind, _ in news.content if kind in KNOWLEDGE]
        if any(kind not in APART for kind, _ in news.content) or news.indicators:
            self.entered.desk.forget_content()
            self._learn_names()
        if knowledge:
            self.shelf.news()
        if news.anything:
            self.presenter.pulled(news.task_ids, news.customer_ids)
            if not self._news_shown.isActive():
                self._news_shown.start()

    def _show_news(self) -> None:
        """Of many pages that come one after the other the queue is read once, and not in a step of the agent."""
        if self.entered.store.courtesy.at_work:
            self._news_shown.start()
            return
        self.queue.refresh()
        self.alert.look()

    def _learn_names(self) -> None:
        desk = self.entered.desk

        def read() -> dict[str, Text]:
            return {name: desk.script(name).title for name in desk.store.content_names("script")}

        def known(names: dict[str, Text]) -> None:
            self._names = names
            self.queue.retranslate()
            self.queue.refresh()

        self._jobs.store(self, read, known)

    def _show_sync(self) -> None:
        status = self._status or self.entered.syncer.status
        now = self.entered.desk.moment().wall
        self.footer.show_sync(status, now)
        oldest = status.oldest_waiting_at
        stuck = oldest is not None and (now - oldest).total_seconds() > STUCK_S
        # Once for as long as it lasts: said again each time, it would cover every other line.
        if stuck and not self._stuck_told and status.state is SyncState.ONLINE:
            self.say(words.STUCK, Tone.BAD)
            self._stuck_told = True
        elif not stuck:
            self._stuck_told = False
        self._tell_clock()
        if self.stack.currentIndex() == SETTINGS:
            self.settings.refresh()

    def _tell_clock(self) -> None:
        """Once: a clock set wrong here changes nothing, hours and order follow the server's."""
        minutes = round(self.entered.clock.local_ahead.total_seconds() / 60)
        if abs(minutes) >= CLOCK_OFF_MIN and not self._clock_told:
            self._clock_told = True
            text = words.CLOCK_AHEAD if minutes > 0 else words.CLOCK_BEHIND
            self.say(filled(text, n=str(abs(minutes))), Tone.WARN)

    def _show_standing(self) -> None:
        session = self.presenter.session
        self.footer.show_standing(session.opened.standing if session else None)

    def _callback_due(self, task_id: str, name: str, hour: str) -> None:
        due = filled(words.CALLBACK_DUE, name=name, hour=hour)
        self.notify.offer(due, Tone.WARN, words.OPEN, partial(self._open_from_elsewhere, task_id), about=task_id)
        self.queue.refresh()

    # Acts

    def _open_from_elsewhere(self, task_id: str) -> None:
        self.show_page(0)
        self.presenter.open_task(task_id)

    def _new_call(self) -> None:
        try:
            may_call_without_task(self.entered.desk.agent)
        except Refused as error:
            self.show_error(error)
            return
        from desktop.call.new_call import NewCall

        dialog = NewCall(
            self.entered,
            self._tongue,
            store_lane=partial(self._jobs.store, self),
            network_lane=partial(self._jobs.network, self),
            scenario_name=self.scenario_name,
            scenarios=sorted(self._names),
            parent=self,
        )
        dialog.chosen.connect(self._open_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_chosen(self, chosen: "Chosen") -> None:
        def known(body: bytes | None) -> None:
            if body is not None:
                show(None)
                return
            ask = self.entered.ask
            self._jobs.network(self, lambda: ask.open_customer(chosen.customer_id), show, self.show_error)

        def show(body: bytes | None) -> None:
            self.presenter.open_customer(
                chosen.customer_id, chosen.scenario, chosen.inbound_number, body, typed_number=chosen.typed_number
            )

        store = self.entered.store
        self._jobs.store(self, lambda: store.customer(chosen.customer_id), known, self.show_error)

    def _skip(self) -> None:
        """Reads the reasons, then shows them."""
        session = self.presenter.session
        if session is None or session.opened.task is None or session.flow.begun:
            return
        task_id, desk = session.opened.task.id, self.entered.desk
        self._jobs.store(self, desk.skip_reasons, partial(self._offer_skip, task_id), self.show_error)

    def _offer_skip(self, task_id: str, reasons: tuple[SkipReason, ...]) -> None:
        """The reasons as a menu with digits; the next customer follows."""
        desk = self.entered.desk
        following = self.queue.below(task_id)
        menu = QMenu(self)
        for index, reason in enumerate(reasons, start=1):
            action = menu.addAction(f"&{index}  {self._tongue(reason.label)}")
            action.setData(reason)

        def chosen(action: object) -> None:
            reason = action.data()  # type: ignore[attr-defined]

            def done(_: object) -> None:
                self.entered.syncer.wake()
                self.queue.refresh()
                if following:
                    self.presenter.open_task(following[0])

            self._jobs.store(self, lambda: dialling.skip(desk, task_id, reason), done, self.show_error)

        menu.triggered.connect(chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.queue.mapToGlobal(self.queue.rect().center()))

    def _help(self) -> None:
        from desktop.shell.key_help import KeyHelp

        dialog = KeyHelp(self._tongue, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_config(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, self._config.theme, self._config.scale)
        self._tongue.set_lang(self._config.lang)
        self.presenter.dialler = self._dialler()
        self.config_changed.emit()

    def _dialler(self) -> UriDialler:
        config = self._config
        return UriDialler(config.phone.value, _hand_over, prefix=config.phone_prefix, sip_domain=config.sip_domain)

    def _facts(self) -> list[tuple[Text, str]]:
        status = self._status or self.entered.syncer.status
        say, now = self._tongue, self.entered.desk.moment().wall
        return [
            (settings_words.SERVER, self._config.server),
            (settings_words.SYNC_STATE, say(sync_words(status, now)[0])),
            (settings_words.WAITING, str(status.waiting)),
            (settings_words.FOLDER, f"{self.entered.store.folder} · {say(settings_words.ENCRYPTED)}"),
        ]

    def _copy_diagnostics(self) -> None:
        lines = [f"{label.en}: {value}" for label, value in self._facts()]
        status = self._status or self.entered.syncer.status
        error = status.last_error
        lines.append(f"Last error: {type(error).__name__ if isinstance(error, StaylineError) else 'none'}")
        QApplication.clipboard().setText("\n".join(lines))
        self.say(settings_words.COPIED, Tone.OK)

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
        self._jobs.drain()
        self._jobs.abandon()
        self.entered.leave()


def _hand_over(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))
