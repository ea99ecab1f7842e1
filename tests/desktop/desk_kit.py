"""A desk with a small invented city, on a clock in the test's hand, with a phone that notes what it is handed.

Store, sync, scripts and windows are the real ones; the server is an address where nobody answers, unless a test brings
its own. What the server would send is put into the store by `tells`, the way the sync does it.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot
from reading import reading

from core.calling import Moment
from core.content.shipped import dispositions, shipped
from core.demo.people import AGENTS
from core.demo.world import World
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.entering import Entered, ServerClock
from core.domain.customer import Document
from core.domain.people import Agent
from core.domain.task import Task
from core.domain.text import Lang
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import QueueRow, SavedRow
from core.sync.ask import Ask
from core.sync.authority import AuthorityLine
from core.sync.review import ReviewLine
from core.sync.session import remember
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.pull import Change, ContentDocument, Kind, PullPage
from core.wire.push import LATER_KINDS
from core.wire.session import Session, Site
from desktop import theme
from desktop.call.call_page import CallPage
from desktop.config import Config
from desktop.jobs import Jobs
from desktop.main_window import MainWindow
from desktop.shell.pulled_news import SyncNews
from desktop.tongue import Tongue

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning in China, on a Friday that is a working day"""
KEY = StoreKey("5a" * 32)
NOBODY = "http://127.0.0.1:1"
SU: Agent = next(agent for agent in AGENTS if agent.staff_number == "1027")
SITE = Site(name_zh="江城客服", name_en="River City Service", official_hotline="10000", reads=LATER_KINDS)
VIP, DISCONNECT, UPGRADE = "Q0000004", "Q0000016", "Q0000034"
HARD_OF_HEARING, DUE, LATER = "Q0000001", "Q0000002", "Q0000003"
"""a special need; a callback that is due, the earliest is `DUE_FIRST`; one that falls due at 11:45"""
DUE_FIRST = "Q0000015"
OPTED_OUT, NUMBERLESS, CAPPED = "Q0000051", "Q0000050", "Q0000049"
"""no contact wanted; no number known; dialled as often as a day allows"""
TWO_NUMBERS = "Q0000044"


def put(kind: Kind, key: str, value: object) -> Change:
    return Change(kind=kind, key=key, body=msgspec.Raw(msgspec.json.encode(value)))


def put_task(task: Task) -> Change:
    return put(Kind.TASK, task.id, task)


def put_customer(document: Document) -> Change:
    return put(Kind.CUSTOMER, document.id, document)


def gone(task_id: str, why: str = "") -> Change:
    return Change(kind=Kind.TASK, key=task_id, deleted=True, why=why)


@cache
def city() -> tuple[tuple[Document, ...], dict[str, Task]]:
    world = World(seed=7, customers=60, as_of=NOW, tasks=60)
    documents = tuple(world.documents())
    return documents, {task.id: task for task in world.tasks()}


@cache
def content() -> tuple[Change, ...]:
    pieces = [
        put(Kind.CONTENT, f"{p.kind}/{p.name}",
            ContentDocument(kind=p.kind, name=p.name, version=p.version, body=msgspec.Raw(p.body)))
        for p in shipped()
    ]  # fmt: skip
    return (*pieces, put(Kind.INDICATORS, "demo", World(seed=7, customers=1, as_of=NOW, tasks=1).indicators()))


@cache
def day() -> tuple[Change, ...]:
    """What the server hands agent 1027 in the morning; two customers who cannot be called are among them."""
    documents, tasks = city()
    blocked = [msgspec.structs.replace(tasks[i], assigned_to=SU.staff_number) for i in (OPTED_OUT, NUMBERLESS)]
    own = [task for task in tasks.values() if task.assigned_to == SU.staff_number]
    return (*content(), *map(put_customer, documents), *map(put_task, (*own, *blocked)))


def document_of(task_id: str) -> Document:
    documents, tasks = city()
    return next(d for d in documents if d.id == tasks[task_id].customer_id)


