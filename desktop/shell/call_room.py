"""The desk in a call, put together: queue, presenter and page, and what lies over the page. It decides nothing."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core.desk.entering import Entered
from core.domain.text import Text
from core.sync.status import SyncState
from desktop.call.call_page import CallPage
from desktop.call.offer_making import ABOUT, OfferMaking
from desktop.call.part import Part
from desktop.call.plan_comparing import PlanComparing
from desktop.call.presenter import CallPresenter
from desktop.call.rechecking import Rechecking, Server
from desktop.config import Config
from desktop.knowledge.shelf import KnowledgeShelf
from desktop.notify import Notify
from desktop.queue.panel import QueuePanel
from desktop.shell.applied_config import dialler_of
from desktop.shell.lanes import Lanes
from desktop.shell.new_call_opener import NewCallOpener
from desktop.shell.pulled_news import PulledNews
from desktop.shell.scenario_names import ScenarioNames
from desktop.shell.skip_menu import SkipMenu
from desktop.tongue import Tongue
from desktop.widgets.values import Tone


class CallRoom:
    """Lives as long as the main window. `changed` is told what was drawn anew, `moved` who is in view."""

    def __init__(
        self,
        entered: Entered,
        config: Config,
        tongue: Tongue,
        lanes: Lanes,
        names: ScenarioNames,
        notify: Notify,
        *,
        changed: Callable[[Part], None],
        moved: Callable[[str], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        window: QWidget,
    ) -> None:
        self._entered, self._tongue, self._lanes, self._names = entered, tongue, lanes, names
        self._notify, self._say, self._show_error = notify, say, show_error
        self._changed, self._window = changed, window
        self.queue = QueuePanel(entered.desk, tongue, lane=lanes.patient, scenario_name=names)
        self.presenter = self._presenter_made(config, moved)
        self.presenter.take_next_from(self.queue.place_of)
        self.page = CallPage(self.presenter, self.queue, tongue)
        self.shelf = self._shelf_made()
        self._plans, self._offers = self._plans_made(), self._offers_made()
        skip_menu = SkipMenu(
            entered.desk,
            self.presenter,
            self.queue,
            tongue,
            lane=lanes.store,
            show_error=show_error,
            logged=entered.syncer.wake,
        )
        self.new_call = NewCallOpener(
            entered,
            self.presenter,
            names,
            tongue,
            store_lane=lanes.store,
            network_lane=lanes.network,
            say=say,
            show_error=show_error,
            parent=window,
        )
        self.page.new_call_wanted.connect(self.new_call.ask)
        self.page.skip_wanted.connect(skip_menu.ask)
        self.page.knowledge_wanted.connect(self.shelf.toggle)
        self.page.tip_wanted.connect(self.shelf.write_tip)

    def follow(self, pulled: PulledNews) -> None:
        """From now on the call hears of what the sync brings."""
        told = self.presenter.told
        pulled.knowledge_new.connect(self.shelf.news)
        pulled.came.connect(told.pulled)
        pulled.came.connect(lambda _tasks, customers, _gone: self.queue.holds.customers_changed(customers))
        pulled.site_new.connect(self.queue.holds.all_changed)
        pulled.scripts_new.connect(told.content_is_new)
        pulled.site_new.connect(told.site_is_new)

    def _on_change(self, parts: Part) -> None:
        self.page.refresh(parts)
        self._changed(parts)
        self.shelf.follow()
        self._plans.follow()
        self._offers.follow()

    def _presenter_made(self, config: Config, moved: Callable[[str], None]) -> CallPresenter:
        return CallPresenter(
            self._entered.desk,
            lane=self._lanes.agents,
            patient_lane=self._lanes.patient,
            dialler=dialler_of(config, self._entered.desk),
            lang=self._tongue.lang,
            changed=self._on_change,
            say=self._say,
            lacks=self._notify.lacks,
            show_error=self._show_error,
            moved=moved,
            logged=self._entered.syncer.wake,
            rechecking=self._rechecking_made(),
        )

    def _rechecking_made(self) -> Rechecking:
        syncer = self._entered.syncer
        return Rechecking(
            Server(
                ask=self._entered.ask.recheck,
                online=lambda: syncer.status.state in (SyncState.ONLINE, SyncState.SYNCING),
                since=lambda: syncer.status.since,
            ),
            lane=self._lanes.network,
            after=self._after,
            now=lambda: self._entered.desk.moment().wall,
        )

    def _after(self, seconds: float, run: Callable[[], None]) -> None:
        """Dropped with the window."""
        timer = QTimer(self._window)
        timer.setSingleShot(True)
        timer.setInterval(int(seconds * 1000))

        def over() -> None:
            timer.deleteLater()
            run()

        timer.timeout.connect(over)
        timer.start()

    def _shelf_made(self) -> KnowledgeShelf:
        return KnowledgeShelf(
            self._entered.desk,
            self.presenter,
            self._tongue,
            lane=self._lanes.agents,
            over=self.page.view360,
            back=self.page.script,
            scenario_name=self._names,
            say=self._say,
            show_error=self._show_error,
            logged=self._entered.syncer.wake,
            parent=self.page,
        )

    def _plans_made(self) -> PlanComparing:
        courtesy = self._entered.store.courtesy
        return PlanComparing(
            self._entered.desk,
            self.page.view360,
            self.presenter,
            lane=self._lanes.store,
            agents_lane=self._lanes.agents,
            patient_lane=self._lanes.patient,
            rested_s=lambda: courtesy.rested_s,
            say=self._say,
            show_error=self._show_error,
            logged=self._entered.syncer.wake,
        )

    def _offers_made(self) -> OfferMaking:
        return OfferMaking(
            self._entered.desk,
            self.page.view360,
            self.presenter,
            lane=self._lanes.store,
            show_error=partial(self._notify.show_error, about=ABOUT),
            settled=partial(self._notify.settled, ABOUT),
        )