def number_of(task_id: str) -> str:
    """The customer's main number."""
    return city()[1][task_id].customer.numbers[0]


class Clocks:
    """Wall and monotonic seconds of the desk, which pass when the test says so."""

    def __init__(self) -> None:
        self.wall, self.monotonic_s = NOW, 1000.0

    def __call__(self) -> Moment:
        return Moment(self.wall, self.monotonic_s)

    def pass_(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.monotonic_s += seconds

    def restart(self) -> None:
        """Another run of the program: its monotonic clock begins elsewhere."""
        self.monotonic_s = 5.0


class Phone(QObject):
    """Stands in for the system's phone program."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[str] = []
        for scheme in ("tel", "sip"):
            QDesktopServices.setUrlHandler(scheme, self, "take")  # type: ignore[arg-type]  # it wants a str

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.handed.append(url.toString())

    def hang_up(self) -> None:
        for scheme in ("tel", "sip"):
            QDesktopServices.unsetUrlHandler(scheme)


class Strays(QObject):
    """Sees widgets that come up as windows of their own without being meant to: for a moment they take the keys."""

    MEANT = (QMainWindow, QDialog, QMenu)

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not popup and not isinstance(watched, self.MEANT):
                self.seen.append(repr(watched))
        return False


def sign_in_here(folder: Path, changes: Iterable[Change] = ()) -> Store:
    """The store of agent 1027, signed in, as it stands after the morning's pull and `changes`."""
    fresh = not folder.exists()
    if fresh:
        shutil.copytree(_morning(), folder)
    store = open_store(folder, KEY, shipped=lambda scenario: dispositions().get(scenario))
    if fresh and (more := list(changes)):
        store.apply(PullPage(changes=more, cursor="1", more=False, server_time=NOW), now=NOW)
    return store


@cache
def _morning() -> Path:
    """The folder of such a store, closed: pulling it anew is a third of a small test."""
    kept = tempfile.TemporaryDirectory(prefix="stayline-morning-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name) / "store"
    store = open_store(folder, KEY, shipped=lambda scenario: dispositions().get(scenario))
    session = Session(access_token="a", access_expires_in_s=900, refresh_token="r", agent=SU, site=SITE,
                      server_time=NOW)  # fmt: skip
    remember(store, session, NOW)
    store.apply(PullPage(changes=list(day()), cursor="1", more=False, server_time=NOW), now=NOW)
    store.close()
    return folder


class Working:
    """A main window at work, and the hands and eyes of the one who works in it."""

    def __init__(
        self, qtbot: QtBot, qapp: QApplication, folder: Path, *, lang: Lang = Lang.ZH, agent: Agent = SU
    ) -> None:
        self.agent = agent
        self.qtbot, self.qapp, self.folder = qtbot, qapp, folder
        self.clock, self.phone, self.strays = Clocks(), Phone(), Strays()
        qapp.installEventFilter(self.strays)
        self.config, self.tongue = Config(lang=lang, width=1440, height=900), Tongue(lang)
        theme.apply(qapp, self.config.theme, self.config.scale)
        self._cursor = 1
        self._running = False
        self.start()

    # The program

    def start(self, changes: Iterable[Change] = ()) -> None:
        self.jobs, self.news = Jobs(), SyncNews()
        self.store = sign_in_here(self.folder, changes)
        transport = Transport(NOBODY)
        desk = Desk(store=self.store, agent=self.agent, site=SITE, moment=self.clock)
        syncer = Syncer(self.store, transport, self.news.told.emit, clock=lambda: self.clock.wall)
        self.entered = Entered(
            store=self.store, desk=desk, syncer=syncer, ask=Ask(self.store, transport),
            authority=AuthorityLine(self.store, transport, self.agent, self.news.told.emit),
            review=ReviewLine(self.store, transport, self.agent),
            clock=ServerClock(self.store), offline=True,
        )  # fmt: skip
        self.window = MainWindow(self.entered, self.news, self.config, self.tongue, self.jobs)
        # What falls due is told when the test looks or the sync brings something: by their timers, after some real
        # seconds, it would cover on a slow machine the line that the test waits for.
        for alert in (self.window.alert, self.window.cases.alert):
            alert._timer.stop()
        self.jobs.unhandled.connect(self.window.show_error)
        self.window.show()
        self.window.activateWindow()
        self._running = True
        self.until(lambda: self.window.isActiveWindow() and self.window.queue.model.rowCount() > 0)

    def crash(self) -> None:
        """The program ends with no chance to put anything in order; only what was committed remains."""
        self._end()

    def start_again(self) -> None:
        self.clock.restart()
        self.start()

    def leave(self) -> None:
        if self._running:
            self._end()
        self.qapp.removeEventFilter(self.strays)
        self.phone.hang_up()
        self.phone.deleteLater()

    def _end(self) -> None:
        self._running = False
        self.jobs.drain()
        self.entered.leave()
        self.window.hide()
        for one in (self.window, self.jobs, self.news):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # Hands

    def press(self, *keys: str) -> None:
        """Keys by name, such as Alt+4, to whatever has the focus."""
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # it is one; the stubs do not say so
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def back(self) -> None:
        """A small window has closed: the keys are the main window's again, as any system sees to."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def open(self, task_id: str) -> CallSession:
        self.window.presenter.in_view.open_task(task_id)
        self.until(lambda: self.open_task == task_id and not self.call_page.behind)
        return self.session

    def talk(self, seconds: float = 0) -> None:
        """From preview into the talk, and so long in it."""
        self.press("F7")
        self.until(lambda: self.state == "dialling")
        self.press("F7")
        self.clock.pass_(seconds)

    def tells(self, *changes: Change) -> None:
        """The server tells of changes, and the sync brings them."""
        self._cursor += 1
        page = PullPage(changes=list(changes), cursor=str(self._cursor), more=False, server_time=self.clock.wall)
        self.news.told.emit(self.store.apply(page, now=self.clock.wall))

    def second(self) -> None:
        """The second hand moves: what the page does each second."""
        assert self.window.call_page is not None
        self.window.call_page._tick()

    # Eyes

    @property
    def call_page(self) -> CallPage:
        assert self.window.call_page is not None
        return self.window.call_page

    @property
    def session(self) -> CallSession:
        session = self.window.presenter.session
        assert session is not None
        return session

    @property
    def open_task(self) -> str:
        """Who is in view: while an outcome is being written, still the one whom it is about."""
        presenter = self.window.presenter
        if presenter.saving:
            return self.window.queue._open_key
        return presenter.session.opened.key if presenter.session else ""

    @property
    def state(self) -> str:
        return self.window.presenter.call.state.value

    @property
    def told(self) -> str:
        """The line that the window shows, empty while none is."""
        return "" if self.window.banner.isHidden() else self.window.banner.message

    @property
    def note(self) -> str:
        assert self.window.call_page is not None
        return self.window.call_page.outcome.note.toPlainText()

    def read(self, root: QWidget) -> str:
        """All words in sight below a widget."""
        return "\n".join(text for _, text in reading(root))

    def saved(self) -> list[SavedRow]:
        """Outcomes saved today, newest first."""
        return self.store.saved_between(self.clock.wall - timedelta(days=1), self.clock.wall + timedelta(days=1))

    def rows(self) -> list[QueueRow]:
        model = self.window.queue.model
        return [row for row in (model.at(i) for i in range(model.rowCount())) if isinstance(row, QueueRow)]

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=8_000)

    def settle(self) -> None:
        """Everything asked has been answered and what came is shown: for showing that something did not happen."""
        self.until(lambda: not (self.call_page.outcome_behind or self.window._pulled.behind))
        for _ in range(4):
            self.jobs.drain()
            self.qapp.processEvents()
